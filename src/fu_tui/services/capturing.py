"""From a captured line to a task. One rule: what was typed is resolved without writing first, so that the screen can
say what was understood and the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fu_tui.core import schedule
from fu_tui.core.capture import Draft
from fu_tui.core.channels import channel_of
from fu_tui.core.clock import to_utc
from fu_tui.core.errors import FuError, NotFound, Refused, UsageError
from fu_tui.core.events import ContactAdded, Enrolled, Event, NotEnrolled, TaskAdded
from fu_tui.core.lint import check
from fu_tui.core.months import add_months
from fu_tui.core.schedule import Due
from fu_tui.core.terms import Channel, Origin, Priority, TaskKind, Temperature
from fu_tui.core.text import number_of
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.spawn import Links, make_task
from fu_tui.store.lookup import Found, Person, find_cadence, find_contact, find_deal, find_person
from fu_tui.store.models import Contact
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Resolved:
    """A draft with its references looked up."""

    action: str
    body: str
    owner: Person
    priority: Priority
    channel: Channel | None
    due: Due | None
    contact: Found | None = None
    deal: Found | None = None
    account: Found | None = None
    cadence: Found | None = None
    private: bool = False
    new_contact: str = ""
    """A name that no contact has yet; it is made when the draft is saved with `create`."""
    problems: tuple[FuError, ...] = ()
    hints: tuple[str, ...] = ()
    refused: str = ""
    """Why the wording is no action; empty where it is one."""


WHEN = "Add an exact day: today, fri, +3d, 27 nov, 2026-11-27."


class Capturing:
    """The verb `add`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def resolve(self, draft: Draft, *, private: bool = False) -> Resolved:
        """Look up what a draft refers to; nothing is written, and what is wrong is listed, not raised."""
        problems: list[FuError] = []
        db, owner, cadence = self._context.db, self._context.me, None
        contact, new_contact = self._contact(draft.contact, problems)
        try:
            owner = find_person(db, draft.owner) if draft.owner else owner
            cadence = find_cadence(db, draft.cadence) if draft.cadence else None
        except NotFound as missing:
            problems.append(missing)
        account = self._account(contact, None)
        deal = self._deal(draft.link, account.id if account else None, problems)
        verdict = check(draft.action)
        return Resolved(
            action=draft.action, body=draft.body, owner=owner, priority=draft.priority or Priority.NORMAL,
            channel=channel_of(draft.action), due=self._due(draft, contact, deal, owner), contact=contact,
            deal=deal, account=account or self._account(None, deal), cadence=cadence, private=private,
            new_contact=new_contact, problems=tuple(problems), hints=tuple(hint.text for hint in verdict.hints),
            refused=verdict.refused,
        )  # fmt: skip

    def add(self, resolved: Resolved, *, create: bool = False, force: bool = False) -> tuple[Event, ...]:
        """Write the task of a resolved draft, with its new contact where `create` allows it.

        force: save a wording that is refused otherwise; the task keeps the mark (R4, R5).
        Raises Refused, NotFound or UsageError; then nothing was written.
        """
        if resolved.refused and not (force and resolved.action):
            raise Refused(resolved.refused, "Save it as it is with --force." if resolved.action else "")
        for problem in resolved.problems:
            raise problem
        if resolved.new_contact and not create:
            raise NotFound(
                f'There is no contact "{resolved.new_contact}".', "Add it with --create, or name another one."
            )
        if resolved.due is None and resolved.cadence is None:
            raise UsageError("When is it due?", WHEN)
        context, events = self._context, list[Event]()
        with context.unit("add") as work:
            contact_id = resolved.contact.id if resolved.contact else None
            if resolved.new_contact:
                contact_id = work.insert(Contact, name=resolved.new_contact, owner=resolved.owner.id)
                events.append(ContactAdded(contact_id, resolved.new_contact))
            deal_id = resolved.deal.id if resolved.deal else None
            if resolved.cadence:
                events.append(self._enroll(work, resolved, Target(contact_id, deal_id)))
            else:
                events.append(self._make(work, resolved, contact_id, deal_id))
            work.summary = f'added "{resolved.action}"'
        return tuple(events)

    def _enroll(self, work: Unit, resolved: Resolved, target: Target) -> Enrolled:
        """The captured action becomes the first step of the cadence, on the day that was named."""
        version = newest_version(self._context.db, resolved.cadence.id if resolved.cadence else 0)
        if resolved.private:
            raise Refused("A private task has no cadence.", "Leave --private or the ~cadence out.")
        step, due = self._context.plan(version).steps[0], resolved.due
        said: dict[str, Any] = {"body": resolved.body, "lint_override": bool(resolved.refused)}
        if resolved.channel is not None:
            said["channel"] = resolved.channel
        if resolved.priority is not Priority.NORMAL:
            said["priority"] = resolved.priority
        # The day that was named is the first step's; the plan begins as long before as that step comes after.
        began = (
            add_months(due.due_on - timedelta(days=step.offset_days), -step.offset_months) if due else None
        )
        start = Start(anchor_on=began, due=due, action=resolved.action, said=said)
        started = start_enrollment(self._context, work, version, target, start, resolved.owner)
        if isinstance(started, NotEnrolled):
            raise Refused(f"{started.who or 'Nobody'}: {started.why}.", "Leave the ~cadence out.")
        return started

    def _make(self, work: Unit, resolved: Resolved, contact_id: int | None, deal_id: int | None) -> TaskAdded:
        owner, due = resolved.owner, resolved.due
        if due is None:
            raise UsageError("When is it due?", WHEN)
        task_id = make_task(
            work, action=resolved.action, due=due, owner_id=owner.id, origin=Origin.USER,
            links=Links(contact_id, deal_id, resolved.account.id if resolved.account else None),
            channel=resolved.channel, priority=resolved.priority, body=resolved.body,
            kind=TaskKind.PRIVATE if resolved.private else TaskKind.FOLLOW_UP,
            assigner=self._context.me.id, lint_override=bool(resolved.refused),
        )  # fmt: skip
        return TaskAdded(
            task_id, resolved.action, due.due_on, due.due_at, owner.id, owner.name, resolved.hints
        )

    def _contact(self, reference: str | None, problems: list[FuError]) -> tuple[Found | None, str]:
        """The contact that is meant, or the name of a new one."""
        if not reference:
            return None, ""
        try:
            return find_contact(self._context.db, reference), ""
        except NotFound as missing:
            if missing.candidates or number_of(reference) is not None or "@" in reference:
                problems.append(missing)
                return None, ""
            return None, reference

    def _deal(self, reference: str | None, account_id: int | None, problems: list[FuError]) -> Found | None:
        try:
            return find_deal(self._context.db, reference, account_id) if reference else None
        except NotFound as missing:
            problems.append(missing)
            return None

    def _account(self, contact: Found | None, deal: Found | None) -> Found | None:
        row = self._context.db.row(
            "SELECT id, name FROM account WHERE id = ifnull((SELECT account_id FROM contact WHERE id = ?),"
            " (SELECT account_id FROM deal WHERE id = ?))",
            (contact.id if contact else None, deal.id if deal else None),
        )
        return Found(*row) if row else None

    def _due(self, draft: Draft, contact: Found | None, deal: Found | None, owner: Person) -> Due | None:
        """The day that was typed; else the one that the lead's temperature asks for; else none (R18, R119–R121)."""
        _, calendar, today = self._context.desk_of(owner.id)
        if draft.when is not None:
            at = to_utc(draft.when.day, draft.when.at, self._context.me.tz) if draft.when.at else None
            return schedule.by_hand(draft.when.day, at=at)
        warmth = self._context.db.value(
            "SELECT ifnull((SELECT temperature FROM deal WHERE id = ?), (SELECT lifecycle FROM contact WHERE id = ?))",
            (deal.id if deal else None, contact.id if contact else None),
        )
        if warmth not in set(Temperature):
            return None
        return schedule.by_temperature(Temperature(warmth), today=today, calendar=calendar)
