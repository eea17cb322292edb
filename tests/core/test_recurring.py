"""Words that repeat are refused on a follow-up, words that only describe are not (R118)."""

from __future__ import annotations

from datetime import date, time

import pytest

from fu_tui.core.capture import understand

AT = {"today": date(2026, 11, 24), "now": time(10, 14)}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Call Dana every monday", "every monday"),
        ("Call Dana every other week @dana", "every other week"),
        ("Every 3 days call Dana", "Every 3 days"),
        ("Send the numbers each month fri", "each month"),
        ("Call Dana on Mondays about the seats", "Mondays"),
        ("Send the report weekly // until May", "weekly"),
        ("Send the report weekly @dana fri", "weekly"),
    ],
)
def test_what_repeats_is_said_with_what_to_do(line: str, said: str) -> None:
    problem = understand(line, **AT).problem
    assert problem.startswith(f'"{said}" repeats, and a follow-up is one step. Name its first day')


@pytest.mark.parametrize(
    "line",
    [
        "Send the weekly report fri",
        "Answer every question fri",
        "Check the monthly fee fri",
        "Ask everyone at Betatech fri",
        "Call Dana \\every \\monday fri",
        "Send the daily figures @dana fri",
        "Weekly recap fri",
    ],
)
def test_what_only_describes_is_fine(line: str) -> None:
    assert understand(line, **AT).problem == ""
