"""Events in words: what a toast and a command's answer say. One rule: one event, one sentence, the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fu_tui.core.dates_words import exact_day
from fu_tui.core.events import (
    AccountAdded,
    CadenceBack,
    CadenceRetired,
    CadenceSaved,
    CadenceUnchanged,
    CaseClosed,
    CaseOpened,
    ContactAdded,
    DealAdded,
    Enrolled,
    EnrollmentEnded,
    Event,
    FollowUpSpawned,
    HolidaysAdded,
    KeptApart,
    Logged,
    NextStepProposed,
    NoteAdded,
    NotEnrolled,
    Noticed,
    NotTriggered,
    PriorityChanged,
    Redone,
    ReplyLogged,
    TaskAdded,
    TaskClosed,
    TaskEdited,
    TaskHidden,
    TaskMoved,
    TaskReassigned,
    TaskShown,
    TasksMoot,
    TouchesClose,
    Triggered,
    TriggerSwitched,
    UnansweredWarning,
    Undone,
)
from fu_tui.core.events_calendar import CalendarEvent
from fu_tui.core.events_life import CadenceReplaced, CadenceResumed, DealMoved, Migrated, StepSkipped
from fu_tui.core.terms import EndReason

ENDS = {
    EndReason.REPLIED: "they replied",
    EndReason.MEETING: "it came to a meeting",
    EndReason.CHECK_BACK: "to be checked back",
    EndReason.COMPLETED: "every step is done",
    EndReason.EXHAUSTED_NURTURE: "moved to nurture",
    EndReason.EXHAUSTED_CLOSED: "the file is closed",
    EndReason.CLOSED_FILE: "the file is closed",
    EndReason.DEAL_WON: "won",
    EndReason.DEAL_LOST: "lost",
    EndReason.OPTED_OUT: "opted out",
    EndReason.STOPPED: "not needed",
    EndReason.REPLACED: "replaced",
    EndReason.MERGED: "merged",
}


def say(event: Event, *, today: date, tz: str = "local") -> str:
    """One event as a sentence without its full stop. `today` is the reader's civil day, `tz` their zone."""
    if isinstance(event, CalendarEvent):
        from fu_tui.core.say_calendar import say_calendar

        return say_calendar(event, today=today)
    match event:
        case TaskClosed(action=action, label=label):
            return f"{action}: {label}"
        case FollowUpSpawned(action=action, due_on=day, due_at=at, why=why):
            because = f" ({why})" if why else ""
            return f"→ {action}, {exact_day(day, at, today=today, tz=tz)}{because}"
        case EnrollmentEnded(cadence=cadence, reason=reason):
            return f"{cadence} ended: {ENDS[reason]}"
        case TasksMoot(task_ids=ids, actions=actions):
            count = "1 other task is moot" if len(ids) == 1 else f"{len(ids)} other tasks are moot"
            return ": ".join(filter(None, (count, ", ".join(actions))))
        case KeptApart(action=action):
            return f"{action}: kept without its cadence, as it was changed; is it still needed?"
        case ReplyLogged(who=who, credited_to=credited):
            return f"{who} replied" + (f" to #{credited}" if credited else "")
        case UnansweredWarning(count=count, maximum=most, who=who):
            return f"{who}: {count} touches without a reply; at {most} you are asked what to do"
        case TouchesClose(who=who, other_on=day):
            return f"less than 2 working days from a cadence's touch to {who} ({exact_day(day, today=today)})"
        case NextStepProposed():
            return "What is the next step?"
        case TaskAdded(action=action, due_on=day, due_at=at, owner=owner):
            return f"Added: {action}, {exact_day(day, at, today=today, tz=tz)}, {owner}"
        case ContactAdded(name=name):
            return f"New contact: {name}"
        case AccountAdded(name=name):
            return f"New account: {name}"
        case DealAdded(title=title):
            return f"New deal: {title}"
        case NoteAdded(text=text, about=about):
            return f"Note on {about}: {text}"
        case TaskEdited(action=action, changed=changed):
            return f"Changed: {', '.join((action, *changed))}"
        case TaskMoved(action=action, due_on=day, due_at=at, moved_count=moved):
            times = f" (moved ×{moved})" if moved > 1 else ""
            return f"{action} → {exact_day(day, at, today=today, tz=tz)}{times}"
        case TaskHidden(action=action, until=until):
            return f"{action}: hidden until {exact_day(until, today=today)}"
        case TaskShown(action=action):
            return f"{action}: on the screen again"
        case TaskReassigned(action=action, owner=owner, following=following):
            return f"{action} → {owner}{', and the steps that follow' if following else ''}"
        case PriorityChanged(action=action, priority=priority):
            return f"{action}: {priority.label} priority"
        case Enrolled(who=who, cadence=cadence, action=action, due_on=day, due_at=at):
            return f"{who}: {cadence} → {action}, {exact_day(day, at, today=today, tz=tz)}"
        case NotEnrolled(who=who, why=why):
            return f"{who or 'Nobody'} was not enrolled: {why}"
        case Logged(label=label, who=who):
            return f"Logged {label} with {who}" if "meeting" in label else f"Logged {label}: {who}"
        case Triggered(trigger=trigger, action=action, due_on=day, due_at=at):
            return f"→ {trigger}: {action}, {exact_day(day, at, today=today, tz=tz)}"
        case NotTriggered(trigger=trigger, why=why):
            return f'"{trigger}" starts nothing: {why}'
        case TriggerSwitched(name=name, on=on, sentence=told):
            return f'"{name}" is on: {told}' if on else f'"{name}" is off: it starts nothing'
        case CaseOpened(case_id=number, title=title):
            return f"Case {number}: {title}"
        case CaseClosed(case_id=number, title=title):
            return f"Case {number} is closed: {title}"
        case Noticed(text=text):
            return text
        case HolidaysAdded(calendar=calendar, days=days):
            return f"{days} holidays added to the calendar {calendar}"
        case CadenceSaved(name=name, n=1):
            return f"{name}: a new cadence"
        case CadenceSaved(name=name, n=n, older=older):
            stays = f"; {_running(older)} with the version it began with" if older else ""
            return f"{name}: version {n}{stays}"
        case CadenceUnchanged(name=name, n=n):
            return f"{name}: nothing to do, version {n} says the same"
        case CadenceRetired(name=name, running=running, named_by=named_by):
            goes_on = f"; {_running(running)}" if running else ""
            silent = f"; nothing begins by {' and '.join(named_by)}" if named_by else ""
            return f"{name} is retired{goes_on}{silent}"
        case CadenceBack(name=name):
            return f"{name} can begin again"
        case Undone(summary=summary):
            return f"Undone: {summary}"
        case Redone(summary=summary):
            return f"Done again: {summary}"
        case _:
            from fu_tui.core.say_life import say_life

            return say_life(event, today=today, tz=tz)


def _running(count: int) -> str:
    return f"{count:,} running {'goes' if count == 1 else 'go'} on"


def say_all(events: Sequence[Event], *, today: date, tz: str = "local") -> str:
    """What one verb did, in one line: "Call Ana: no reply yet → Ask about the timeline, Tue 1 Dec".

    Several tasks are counted, not listed.
    """
    close = [event for event in events if isinstance(event, TouchesClose)]
    if close:
        rest = [event for event in events if not isinstance(event, TouchesClose)]
        many = f"{len(close)} of them lie less than 2 working days from a cadence's touch"
        warned = say(close[0], today=today, tz=tz) if len(close) == 1 else many
        return f"{say_all(rest, today=today, tz=tz)} · {warned}"
    closed = [event for event in events if isinstance(event, TaskClosed)]
    spawned = [event for event in events if isinstance(event, FollowUpSpawned)]
    if len(closed) > 1:
        tail = f" → {len(spawned)} follow-ups spawned" if spawned else ""
        return f"{len(closed)} tasks: {closed[0].label}{tail}"
    came = [event for event in events if isinstance(event, Migrated)]
    if len(came) > 1:
        others = len(events) - len(came)
        stay = f", {others} {'stays as it was' if others == 1 else 'stay as they were'}" if others else ""
        return f"{len(came)} conversations: {came[0].cadence} version {came[0].version}{stay}"
    added = [event for event in events if isinstance(event, TaskAdded | Enrolled)]
    if len(added) > 1:
        new = [say(event, today=today, tz=tz) for event in events if event not in added]
        return " · ".join((f"{len(added)} follow-ups added", *new))
    if len(events) > 1 and len({type(event) for event in events}) == 1:
        from fu_tui.core.say_life import things

        return f"{len(events)} {things(events[0])}: {say(events[0], today=today, tz=tz)}, …"
    words = [say(event, today=today, tz=tz) for event in events if not isinstance(event, NextStepProposed)]
    return " · ".join(words).replace(" · →", " →") or "Nothing to do"


def say_short(events: Sequence[Event], *, today: date, tz: str = "local") -> str:
    """What one verb brought, for a narrow line: of a close only what follows, else when or to whom before what."""
    near = [event for event in events if isinstance(event, TouchesClose)]
    if near:
        rest = [event for event in events if not isinstance(event, TouchesClose)]
        return f"{say_short(rest, today=today, tz=tz)} · near another touch"
    spawned = [event for event in events if isinstance(event, FollowUpSpawned)]
    closed = [event for event in events if isinstance(event, TaskClosed)]
    if len(closed) == 1 and len(spawned) == 1:
        return f"{closed[0].label} {say(spawned[0], today=today, tz=tz)}"
    did, begun = _did(events[0]) if events else "", events[-1] if events else None
    if isinstance(begun, Triggered):
        ended = [event.cadence for event in events if isinstance(event, EnrollmentEnded)]
        did = ", ".join((did, *(f"{cadence} ended" for cadence in ended)))
    if did and isinstance(begun, TaskAdded | Enrolled | FollowUpSpawned | CadenceResumed | Triggered):
        day = exact_day(begun.due_on, getattr(begun, "due_at", None), today=today, tz=tz)
        return f"{did} → {day}: {begun.action}"
    if len(events) == 1 and isinstance(added := events[0], TaskAdded):
        return f"Added {exact_day(added.due_on, added.due_at, today=today, tz=tz)}: {added.action}"
    went = {_where_to(event, today, tz) for event in events}
    if len(went) == 1 and (where := went.pop()):
        return (
            f"{where}: {getattr(events[0], 'action', '')}"
            if len(events) == 1
            else f"{len(events)} tasks {where}"
        )
    return say_all(events, today=today, tz=tz)


def _did(event: Event) -> str:
    """What brought a next step that is no close, in a few words; empty for anything else."""
    match event:
        case ReplyLogged(who=who):
            return f"{who} replied"
        case Logged(label=label):
            return f"logged {label}"
        case DealMoved(title=title, stage=stage):
            return f"{title}: {stage}"
        case CadenceReplaced(cadence=cadence):
            return f"{cadence} is replaced"
        case CadenceResumed(cadence=cadence):
            return f"{cadence} goes on"
        case StepSkipped():
            return "skipped"
        case _:
            return ""


def _where_to(event: Event, today: date, tz: str) -> str:
    """Where a move took a task; empty for what is no move."""
    match event:
        case TaskMoved(due_on=day, due_at=at):
            return f"→ {exact_day(day, at, today=today, tz=tz)}"
        case TaskHidden(until=until):
            return f"hidden until {exact_day(until, today=today)}"
        case TaskReassigned(owner=owner):
            return f"→ {owner}"
        case _:
            return ""
