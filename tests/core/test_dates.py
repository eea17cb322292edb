"""The closed grammar of dates in words: what is a date, and which (R18, R19). Today is Tue 24 Nov 2026, 10:14."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.dates import BadDate, When, find_when, parse_when
from fu_tui.core.dates_words import day_words, say_when
from fu_tui.core.errors import FuError

TUE = date(2026, 11, 24)
NOW = time(10, 14, 30)
DAYS = st.dates(date(1990, 1, 1), date(2140, 12, 31))


def said(text: str, today: date = TUE, day_first: bool = True) -> When:
    """The date of a whole text."""
    return parse_when(text, today=today, now=NOW, day_first=day_first)


def found(text: str, today: date = TUE, day_first: bool = True) -> When | None:
    """The date in a line."""
    return find_when(text, today=today, now=NOW, day_first=day_first)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TUE),
        ("tomorrow", date(2026, 11, 25)),
        ("tmr", date(2026, 11, 25)),
        ("day after tomorrow", date(2026, 11, 26)),
        ("the day after tomorrow", date(2026, 11, 26)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("tue", TUE),
        ("next tue", date(2026, 12, 1)),
        ("next fri", date(2026, 11, 27)),
        ("this fri", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("sat", date(2026, 11, 28)),
        ("next fri 27 nov", date(2026, 11, 27)),
        ("this friday, 27 november", date(2026, 11, 27)),
        ("fri this week", date(2026, 11, 27)),
        ("fri next week", date(2026, 12, 4)),
        ("friday of next week", date(2026, 12, 4)),
        ("next week tue", date(2026, 12, 1)),
        ("next week on wed", date(2026, 12, 2)),
        ("+3d", date(2026, 11, 27)),
        ("+2w", date(2026, 12, 8)),
        ("+1m", date(2026, 12, 24)),
        ("+3 days", date(2026, 11, 27)),
        ("3bd", date(2026, 11, 27)),
        ("4bd", date(2026, 11, 30)),
        ("+4wd", date(2026, 11, 30)),
        ("in 3 days", date(2026, 11, 27)),
        ("in 2 weeks", date(2026, 12, 8)),
        ("in two weeks", date(2026, 12, 8)),
        ("in twelve days", date(2026, 12, 6)),
        ("in a week", date(2026, 12, 1)),
        ("in a month", date(2026, 12, 24)),
        ("in a year", date(2027, 11, 24)),
        ("in 5 working days", date(2026, 12, 1)),
        ("in 5 business days", date(2026, 12, 1)),
        ("in 3d", date(2026, 11, 27)),
        ("27 nov", date(2026, 11, 27)),
        ("27 Nov.", date(2026, 11, 27)),
        ("nov 27", date(2026, 11, 27)),
        ("27th of november", date(2026, 11, 27)),
        ("27 November 2026", date(2026, 11, 27)),
        ("November 27th, 2026", date(2026, 11, 27)),
        ("27 nov, 2027", date(2027, 11, 27)),
        ("23 nov", date(2027, 11, 23)),
        ("24 nov", TUE),
        ("may 3", date(2027, 5, 3)),
        ("27th", date(2026, 11, 27)),
        ("24th", TUE),
        ("3rd", date(2026, 12, 3)),
        ("the 27th", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 27)),
        ("2026/11/27", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27.11.26", date(2026, 11, 27)),
        ("27/11", date(2026, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        ("27/11/26", date(2026, 11, 27)),
        ("11/27", date(2026, 11, 27)),
        ("3/12", date(2026, 12, 3)),
        ("fri 27 nov", date(2026, 11, 27)),
        ("Friday, 27 November 2026", date(2026, 11, 27)),
        ("fri 27", date(2026, 11, 27)),
        ("Fri the 27th", date(2026, 11, 27)),
        ("end of month", date(2026, 11, 30)),
        ("the end of the month", date(2026, 11, 30)),
        ("eom", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of february", date(2027, 2, 28)),
        ("end of feb 2028", date(2028, 2, 29)),
        ("eow", date(2026, 11, 27)),
        ("end of week", date(2026, 11, 27)),
        ("end of next week", date(2026, 12, 4)),
        ("end of quarter", date(2026, 12, 31)),
        ("eoq", date(2026, 12, 31)),
        ("end of next quarter", date(2027, 3, 31)),
        ("end of the year", date(2026, 12, 31)),
        ("end of day", TUE),
        ("eod fri", date(2026, 11, 27)),
        ("fri eod", date(2026, 11, 27)),
        ("end of day fri", date(2026, 11, 27)),
        ("fri week", date(2026, 12, 4)),
        ("tomorrow, wed 25 nov", date(2026, 11, 25)),
        ("Fri 27 Nov 2026, in 3 days", date(2026, 11, 27)),
        ("by fri", date(2026, 11, 27)),
        ("due on fri", date(2026, 11, 27)),
        # Only where a whole text is a date:
        ("3d", date(2026, 11, 27)),
        ("27.11.", date(2026, 11, 27)),
        ("3.2", date(2027, 2, 3)),
        ("3 days", date(2026, 11, 27)),
        ("two weeks", date(2026, 12, 8)),
        ("a month", date(2026, 12, 24)),
        ("yesterday", date(2026, 11, 23)),
        ("last fri", date(2026, 11, 20)),
        ("last tue", date(2026, 11, 17)),
        # The past is not refused here.
        ("2025-02-03", date(2025, 2, 3)),
        ("3 feb 2025", date(2025, 2, 3)),
    ],
)
def test_a_whole_text_is_a_day(text: str, day: date) -> None:
    assert said(text) == When(day, None, 0, len(text.rstrip(".")))
    assert said(text.upper()).day == day


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("14:00", TUE, time(14)),
        ("2pm", TUE, time(14)),
        ("2:30 pm", TUE, time(14, 30)),
        ("2:30pm", TUE, time(14, 30)),
        ("at 11", TUE, time(11)),
        ("noon", TUE, time(12)),
        ("10:14", TUE, time(10, 14)),
        ("fri 14:00", date(2026, 11, 27), time(14)),
        ("fri at 9", date(2026, 11, 27), time(9)),
        ("fri, 9:30", date(2026, 11, 27), time(9, 30)),
        ("friday at noon", date(2026, 11, 27), time(12)),
        ("12 noon fri", date(2026, 11, 27), time(12)),
        ("at 9 on fri", date(2026, 11, 27), time(9)),
        ("9am tomorrow", date(2026, 11, 25), time(9)),
        ("12am fri", date(2026, 11, 27), time(0)),
        ("12 pm fri", date(2026, 11, 27), time(12)),
        ("02:30 sat", date(2026, 11, 28), time(2, 30)),
        ("at 9 o'clock tomorrow", date(2026, 11, 25), time(9)),
        ("27 nov 2026 14:00", date(2026, 11, 27), time(14)),
        ("2026-11-27 14:00", date(2026, 11, 27), time(14)),
        ("in 2 weeks at 15:00", date(2026, 12, 8), time(15)),
        ("in 2 hours", TUE, time(12, 14)),
        ("in 20 hours", date(2026, 11, 25), time(6, 14)),
        ("in 30 minutes", TUE, time(10, 44)),
        ("+2h", TUE, time(12, 14)),
        ("today 9:00", TUE, time(9)),
        ("fri eod 14:00", date(2026, 11, 27), time(14)),
        ("@14:00 fri", date(2026, 11, 27), time(14)),
        ("fri @ 9", date(2026, 11, 27), time(9)),
        ("fri @2pm", date(2026, 11, 27), time(14)),
        ("2026-11-27T14:00", date(2026, 11, 27), time(14)),
        ("2026-11-27t14:00:30", date(2026, 11, 27), time(14)),
    ],
)
def test_an_hour_stands_alone_or_beside_a_day(text: str, day: date, at: time) -> None:
    assert said(text) == When(day, at, 0, len(text))


@pytest.mark.parametrize(
    ("line", "phrase", "day"),
    [
        ("Call Dana fri", "fri", date(2026, 11, 27)),
        ("Call Dana fri, confirm approval", "fri", date(2026, 11, 27)),
        ("Call Dana friday about terms", "friday", date(2026, 11, 27)),
        ("Fri: call Dana", "Fri", date(2026, 11, 27)),
        ("Send quote by fri to @dana", "by fri", date(2026, 11, 27)),
        ("Send quote no later than fri", "no later than fri", date(2026, 11, 27)),
        ("Send quote on the 27th", "on the 27th", date(2026, 11, 27)),
        ("Send quote by the end of the month", "by the end of the month", date(2026, 11, 30)),
        ("Call Dana 27th", "27th", date(2026, 11, 27)),
        ("Call Dana mon about terms", "mon", date(2026, 11, 30)),
        ("Call Dana mon", "mon", date(2026, 11, 30)),
        ("Call Dana on sat", "on sat", date(2026, 11, 28)),
        ("Call Dana sat", "sat", date(2026, 11, 28)),
        ("Call @dana sat !high // about terms", "sat", date(2026, 11, 28)),
        ("Call Dana (fri)", "fri", date(2026, 11, 27)),
        ("27/11 call Dana", "27/11", date(2026, 11, 27)),
        ("Call Dana 27/11 about terms", "27/11", date(2026, 11, 27)),
        ("Call Dana 3 may about terms", "3 may", date(2027, 5, 3)),
        ("Call Dana on may 3", "on may 3", date(2027, 5, 3)),
        ("Send 2 quotes +3d", "+3d", date(2026, 11, 27)),
        ("in 2 weeks call Dana", "in 2 weeks", date(2026, 12, 8)),
        ("Call Dana in 2 weeks about 3 seats", "in 2 weeks", date(2026, 12, 8)),
        ("Discuss pricing for fri", "for fri", date(2026, 11, 27)),
        ("Send next week's plan fri", "fri", date(2026, 11, 27)),
        ("Plan the next quarter fri", "fri", date(2026, 11, 27)),
        ("Send the Friday deck tomorrow", "tomorrow", date(2026, 11, 25)),
        ('Send "Friday deck" tomorrow', "tomorrow", date(2026, 11, 25)),
        ("Send \\friday deck tomorrow", "tomorrow", date(2026, 11, 25)),
        ("Ask about Friday on thu", "on thu", date(2026, 11, 26)),
        ("Ask Dana's Friday guest tomorrow", "tomorrow", date(2026, 11, 25)),
        ("Ask who goes first, fri", "fri", date(2026, 11, 27)),
        ("Call Dana mon – ask for terms", "mon", date(2026, 11, 30)),
        ("Fri 3 quotes to send", "Fri", date(2026, 11, 27)),
        ("Call Dana fri, 3 seats are open", "fri", date(2026, 11, 27)),
    ],
)
def test_a_date_stands_anywhere_in_a_line(line: str, phrase: str, day: date) -> None:
    when = found(line)
    assert when is not None
    assert (line[when.start : when.end], when.day) == (phrase, day)


@pytest.mark.parametrize(
    ("line", "phrase", "at"),
    [
        ("Call Dana at 11 about terms", "at 11", time(11)),
        ("Call Dana at 14:00", "at 14:00", time(14)),
        ("Call Dana by 5pm", "by 5pm", time(17)),
        ("Call Dana before noon fri", "before noon fri", time(12)),
        ("Call Dana sat 14:00 about terms", "sat 14:00", time(14)),
        ("Join Dana 14:00 on mon then write", "14:00 on mon", time(14)),
    ],
)
def test_an_hour_stands_anywhere_too(line: str, phrase: str, at: time) -> None:
    when = found(line)
    assert when is not None
    assert (line[when.start : when.end], when.at) == (phrase, at)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Call about 3 seats",
        "Review Q3 plan",
        "Send 2 quotes",
        "May I call",
        "call Sat Nam",
        "Sat Nam: send the quote",
        "ring May",
        "Ask April and June",
        "Call Jan 2 times",
        "Send Jan 3 quotes",
        "second quote",
        "Send the second quote",
        "1 2 3",
        "room 14",
        "version 2.1",
        "Install 2.1.26",
        "Call Mon Repos",
        "Visit Sun Microsystems",
        "Wed the two files",
        "Review the 3rd quote",
        "Compare the 1st and 2nd",
        "Read the Friday minutes",
        "Meet the first Monday of December",
        "Meet every 2nd Tuesday",
        "Meet Mondays of each month",
        "Send monday of December",
        "Send minutes of 27 Nov",
        "Answer Dana's Friday mail",
        "Review today's figures",
        "Prepare tomorrow's call",
        "Offer 50/50",
        "Sell 24/7",
        "Sign step 2/3",
        "Buy 3/4 inch screws",
        "Discuss 60:40 split",
        "Show the film in 16:9",
        "Meet at 9 sites",
        "Buy at 50",
        "Extend by 3 days",
        "Print the 3d model",
        "Print 3d models",
        "Quote 2w support",
        "Come in, 2 weeks late",
        "Ask what happened last friday",
        "Ask what happened yesterday",
        "Call +44 20 7946 0958",
        "Order 4021-12-99",
        "Order 27.11.0000",
        "Order 27/11/0000",
        "Order 0000-11-27",
        "Read 10.0.0.1",
        "Join the 14:00 call",
        "Ask about Friday",
        "March to the office",
        "Ask who is in",
        "Deal with the end of sale",
        "Write to a@fri.example // on fri",
        '"fri"',
        "\\fri",
        "fridays",
        "Send ²/³ of it",
        "Ask ٣ times in ٣ days",
    ],
)
def test_ordinary_words_and_numbers_are_no_dates(line: str) -> None:
    assert found(line) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31 nov", "There is no 31 Nov; the month has 30 days."),
        ("31st of november 2026", "There is no 31 Nov 2026; the month has 30 days."),
        ("29 feb", "There is no 29 Feb 2027; the month has 28 days."),
        ("29 feb 2027", "There is no 29 Feb 2027; the month has 28 days."),
        ("2026-13-01", "There is no month 13"),
        ("2026-11-31", "There is no 31 Nov 2026"),
        ("31.11.2026", "There is no 31 Nov 2026"),
        ("31/11", "There is no 31 Nov"),
        ("13/27/2026", "neither 13 nor 27 is a month"),
        ("31st", "There is no 31 Nov"),
        ("mon 27 nov", "27 Nov 2026 is a Friday"),
        ("fri 9", "9 Dec 2026 is a Wednesday"),
        ("9:00", "09:00 today is past; it is 10:14."),
        ("at 9", "09:00 today is past"),
        ("fri at 3", "could be morning or afternoon"),
        ("fri 2:30", "could be morning or afternoon"),
        ("fri at 25:00", "No clock shows"),
        ("fri 14:75", "No clock shows"),
        ("fri 24:00", "No clock shows"),
        ("13pm", "No clock shows"),
        ("27 nov 2096", "70 years away"),
        ("+99999bd", "more than 50 years away"),
        ("+9999y", "beyond the year 9999"),
        ("", "The date is empty."),
        ("fri foo", '"fri foo" is no date I know.'),
        ("foo", '"foo" is no date I know.'),
        ("27", "is no date I know"),
        ("may", "is no date I know"),
        ("@dana", "is no date I know"),
        ("tonight", "is no date I know"),
    ],
)
def test_a_date_that_can_not_be_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadDate) as refusal:
        said(text)
    assert reason in refusal.value.message
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Call Dana fri or mon", ("fri", "mon")),
        ("Call Dana today, write tomorrow", ("today", "tomorrow")),
        ("Call Dana fri, in 5 days", ("fri", "in 5 days")),
        ("Join at 14:00 call Dana fri", ("at 14:00", "fri")),
        ("Call Dana fri 14:00 or 15:00", ("fri 14:00", "15:00")),
        ("Call Dana after 14:00", ("after 14:00",)),
        ("Call Dana around 2pm fri", ("around 2pm fri",)),
        ("Send the quote 31 nov", ("31 Nov",)),
        ("Call Dana at 9:00", ("09:00",)),
    ],
)
def test_a_line_that_names_no_single_date_is_refused(line: str, named: tuple[str, ...]) -> None:
    with pytest.raises(BadDate) as refusal:
        found(line)
    assert all(name in refusal.value.message for name in named)


def test_a_day_and_an_hour_apart_are_put_together_in_the_remedy() -> None:
    with pytest.raises(BadDate, match="stand apart") as refusal:
        found("Join at 14:00 call Dana fri")
    assert refusal.value.remedy == "Write them together: fri at 14:00."


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 11, 28), "27 nov", date(2027, 11, 27)),
        (date(2026, 11, 28), "eow", date(2026, 12, 4)),
        (date(2026, 11, 29), "eow", date(2026, 12, 4)),
        (date(2026, 11, 27), "eow", date(2026, 11, 27)),
        (date(2026, 11, 27), "fri", date(2026, 11, 27)),
        (date(2026, 11, 27), "next fri", date(2026, 12, 4)),
        (date(2027, 1, 31), "+1m", date(2027, 2, 28)),
        (date(2027, 1, 31), "in a month", date(2027, 2, 28)),
        (date(2026, 12, 31), "+2m", date(2027, 2, 28)),
        (date(2026, 10, 31), "+1m", date(2026, 11, 30)),
        (date(2027, 5, 1), "29 feb", date(2028, 2, 29)),
        (date(2028, 2, 1), "29 feb", date(2028, 2, 29)),
        (date(2026, 12, 30), "1st", date(2027, 1, 1)),
        (date(2026, 12, 24), "eom", date(2026, 12, 31)),
        (date(2027, 1, 31), "end of next month", date(2027, 2, 28)),
    ],
)
def test_days_are_reckoned_from_today(today: date, text: str, day: date) -> None:
    assert said(text, today).day == day


@pytest.mark.parametrize(
    ("text", "day_first", "day"),
    [
        ("3/12", True, date(2026, 12, 3)),
        ("3/12", False, date(2027, 3, 12)),
        ("3/12/2026", False, date(2026, 3, 12)),
        ("27/11", False, date(2026, 11, 27)),
        ("11/27", True, date(2026, 11, 27)),
        ("3.12.2026", False, date(2026, 12, 3)),
    ],
)
def test_the_order_of_day_and_month_is_a_setting_unless_only_one_can_be(
    text: str, day_first: bool, day: date
) -> None:
    assert said(text, day_first=day_first).day == day


def test_working_days_follow_the_calendar_given() -> None:
    holiday = date(2026, 11, 26)
    when = parse_when("2bd", today=TUE, now=NOW, is_working=lambda d: d.weekday() < 5 and d != holiday)
    assert when.day == date(2026, 11, 27)


@given(DAYS, DAYS)
def test_every_day_can_be_said_as_iso_and_in_words(day: date, today: date) -> None:
    near = today + (day - today) % timedelta(days=50 * 365)
    for text in (near.isoformat(), day_words(near), f"{near:%d.%m.%Y}", say_when(near, None, today)):
        assert said(text, today) == When(near, None, 0, len(text))
        assert found(f"Call Dana {text} about terms", today) == When(near, None, 10, 10 + len(text))


@given(DAYS)
def test_a_day_without_a_year_is_the_coming_one(today: date) -> None:
    for text in ("27 nov", "nov 27", "27/11"):
        day = said(text, today).day
        assert (day.month, day.day) == (11, 27)
        assert today <= day <= today + timedelta(days=366)


WORDS = (
    "call Dana fri mon sat may 3 27 27th nov of the in on by next this last week month end 14:00 2:30 at 9 pm noon "
    "+3d 3bd 2026-11-27 31/11 27.11.2026 before after until , . ( ) // @dana #gtx soon later asap a few days two 24/7 "
    'eom weekend early \'x "y z" \\fri 2-3 weeks +9999w 99 0 31 29 feb quarter new year couple possible when as'
)
LINES = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@given(st.text() | LINES, DAYS, st.times(), st.booleans())
def test_reading_never_fails_but_with_a_refusal(text: str, today: date, now: time, day_first: bool) -> None:
    for read in (find_when, parse_when):
        when, refusal = None, None
        try:
            when = read(text, today=today, now=now, day_first=day_first)
        except FuError as error:
            refusal = error
        assert refusal is None or (refusal.message and refusal.remedy)
        assert when is None or 0 <= when.start < when.end <= len(text)
