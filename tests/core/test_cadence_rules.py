"""What a cadence must be: each rule refuses one thing, says where, and what to do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_fields import HEADER, OF_HEADER, OF_STEP, default_of, following, taken, typed
from fu_tui.core.cadence_rules import hints, problems
from fu_tui.core.terms import Anchor, CadenceKind, Channel, OnExhaust, Priority, Roll, StepKind

STEPS = (
    Step(1, 0, "Send the offer", "What it costs", channel=Channel.MAIL),
    Step(2, 3, "Call about open questions", "What is unclear", channel=Channel.CALL),
    Step(3, 7, "Decide: lost or go on", "A week without an answer", StepKind.DECIDE),
)
PLAN = CadencePlan("trial", "Trial", CadenceKind.DEAL, Anchor.COMPLETION, STEPS)


def with_step(no: int, **what: Any) -> CadencePlan:
    return replace(PLAN, steps=tuple(replace(s, **what) if s.no == no else s for s in STEPS))


def test_a_sound_plan_has_no_problem() -> None:
    assert problems(PLAN) == ()
    assert hints(PLAN) == ()


@pytest.mark.parametrize(
    ("plan", "place", "words"),
    [
        (replace(PLAN, key="Trial users"), "key", "small letters"),
        (replace(PLAN, name=""), "name", "no name"),
        (replace(PLAN, steps=()), "steps", "Nothing is done"),
        (replace(PLAN, steps=(replace(STEPS[2], no=1),)), "steps", "add a step that is a touch"),
        (replace(PLAN, kind=CadenceKind.OUTREACH), "exclusive", "Only one outreach"),
        (replace(PLAN, warn_at=6), "warn_at", "warn earlier"),
        (with_step(1, offset_days=-3), "anchor", "what is planned"),
        (replace(with_step(1, offset_days=-3), anchor=Anchor.PLANNED), "roll", "roll backward, or none"),
        (with_step(2, offset_days=0), "steps.2.day", "a later day"),
        (with_step(3, offset_days=2), "steps.3.day", "a later day"),
        (with_step(1, offset_months=1), "steps.2.day", "a later day"),
        (with_step(2, kind=StepKind.DECIDE, channel=None), "steps.2.kind", "Only the last step"),
        (with_step(1, offset_days=1, repeats=True), "steps.1.repeats", "step 2 would never come"),
        (with_step(2, purpose="what it COSTS"), "steps.2.purpose", "purpose of step 1"),
        (with_step(2, purpose="Just checking in"), "steps.2.purpose", "is no purpose"),
        (with_step(2, purpose=""), "steps.2.purpose", "no purpose"),
        (with_step(2, action="Follow up"), "steps.2.action", "says no action"),
        (with_step(2, action=""), "steps.2.action", "No action"),
        (with_step(3, channel=Channel.MAIL), "steps.3.channel", "no channel"),
        (with_step(1, repeats=True), "steps.1.repeats", "a day or more"),
        (with_step(2, within_hours=4), "steps.2.within_hours", "first step on day 0"),
    ],
)  # fmt: skip
def test_what_is_refused(plan: CadencePlan, place: str, words: str) -> None:
    assert [remark.text for remark in problems(plan) if remark.place == place and words in remark.text]


def test_what_counts_back_rolls_backward_and_a_repeated_touch_may_end_in_a_question() -> None:
    back = replace(with_step(1, offset_days=-3), anchor=Anchor.PLANNED, roll=Roll.BACKWARD)
    assert problems(back) == ()
    assert problems(with_step(2, repeats=True)) == ()


def test_hints_do_not_refuse() -> None:
    wordy = with_step(1, action="Send the long offer with every price and every option that we have")
    assert problems(wordy) == ()
    assert [remark.place for remark in hints(wordy)] == ["steps.1.action"]
    shy = replace(PLAN, kind=CadenceKind.OUTREACH, exclusive=True)
    assert "after 2 touches" in hints(shy)[0].text
    assert hints(replace(PLAN, on_exhaust=OnExhaust.COMPLETE))


def test_fields_take_what_they_may_be_and_say_what_else_is_expected() -> None:
    day, channel, priority = OF_STEP["day"], OF_STEP["channel"], OF_STEP["priority"]
    assert typed(day, " -90 ") == -90
    assert typed(channel, "") is None
    assert typed(OF_HEADER["on_exhaust"], "Close file") is OnExhaust.CLOSE_FILE
    assert typed(OF_HEADER["exclusive"], "yes") is True
    assert taken(priority, "high") is Priority.HIGH
    for field, value in ((day, True), (day, 9999), (day, "3"), (channel, "fax"), (OF_HEADER["name"], 3)):
        with pytest.raises(ValueError, match=field.name):
            taken(field, value)
    with pytest.raises(ValueError, match="from 3 to 6"):
        typed(OF_HEADER["nurture_months"], "twelve")


def test_choices_go_round_and_nothing_is_one_where_the_field_may_be_empty() -> None:
    channel = OF_STEP["channel"]
    assert following(channel, None) is Channel.MAIL
    assert following(channel, Channel.MEETING) is None
    assert following(channel, None, -1) is Channel.MEETING
    assert following(OF_HEADER["exclusive"], False) is True


def test_what_has_to_be_said_has_no_default() -> None:
    needed = []
    for field in HEADER:
        try:
            default_of(field)
        except KeyError:
            needed.append(field.name)
    assert needed == ["name", "kind", "anchor"]
