"""The events of `events_life` in words. One rule: that of `say`, which calls this: one event, one sentence."""

from __future__ import annotations

from datetime import date

from fu_tui.core.dates_words import exact_day
from fu_tui.core.events_life import (
    AbsenceAdded,
    AbsenceRemoved,
    CadencePaused,
    CadenceReplaced,
    CadenceResumed,
    CadenceStopped,
    ContactOwned,
    Covered,
    DealMoved,
    DealParked,
    DealUnparked,
    FileClosed,
    GivenBack,
    HandedOver,
    HeldForAbsence,
    LifeEvent,
    Migrated,
    NotMigrated,
    OccurrenceMade,
    SeriesAdded,
    SeriesEdited,
    SeriesEnded,
    StepSkipped,
    TasksSpread,
    UserJoined,
    UserLeft,
)


def say_life(event: LifeEvent, *, today: date, tz: str) -> str:
    """One event as a sentence without its full stop. `today` is the reader's civil day, `tz` their zone."""
    match event:
        case CadencePaused(cadence=cadence, who=who, remaining_days=left):
            frozen = "" if left is None else f", {_amount(left, 'day')} left"
            return f"{who}: {cadence} paused{frozen}"
        case CadenceResumed(cadence=cadence, who=who, action=action, due_on=day, due_at=at):
            return f"{who}: {cadence} goes on → {action}, {exact_day(day, at, today=today, tz=tz)}"
        case StepSkipped(action=action):
            return f"{action}: skipped"
        case CadenceStopped(cadence=cadence, who=who, kept=kept):
            return f"{who}: {cadence} stopped" + (f", {kept} stays" if kept else "")
        case CadenceReplaced(cadence=cadence, who=who):
            return f"{who}: {cadence} is replaced"
        case Migrated(cadence=cadence, version=version, who=who, action=action, due_on=day):
            then = f" → {action}, {exact_day(day, today=today)}" if day else ""
            return f"{who}: {cadence} version {version}{then}"
        case NotMigrated(who=who, why=why):
            return f"{who} was not migrated: {why}"
        case DealMoved(title=title, stage=stage, reopened=reopened):
            return f"{title}: {'reopened, ' if reopened else ''}{stage}"
        case DealParked(title=title, until=until, task_ids=tasks):
            held = f", {_amount(len(tasks), 'task')} held" if tasks else ""
            return f"{title}: parked until {exact_day(until, today=today)}{held}"
        case DealUnparked(title=title, task_ids=tasks):
            back = f", {_amount(len(tasks), 'task')} on the desk again" if tasks else ""
            return f"{title}: parked no longer{back}"
        case ContactOwned(name=name, owner=owner):
            return f"{name} → {owner}"
        case FileClosed(name=name):
            return f"{name}: file closed"
        case HandedOver(name=name, owner=owner, action=action, due_on=day):
            return f"{name} → {owner}: {action}, {exact_day(day, today=today)}"
        case SeriesAdded(action=action, rhythm=rhythm, due_on=day, owner=owner):
            return f"Series: {action}, {rhythm}, first {exact_day(day, today=today)}, {owner}"
        case SeriesEdited(action=action, changed=changed):
            return f"Series changed: {', '.join((action, *changed))}"
        case SeriesEnded(action=action, why=why):
            return f"The series {action} has ended: {why}"
        case OccurrenceMade(action=action, due_on=day):
            return f"→ {action}, {exact_day(day, today=today)} (series)"
        case TasksSpread(task_ids=tasks, first=first, last=last, days=days, stay=stay):
            over = f"{exact_day(first, today=today)} to {exact_day(last, today=today)}"
            over = (
                f"over {_amount(days, 'day')}, {over}" if days > 1 else f"to {exact_day(first, today=today)}"
            )
            return f"{_amount(len(tasks), 'task')} spread {over}" + (f"; {stay} stay" if stay else "")
        case _:
            return _say_people(event, today)


def things(event: object) -> str:
    """What several events of a kind happened to."""
    name = type(event).__name__
    for start in ("Contact", "File", "Deal", "Cadence"):
        if name.startswith(start):
            return "contacts" if start == "File" else f"{start.lower()}s"
    return "tasks"


def _say_people(event: LifeEvent, today: date) -> str:
    match event:
        case AbsenceAdded(who=who, from_on=first, to_on=last, cover=cover, policy=policy):
            how = "everything waits" if policy == "pause" else f"{cover or 'nobody'} covers"
            return f"{who} is away {exact_day(first, today=today)} to {exact_day(last, today=today)}: {how}"
        case AbsenceRemoved(who=who, from_on=first, to_on=last):
            return f"{who} is not away {exact_day(first, today=today)} to {exact_day(last, today=today)}"
        case Covered(who=who, cover=cover, task_ids=tasks):
            return f"{who} is away: {_amount(len(tasks), 'task')} → {cover or 'nobody yet'}"
        case HeldForAbsence(who=who, task_ids=tasks):
            return f"{who} is away: {_amount(len(tasks), 'task')} held"
        case GivenBack(who=who, task_ids=tasks):
            return f"{_amount(len(tasks), 'task')} back to {who}"
        case UserLeft(name=name, to=to, task_ids=tasks, contacts=contacts, deals=deals):
            what = ", ".join(
                _amount(n, word)
                for n, word in ((len(tasks), "task"), (contacts, "contact"), (deals, "deal"))
                if n
            )
            return f"{name} has left" + (f": {what} → {to}" if what else "")
        case UserJoined(name=name, handle=handle, back=back):
            return f"{name} is back" if back else f"{name} is here now: +{handle} in a line is them"
    raise AssertionError(event)


def _amount(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
