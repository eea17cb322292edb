"""One line as a series: what repeats, for whom, how often; and what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.repeats_line import find_rhythm
from fu_tui.core.terms import Priority
from fu_tui.services.series_line import SeriesLines
from tests.world import World

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("line", "every", "rest"),
    [
        ("Inspect the doors every month on the 1st @betatech", "every month on the 1st", "Inspect the doors @betatech"),
        ("Every 3 months call Ana", "Every 3 months", "call Ana"),
        ("Call Ana on mondays about the seats", "on mondays", "Call Ana about the seats"),
        ("Send the weekly report every friday", "every friday", "Send the weekly report"),
        ("Renew the insurance every year on 1 mar // policy 7 every day", "every year on 1 mar",
         "Renew the insurance // policy 7 every day"),
        ("Check the terms every 2 weeks on fri, 9 times @ana", "every 2 weeks on fri, 9 times", "Check the terms @ana"),
        ("Check the terms monthly", "monthly", "Check the terms"),
    ],
)  # fmt: skip
def test_the_rhythm_is_cut_out_of_the_line(line: str, every: str, rest: str) -> None:
    assert find_rhythm(line, TODAY) == (every, rest)


@pytest.mark.parametrize(
    "line", ["Call Ana fri", "Answer every question", 'Call @"every month"', "Ask \\every \\month"]
)
def test_a_line_without_a_rhythm_has_none(line: str) -> None:
    assert find_rhythm(line, TODAY) is None


def test_a_line_says_all_of_it(world: World) -> None:
    read = SeriesLines(world.context).read_series(
        "Inspect the fire doors @betatech fri +sam !high every month on the 1st // bring the keys"
    )
    assert (read.action, read.about, read.owner, read.words) == (
        "Inspect the fire doors", "Betatech", "sam", "every month on the 1st",
    )  # fmt: skip
    assert (read.account_id, read.priority, read.body) == (world.account, Priority.HIGH, "bring the keys")
    assert read.start_on == date(2026, 11, 27)
    assert read.days == (date(2026, 12, 1), date(2027, 1, 4), date(2027, 2, 1))
    assert (read.problem, read.sales) == ("", "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Say what to do"),
        ("Inspect the doors", "How often? Try:"),
        ("Inspect the doors @nobody every month", 'There is no contact "nobody" yet'),
        ("Inspect the doors every month fri 14:00", "no hours"),
        ("Inspect the doors ~standard every month", "no cadence"),
        ("Follow up every month", "what"),
        ("Inspect the doors @ana @bo every month", "Two contacts"),
        ("Inspect the doors every day until 1 jan 2020", "never falls"),
    ],
)
def test_what_is_wrong_is_said(world: World, line: str, said: str) -> None:
    assert said in SeriesLines(world.context).read_series(line).problem


def test_a_sales_conversation_is_told_with_its_reason(world: World) -> None:
    read = SeriesLines(world.context).read_series(f"Call Ana every month #{world.deal}")
    assert "is an open deal" in read.sales
    assert read.problem == ""
