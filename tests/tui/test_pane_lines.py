"""What a pane says beside its rows, which rows it shows, and how three panes share a screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts
from fu_tui.tui.panes.heights import share
from fu_tui.tui.panes.view import need, view
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.title import MoreKeys, empty_spans, list_title_spans, more_spans, title_spans
from tests.tui.made_up import COUNTS


def text(spans: list[Span]) -> str:
    return "".join(part for part, _ in spans)


def test_titles_count_what_is_there_hidden_and_scrolled_out() -> None:
    assert text(title_spans(Bucket.OVERDUE, 4, 0, 0, 30)) == "─ Overdue 4 ──────────────────"
    assert text(title_spans(Bucket.UPCOMING, 31, 2, 0, 50)) == (
        "─ Upcoming 31 · 14 days · 2 hidden ───────────────"
    )
    assert text(title_spans(Bucket.TODAY, 1204, 0, 11, 50)) == (
        "─ Due today 1,204 ──────────────────── 11 more ↑ ─"
    )
    assert text(title_spans(Bucket.UPCOMING, 31, 2, 0, 12)) == "─ Upcoming… "
    assert text(title_spans(Bucket.OVERDUE, 9, 0, 2, 44, below=4)) == (
        "─ Overdue 9 ────────── 2 more ↑ · 4 more ↓ ─"
    )


def test_an_empty_pane_has_a_quiet_title() -> None:
    assert {role for _, role in title_spans(Bucket.OVERDUE, 0, 0, 0, 30)} == {"dim", "upcoming_rule"}
    assert "overdue" in {role for _, role in title_spans(Bucket.OVERDUE, 1, 0, 0, 30)}


@pytest.mark.parametrize("width", [0, 1, 2, 5, 11, 20, 33, 80, 200])
def test_lines_of_a_pane_are_never_wider_than_it(width: int) -> None:
    for spans in (
        title_spans(Bucket.UPCOMING, 12345, 67, 890, width),
        more_spans(12345, 678, width),
        more_spans(12345, 678, width, "ctrl+shift+l"),
        title_spans(Bucket.UPCOMING, 12345, 67, 890, width, below=7, all_days=True, keys=MoreKeys("L", "H")),
        title_spans(Bucket.HIDDEN, 3, 0, 0, width, keys=MoreKeys("L", "H")),
        list_title_spans(COUNTS, 12, 3, width, MoreKeys("L", "H"), below=9),
        empty_spans("Nothing overdue. 12 due today: press 2.", True, width),
    ):
        assert cell_len(text(spans)) <= max(width, 2)


def test_the_last_line_counts_both_ends() -> None:
    assert text(more_spans(22, 12, 40)) == "   +12 later                  22 more ↓ "
    assert text(more_spans(0, 12, 20)) == "   +12 later        "
    assert text(more_spans(3, 0, 20)) == "           3 more ↓ "
    assert text(more_spans(22, 12, 16)) == "      22 more ↓ "


def test_what_is_out_of_sight_names_the_key_that_shows_it() -> None:
    keys = MoreKeys("L", "H")
    assert text(more_spans(22, 12, 40, "L")) == "   +12 later  L               22 more ↓ "
    assert text(more_spans(22, 12, 25, "L")) == "   +12 later   22 more ↓ ", "the key goes first"
    assert (
        text(title_spans(Bucket.TODAY, 12, 2, 0, 40, keys=keys)) == "─ Due today 12 · 2 hidden H ────────────"
    )
    assert text(title_spans(Bucket.UPCOMING, 43, 0, 0, 50, all_days=True, keys=keys)) == (
        "─ Upcoming 43 · all days  L 14 days ──────────────"
    )
    assert text(title_spans(Bucket.HIDDEN, 2, 0, 0, 30, keys=keys)) == "─ Hidden 2  H back ───────────"


def test_the_title_of_the_one_list_counts_each_kind() -> None:
    assert text(list_title_spans(COUNTS, 12, 0, 50)) == "─ 4 late · 12 today · 31 to come · 2 hidden ──────"
    assert text(list_title_spans(COUNTS, 0, 0, 40)) == "─ 4 late · 12 today · 43 to come ───────"
    assert text(list_title_spans(COUNTS, 0, 5, 60)).endswith(" 5 more ↑ ─")
    assert text(list_title_spans(Counts(), 0, 0, 20)) == "─ 0 to do ──────────"
    assert list_title_spans(Counts(today=1), 0, 0, 20)[0] == ("─ ", "today_rule")


def test_an_empty_pane_says_what_to_do_with_the_bar_where_the_cursor_is() -> None:
    assert text(empty_spans("Nothing overdue.", False, 40)) == "            Nothing overdue.            "
    assert text(empty_spans("Nothing overdue.", True, 20)) == "▌  Nothing overdue. "


def test_a_pane_that_has_room_shows_all_and_no_tail() -> None:
    assert view(10, 4, later=False, top=0, cursor=None) == (0, 4, None)
    assert view(10, 4, later=True, top=0, cursor=None) == (0, 4, 5)
    assert view(10, 0, later=True, top=0, cursor=None) == (0, 0, 2)
    assert need(4, later=False) == 5
    assert need(0, later=True) == 3


def test_a_cut_pane_gives_a_line_to_saying_so() -> None:
    assert view(5, 9, later=False, top=0, cursor=None) == (0, 3, 4)
    assert view(4, 9, later=False, top=0, cursor=None) == (0, 3, None), "few rows: the title says it"
    assert view(4, 9, later=True, top=0, cursor=None) == (0, 2, 3)
    assert view(2, 9, later=False, top=0, cursor=None) == (0, 1, None)
    assert view(1, 9, later=False, top=0, cursor=None).shown == 0


def test_rows_that_went_leave_blank_lines_below_and_move_nothing_above() -> None:
    assert view(8, 30, later=False, top=24, cursor=None, loose=True) == (24, 6, None)
    assert view(8, 28, later=False, top=24, cursor=26, loose=True) == (24, 4, None)
    assert view(8, 28, later=True, top=24, cursor=None, loose=True) == (24, 4, 5)
    assert view(8, 28, later=False, top=24, cursor=None).top == 22, "until it is tightened"
    assert view(8, 7, later=False, top=2, cursor=4, loose=True) == (2, 5, None), "also where all would fit"
    assert view(8, 7, later=False, top=2, cursor=4) == (0, 7, None)
    assert view(8, 7, later=False, top=9, cursor=None, loose=True) == (0, 7, None), "never past the end"
    assert view(8, 28, later=False, top=24, cursor=20, loose=True).line_of(20) == 2, "the cursor comes first"


@pytest.mark.parametrize("height", [2, 3, 4, 5, 8, 20])
def test_the_cursor_stays_in_view_with_a_row_of_context(height: int) -> None:
    total, top = 30, 0
    for cursor in (*range(total), *reversed(range(total)), 15, 0, 29):
        shown = view(height, total, later=False, top=top, cursor=cursor)
        top = shown.top
        assert shown.line_of(cursor) is not None
        assert 0 <= top <= total - shown.shown
        if shown.shown >= 3:
            assert cursor == 0 or shown.line_of(cursor - 1) is not None
            assert cursor == total - 1 or shown.line_of(cursor + 1) is not None


def test_a_move_inside_the_view_does_not_scroll() -> None:
    assert view(8, 30, later=False, top=10, cursor=12).top == 10


def test_lines_and_rows_know_each_other() -> None:
    shown = view(8, 30, later=False, top=10, cursor=None)
    assert shown.index_at(0) is None
    assert shown.index_at(1) == 10
    assert shown.index_at(7) is None
    assert [shown.line_of(shown.index_at(line) or 0) for line in range(1, 7)] == [1, 2, 3, 4, 5, 6]


def test_heights_at_the_two_sizes_of_the_interface() -> None:
    """120×40 leaves 38 lines with the card, 80×24 leaves 21 with the line that says what n does."""
    assert share(38, need(4, False), need(12, False), need(31, True)) == (5, 13, 20)
    assert share(21, need(4, False), need(12, False), need(31, True)) == (5, 12, 4)


def test_overdue_and_today_fill_before_upcoming_and_share_evenly() -> None:
    assert share(21, 100, 100, 100) == (9, 8, 4)
    assert share(21, 100, 6, 100) == (11, 6, 4)
    assert share(21, 3, 100, 100) == (3, 14, 4)
    assert share(21, 2, 2, 2) == (3, 3, 15)


def test_no_pane_falls_below_three_lines_while_the_screen_has_nine() -> None:
    for height in range(9, 60):
        for needs in ((2, 2, 2), (100, 2, 2), (2, 100, 2), (2, 2, 100), (100, 100, 100), (5, 13, 33)):
            heights = share(height, *needs)
            assert sum(heights) == height
            assert min(heights) >= 3


def test_a_tiny_screen_is_shared_as_far_as_it_goes() -> None:
    for height in range(-1, 9):
        heights = share(height, 5, 13, 33)
        assert sum(heights) == max(0, height)
        assert min(heights) >= 0
