"""The arithmetic of due days, one function a rule. One rule: it reads named inputs and a calendar, nothing else.

`schedule` names the inputs and keeps them in a trace; the same function computes the day again from that trace.
What each rule means, with worked examples, stands in docs/cadences.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from fu_tui.core.calendar import WorkCalendar, add_days
from fu_tui.core.months import add_months
from fu_tui.core.terms import Count, Roll
from fu_tui.core.trace import amount_text, day_text, distance_text, moved_text, off_text, past_text

Inputs = Mapping[str, str | int | None]


@dataclass(slots=True)
class Reckoning:
    """One computation under way: the calendar, what it passed over, what it found."""

    calendar: WorkCalendar
    off: dict[date, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    planned_on: date | None = None
    """The day before rolling and before any "not before"."""
    anchor_on: date | None = None
    wall_at: datetime | None = None
    """The wall-clock time of an hour promise, naive."""

    def shift(self, what: str, base: date, months: int, days: int, count: Count) -> date:
        """`base` moved by months (clamped), then by days: calendar days, or working days that skip the rest."""
        unit = "working day" if count is Count.BUSINESS else "day"
        day, passed = add_months(base, months), dict[date, str]()
        if count is Count.CALENDAR:
            day = add_days(day, days)
        elif days:
            day = self.calendar.add_working_days(day, days, passed)
        self.off |= passed
        self.lines.append(moved_text(distance_text(months, days, unit, what), base, day, past_text(passed)))
        self.planned_on = day
        return day

    def roll(self, day: date, how: Roll) -> date:
        """`day`, or the working day it rolls to."""
        passed: dict[date, str] = {}
        landed = self.calendar.roll(day, how, passed)
        if passed:
            self.off |= passed
            self.lines.append(f"{off_text(passed, landed)} → {day_text(landed, day)}")
        return landed

    def at_least(self, due: date, base: date, working_days: int, why: str) -> date:
        """`due`, or the day that lies `working_days` after `base` (0: `base`, rolled forward) if that is later."""
        passed: dict[date, str] = {}
        floor = self.calendar.add_working_days(base, working_days, passed)
        self.off |= passed
        if floor <= due:
            return due
        self.lines.append(f"{why}{past_text(passed)} → {day_text(floor, due)}")
        return floor


def reckon(rule: str, inputs: Inputs, calendar: WorkCalendar) -> tuple[date, Reckoning]:
    """The due day by `rule`, and how it came about. Raises KeyError for an unknown rule or a missing input."""
    run = Reckoning(calendar)
    due = _RULES[rule](inputs, run)
    return (_apart(inputs, run, due) if inputs.get("others") else due), run


def pushing(due: date, others: Iterable[date], apart_days: int, calendar: WorkCalendar) -> tuple[date, ...]:
    """Those of the `others` that lie less than `apart_days` working days from `due`, or from where it moves to."""
    found = []
    for other in sorted(set(others)):
        earlier, later = min(other, due), max(other, due)
        after = calendar.add_working_days(earlier, apart_days)
        if later < after:
            found.append(other)
            due = after if earlier == other else calendar.add_working_days(other, apart_days)
    return tuple(found)


def _apart(inputs: Inputs, run: Reckoning, due: date) -> date:
    """`due`, moved on until it keeps its distance from the other touches (they are in order)."""
    days = _number(inputs, "apart_days")
    for other in map(date.fromisoformat, _text(inputs, "others").split()):
        why = f"at least {amount_text(days, 'working day')} from the touch on {day_text(other, due)}"
        due = run.at_least(due, other, days, why)
    return due


def _first(inputs: Inputs, run: Reckoning) -> date:
    run.anchor_on = _day(inputs, "anchor_on")
    raw = _from_anchor(inputs, run, run.anchor_on)
    return _not_before_today(inputs, run, run.roll(raw, _roll(inputs)))


def _completion(inputs: Inputs, run: Reckoning) -> date:
    run.anchor_on = _day(inputs, "anchor_on") if inputs["anchor_on"] else None
    months, days = _number(inputs, "gap_months"), _number(inputs, "gap_days")
    raw = run.shift("closing", _day(inputs, "closed_on"), months, days, _count(inputs))
    return _after_close(inputs, run, raw)


def _planned(inputs: Inputs, run: Reckoning) -> date:
    run.anchor_on = _later_anchor(inputs, run)
    return _after_close(inputs, run, _from_anchor(inputs, run, run.anchor_on))


def _later_anchor(inputs: Inputs, run: Reckoning) -> date:
    """The anchor, moved by what the closed step was late; an early close moves nothing."""
    anchor, due, closed = (_day(inputs, key) for key in ("anchor_on", "due_on", "closed_on"))
    if closed <= due:
        return anchor
    if _count(inputs) is Count.CALENDAR:
        late, unit = (closed - due).days, "day"
        moved = add_days(anchor, late)
    else:
        late, unit = run.calendar.working_days_between(due, closed, run.off), "working day"
        moved = run.calendar.add_working_days(anchor, late, run.off) if late else anchor
    if late:
        amount = amount_text(late, unit)
        run.lines.append(f"closed {amount} late: the plan moves by {amount}")
    return moved


def _from_anchor(inputs: Inputs, run: Reckoning, anchor: date) -> date:
    months, days = _number(inputs, "offset_months"), _number(inputs, "offset_days")
    what = "the plan's end" if months < 0 or days < 0 else "the plan's start"
    return run.shift(what, anchor, months, days, _count(inputs))


def _after_close(inputs: Inputs, run: Reckoning, raw: date) -> date:
    due = run.roll(raw, _roll(inputs))
    gap = _number(inputs, "min_gap_days")
    why = (
        f"at least {amount_text(gap, 'working day')} after closing"
        if gap
        else "not before the day of closing"
    )
    due = run.at_least(due, _day(inputs, "closed_on"), gap, why)
    if inputs["not_before"]:
        back = _day(inputs, "not_before")
        due = run.at_least(due, back, 1, f"away until {day_text(back, due)}, so the working day after that")
    return _not_before_today(inputs, run, due)


def _not_before_today(inputs: Inputs, run: Reckoning, due: date) -> date:
    return run.at_least(due, _day(inputs, "today"), 0, "not before today")


def _by_hand(inputs: Inputs, run: Reckoning) -> date:
    day = _day(inputs, "day")
    run.lines.append(f"{inputs['reason']}: {day_text(day)}")
    return day


def _trigger(inputs: Inputs, run: Reckoning) -> date:
    base, delay = _day(inputs, "event_on"), _number(inputs, "delay")
    raw = run.shift(_text(inputs, "event"), base, 0, delay, _count(inputs))
    return _not_before_today(inputs, run, run.roll(raw, Roll.FORWARD))


def _series(inputs: Inputs, run: Reckoning) -> date:
    run.planned_on = day = _day(inputs, "occurrence_on")
    run.lines.append(f"{inputs['rhythm']}: the one of {day_text(day)}")
    return _not_before_today(inputs, run, run.roll(day, Roll.FORWARD))


def _resumed(inputs: Inputs, run: Reckoning) -> date:
    base, left = _day(inputs, "resume_on"), _number(inputs, "remaining_days")
    if inputs.get("held_on"):
        held_on, was_due = _day(inputs, "held_on"), _day(inputs, "was_due")
        days = f"{amount_text(left, 'day')} left" if left else "nothing left of its days"
        run.lines.append(
            f"waited from {day_text(held_on, base)}, when it was due {day_text(was_due, base)}: {days}"
        )
    after = str(inputs.get("after") or "resuming")
    return run.roll(run.shift(after, base, 0, left, Count.CALENDAR), Roll.FORWARD)


def _temperature(inputs: Inputs, run: Reckoning) -> date:
    today, days = _day(inputs, "today"), _number(inputs, "working_days")
    return run.shift("today", today, 0, days, Count.BUSINESS)


def _hours(inputs: Inputs, run: Reckoning) -> date:
    start, end = (time.fromisoformat(_text(inputs, key)) for key in ("work_start", "work_end"))
    calendar = replace(run.calendar, work_start=start, work_end=end)
    wall, hours = datetime.fromisoformat(_text(inputs, "asked_wall")), _number(inputs, "hours")
    passed: dict[date, str] = {}
    run.wall_at = at = calendar.add_wall_hours(wall, hours, passed)
    run.off |= passed
    run.lines.append(
        f"{amount_text(hours, 'working hour')} after {day_text(wall.date(), at.date())} {wall:%H:%M}"
        f"{past_text(passed)} → {day_text(at.date(), wall.date())} {at:%H:%M}"
    )
    return at.date()


_RULES: dict[str, Callable[[Inputs, Reckoning], date]] = {
    "first": _first,
    "completion": _completion,
    "planned": _planned,
    "by_hand": _by_hand,
    "trigger": _trigger,
    "series": _series,
    "resumed": _resumed,
    "temperature": _temperature,
    "hours": _hours,
}


def _text(inputs: Inputs, key: str) -> str:
    return str(inputs[key])


def _day(inputs: Inputs, key: str) -> date:
    return date.fromisoformat(_text(inputs, key))


def _number(inputs: Inputs, key: str) -> int:
    return int(_text(inputs, key))


def _count(inputs: Inputs) -> Count:
    return Count(_text(inputs, "count"))


def _roll(inputs: Inputs) -> Roll:
    return Roll(_text(inputs, "roll"))
