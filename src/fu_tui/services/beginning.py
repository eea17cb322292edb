"""What a close ends, and why the cadence that follows it would not begin beside what is left. One rule: the close that
does it and the screen that announces it ask here."""

from __future__ import annotations

from fu_tui.core.outcomes import Outcome
from fu_tui.core.terms import ReplyClass, TaskKind
from fu_tui.services.brings import BEGINS
from fu_tui.services.context import Context
from fu_tui.services.enroll import Target, may_begin
from fu_tui.services.running import Running, running
from fu_tui.services.waits import search_for
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import Task
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit


def what_ends(at: Unit | Context, task: Task, row: Outcome) -> list[Running]:
    """The task's own enrollment, the one that waits for it, or the one beside it, as they replied (R107)."""
    if task.enrollment is not None:
        return running(at.db, "e.id = ?", task.enrollment)
    failed = search_for(at, task)
    if failed and failed.enrollment is not None:
        return running(at.db, "e.id = ?", failed.enrollment)
    if row.reply is not ReplyClass.SUBSTANTIVE or task.kind is TaskKind.PRIVATE:
        return []
    if task.contact is None and task.deal is None:
        return []
    return running(
        at.db, "ifnull(e.contact_id, 0) = ? AND ifnull(e.deal_id, 0) = ?", task.contact or 0, task.deal or 0
    )


def why_nothing_begins(context: Context, task: Task, row: Outcome) -> str:
    """Why the cadence that an outcome is to begin would not: "Proposal is running …"; empty where it would."""
    ended = [one.id for one in what_ends(context, task, row)]
    target = Target(task.contact, task.deal)
    closes = row.needs_deal != ""
    if closes:  # won or lost: every cadence of the deal ends, and a park with it
        ended += [one.id for one in running(context.db, "e.deal_id = ?", task.deal)]
        if row.code == "lost" and task.contact is not None:
            target = Target(task.contact, None)
    version = newest_version(context.db, find_cadence(context.db, BEGINS[row.code]).id)
    return may_begin(context, version, target, may_be_closed=True, unparks=closes, ending=ended).why_not
