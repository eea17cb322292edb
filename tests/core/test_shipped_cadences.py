"""The cadences that are shipped are those that were agreed on: days, channels, how each counts and ends (R88–R103)."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.cadence_rules import hints
from fu_tui.core.cadence_words import means_of
from fu_tui.exchange.cadence_file import plan_of_table

AGREED = {
    "standard": ("outreach", True, "completion", "ask", "0 mail, 3 mail, 7 call, 14 mail, 30 decide"),
    "inbound": ("outreach", True, "completion", "ask", "0 call, 2 mail, 5 mail, 12 mail, 20 decide"),
    "post-meeting": ("meeting", False, "completion", "ask", "1 mail, 3 mail, 7 call"),
    "post-discovery": ("meeting", False, "completion", "complete", "0 mail, 2 "),
    "proposal": ("proposal", False, "planned", "ask", "0 mail, 3 call, 7 mail, 14 call, 21 decide"),
    "negotiation": ("deal", False, "completion", "ask", "3 call"),
    "onboarding": ("customer", False, "planned", "complete", "7 call, 30 mail"),
    "lost": ("deal", False, "planned", "nurture", "1 mail"),
    "renewal": ("customer", False, "planned", "ask", "-90 call, -60 mail, -30 call"),
    "nurture": ("nurture", False, "planned", "ask", "0 mail"),
    "chase": ("office", False, "completion", "ask", "0 mail, 2 mail, 5 call, 7 decide"),
}
TABLES = tomllib.loads(resources.files("fu_tui.shipped").joinpath("cadences.toml").read_text("utf-8"))


def shipped(key: str) -> CadencePlan:
    plan, remarks = plan_of_table(TABLES[key], key)
    assert plan is not None, remarks
    return plan


def test_all_of_them() -> None:
    assert set(TABLES) == set(AGREED)


@pytest.mark.parametrize("key", AGREED)
def test_what_was_agreed(key: str) -> None:
    plan = shipped(key)
    steps = ", ".join(f"{step.offset_days} {means_of(step)}" for step in plan.steps)
    assert (plan.kind, plan.exclusive, plan.anchor, plan.on_exhaust, steps) == AGREED[key]
    assert (plan.max_unanswered, plan.warn_at, plan.min_gap_days) == (5, 4, 1)
    assert hints(plan) == ()


def test_the_particular_ones() -> None:
    assert [step.within_hours for step in shipped("inbound").steps] == [4, None, None, None, None]
    assert shipped("post-discovery").steps[0].within_hours == 4
    assert [step.repeats for step in shipped("negotiation").steps] == [True]
    assert shipped("nurture").steps[0].offset_months == 3
    assert shipped("renewal").roll == "backward"
