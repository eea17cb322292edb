"""Keys: what a person writes, what is reported for it, and back; and that what is accepted really arrives."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.settings.keys import BadKey, key_name, presses, written


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("n", "n"), ("N", "N"), ("ö", "ö"), ("5", "5"), ("!", "exclamation_mark"), ("@", "at"), ("/", "slash"),
        ("-", "minus"), ("+", "plus"), ("_", "underscore"), ("\\", "backslash"), (".", "full_stop"),
        ("§", "section_sign"),
        ("PgUp", "pageup"), ("pgdn", "pagedown"), ("Esc", "escape"), ("return", "enter"), ("F5", "f5"),
        ("ctrl+N", "ctrl+n"), ("shift+tab", "shift+tab"), ("alt+x", "alt+x"), ("alt+N", "alt+shift+n"),
        ("alt+ö", "alt+ö"), ("ctrl+left", "ctrl+left"),
    ],
)  # fmt: skip
def test_key_names(written: str, name: str) -> None:
    assert key_name(written) == name


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_refused_in_words(written: str) -> None:
    try:
        said = key_name(written)
    except BadKey as bad:
        said = str(bad)
    assert said


@given(st.text(min_size=1, max_size=3) | st.characters().map(lambda one: f"g {one}"))
def test_what_is_reported_can_be_written_and_reads_back(told: str) -> None:
    try:
        names = presses(told)
    except BadKey:
        return
    assert presses(written(names)) == names


def test_every_character_with_a_name_reads_back() -> None:
    """Also those whose names have hyphens and blanks: a keyboard may have « on it."""
    for code in (*range(0x21, 0x2FF), *range(0x2010, 0x2070), *range(0x20A0, 0x20C0)):
        if chr(code).isprintable() and not chr(code).isspace():
            assert written(key_name(chr(code))) == chr(code)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("g q", "g q"), ("g exclamation_mark", "g !"), ("pageup", "pgup"), ("escape", "esc"), ("space", "space"),
        ("shift+tab", "shift+tab"), ("alt+shift+n", "alt+N"), ("ctrl+pagedown", "ctrl+pgdn"), ("left_pointing_double"
        "_angle_quotation_mark", "«"), ("nothing_of_the_kind", "nothing_of_the_kind"),
    ],
)  # fmt: skip
def test_reported_keys_as_people_write_them(names: str, told: str) -> None:
    assert written(names) == told


def test_the_names_are_looked_up_only_where_they_must_be() -> None:
    """The table of Unicode's names takes time that the first paint doesn't have."""
    before = sys.modules.pop("unicodedata", None)
    try:
        assert written("g exclamation_mark") == "g !"
        assert "unicodedata" not in sys.modules
    finally:
        if before is not None:
            sys.modules["unicodedata"] = before
