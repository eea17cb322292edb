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
from fu_tui.exchange.gather import Gathered
from fu_tui.exchange.records import ContactRecord, DealRecord, NoteRecord, TaskRecord
from fu_tui.exchange.rows import Row


def say_of_person(row: Row, into: Gathered) -> None:
    """Say what of a person's e-mail addresses and phone numbers was left out, and where one stands in for a name."""
    for _ in row.emails.dropped:
        into.say("an e-mail address left out that isn't one")
    for _ in row.phones.dropped:
        into.say("a phone number left out that has fewer than seven digits")
    if row.name and row.name in row.emails.kept:
        into.say("no name: the e-mail address stands in")


def read_contact(row: Row, into: Gathered, external_id: str = "") -> ContactRecord:
    """The contact that the row is about. Raises BadCell without a name, or for an unclear consent (R111)."""
    if not row.name:
        raise BadCell("no name")
    say_of_person(row, into)
    refusals = ((row.no_mail, Channel.MAIL), (row.no_call, Channel.CALL))
    return ContactRecord(
        row.file,
        row.line,
        row.name,
        into.spell_account(row.account),
        into.owner(row.owner),
        external_id,
        row.job,
        row.emails.kept,
        row.phones.kept,
        do_not_contact=cells.yes(row.do_not_contact),
        opted_out=tuple(channel for cell, channel in refusals if cells.yes(cell)),
    )


def read_deal(
    row: Row, into: Gathered, external_id: str, who: str, account: str
) -> tuple[DealRecord, StageKind]:
    """The deal that the row is about, and the kind of its stage. Raises BadCell without a stage or a title."""
    stage, kind, on_hold = into.stages.read(row.stage)
    product, respelled = into.products.read(row.product)
    if on_hold:
        into.say(on_hold)
    if respelled:
        into.say(respelled)
    entered_on, closed_on, estimated = _days(row, kind, into)
    amount, currency = row.amount
    record = DealRecord(
        row.file,
        row.line,
        external_id,
        row.title or _title(into, product, account, who, external_id),
        product,
        account,
        who,
        into.owner(row.owner),
        stage,
        entered_on,
        estimated,
        closed_on,
        amount,
        row.currency or currency,
        row.lost_reason if kind is StageKind.LOST else "",
        row.renewal,
    )
    return record, kind


def _days(row: Row, kind: StageKind, into: Gathered) -> tuple[date | None, date | None, bool]:
    """When the deal entered its stage, when it closed, and whether the first is an estimate."""
    closed, entered = row.closed, row.entered
    if kind is StageKind.OPEN and closed:
        into.say("the close date of an open deal left out: it is a hope, not a fact")
        closed = None
    stated = entered if kind is StageKind.OPEN else closed
    if stated:
        return stated, closed, False
    guess = entered or row.created
    if guess:
        into.say("the day it entered its stage is estimated from an earlier date")
    else:
        into.say("no date: the day it entered its stage is not known, the day of the import stands in")
    return guess, closed, True


def _title(into: Gathered, product: str, account: str, who: str, external_id: str) -> str:
    """ "product · account"; where there is no account, the contact or the id stands in."""
    whose = account or who
    if product and whose:
        return f"{product} · {whose}"
    if product:
        into.say("no account: the deal is called by its product and id")
        return f"{product} · {external_id}" if external_id else product
    title = whose or external_id
    if not title:
        raise BadCell("neither a title, product, account nor id to call the deal by")
    return title


def read_task(
    row: Row, into: Gathered, who: str, account: str, deal_key: str, called: str = ""
) -> TaskRecord:
    """The follow-up that the row names: an exact day (R18), and an action or somebody to decide about (R15).

    `called` is what the row calls the deal. Raises BadCell without a day, or with nothing but a day.
    """
    if row.due is None:
        raise BadCell("no due date: when is it to be done?")
    action = _action(row, into, who or account or called)
    if not (who or account or deal_key):
        into.say("a follow-up without contact, account or deal: it is marked “no link”")
    priority = cells.priority(row.priority)
    if priority is None:
        into.say(f"priority “{row.priority}” taken as normal")
    return TaskRecord(
        row.file,
        row.line,
        action,
        row.due.day,
        row.due.time,
        into.owner(row.owner),
        who,
        account,
        deal_key,
        priority or Priority.NORMAL,
        cells.channel(row.channel) or channel_of(action),
        row.note,
        row.external_id,
    )


def _action(row: Row, into: Gathered, subject: str) -> str:
    """What is to be done. Where the row does not say (nothing, or "follow up" and its like, R2, R5), deciding it."""
    action = row.action
    if not lint.check(action).refused:
        if len(action.split()) > lint.MAX_WORDS:
            into.say(f"an action of more than {lint.MAX_WORDS} words taken as it is; shorten it at the desk")
        return action
    if not subject:
        raise BadCell(
            f"“{action}” says nothing to do" if action else "a due date, but nothing to do and nobody named"
        )
    into.say(
        f"“{action}” says nothing to do: it becomes “Decide the next step for …”"
        if action
        else "a due date without an action: it becomes “Decide the next step for …”"
    )
    return " ".join(f"Decide the next step for {subject}".split()[: lint.MAX_WORDS])


def keep_note(
    row: Row, into: Gathered, who: str = "", account: str = "", deal: DealRecord | None = None, more: str = ""
) -> None:
    """Keep what the row says in free words, the facts that no field has, and `more`, if there is any of it."""
    if row.note or row.facts or more:
        body = "\n".join(filter(None, (row.note, row.facts, more)))
        into.notes.append(NoteRecord(row.file, row.line, body, who, account, deal.key if deal else ""))
