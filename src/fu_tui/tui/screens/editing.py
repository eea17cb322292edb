"""Editing a task (`e`) on the card it was captured with. One rule: what the card said at first is what it is compared
with, so that only what the person changed is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fu_tui.core.capture_keep import keep
from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import Conflict, FuError, NotFound
from fu_tui.core.terms import Priority, TaskKind, TaskStatus
from fu_tui.tui.modals.capture_form import MORE, WHAT, WHO
from fu_tui.tui.modals.capture_line import BREAK, compose
from fu_tui.tui.screens.asking import Conversation
from fu_tui.tui.screens.capturing import Writing
from fu_tui.tui.screens.understanding import Understander, named

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs

KINDS = tuple(kind for kind in MORE if kind != "cadence")
"""A cadence is started with a new follow-up, not in an edit."""


class Editing(Conversation):
    """`e`."""

    async def edit(self, these: Sequence[QueueRow] = ()) -> None:
        """Change what the task under the cursor, or this one, says; what was typed the last time and not saved is
        offered again."""
        [row] = these or self._screen.targets()
        card = EditCard(self._screen, self._verbs, row)
        answer = await self.ask(card.modal, lambda: card.keep_typed(saved=False))
        card.end()
        card.keep_typed(saved=bool(answer and answer.saved))
        if answer and answer.go_to is not None:
            self.show(answer.go_to)
        elif answer and answer.saved and not card.changed:
            self._screen.say("Nothing was changed.")


class EditCard(Writing):
    """One task on the card."""

    def __init__(self, screen: DeskScreen, verbs: Verbs, row: QueueRow) -> None:
        moment = screen.moment
        self._draft = screen.draft
        self._id, self._version = row.id, row.version
        self._first = fields_of(screen.desk, row.id)
        due = exact_day(row.due_on, row.due_at, today=moment.today, tz=moment.tz)
        understander = Understander(screen, apart_from=row.id, due=f"{due} · as it is")
        super().__init__(screen, verbs, self._kept() or self._first, "Edit", understander, KINDS)
        self.changed = False
        """Whether anything was written."""

    def write(self, desk: Desk, texts: Sequence[str], create: bool) -> tuple[Event, ...]:
        """Write what differs from what the card said at first."""
        said = {kind: text for kind, text in self._first.items() if text and kind != WHAT}
        _, before = self._understander.resolve(desk, compose(self._first[WHAT], (), said))
        _, now = self._understander.resolve(desk, texts[0])
        events = desk.rewrite(self._id, before, now, version=self._version, create=create)
        self.changed = bool(events)
        return events

    def why(self, error: FuError) -> str:
        """Where somebody was first: what the task says now; the next enter writes what was typed over it."""
        if not isinstance(error, Conflict):
            return str(error)
        try:
            now = self._screen.desk.detail(self._id)
        except NotFound as gone:
            return str(gone)
        if now.status != TaskStatus.OPEN.value:
            return f"{error.message} What you typed is kept."
        self._version = now.version
        return (
            f'Somebody changed it since you opened it. It says now: "{now.action}", due {now.due_on}, {now.owner_name}.'
            " Enter writes your changes over it."
        )

    def keep_typed(self, *, saved: bool) -> None:
        """What was typed and not saved is offered again at the next edit of this task."""
        now = self.modal.form.values
        changed = {kind: now[kind] for kind, first in self._first.items() if now.get(kind, first) != first}
        self._draft.keep_note(f"edit {self._id}", json.dumps(changed) if changed and not saved else "")

    def _kept(self) -> dict[str, str]:
        """What was typed at the last edit and not saved; a field that is no longer known is passed over."""
        try:
            kept = dict(json.loads(self._draft.note(f"edit {self._id}") or "{}"))
        except (TypeError, ValueError):  # a hand was in the file
            return {}
        return {kind: str(kept.get(kind, first)) for kind, first in self._first.items()} if kept else {}


def fields_of(desk: Desk, task_id: int) -> dict[str, str]:
    """What a task says, field by field, as a line would; its day is not among them, as no line may name a past one.

    Raises NotFound.
    """
    task = desk.detail(task_id)
    priority = Priority(task.priority)
    account_only = task.contact_id is None and task.deal_id is None and task.account_id is not None
    fields = dict.fromkeys((WHAT, WHO, "when", *KINDS), "")
    fields[WHAT] = keep(task.action)
    if task.contact_id is not None:
        fields[WHO] = named(desk, "contact", task.contact_id, task.contact or "")
    elif account_only:
        fields[WHO] = named(desk, "account", task.account_id or 0, task.account or "")
    if task.deal_id is not None:
        fields["link"] = named(desk, "link", task.deal_id, task.deal or "")
    if task.owner != desk.me.handle:
        fields["owner"] = task.owner
    fields["priority"] = "" if priority is Priority.NORMAL else priority.label
    fields["body"] = task.body.replace("\n", BREAK)
    fields["private"] = "yes" if task.kind == TaskKind.PRIVATE.value else ""
    return fields
