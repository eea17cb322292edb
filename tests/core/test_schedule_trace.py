"""What a trace says to a person, and how a damaged one is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.errors import Refused
from fu_tui.core.schedule import (
    Due,
    by_hand,
    by_temperature,
    first_due,
    next_due,
    next_try,
    recompute,
    resumed,
    spread,
)
from fu_tui.core.terms import Anchor, CadenceKind, Count, Roll, Temperature
from fu_tui.core.trace import Trace

CALENDAR = WorkCalendar(
    holidays={
        date(2026, 11, 26): "Thanksgiving",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 28): "Boxing Day",
        date(2027, 1, 1): "New Year's Day",
    }
)
MON_23_NOV, TUE_1_DEC = date(2026, 11, 23), date(2026, 12, 1)


def plan(*steps: Step, anchor: Anchor = Anchor.COMPLETION, **rules: object) -> CadencePlan:
    return CadencePlan("plan", "Plan", CadenceKind.OUTREACH, anchor, steps, **rules)  # type: ignore[arg-type]


def step(no: int, days: int, months: int = 0) -> Step:
    return Step(no, days, f"Step {no}", "a reason", offset_months=months)


def tried(closed_on: date, wait_days: int, today: date | None = None, gap: int = 1) -> Due:
    return next_try(
        wait_days=wait_days,
        closed_on=closed_on,
        today=today or closed_on,
        calendar=CALENDAR,
        min_gap_days=gap,
    )


@pytest.mark.parametrize(
    ("due", "lines"),
    [
        pytest.param(
            tried(date(2026, 11, 27), 0),
            ("on closing (Fri 27 Nov)", "at least 1 working day after closing → Mon 30 Nov"),
            id="min-gap",
        ),
        pytest.param(
            tried(date(2026, 11, 24), 1, gap=2),
            (
                "1 day after closing (Tue 24 Nov) → Wed 25 Nov",
                "at least 2 working days after closing, past Thanksgiving → Fri 27 Nov",
            ),
            id="min-gap-past-a-holiday",
        ),
        pytest.param(
            tried(date(2026, 11, 20), 3, today=date(2026, 11, 28)),
            (
                "3 days after closing (Fri 20 Nov) → Mon 23 Nov",
                "not before today → Mon 30 Nov",
            ),
            id="backdated",
        ),
        pytest.param(
            tried(date(2026, 12, 22), 3),
            (
                "3 days after closing (Tue 22 Dec) → Fri 25 Dec",
                "Fri 25 Dec is Christmas Day, Mon 28 Dec is Boxing Day → Tue 29 Dec",
            ),
            id="two-holidays-round-a-weekend",
        ),
        pytest.param(
            resumed(4, date(2026, 12, 14), CALENDAR),
            ("4 days after resuming (Mon 14 Dec) → Fri 18 Dec",),
            id="resumed",
        ),
        pytest.param(
            by_temperature(Temperature.WARM, today=date(2026, 11, 25), calendar=CALENDAR),
            ("2 working days after today (Wed 25 Nov), past Thanksgiving → Mon 30 Nov",),
            id="warm",
        ),
        pytest.param(
            by_temperature(Temperature.ACTIVE, today=date(2026, 11, 27), calendar=CALENDAR),
            ("1 working day after today (Fri 27 Nov) → Mon 30 Nov",),
            id="active",
        ),
        pytest.param(by_hand(date(2026, 11, 28)), ("set by hand: Sat 28 Nov",), id="by-hand"),
        pytest.param(
            first_due(plan(step(1, 0, 3)), anchor_on=date(2026, 11, 30), today=MON_23_NOV, calendar=CALENDAR),
            (
                "3 months after the plan's start (Mon 30 Nov 2026) → Sun 28 Feb 2027",
                "Sun 28 Feb is not a working day → Mon 1 Mar",
            ),
            id="months-clamp",
        ),
        pytest.param(
            first_due(
                plan(step(1, -60), roll=Roll.BACKWARD),
                anchor_on=date(2027, 3, 31),
                today=MON_23_NOV,
                calendar=CALENDAR,
            ),
            (
                "60 days before the plan's end (Wed 31 Mar) → Sat 30 Jan",
                "Sat 30 Jan is not a working day → Fri 29 Jan",
            ),
            id="before-the-end-of-a-plan",
        ),
    ],
)
def test_the_lines_of_a_trace(due: Due, lines: tuple[str, ...]) -> None:
    assert due.trace.lines == lines
    assert recompute(due.trace) == due.due_on


def test_a_return_from_absence_in_words() -> None:
    due = next_due(
        plan(step(1, 0), step(2, 4)),
        step_no=2,
        anchor_on=TUE_1_DEC,
        due_on=TUE_1_DEC,
        closed_on=TUE_1_DEC,
        today=TUE_1_DEC,
        calendar=CALENDAR,
        not_before=date(2026, 12, 14),
    )
    assert due.trace.lines[-1] == "away until Mon 14 Dec, so the working day after that → Tue 15 Dec"


@pytest.mark.parametrize(
    ("closed_on", "due_on", "said"),
    [
        pytest.param(date(2026, 11, 27), date(2026, 12, 3), None, id="on-time"),
        pytest.param(date(2026, 11, 28), date(2026, 12, 3), None, id="a-saturday-is-not-late"),
        pytest.param(
            date(2026, 11, 30), date(2026, 12, 4), "closed 1 working day late", id="monday-is-1-late"
        ),
        pytest.param(TUE_1_DEC, date(2026, 12, 7), "closed 2 working days late", id="tuesday-is-2-late"),
    ],
)
def test_a_plan_that_counts_working_days_is_late_in_working_days(
    closed_on: date, due_on: date, said: str | None
) -> None:
    due = next_due(
        plan(step(1, 0), step(2, 3), step(3, 7), anchor=Anchor.PLANNED, count=Count.BUSINESS),
        step_no=3,
        anchor_on=MON_23_NOV,
        due_on=date(2026, 11, 27),  # 3 working days after Mon 23 Nov, past Thanksgiving
        closed_on=closed_on,
        today=closed_on,
        calendar=CALENDAR,
    )
    assert due.due_on == due_on
    told = [line for line in due.trace.lines if "late" in line]
    assert [line.split(":")[0] for line in told] == ([said] if said else [])


def test_a_stored_trace_stays_readable() -> None:
    assert '"3 days after closing (Mon 23 Nov) → Thu 26 Nov"' in tried(MON_23_NOV, 3).trace.to_json()


def test_a_slow_lead_has_no_day_of_its_own() -> None:
    assert by_temperature(Temperature.SLOW, today=MON_23_NOV, calendar=CALENDAR) is None


@pytest.mark.parametrize("step_no", [0, 1, 3])
def test_a_step_the_plan_lacks_is_a_mistake_of_the_caller(step_no: int) -> None:
    two_steps = plan(step(1, 0), step(2, 3))
    with pytest.raises(ValueError, match="cadence plan has no step"):
        next_due(
            two_steps,
            step_no=step_no,
            anchor_on=MON_23_NOV,
            due_on=MON_23_NOV,
            closed_on=MON_23_NOV,
            today=MON_23_NOV,
            calendar=CALENDAR,
        )


def test_spreading_over_no_day_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="over 0 days"):
        spread(MON_23_NOV, 10, 0, CALENDAR)


def test_two_hundred_over_ten_working_days() -> None:
    anchors = spread(MON_23_NOV, 200, 10, CALENDAR)
    assert {day: anchors.count(day) for day in anchors} == dict.fromkeys(
        (d for d in (MON_23_NOV + timedelta(days=n) for n in range(15)) if CALENDAR.is_working(d)), 20
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '"due"',
        '{"rule":"first","inputs":{},"off":[],"lines":[],"due_on":"2026-11-27"}',
    ],
)
def test_text_that_is_no_trace_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not the trace of a due day"):
        Trace.from_json(text)


@pytest.mark.parametrize(
    "damage",
    [{"rule": "guess"}, {"inputs": {}}, {"inputs": {"gap_days": "three"}}],
    ids=["unknown-rule", "no-inputs", "a-word-for-a-number"],
)
def test_a_damaged_trace_does_not_recompute(damage: dict[str, object]) -> None:
    whole = json.loads(tried(MON_23_NOV, 3).trace.to_json())
    inputs = damage.pop("inputs", None)
    if inputs is not None:
        whole["inputs"] = {**whole["inputs"], **inputs} if inputs else {}  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"lacks|three"):
        recompute(Trace.from_json(json.dumps(whole | damage)))


def test_a_day_that_was_tampered_with_does_not_agree_with_its_trace() -> None:
    stored = json.loads(tried(MON_23_NOV, 3).trace.to_json())
    stored["off"] = {}
    assert recompute(Trace.from_json(json.dumps(stored))) != date.fromisoformat(stored["due_on"])
