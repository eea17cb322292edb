"""Text in cells: exact widths whatever people typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fu_tui.tui.present.cells import clip, fit, fit_right, wrap
from tests.tui.made_up import HOSTILE

ANY_TEXT = st.one_of(st.text(max_size=200), st.sampled_from(list(HOSTILE.values())))


@given(ANY_TEXT, st.integers(0, 60))
def test_fit_is_exactly_as_wide_as_asked_and_prints_nothing_a_terminal_obeys(text: str, width: int) -> None:
    for fitted in (fit(text, width), fit_right(text, width)):
        assert cell_len(fitted) == width
        assert not any(ch < " " or "\x7f" <= ch < "\xa0" or "\ud800" <= ch <= "\udfff" for ch in fitted)
        assert not any("\u202a" <= ch <= "\u202e" or "\u2066" <= ch <= "\u2069" for ch in fitted)


@given(ANY_TEXT, st.integers(2, 60), st.integers(1, 5))
def test_wrap_keeps_to_its_lines_and_their_width(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Send the recap", 14, "Send the recap"),
        ("Send the recap", 13, "Send the rec…"),
        ("Send the recap", 9, "Send the…"),
        ("Send the recap", 1, "…"),
        ("Send the recap", 0, ""),
        ("見積書を送る", 7, "見積書…"),
        ("見積書を送る", 6, "見積…"),
        ("[/] hi", 10, "[/] hi"),
        ("one\r\ntwo", 10, "one two"),
        ("a\x1b[31mb", 10, "a�[31mb"),
    ],
)
def test_clip_cuts_at_a_letter_and_says_so(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown


def test_clip_cuts_no_emoji_in_half() -> None:
    assert clip("👩‍💻👩‍💻👩‍💻", 5) == "👩👩…"


def test_piled_marks_are_cut_before_they_are_measured() -> None:
    assert len(clip("z" + "\u0301" * 9000, 10)) < 100


def test_wrap_breaks_at_blanks_and_marks_the_cut() -> None:
    text = "Discuss the timeline with procurement and the works council"
    assert wrap(text, 24, 3) == ["Discuss the timeline", "with procurement and the", "works council"]
    assert wrap(text, 24, 2) == ["Discuss the timeline", "with procurement and th…"]
    assert wrap("", 24, 2) == []
    assert wrap("x" * 30, 12, 5) == ["x" * 12, "x" * 12, "x" * 6]
