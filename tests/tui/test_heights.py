"""How three panes share a screen, as rules that hold for every height and need; and that they stand still."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fu_tui.tui.panes.heights import LEAST, Heights, Stand, settle, share

HEIGHT = st.integers(0, 70)
NEED = st.one_of(st.integers(2, 40), st.integers(2, 100_000))
NEEDS = st.tuples(NEED, NEED, NEED)
CHANGES = st.lists(NEEDS, max_size=12)


@given(HEIGHT, NEEDS, st.booleans())
def test_all_lines_are_given_away_and_no_pane_is_squeezed(height: int, needs: Heights, opened: bool) -> None:
    heights = share(height, *needs, opened=opened)
    assert sum(heights) == height
    assert min(heights) >= (LEAST if height >= 3 * LEAST else height // 3)


@given(HEIGHT, NEEDS, st.booleans())
def test_a_higher_screen_takes_no_line_from_a_pane(height: int, needs: Heights, opened: bool) -> None:
    if height == 3 * 4 - 1:  # from here on a cut pane has a line to say so, and Upcoming one more
        return
    low, high = (share(lines, *needs, opened=opened) for lines in (height, height + 1))
    assert all(after >= before for before, after in zip(low, high, strict=True))


@given(HEIGHT, NEEDS, st.integers(0, 2))
def test_who_needs_more_never_gets_less(height: int, needs: Heights, which: int) -> None:
    more = tuple(need + (at == which) for at, need in enumerate(needs))
    assert share(height, *more)[which] >= share(height, *needs)[which]


@given(HEIGHT, NEEDS)
def test_overdue_and_today_fill_before_upcoming_has_more_than_its_least(height: int, needs: Heights) -> None:
    overdue, today, upcoming = share(height, *needs)
    if upcoming > 4:
        assert overdue >= needs[0]
        assert today >= needs[1]


@given(HEIGHT, NEEDS, CHANGES, st.booleans())
def test_whatever_comes_and_goes_a_pane_that_grows_gets_what_it_would_be_given(
    height: int, needs: Heights, changes: list[Heights], opened: bool
) -> None:
    stand = None
    for now in (needs, *changes):
        before, stand = stand, settle(stand, height, now, opened=opened)
        wanted = share(height, *now, opened=opened)
        assert sum(stand.heights) == height
        assert min(stand.heights) >= (LEAST if height >= 3 * LEAST else height // 3)
        for at in (0, 1) if before else ():
            grown = before.heights[at] + now[at] - before.most[at]
            if now[at] > before.most[at]:
                assert stand.heights[at] >= min(now[at], wanted[at], grown)


@given(HEIGHT, NEEDS, st.integers(0, 2), st.integers(1, 12))
def test_rows_that_go_move_no_title_nor_does_an_undo(
    height: int, needs: Heights, which: int, gone: int
) -> None:
    first = settle(None, height, needs)
    after = tuple(max(2, need - gone * (at == which)) for at, need in enumerate(needs))
    if height >= 3 * LEAST:
        second = settle(first, height, after)  # type: ignore[arg-type]
        assert second.heights == first.heights
        assert settle(second, height, needs).heights == first.heights


@given(HEIGHT, NEEDS, st.integers(1, 12))
def test_a_row_for_upcoming_moves_no_title(height: int, needs: Heights, more: int) -> None:
    if height >= 3 * LEAST:
        before = settle(None, height, needs)
        assert settle(before, height, (needs[0], needs[1], needs[2] + more)).heights == before.heights


def test_lines_are_taken_where_the_fewest_titles_move() -> None:
    def after(before: Heights, needed: Heights, height: int, now: Heights) -> Heights:
        return settle(Stand(before, needed), height, now).heights

    assert after((5, 13, 20), (5, 13, 20), 38, (5, 10, 30)) == (5, 13, 20)
    assert after((5, 13, 20), (5, 13, 20), 38, (6, 10, 30)) == (6, 12, 20), "a blank line of the pane below"
    assert after((5, 13, 20), (5, 13, 20), 38, (5, 14, 30)) == (5, 14, 19), "else one of Upcoming"
    assert after((9, 8, 4), (9, 8, 30), 21, (6, 9, 30)) == (8, 9, 4), "which keeps its least"
    assert after((5, 13, 20), (5, 13, 20), 30, (5, 13, 30)) == share(30, 5, 13, 30), "another height: anew"
    assert after((8, 9, 4), (12, 9, 30), 21, (12, 6, 30)) == (8, 9, 4), "who was cut before waits"


def test_what_was_opened_may_have_half_the_height() -> None:
    assert share(21, 9, 8, 34) == (9, 8, 4)
    assert share(21, 9, 8, 34, opened=True) == (6, 5, 10)
    assert share(21, 9, 8, 3, opened=True) == (9, 8, 4)
