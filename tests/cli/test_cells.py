"""Columns measured in cells: aligned for wide letters, cut where it gets narrow."""

from __future__ import annotations

import pytest

from fu_tui.cli.cells import cut, pad, table, width
from fu_tui.cli.out import lines


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("日本", 4), ("e\u0301", 1), ("👩", 2), ("a\u200db", 2), ("ﾊ", 1)],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(
    ("text", "most", "cutted"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("ab cdef", 4, "ab…"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("abc", 0, ""),
    ],
)
def test_cut(text: str, most: int, cutted: str) -> None:
    assert cut(text, most) == cutted
    assert width(cutted) <= most


def test_pad() -> None:
    assert (pad("日", 4), pad("7", 3, right=True)) == ("日  ", "  7")


def test_columns_are_aligned_and_empty_ones_left_out() -> None:
    assert table([("1", "", "日本", "x"), ("12", "", "a", "y")], most=None, right=(0,)) == [
        " 1  日本  x", "12  a     y",
    ]  # fmt: skip
    assert table([], most=10) == []


def test_the_willing_columns_are_cut_first_and_never_below_eight() -> None:
    rows = [("#1", "a long action of words", "somebody far away", "call")]
    for most in range(28, 60):
        [line] = table(rows, most=most, give=(2, 1))
        assert width(line) <= most
    assert table(rows, most=35, give=(2, 1)) == ["#1  a long action…   somebod…  call"]


def test_a_table_cleans_what_it_lays_out() -> None:
    laid = table([("a\x1b[2Jb", "c\td"), ("👨\u200d👩\u200d👧", "e")], most=None)
    assert laid == ["a�[2Jb  c d", "👨      e"]


def test_what_slipped_through_is_stopped_where_lines_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    lines(["\x1b[1;31mred\x1b[0m \x1b[2J\x1b]52;c;x\x07 \x9b31m \ud800\tb"])
    assert capsys.readouterr().out == "\x1b[1;31mred\x1b[0m �[2J�]52;c;x� �31m �\tb\n"
