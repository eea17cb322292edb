"""The tables of docs/cadences.md are what the code makes. One rule: every day that they name is computed here, so the
page can't say another one; a row that differs is shown as it has to stand there, and running this prints them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.schedule import (
    Due,
    by_hand,
    by_temperature,
    first_due,
    next_due,
    next_try,
    remaining_days,
    resumed,
    spaced,
    too_near,
    within_hours,
    working_days_on,
)
from fu_tui.core.terms import Anchor, Count, Roll, Temperature
from fu_tui.core.trace import day_text
from tests.core.test_schedule_golden import (
    CALENDAR,
    MON_23_NOV,
    PROPOSAL,
    STANDARD,
    THU_10_DEC,
    checked,
    plan,
)

PAGE = Path(__file__).parents[2] / "docs" / "cadences.md"
Row = tuple[str, ...]


def november(day: int) -> date:
    return date(2026, 11, day)


def december(day: int) -> date:
    return date(2026, 12, day)


def table(heading: str) -> list[Row]:
    """The rows of the first table under a heading of the page, without its head."""
    lines = PAGE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0].splitlines()
    rows = [line for line in lines if line.startswith("|")]
    return [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows[2:]]


def said(due: Due) -> str:
    """A due day as the page writes it: where it would have been, if it moved, and where it is."""
    checked(due)
    raw = due.planned_on
    return day_text(due.due_on) if raw in (None, due.due_on) else f"{day_text(raw)} → {day_text(due.due_on)}"


def in_time(plan: CadencePlan, anchor_on: date) -> list[Due]:
    """The due days when each step is closed on its own."""
    dues = [first_due(plan, anchor_on=anchor_on, today=anchor_on, calendar=CALENDAR)]
    for step in plan.steps[1:]:
        last = dues[-1]
        dues.append(next_due(
            plan, step_no=step.no, anchor_on=last.anchor_on or anchor_on, due_on=last.due_on, closed_on=last.due_on,
            today=last.due_on, calendar=CALENDAR,
        ))  # fmt: skip
    return dues


def days(dues: list[Due]) -> str:
    return ", ".join(day_text(checked(due)) for due in dues)


def after(
    offsets: tuple[int, ...], anchor: Anchor, anchor_on: date, no: int, due_on: date, closed_on: date
) -> str:
    """What follows step `no`, and how late that was in a planned plan."""
    due = next_due(
        plan(offsets, anchor), step_no=no + 1, anchor_on=anchor_on, due_on=due_on, closed_on=closed_on,
        today=closed_on, calendar=CALENDAR,
    )  # fmt: skip
    late = (closed_on - due_on).days if anchor is Anchor.PLANNED else 0
    return f"{late} {'day' if late == 1 else 'days'} late: {said(due)}" if late > 0 else said(due)


def examples() -> Iterator[Row]:
    both = (Anchor.COMPLETION, Anchor.PLANNED)
    standard = [in_time(plan(STANDARD, anchor), MON_23_NOV) for anchor in both]
    yield (
        "Offsets 0, 3, 7, 14, 30 from Mon 23 Nov, each step closed on its due day: the 2nd",
        *(said(dues[1]) for dues in standard),
    )
    yield ("… the 3rd", *(said(dues[2]) for dues in standard))
    yield ("… the 4th and 5th", *(days(dues[3:]) for dues in standard))
    second = (MON_23_NOV, 2, november(27))
    yield (
        "The 2nd (due Fri 27 Nov) closed late, on Thu 3 Dec → the 3rd",
        *(after(STANDARD, anchor, *second, december(3)) for anchor in both),
    )
    yield (
        "The 2nd closed early, on Tue 24 Nov → the 3rd",
        *(after(STANDARD, anchor, *second, november(24)) for anchor in both),
    )
    yield (
        "The 2nd closed on Sat 28 Nov → the 3rd",
        *(after(STANDARD, anchor, *second, november(28)) for anchor in both),
    )
    proposal = [in_time(plan(PROPOSAL, anchor), THU_10_DEC) for anchor in both]
    yield "Offsets 0, 3, 7, 14, 21 from Thu 10 Dec, each on time", *(days(dues[1:]) for dues in proposal)
    yield (
        "The 3rd of these (due Thu 17 Dec) closed Wed 23 Dec → the 4th",
        *(after(PROPOSAL, anchor, THU_10_DEC, 3, december(17), december(23)) for anchor in both),
    )
    friday = december(4)
    yield (
        "Closed Fri 4 Dec, the wait is 3 days",
        after((0, 3), Anchor.COMPLETION, friday, 1, friday, friday),
        "–",
    )
    tuesday = december(1)
    away = next_due(
        plan(STANDARD, Anchor.COMPLETION), step_no=3, anchor_on=MON_23_NOV, due_on=tuesday, closed_on=tuesday,
        today=tuesday, calendar=CALENDAR, not_before=december(14),
    )  # fmt: skip
    yield "Out of office entered Tue 1 Dec, back Mon 14 Dec: 4 days on is Sat 5 Dec", said(away), "–"
    left = remaining_days(tuesday, november(27))
    paused = resumed(left, december(14), CALENDAR, was_due=tuesday, held_on=november(27))
    yield f"Due Tue 1 Dec, paused Fri 27 Nov ({left} days left), resumed Mon 14 Dec", said(paused), "–"
    renewal = plan((-90, -60, -30), Anchor.PLANNED, Roll.BACKWARD)
    ends = [
        first_due(renewal, anchor_on=end, today=MON_23_NOV, calendar=CALENDAR)
        for end in (date(2027, 3, 31), date(2027, 4, 1))
    ]
    yield (
        "A contract ends 31 Mar 2027, or 1 Apr 2027; its renewal starts 90 days before",
        "–",
        ", or ".join(map(said, ends)),
    )
    warm = by_temperature(Temperature.WARM, today=november(25), calendar=CALENDAR)
    assert warm is not None
    assert warm.window_end_on is not None
    yield (
        "Warm lead captured Wed 25 Nov",
        f"{said(warm)}, window to {day_text(warm.window_end_on)}",
        "–",
    )


def rolls_and_counts() -> Iterator[Row]:
    for count, roll in product(Count, Roll):
        cells = []
        for anchor in (Anchor.COMPLETION, Anchor.PLANNED):
            dues = in_time(plan(STANDARD, anchor, roll, count), MON_23_NOV)
            assert [due.due_on for due in dues] == sorted({due.due_on for due in dues}), (
                "each step after the one before"
            )
            cells.append(days(dues[1:]))
        yield (count.value, roll.value, *cells)


def apart(due: Due, *others: date) -> Row:
    moved = spaced(due, others, CALENDAR)
    checked(moved)
    near = too_near(moved.due_on, others, CALENDAR)
    stays = f"stays on {day_text(moved.due_on)}, and it is said"
    return " and ".join(map(day_text, others)), day_text(moved.due_on) if near is None else stays


def spacing() -> Iterator[Row]:
    tuesday = working_days_on(1, today=MON_23_NOV, calendar=CALENDAR)
    step = next_try(wait_days=1, closed_on=MON_23_NOV, today=MON_23_NOV, calendar=CALENDAR)
    assert tuesday.due_on == step.due_on == november(24)
    yield ("a step due Tue 24 Nov", *apart(step, november(20)))
    yield ("…", *apart(step, MON_23_NOV))
    yield ("… (Thu 26 Nov is off)", *apart(step, november(25)))
    yield ("…", *apart(step, MON_23_NOV, november(27)))
    yield ("a day named by a person, Tue 24 Nov", *apart(by_hand(november(24)), MON_23_NOV))
    promise = within_hours(4, asked_at=datetime(2026, 11, 24, 9, tzinfo=UTC), calendar=CALENDAR, tz="UTC")
    yield ("an answer within 4 hours, Tue 24 Nov", *apart(promise, MON_23_NOV))


def hours() -> Iterator[Row]:
    asked = {
        "Tue 24 Nov 10:00": datetime(2026, 11, 24, 10, tzinfo=UTC),
        "Wed 25 Nov 15:00, on the eve of a holiday": datetime(2026, 11, 25, 15, tzinfo=UTC),
        "Fri 27 Nov 20:00, after work": datetime(2026, 11, 27, 20, tzinfo=UTC),
        "Sat 28 Nov 12:00": datetime(2026, 11, 28, 12, tzinfo=UTC),
    }
    for words, at in asked.items():
        due = within_hours(4, asked_at=at, calendar=CALENDAR, tz="UTC")
        assert due.due_at is not None
        day = working_days_on(1, today=at.date(), calendar=CALENDAR)
        yield words, f"{day_text(checked(due))} {due.due_at:%H:%M}", day_text(checked(day))


def waiting() -> Iterator[Row]:
    """The owner is away Wed 25 Nov to Fri 4 Dec, and everything waits."""
    back = december(7)
    for due_on in (november(24), november(27), december(4), december(8)):
        left = remaining_days(due_on, november(25))
        name = f"due {day_text(due_on)}"
        if due_on > december(4):
            yield name, "not held", day_text(due_on)
            continue
        due = resumed(left, back, CALENDAR, after="Sam Hill's return", was_due=due_on, held_on=november(25))
        yield name, f"{left} {'day' if left == 1 else 'days'}", said(due)


def test_the_examples() -> None:
    assert table("Examples") == list(examples())


def test_the_rolls_and_counts() -> None:
    assert table("Rolling and counting") == list(rolls_and_counts())


def test_the_spacing() -> None:
    assert table("Two cadences of one contact") == list(spacing())


def test_the_hours() -> None:
    assert table("Promises by the hour and by the day") == list(hours())


def test_the_days_of_whoever_is_away() -> None:
    assert table("Whoever is away") == list(waiting())


if __name__ == "__main__":
    for rows in (examples, rolls_and_counts, spacing, hours, waiting):
        print(rows.__name__, *(f"| {' | '.join(row)} |" for row in rows()), sep="\n")
