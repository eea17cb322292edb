"""Fixed recurrences: the words, the rules that are allowed, the days they fall on (R115)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.calendar import add_days
from fu_tui.core.errors import FuError, UsageError
from fu_tui.core.months import add_months
from fu_tui.core.repeats import LAST, Freq, Repeat, parse_rrule
from fu_tui.core.repeats_words import read_repeat, repeat_words

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "rule", "start", "words"),
    [
        ("daily", "FREQ=DAILY", None, "every day"),
        ("every 3 days", "FREQ=DAILY;INTERVAL=3", None, "every 3 days"),
        ("weekly", "FREQ=WEEKLY", None, "every Wednesday"),
        ("every monday", "FREQ=WEEKLY;BYDAY=MO", None, "every Monday"),
        ("Mondays and thursdays", "FREQ=WEEKLY;BYDAY=MO,TH", None, "every week on Mon and Thu"),
        ("on mondays", "FREQ=WEEKLY;BYDAY=MO", None, "every Monday"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2", None, "every 2 weeks on Wed"),
        ("every 2nd friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", None, "every 2 weeks on Fri"),
        ("every two weeks on fri", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", None, "every 2 weeks on Fri"),
        ("every second friday of the month", "FREQ=MONTHLY;BYDAY=2FR", None, "every month on the second Fri"),
        ("monthly on the last friday", "FREQ=MONTHLY;BYDAY=-1FR", None, "every month on the last Fri"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", None, "every weekday"),
        ("each month", "FREQ=MONTHLY", None, "every month on the 25th"),
        ("3 months", "FREQ=MONTHLY;INTERVAL=3", None, "every 3 months on the 25th"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3", None, "every 3 months on the 25th"),
        (
            "monthly on the 1st and 15th",
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            None,
            "every month on the 1st and 15th",
        ),
        ("every month on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1", None, "every month on the last day"),
        ("every year on 1 Mar", "FREQ=YEARLY", date(2027, 3, 1), "every year on 1 Mar"),
        ("yearly on dec 31st", "FREQ=YEARLY", date(2026, 12, 31), "every year on 31 Dec"),
        (
            "every 6 months on 15 jan",
            "FREQ=MONTHLY;INTERVAL=6",
            date(2027, 1, 15),
            "every 6 months on the 15th",
        ),
        (
            "every month until 31 dec",
            "FREQ=MONTHLY;UNTIL=20261231",
            None,
            "every month on the 25th until 31 Dec 2026",
        ),
        ("every week, 10 times", "FREQ=WEEKLY;COUNT=10", None, "every Wednesday, 10 times"),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31", None, "every month on the 31st"),
    ],
)
def test_words_are_read_and_said(said: str, rule: str, start: date | None, words: str) -> None:
    found = read_repeat(said, today=TODAY)
    assert (found.repeat.text, found.start_on) == (rule, start)
    assert parse_rrule(rule) == found.repeat
    begins = start or TODAY
    assert repeat_words(found.repeat, begins) == words
    again = read_repeat(words, today=TODAY).repeat
    assert again.next_on(begins, begins) == found.repeat.next_on(begins, begins)


@pytest.mark.parametrize(
    "said",
    ["", "sometimes", "every now and then", "every 0 days", "every 5000 days", "every blue moon", "every 32 on", "on",
     "every month on the 40th", "every month on the 15th and 31st", "every week, 2000 times", "every -1 days",
     "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=1001", "FREQ=DAILY;BYHOUR=9", "FREQ=YEARLY;BYDAY=MO",
     "FREQ=MONTHLY;BYDAY=5FR", "FREQ=MONTHLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=DAILY;BYMONTHDAY=3",
     "FREQ=WEEKLY;COUNT=3;UNTIL=20271231", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;UNTIL=x",
     "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;INTERVAL=99999999999999999999", "FREQ=DAILY;INTERVAL=²"],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_a_remedy(said: str) -> None:
    with pytest.raises(UsageError) as error:
        read_repeat(said, today=TODAY)
    assert error.value.message
    assert error.value.remedy


def days_of(repeat: Repeat, start: date, count: int) -> list[date]:
    found, at = [], start
    for _ in range(count):
        day = repeat.next_on(start, at)
        if day is None:
            break
        found.append(day)
        at = add_days(day, 1)
    return found


def test_the_end_of_a_month_clamps_and_comes_back() -> None:
    monthly = days_of(Repeat(Freq.MONTHLY), date(2026, 12, 31), 4)
    assert monthly == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    leap = days_of(Repeat(Freq.YEARLY), date(2028, 2, 29), 5)
    assert [(day.month, day.day) for day in leap] == [(2, 29), (2, 28), (2, 28), (2, 28), (2, 29)]
    assert days_of(Repeat(Freq.MONTHLY, month_days=(LAST,)), date(2027, 2, 1), 2) == [
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


def test_it_ends_after_its_count_or_its_day() -> None:
    assert len(days_of(Repeat(Freq.WEEKLY, count=3), TODAY, 9)) == 3
    assert days_of(Repeat(Freq.WEEKLY, until=TODAY + timedelta(days=7)), TODAY, 9)[-1] == date(2026, 12, 2)


intervals = st.integers(1, 10)
starts = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(st.sampled_from([Freq.MONTHLY, Freq.YEARLY]), intervals, starts, st.integers(0, 4000))
def test_months_and_years_agree_with_the_calendar(freq: Freq, n: int, start: date, later: int) -> None:
    """The library against arithmetic of another kind: the start moved by months, clamped."""
    repeat, months = Repeat(freq, n), n * (12 if freq is Freq.YEARLY else 1)
    asked = start + timedelta(days=later)
    k = 0
    while add_months(start, months * k) < asked:
        k += 1
    assert repeat.next_on(start, asked) == add_months(start, months * k)


@st.composite
def repeats(draw: st.DrawFn) -> Repeat:
    freq = draw(st.sampled_from(Freq))
    weekdays = draw(st.sets(st.integers(0, 6), max_size=3)) if freq in (Freq.WEEKLY, Freq.MONTHLY) else set()
    nth = draw(st.sampled_from([1, 2, 3, 4, LAST])) if weekdays and freq is Freq.MONTHLY else 0
    days = draw(st.sets(st.integers(1, 28), max_size=2)) if freq is Freq.MONTHLY and not weekdays else set()
    ends = draw(st.sampled_from(["never", "count", "until"]))
    return Repeat(
        freq, draw(intervals), tuple(sorted(weekdays)), nth, tuple(sorted(days)),
        draw(st.integers(1, 20)) if ends == "count" else None,
        draw(st.dates(date(2026, 1, 1), date(2040, 1, 1))) if ends == "until" else None,
    )  # fmt: skip


@given(repeats(), starts, st.integers(0, 2000))
def test_the_next_day_is_the_first_and_words_keep_the_rule(repeat: Repeat, start: date, later: int) -> None:
    asked = start + timedelta(days=later)
    found = repeat.next_on(start, asked)
    assert parse_rrule(repeat.text) == repeat
    said = read_repeat(repeat_words(repeat, start), today=start).repeat
    assert said.next_on(start, asked) == found
    if found is None:
        assert repeat.count or repeat.until
        return
    assert found >= asked
    assert repeat.next_on(start, found) == found, "an occurrence is its own next one"
    assert repeat.until is None or found <= repeat.until
    if found > asked:
        assert repeat.next_on(start, asked + timedelta(days=1)) == found, "none lies between"


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_a_refusal(text: str) -> None:
    with suppress(FuError):
        assert parse_rrule(read_repeat(text, today=TODAY).repeat.text)
