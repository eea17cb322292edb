"""What may be stored, and what may reach a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.text import clean_text, for_terminal

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
NASTY = st.text(
    st.sampled_from("ab\t\n\r\x00\x07\x1b\x7f\x85\x9b\u061c\u200d\u200e\u2028\u202e\u2066\ud800e\u0301Å")
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Dana Reed", "Dana Reed"),
        ("Rene\u0301", "Ren\u00e9"),
        ("e\x07\u0301", "\u00e9"),
        ("a\r\nb\tc\rd", "a b c d"),
        ("\x1b]52;c;aGk=\x07Acme", "]52;c;aGk=Acme"),
        ("\x9b31mred", "31mred"),
        ("nul\x00 del\x7f nel\x85", "nul del nel"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("Acme \u202egpj.exe\u202c", "Acme gpj.exe"),
        ("a\u2066b\u2069\u200e\u200f\u061cc", "abc"),
        ("one\u2028two", "one two"),
        ("👩\u200d💻 in Zürich", "👩\u200d💻 in Zürich"),
    ],
)
def test_a_line_is_cleaned(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_a_body_keeps_its_lines_tabs_and_reading_direction() -> None:
    assert clean_text("a\r\n\tb\rc\u2029d\x1b[m", one_line=False) == "a\n\tb\nc\nd[m"
    assert clean_text("\u202bשלום\u202c", one_line=False) == "\u202bשלום\u202c"


@given(ANY_TEXT | NASTY, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, one_line: bool) -> None:
    once = clean_text(text, one_line)
    assert clean_text(once, one_line) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT | NASTY)
def test_a_clean_line_has_no_control_character_and_can_be_encoded(text: str) -> None:
    line = clean_text(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line)
    line.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zürich 👩\u200d💻", "Zürich 👩"),
        ("👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d💻 👍🏿", "👨 👩 👍"),
        ("⚠\ufe0f 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥", "⚠ 1\u20e3 ❤"),
        ("🇩🇪🇫🇷", "🇩🇪🇫🇷"),
        ("a\u200bb\ufeffc\xadd\U000e0041", "abcd"),
        ("z" + "\u0301" * 9, "z" + "\u0301" * 4),
        ("mi\u200cravam", "mi\u200cravam"),
        ("a\x1b]52;c;x\x07b", "a�]52;c;x�b"),
        ("\x9b31m", "�31m"),
        ("bad \ud800", "bad �"),
        ("a\tb\nc", "a b c"),
        ("a\u202eb\u200ec\u2066d\u061ce", "abcde"),
    ],
)
def test_nothing_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_several_lines_stay_lines() -> None:
    assert for_terminal("a\r\u2028\tb\x1b", one_line=False) == "a\n\n\tb�"


@given(ANY_TEXT | NASTY, st.booleans())
def test_what_is_shown_never_holds_a_control_character(text: str, one_line: bool) -> None:
    shown = for_terminal(text, one_line)
    allowed = "" if one_line else "\t\n"
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed]
    assert for_terminal(shown, one_line) == shown
