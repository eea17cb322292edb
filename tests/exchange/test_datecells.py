"""Day and month are told apart by proof over the column, or asked for."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.errors import UsageError
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.datecells import DateColumn, DateOrder, settle, weigh


def settled(columns: dict[str, list[str]]) -> dict[str, DateColumn]:
    orders = settle({name: Counter(cells) for name, cells in columns.items()}, "x.csv")
    return {name: DateColumn(order) for name, order in orders.items()}


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/1/2017", "10/20/2016"], DateOrder.MDY),
        (["3/1/2017", "20/10/2016"], DateOrder.DMY),
        (["3.1.2017", "20.10.2016"], DateOrder.DMY),
        (["3/1/2017", "12/12/2016"], None),
        (["2017-03-13", "13 Mar 2017"], None),
        ([f"{day}/1/2017" for day in range(13, 25)] + ["1/13/2017"], DateOrder.DMY),
    ],
)
def test_only_a_number_over_twelve_proves_an_order(cells: list[str], order: DateOrder | None) -> None:
    assert weigh(Counter(cells)).order is order


def test_without_proof_the_question_names_a_cell() -> None:
    with pytest.raises(UsageError, match=r"x.csv: “3/4/2026” in “due” can be read in two ways.*--dates dmy"):
        settled({"due": ["5/5/2026", "3/4/2026"]})


def test_days_that_read_alike_both_ways_need_no_proof() -> None:
    assert settled({"due": ["5/5/2026", ""]})["due"]["5/5/2026"].day == date(2026, 5, 5)


def test_a_column_without_proof_follows_the_others_of_its_file() -> None:
    columns = settled({"opened": ["3/4/2026"], "closed": ["4/13/2026"]})
    assert columns["opened"]["3/4/2026"].day == date(2026, 3, 4)


def test_each_column_is_read_by_its_own_proof_and_none_by_two_that_differ() -> None:
    columns = settled({"opened": ["13/4/2026"], "closed": ["4/13/2026"]})
    assert columns["opened"]["3/4/2026"].day == date(2026, 4, 3)
    assert columns["closed"]["3/4/2026"].day == date(2026, 3, 4)
    with pytest.raises(UsageError, match="“due” can be read in two ways"):
        settled({"opened": ["13/4/2026"], "closed": ["4/13/2026"], "due": ["3/4/2026"]})


def test_a_column_written_in_both_ways_is_a_question() -> None:
    with pytest.raises(UsageError, match="written in two ways: “13/4/2026” and “4/13/2026”"):
        settled({"due": ["13/4/2026", "4/13/2026"]})


def test_one_cell_against_many_is_the_mistake() -> None:
    column = settled({"due": [f"4/{day}/2026" for day in range(13, 25)] + ["25/4/2026", "5/6/2026"]})["due"]
    assert column["5/6/2026"].day == date(2026, 5, 6)
    with pytest.raises(BadCell, match="other way round than the column"):
        column["25/4/2026"]


@pytest.mark.parametrize(
    ("cell", "day", "at"),
    [
        ("2026-11-27", date(2026, 11, 27), None),
        ("2026/1/7", date(2026, 1, 7), None),
        ("2026-11-27T14:30", date(2026, 11, 27), time(14, 30)),
        ("2026-11-27 14:30:15.123", date(2026, 11, 27), time(14, 30, 15)),
        ("2026-11-27T14:30:00Z", date(2026, 11, 27), time(14, 30, tzinfo=UTC)),
        (
            "2026-11-27T14:30:00-05:30",
            date(2026, 11, 27),
            time(14, 30, tzinfo=timezone(-timedelta(hours=5.5))),
        ),
        ("2026-11-27 00:00:00", date(2026, 11, 27), None),
        ("27.11.2026", date(2026, 11, 27), None),
        ("27.11.26", date(2026, 11, 27), None),
        ("27.11.69", date(2069, 11, 27), None),
        ("27.11.70", date(1970, 11, 27), None),
        ("27. 11. 2026", date(2026, 11, 27), None),
        ("27/11/2026 2:05 pm", date(2026, 11, 27), time(14, 5)),
        ("27/11/2026 12:05 AM", date(2026, 11, 27), time(0, 5)),
        ("27 Nov 2026", date(2026, 11, 27), None),
        ("27-Nov-26", date(2026, 11, 27), None),
        ("Fri, 27 November 2026", date(2026, 11, 27), None),
        ("27. März 2026", date(2026, 3, 27), None),
        ("Nov 27, 2026", date(2026, 11, 27), None),
        ("Friday, November 27th, 2026 14:00", date(2026, 11, 27), time(14, 0)),
    ],
)
def test_exact_dates(cell: str, day: date, at: time | None) -> None:
    moment = DateColumn(DateOrder.DMY)[cell]
    assert (moment.day, moment.time) == (day, at)
    assert (moment.time is None) or moment.time.tzinfo == (at and at.tzinfo)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("46353", "Excel's number of a day"),
        ("46353.5", "Excel's number of a day"),
        ("next week", "no exact date"),
        ("asap", "no exact date"),
        ("27 Nov", "no exact date"),
        ("30.2.2026", "no such day"),
        ("13/13/2026", "no such day"),
        ("27 Foo 2026", "no such day"),
        ("2026-13-01", "no such day"),
        ("27.11.2026 25:00", "no such time"),
        ("26-11-27", "which number is the year"),
        ("0026-11-27", "the year 26"),
        ("1.1.1066", "the year 1066"),
    ],
)
def test_what_is_no_exact_date_says_why(cell: str, reason: str) -> None:
    with pytest.raises(BadCell, match=reason):
        DateColumn(DateOrder.DMY)[cell]


@given(
    st.lists(st.dates(date(1970, 1, 1), date(2199, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(DateOrder),
    st.sampled_from("/-."),
)
def test_a_column_is_read_as_it_was_written_or_asked_about(
    days: list[date], order: DateOrder, mark: str
) -> None:
    def written(day: date) -> str:
        parts = (day.day, day.month) if order is DateOrder.DMY else (day.month, day.day)
        return mark.join(map(str, (*parts, day.year)))

    cells = [written(day) for day in days]
    proven = any(day.day > 12 for day in days)
    ambiguous = any(day.day <= 12 and day.day != day.month for day in days)
    if ambiguous and not proven:
        with pytest.raises(UsageError):
            settled({"due": cells})
    else:
        column = settled({"due": cells})["due"]
        assert [column[cell].day for cell in cells] == days
    assert [DateColumn(order)[cell].day for cell in cells] == days
