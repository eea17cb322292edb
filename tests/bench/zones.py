"""Every IANA zone, two years, an anchor each day: due days that no zone moves, and hour promises over every change of
the clocks. One rule: what is held against is reckoned another way: tables of days and of worked minutes, no search.

`python -m tests.bench zones` goes through all of it; the suite through a sample.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo, available_timezones

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.clock import civil_day, to_utc, to_zone
from fu_tui.core.schedule import Due, first_due, next_due, recompute, within_hours
from fu_tui.core.terms import Anchor, CadenceKind, Count, Roll
from fu_tui.core.trace import Trace

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAYS = tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
ZONES = tuple(sorted(available_timezones()))
CLOSED_AT = (time(0, 5), time(2, 30), time(9), time(12), time(17, 29), time(23, 55))
"""At which hours of the wall something is closed and asked; each day has another one."""
HOURS = (4, 0, 1, 9, 30)
MIDDAY = time(12)


@dataclass(frozen=True)
class Calendars:
    """A calendar, with its working days and minutes in tables."""

    name: str
    calendar: WorkCalendar
    days: list[date] = field(init=False)

    def __post_init__(self) -> None:
        """The working days, in order."""
        span = (FIRST - timedelta(days=60) + timedelta(days=n) for n in range(1200))
        days = [
            day for day in span
            if day.weekday() in self.calendar.weekdays and day not in self.calendar.holidays
        ]  # fmt: skip
        object.__setattr__(self, "days", days)

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        return self.days[bisect_left(self.days, day)]

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        at = bisect_left(self.days, day)
        return day if self.days[at] == day else self.days[at - 1]

    def counted(self, day: date, n: int) -> date:
        """The n-th working day after `day`; 0 is the first from it on."""
        if n == 0:
            return self.on_or_after(day)
        at = bisect_left(self.days, day)
        return self.days[at + n - (0 if self.days[at] == day else 1)]

    def worked(self, wall: datetime, hours: int) -> datetime:
        """`hours` of work after `wall`: the worked minutes up to then, and where that many more are reached."""
        start, end = self.calendar.work_start, self.calendar.work_end
        a_day = (datetime.combine(FIRST, end) - datetime.combine(FIRST, start)).seconds // 60
        at = bisect_left(self.days, wall.date())
        into = 0
        if self.days[at] == wall.date():
            begun = (wall - datetime.combine(wall.date(), start)).total_seconds() / 60
            into = int(min(max(begun, 0), a_day))
        total = at * a_day + into + hours * 60
        # Where a day's last minute is reached, it is its closing and not the next opening, unless that was before.
        number, minutes = divmod(total, a_day)
        if minutes == 0 and datetime.combine(self.days[number - 1], end) >= wall:
            number, minutes = number - 1, a_day
        return datetime.combine(self.days[number], start) + timedelta(minutes=minutes)


MON_FRI = Calendars("Mon–Fri", WorkCalendar(holidays={
    date(2026, 1, 1): "New Year", date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday",
    date(2026, 11, 26): "Thanksgiving", date(2026, 12, 25): "Christmas", date(2027, 1, 1): "New Year",
    date(2027, 3, 26): "Good Friday", date(2027, 3, 29): "Easter Monday",
}))  # fmt: skip
SUN_THU = Calendars("Sun–Thu, nights", WorkCalendar(
    weekdays=frozenset({6, 0, 1, 2, 3}), work_start=time(0), work_end=time(6),
    holidays={date(2026, 3, 29): "of the change", date(2026, 10, 25): "of the change"},
))  # fmt: skip
CALENDARS = (MON_FRI, SUN_THU)

PLANS = tuple(
    CadencePlan(
        f"{anchor}-{count}-{roll}", "A plan", CadenceKind.DEAL, anchor,
        tuple(Step(no, day, "Write", "A reason") for no, day in enumerate((0, 3, 7, 14), start=1)),
        count=count, roll=roll,
    )
    for anchor in Anchor
    for count in Count
    for roll in Roll
)  # fmt: skip


@dataclass
class Proof:
    """What was held, and how long it took."""

    zones: int = 0
    days: int = 0
    promises: int = 0
    changes: int = 0
    """Days on which the clocks of a zone changed."""
    seconds: float = 0.0

    def row(self) -> str:
        """In a line."""
        return (
            f"zones: {self.zones} zones × {len(DAYS)} days ({self.changes:,} changes of the clocks):"
            f" {self.days:,} due days, {self.promises:,} hour promises, none wrong,"
            f" in {self.seconds:.0f} s of the processor"
        )


def prove(zones: Sequence[str], days: Sequence[date] = DAYS) -> Proof:
    """Hold every anchor day in each zone. Raises AssertionError naming the zone and the day."""
    proof, began = Proof(zones=len(zones)), process_time()
    for number, zone in enumerate(zones):
        zoned = ZoneInfo(zone)
        changed = changes(zoned, days)
        proof.changes += len(changed)
        around = {day + timedelta(days=n) for day in changed for n in (-1, 0, 1)}
        for turn, day in enumerate(days, number):
            wall = CLOSED_AT[turn % len(CLOSED_AT)]
            at = to_utc(day, wall, zone)
            if to_zone(at, zone).time() != wall:  # the clocks leapt over it: nobody closes anything then
                at = to_utc(day, MIDDAY, zone)
            assert civil_day(at, zone) == day, (zone, day, wall)
            of = CALENDARS[turn % 2]
            proof.days += held_days(of, PLANS[turn % len(PLANS)], day, turn, zone)
            hours = HOURS if day in around else (HOURS[turn % len(HOURS)],)
            proof.promises += sum(
                held_promise(of, at, each, zone, zoned) for of in CALENDARS for each in hours
            )
    proof.seconds = process_time() - began
    return proof


def changes(zone: ZoneInfo, days: Iterable[date]) -> set[date]:
    """The days on which the clocks show another offset at noon than the day before."""
    noons = (datetime.combine(day, MIDDAY, zone) for day in days)
    return {noon.date() for noon in noons if noon.utcoffset() != (noon - timedelta(days=1)).utcoffset()}


def held_days(of: Calendars, plan: CadencePlan, day: date, turn: int, zone: str) -> int:
    """A plan that begins on `day`, its first step closed some days late or early: the first and the second due day."""
    roll = {Roll.FORWARD: of.on_or_after, Roll.BACKWARD: of.on_or_before, Roll.NONE: lambda day: day}[
        plan.roll
    ]
    first = first_due(plan, anchor_on=day, today=day, calendar=of.calendar)
    kept(first, max(roll(day), of.on_or_after(day)), of, zone)
    closed_on = first.due_on + timedelta(days=turn % 5)
    due = next_due(
        plan, step_no=2, anchor_on=day, due_on=first.due_on, closed_on=closed_on, today=closed_on,
        calendar=of.calendar,
    )  # fmt: skip
    business = plan.count is Count.BUSINESS
    if plan.anchor is Anchor.COMPLETION:
        base = closed_on
    elif business:
        late = bisect_left(of.days, closed_on + timedelta(days=1)) - bisect_left(
            of.days, first.due_on + timedelta(days=1)
        )
        base = of.counted(day, late) if late else day
    else:
        base = day + (closed_on - first.due_on)
    raw = of.counted(base, 3) if business else base + timedelta(days=3)
    kept(due, max(roll(raw), of.counted(closed_on, 1), of.on_or_after(closed_on)), of, zone)
    return 2


def kept(due: Due, expected: date, of: Calendars, zone: str) -> None:
    """The day is the expected one, never an excluded one, and the same again from what is stored."""
    said = (zone, of.name, due.trace.inputs)
    assert due.due_on == expected, (said, due.due_on, expected)
    assert of.calendar.is_working(due.due_on) or due.trace.inputs["roll"] == Roll.NONE.value, said
    assert recompute(Trace.from_json(due.trace.to_json())) == expected, said


def held_promise(of: Calendars, asked_at: datetime, hours: int, zone: str, zoned: ZoneInfo) -> int:
    """A promise of hours lands where the table says, on the day of its instant, not before it was asked."""
    due = within_hours(hours, asked_at=asked_at, calendar=of.calendar, tz=zone)
    wall = asked_at.astimezone(zoned).replace(tzinfo=None)
    expected = of.worked(wall, hours)
    said = (zone, of.name, asked_at.isoformat(), hours)
    assert due.due_at is not None, said
    assert due.due_at == max(expected.replace(tzinfo=zoned).astimezone(UTC), asked_at), (
        said,
        due.due_at,
        expected,
    )
    assert due.due_at >= asked_at, said
    assert civil_day(due.due_at, zone) == due.due_on == expected.date(), (said, due.due_on)
    assert of.calendar.is_working(due.due_on), said
    assert recompute(Trace.from_json(due.trace.to_json())) == due.due_on, said
    return 1


def whole() -> str:
    """All of it, in a line."""
    return prove(ZONES).row()
