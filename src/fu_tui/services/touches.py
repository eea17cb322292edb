"""The log of touches, and what is reckoned from it. One rule: the log is the truth; the "last contact" columns
are caches of it, and how many touches went unanswered is counted from it, never stored."""

from __future__ import annotations

from datetime import datetime

from fu_tui.core.terms import ActivitySource, Channel, Direction, ReplyClass
from fu_tui.core.terms_automation import TriggerEvent
from fu_tui.store import caches
from fu_tui.store.database import Database
from fu_tui.store.models import Activity
from fu_tui.store.unit import Unit


def log_touch(
    work: Unit,
    *,
    channel: Channel | None,
    direction: Direction,
    contact_id: int | None,
    deal_id: int | None,
    task_id: int | None = None,
    subject: str = "",
    body: str = "",
    reply: ReplyClass | None = None,
    at: datetime | None = None,
    event: TriggerEvent | None = None,
    source: ActivitySource = ActivitySource.USER,
) -> int:
    """Append one touch to the log (R159, R160) and renew the caches. `at` is UTC, now unless told; `event` what it
    was beside a touch."""
    touch_id = work.insert(
        Activity, at=at or work.at, channel=channel, direction=direction, contact=contact_id, deal=deal_id,
        task=task_id, subject=subject, body=body, reply_class=reply, event=event, source=source,
    )  # fmt: skip
    renew(work.db, contact_id, deal_id)
    return touch_id


def renew(db: Database, contact_id: int | None, deal_id: int | None) -> None:
    """Reckon the "last contact" caches of a contact and a deal from the log again."""
    if contact_id is not None:
        caches.renew(db, "contact", contact_id)
    if deal_id is not None:
        caches.renew(db, "deal", deal_id)
