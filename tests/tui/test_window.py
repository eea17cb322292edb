"""The loaded part of a pane: whatever is done to it, what it shows is what the whole list would show."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fu_tui.queries.rows import QueueRow
from fu_tui.tui.panes.window import MOST, PAGE, Window
from tests.tui.made_up import Rows, row


def many(count: int) -> Rows:
    return Rows([row(2 * n, f"Row {n}") for n in range(count)])


def opened(rows: Rows) -> Window:
    return Window(rows, len(rows.rows), rows.first(PAGE))


def ids(window: Window, start: int, stop: int) -> list[int | None]:
    window.ensure(start, stop)
    return [found.id if (found := window.row(index)) else None for index in range(start, stop)]


def by_id(of: QueueRow) -> int:
    return of.id


def test_what_is_loaded_is_not_fetched_again() -> None:
    rows = many(1000)
    window = opened(rows)
    rows.calls = 0
    assert ids(window, 10, 30) == list(range(20, 60, 2))
    assert rows.calls == 0
    assert ids(window, 40, 60) == list(range(80, 120, 2))
    assert rows.calls == 1


def test_the_end_is_reached_in_one_fetch_and_few_rows_are_kept() -> None:
    rows = many(100_000)
    window = opened(rows)
    rows.calls = 0
    assert ids(window, 99_980, 100_000) == list(range(199_960, 200_000, 2))
    assert rows.calls == 1
    assert ids(window, 0, 20) == list(range(0, 40, 2))
    assert rows.calls == 2
    assert len(window.rows) <= MOST


def test_walking_through_keeps_a_bounded_part() -> None:
    rows = many(3000)
    window = opened(rows)
    for start in (*range(0, 2980, 15), *range(2980, 0, -15)):
        assert ids(window, start, start + 20) == list(range(2 * start, 2 * start + 40, 2))
        assert len(window.rows) <= MOST + PAGE
    assert rows.calls < 3 * 3000 / PAGE + 10


def test_counts_that_were_wrong_are_set_right_at_the_ends() -> None:
    rows = many(70)
    window = Window(rows, 90, rows.first(PAGE))
    window.ensure(60, 90)
    assert (window.total, window.end) == (70, 70)
    window = Window(rows, 60, rows.first(PAGE))
    window.ensure(0, 60)
    assert window.end == 70
    assert window.total == 70
    window = Window(rows, 100, rows.last(20))
    window.first_index = 80
    window.ensure(70, 80)
    window.ensure(20, 40)
    assert (window.first_index, window.total) == (0, 70)
    window = Window(Rows([]), 5)
    window.ensure(0, 5)
    assert window.total == 0


def test_rows_come_and_go_in_place() -> None:
    rows = many(1000)
    window = opened(rows)
    assert window.drop(20) == 10
    assert window.drop(20) is None
    assert window.total == 999
    assert window.insert(row(21, "Between"), by_id) == 10
    assert [r.id for r in window.rows[9:12]] == [18, 21, 22]
    assert window.insert(row(1501, "Far below"), by_id) is None
    assert window.total == 1001
    assert window.index_of(1501) is None
    assert window.replace(row(21, "Renamed")) == 10
    assert window.row(10) == row(21, "Renamed")
    assert window.replace(row(1501, "Not here")) is None


def test_a_row_before_the_loaded_ones_shifts_their_numbers() -> None:
    rows = many(1000)
    window = opened(rows)
    window.ensure(980, 1000)
    first = window.first_index
    assert window.insert(row(-2, "First of all"), by_id) is None
    assert (window.first_index, window.total) == (first + 1, 1001)


@settings(max_examples=60)
@given(
    st.integers(0, 400),
    st.lists(
        st.tuples(st.sampled_from(["look", "drop", "insert"]), st.integers(0, 420), st.integers(1, 40)),
        max_size=30,
    ),
)
def test_any_mix_of_looking_dropping_and_inserting_agrees_with_the_whole_list(
    count: int, steps: list[tuple[str, int, int]]
) -> None:
    rows = many(count)
    window = opened(rows)
    fresh = 1
    for what, at, span in steps:
        if what == "look":
            stop = min(at + span, len(rows.rows))
            assert ids(window, at, stop) == [r.id for r in rows.rows[at:stop]]
        elif what == "drop" and rows.rows:
            gone = window.rows[at % len(window.rows)] if window.rows else None
            if gone is not None:
                index = window.drop(gone.id)
                assert rows.rows[index].id == gone.id
                rows.rows.remove(gone)
        elif what == "insert":
            new = row(2 * at + 1, "New", version=fresh)
            if all(r.id != new.id for r in rows.rows):
                fresh += 1
                rows.rows = sorted([*rows.rows, new], key=by_id)
                index = window.insert(new, by_id)
                assert index is None or rows.rows[index] == new
        assert window.total == len(rows.rows)
        assert window.rows == rows.rows[window.first_index : window.end]


def test_rows_beyond_what_was_counted_are_found_on_the_way_down() -> None:
    rows = many(230)
    window = Window(rows, 100, rows.first(PAGE), at_least=True)
    at = 0
    while at < window.total:
        assert ids(window, at, at + 1) == [2 * at]
        assert not window.at_least or at < window.total - 1, (
            "there is always one more, until the end is known"
        )
        at += 1
    assert (at, window.total, window.at_least) == (230, 230, False)


def test_a_count_that_stopped_at_the_very_end_is_seen_through() -> None:
    rows = many(100)
    window = Window(rows, 100, rows.first(PAGE), at_least=True)
    assert ids(window, 90, 100) == list(range(180, 200, 2))
    assert (window.total, window.at_least) == (100, False)
