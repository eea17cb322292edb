"""Distance between the touches that different cadences make to one contact (domain of spacing). One rule: what is in
the way is read here, with one statement, whoever asks: the close, the hint before it, an enrollment, the forecast.

In the way are the open touches of the contact's other cadences, and those that were made and not answered since. What
runs inside one cadence minds its own smallest gap, and what a close begins goes on from that close.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from fu_tui.core import schedule
from fu_tui.core.calendar import WorkCalendar, add_days
from fu_tui.core.clock import civil_day, from_utc_text
from fu_tui.core.events import Event, TouchesClose
from fu_tui.core.schedule import APART_DAYS
from fu_tui.services.context import Context
from fu_tui.store.database import Database
from fu_tui.store.lookup import Person

# "Open or held" is what the index of an enrollment's one task holds, so it is asked as well as open.
_TOUCHES = """
SELECT e.contact_id, e.id, e.deal_id, t.due_on, NULL, t.id
  FROM json_each(?1) w CROSS JOIN enrollment e ON e.contact_id = w.value
  JOIN task t ON t.enrollment_id = e.id
 WHERE e.state <> 'ended' AND e.removed_by IS NULL AND t.status IN ('open', 'held') AND t.status = 'open'
   AND t.kind <> 'decide' AND t.channel IS NOT NULL
UNION ALL
SELECT a.contact_id, t.enrollment_id, t.deal_id, NULL, a.at, NULL
  FROM json_each(?1) w CROSS JOIN activity a ON a.contact_id = w.value
  JOIN task t ON t.id = a.task_id
 WHERE a.direction = 'out' AND a.removed_by IS NULL AND a.at >= ?2 AND t.enrollment_id IS NOT NULL
   AND a.id > ifnull((SELECT max(id) FROM activity WHERE contact_id = a.contact_id AND direction = 'in'
                      AND removed_by IS NULL), 0)
"""

Desk = tuple[Person, WorkCalendar, date]
"""Who makes a touch, by which calendar, and the day it is there now."""


class Touch(NamedTuple):
    """One touch by a cadence: still to be made, or made a short while ago."""

    enrollment_id: int
    deal_id: int | None
    on: date
    """An overdue one is made today at the earliest."""
    is_open: bool


def touches(
    db: Database, contact_ids: Collection[int], *, today: date, tz: str, calendar: WorkCalendar
) -> dict[int, list[Touch]]:
    """What the cadences of contacts do to them from a short while ago on, by contact.

    today, tz, calendar: of whoever makes the touch that is to keep its distance.
    """
    found: dict[int, list[Touch]] = {}
    # A day more, as the log is in UTC.
    since = add_days(calendar.add_working_days(today, -APART_DAYS), -1).isoformat()
    rows = db.rows(_TOUCHES, (json.dumps(list(contact_ids)), since))
    for contact_id, enrollment_id, deal_id, due_on, at, task_id in rows:
        on = max(date.fromisoformat(due_on), today) if due_on else civil_day(from_utc_text(at), tz)
        found.setdefault(contact_id, []).append(Touch(enrollment_id, deal_id, on, task_id is not None))
    return found


def others(
    db: Database,
    contact_id: int | None,
    besides: Iterable[int | None],
    doer: Desk,
    moved: Mapping[int, date] | None = None,
) -> tuple[date, ...]:
    """The days on which other cadences touch a contact, for a new touch that `doer` is to make.

    besides: the enrollments that are not in the way: its own, and the one that it goes on from. moved: the days that
    enrollments' open touches will have by then, where that is not written yet.
    """
    known, found = moved or {}, _of(db, contact_id, doer)
    then = (
        t._replace(on=known[t.enrollment_id]) if t.is_open and t.enrollment_id in known else t for t in found
    )
    return days_beside(then, besides)


def others_at_the_end(
    db: Database, contact_id: int | None, deal_id: int | None, besides: int | None, doer: Desk, *, heard: bool
) -> tuple[date, ...]:
    """As `others`, before a close that ends what runs about the same deal: what is open there is moot by then.

    heard: the contact was, so that every touch that was made is answered.
    """
    found = _of(db, contact_id, doer)
    stay = (touch for touch in found if (touch.deal_id != deal_id if touch.is_open else not heard))
    return days_beside(stay, [besides])


def others_once_heard(
    db: Database, contact_id: int | None, besides: Iterable[int | None], doer: Desk
) -> tuple[date, ...]:
    """As `others`, before the contact is heard: every touch that was made is answered by then."""
    return days_beside((touch for touch in _of(db, contact_id, doer) if touch.is_open), besides)


def days_beside(found: Iterable[Touch], besides: Iterable[int | None]) -> tuple[date, ...]:
    """The days of touches by other enrollments than those `besides`, in order."""
    own = set(besides)
    return tuple(sorted({touch.on for touch in found if touch.enrollment_id not in own}))


def close_touches(context: Context, task_ids: Iterable[int]) -> list[Event]:
    """What is said of tasks whose days a person named, or that answer, where a cadence touches the contact nearby.

    Nothing moves. A task without a channel touches nobody, and one beside the cadence of its own deal belongs to the
    same conversation.
    """
    events: list[Event] = []
    desks: dict[int, Desk] = {}
    for task_id in task_ids:
        row = context.db.row(
            "SELECT t.action, t.due_on, t.contact_id, t.deal_id, t.enrollment_id, ifnull(e.assignee_id, t.owner_id),"
            " c.name FROM task t JOIN contact c ON c.id = t.contact_id LEFT JOIN enrollment e ON e.id = t.enrollment_id"
            " WHERE t.id = ? AND t.status = 'open' AND t.kind NOT IN ('decide', 'private') AND t.channel IS NOT NULL",
            (task_id,),
        )
        if row is None:
            continue
        action, due_on, contact_id, deal_id, enrollment_id, doer, who = row
        desk = desks.get(doer) or desks.setdefault(doer, context.desk_of(doer))
        found = _of(context.db, contact_id, desk)
        if enrollment_id is None and deal_id is not None:
            found = [touch for touch in found if touch.deal_id != deal_id]
        days = days_beside(found, [enrollment_id])
        near = schedule.too_near(date.fromisoformat(due_on), days, desk[1])
        if near is not None:
            events.append(TouchesClose(task_id, action, who, near))
    return events


def _of(db: Database, contact_id: int | None, doer: Desk) -> list[Touch]:
    if contact_id is None:
        return []
    who, calendar, today = doer
    return touches(db, [contact_id], today=today, tz=who.tz, calendar=calendar).get(contact_id, [])
