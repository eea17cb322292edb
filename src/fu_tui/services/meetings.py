"""A meeting that was held, logged by itself. One rule: it does what closing the open step as held would: the cadence
that waited for them ends with it, and what belongs after a meeting begins in its place (R123, R129)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fu_tui.core.events import Event
from fu_tui.core.terms import EndReason, Touched
from fu_tui.core.terms_automation import TriggerEffect, TriggerEvent
from fu_tui.queries.triggers import rules
from fu_tui.services.answered import conversation_of, end_all, last_touch, names_of, waited, waiting_for
from fu_tui.services.context import Context
from fu_tui.services.endings import gathered
from fu_tui.services.enroll import NO_CHANNEL, Target, first_task, may_begin
from fu_tui.services.following import Following
from fu_tui.services.foretell import following_words
from fu_tui.services.running import Running
from fu_tui.services.spacing import others_once_heard
from fu_tui.services.triggers import Matter, look, start_of
from fu_tui.store.database import Database
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit


class Met(NamedTuple):
    """What a meeting ended."""

    matter: Matter
    """What begins after it is about."""
    credited_to: int | None
    """The task whose touch led to it."""
    ended: list[Event]


def met(
    context: Context,
    work: Unit,
    matter: Matter,
    contact_id: int | None,
    deal_id: int | None,
    *,
    touched: Touched,
    ends_deal: bool | None,
) -> Met:
    """End what waited for somebody who was met, inside an open transaction: exactly what their reply would end.

    contact_id, deal_id: who was named; `matter`: what that means. Raises what `waited` raises.
    """
    reason = EndReason.MEETING
    found = waited(
        work.db, contact_id, deal_id, matter.at, reason=reason, touched=touched, ends_deal=ends_deal
    )
    matter = _going_on(work.db, matter, found.every)
    ended = end_all(context, work, found, reason=reason, touched=touched, at=matter.at)
    return Met(matter, found.credited_to, gathered(ended))


def meeting_words(context: Context, matter: Matter, contact_id: int | None, deal_id: int | None) -> str:
    """What logging a meeting would end and begin: "Standard outreach ends; Send the summary, Thu 26 Nov"; empty where
    that is nothing. Nothing is written.
    """
    db = context.db
    ending = waiting_for(db, contact_id, deal_id, last_touch(db, contact_id, deal_id, matter.at))
    names = names_of(context, ending)
    ends = f"{' and '.join(names)} end{'' if len(names) > 1 else 's'}" if names else ""
    begins = _begins(context, _going_on(db, matter, ending), ending)
    if isinstance(begins, str):
        begins = f"nothing begins: {begins}" if ends and begins else ""
    else:
        begins = following_words(begins, context.today(), context.me.tz)
    return "; ".join(filter(None, (ends, begins)))


def _going_on(db: Database, matter: Matter, ending: Sequence[Running]) -> Matter:
    """What begins belongs to the conversation that ends: its deal, whoever has it, the task that was open in it."""
    deal_id, doer_id = conversation_of(db, ending)
    task_id = next((one.task_id for one in ending if one.task_id), None)
    return matter._replace(deal_id=matter.deal_id or deal_id, doer_id=doer_id, follows=task_id)


def _begins(context: Context, matter: Matter, ending: list[Running]) -> Following | str:
    """The first step after a meeting; or why there is none, empty where nobody wants one."""
    rule = next(
        (
            rule for rule, _ in rules(context.db)
            if rule.event is TriggerEvent.MEETING_HELD and rule.enabled and rule.effect is TriggerEffect.ENROLL
        ),
        None,
    )  # fmt: skip
    if rule is None:
        return ""
    owner_id, why = look(context, rule, matter, ending)
    if why or owner_id is None:
        return why
    desk = context.desk_of(owner_id)
    target = Target(matter.contact_id, matter.deal_id)
    version = newest_version(context.db, find_cadence(context.db, rule.cadence_key or "").id)
    own = [one.id for one in ending]
    verdict = may_begin(context, version, target, may_be_closed=True, ending=own)
    if verdict.why_not:
        return verdict.why_not
    start = start_of(rule, matter, desk[0].tz)
    apart_from = others_once_heard(context.db, matter.contact_id, own, desk)
    return first_task(context, context.plan(version), target, start, desk, apart_from) or NO_CHANNEL
