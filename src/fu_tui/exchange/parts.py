"""The records that a row can hold, whatever its kind. One rule: a part reads and checks, but keeps nothing.

Except the note, which can't fail and comes last.
"""

from __future__ import annotations

from datetime import date

from fu_tui.core import lint
from fu_tui.core.channels import channel_of
from fu_tui.core.terms import Channel, Priority, StageKind
from fu_tui.exchange import cells
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.fields import normalise
from fu_tui.exchange.gather import Gathered
from fu_tui.exchange.records import ContactRecord, DealRecord, NoteRecord, TaskRecord
from fu_tui.exchange.rows import Row


def contact(row: Row, into: Gathered, external_id: str = "") -> ContactRecord:
    """The contact that the row is about. Raises BadCell without a name, or for an unclear consent (R111)."""
    if not row.person:
        raise BadCell("no name")
    refusals = ((row.text("no_mail"), Channel.MAIL), (row.text("no_call"), Channel.CALL))
    return ContactRecord(
        row.file,
        row.line,
        row.person,
        into.spell_account(row.text("account")),
        into.owner(row.text("owner")),
        external_id,
        row.text("job"),
        row.emails,
        row.phones,
        do_not_contact=cells.yes(row.text("do_not_contact")),
        opted_out=tuple(channel for cell, channel in refusals if cells.yes(cell)),
    )


def deal(row: Row, into: Gathered, external_id: str, who: str, account: str) -> tuple[DealRecord, StageKind]:
    """The deal that the row is about, and the kind of its stage. Raises BadCell without a stage or a title."""
    stage, kind = into.stages.read(row.text("stage"))
    product = _product(row, into)
    entered_on, closed_on, estimated = _days(row, kind)
    if normalise(stage) == "onhold":
        row.repairs.append(
            f"“{stage}” stays an open stage: the file names no day to look again; park such deals"
        )
    record = DealRecord(
        row.file,
        row.line,
        external_id,
        row.text("title") or _title(row, product, account, who, external_id),
        product,
        account,
        who,
        into.owner(row.text("owner")),
        stage,
        entered_on,
        estimated,
        closed_on,
        row.amount,
        row.currency,
        row.text("lost_reason") if kind is StageKind.LOST else "",
        row.days["renewal"].day if "renewal" in row.days else None,
    )
    return record, kind


def _product(row: Row, into: Gathered) -> str:
    written = row.text("product")
    product = into.products.spell(written)
    if product != written:
        row.repairs.append(f"product “{written}” read as “{product}”")
    elif not into.products.lists(product):
        row.repairs.append(f"product “{product}” kept, though the list of products does not have it")
    return product


def _days(row: Row, kind: StageKind) -> tuple[date | None, date | None, bool]:
    """When the deal entered its stage, when it closed, and whether the first is an estimate."""
    entered, created, closed = (
        row.days[name].day if name in row.days else None for name in ("entered", "created", "closed")
    )
    if kind is StageKind.OPEN and closed:
        row.repairs.append("the close date of an open deal left out: it is a hope, not a fact")
        closed = None
    stated = entered if kind is StageKind.OPEN else closed
    if stated:
        return stated, closed, False
    if entered or created:
        row.repairs.append("the day it entered its stage is estimated from an earlier date")
    else:
        row.repairs.append(
            "no date: the day it entered its stage is not known, the day of the import stands in"
        )
    return entered or created, closed, True


def _title(row: Row, product: str, account: str, who: str, external_id: str) -> str:
    """ "product · account"; where there is no account, the contact or the id stands in."""
    if product and not account and not who:
        row.repairs.append("no account: the deal is called by its product and id")
        return f"{product} · {external_id}" if external_id else product
    title = " · ".join(filter(None, (product, account or who))) or external_id
    if not title:
        raise BadCell("neither a title, product, account nor id to call the deal by")
    return title


def task(row: Row, into: Gathered, who: str, account: str, deal_key: str, called: str = "") -> TaskRecord:
    """The follow-up that the row names: an exact day (R18), and an action or somebody to decide about (R15).

    `called` is what the row calls the deal. Raises BadCell without a day, or with nothing but a day.
    """
    if "due" not in row.days:
        raise BadCell("no due date: when is it to be done?")
    action = _action(row, who or account or called)
    if not (who or account or deal_key):
        row.repairs.append("a follow-up without contact, account or deal: it is marked “no link”")
    priority = cells.priority(row.text("priority"))
    if priority is None:
        row.repairs.append(f"priority “{row.text('priority')}” taken as normal")
    due = row.days["due"]
    return TaskRecord(
        row.file,
        row.line,
        action,
        due.day,
        due.time,
        into.owner(row.text("owner")),
        who,
        account,
        deal_key,
        priority or Priority.NORMAL,
        cells.channel(row.text("channel")) or channel_of(action),
        row.text("note"),
        row.text("external_id"),
    )


def _action(row: Row, subject: str) -> str:
    """What is to be done. Where the row does not say (nothing, or "follow up" and its like, R2, R5), deciding it."""
    action = row.text("action")
    if not lint.check(action).refused:
        if len(action.split()) > lint.MAX_WORDS:
            row.repairs.append(
                f"an action of more than {lint.MAX_WORDS} words taken as it is; shorten it at the desk"
            )
        return action
    if not subject:
        raise BadCell(
            f"“{action}” says nothing to do" if action else "a due date, but nothing to do and nobody named"
        )
    row.repairs.append(
        f"“{action}” says nothing to do: it becomes “Decide the next step for …”"
        if action
        else "a due date without an action: it becomes “Decide the next step for …”"
    )
    return " ".join(f"Decide the next step for {subject}".split()[: lint.MAX_WORDS])


def note(row: Row, into: Gathered, who: str = "", account: str = "", deal_key: str = "") -> None:
    """Keep what the row says in free words, and the facts that no field has, if there are any."""
    body = "\n".join(filter(None, (row.text("note"), row.facts)))
    if body:
        into.notes.append(NoteRecord(row.file, row.line, body, who, account, deal_key))
