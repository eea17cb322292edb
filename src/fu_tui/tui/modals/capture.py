"""Capture (`a`): What · Who · When on one card (R39, R42). One rule: nothing typed is ever lost, neither by a refusal
nor by leaving, and the card closes only when the task is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.tui.modals.capture_form import WHAT, WHEN, WHO, CaptureForm, Complete
from fu_tui.tui.modals.capture_line import Look
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, Target, label, says, words
from fu_tui.tui.present.moment import Moment

LABELS = {
    WHAT: "What",
    WHO: "Who",
    WHEN: "When",
    "owner": "Owner",
    "link": "Deal",
    "priority": "Priority",
    "cadence": "Cadence",
}
EMPTY = {
    WHAT: "what to do, verb first · @who and the day may stand here too",
    WHO: "@contact",
    WHEN: "fri · 27 nov · tomorrow 14:00 · +3d",
    "owner": "+owner",
    "link": "#deal",
    "priority": "!high",
    "cadence": "~cadence",
}
"""What an empty field shows: what belongs there, and how the line writes it."""
_SHORT, _LONG = 6, 10
_GO = "go:"
"""Before a field's kind: what a click on its row chooses."""


class CaptureAnswer(NamedTuple):
    """The line, and whether it was saved; what was not is a draft to offer again."""

    text: str
    create: bool = False
    """Whether its new contact was made."""
    saved: bool = False


class CaptureModal(Question[CaptureAnswer]):
    """One line, understood while it is typed; enter saves it through the caller."""

    BINDINGS: ClassVar = [("ctrl+o", "more", "more")]

    def __init__(
        self,
        prefill: str,
        *,
        look: Callable[[str], Look],
        save: Callable[[str, bool], str],
        moment: Moment,
        calendar: WorkCalendar,
        day_first: bool = True,
        complete: Complete | None = None,
        asks: str = "Add",
    ) -> None:
        """Offer `prefill` to be changed and saved.

        asks: what the card is for, on its frame.
        look: what a line means, asked at every change with the whole line (the place to keep a draft, too).
        save: writes the line, its new contact with it if told so; why it could not be saved, empty when it was.
        day_first: how a day such as 3/4 is read. complete: what a name that is being typed may be.
        """
        super().__init__(prefill)
        self._title, self._save = asks, save
        self.form = CaptureForm(prefill, look, Days.of(moment, calendar, day_first), complete)
        self._error = ""

    def heading(self) -> str:
        """Add, or what the follow-up is for."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """What enter does now, and how to reach the other fields."""
        form = self.form
        new = "save with new contact" if form.seen.new_contact else "save"
        enter = "take it" if form.on_list else "save it as it is" if form.hinted else new
        return ("enter", enter), ("tab", "fields"), ("ctrl+o", "more"), ("esc", "leave, the draft is kept")

    def rows(self, width: int) -> list[Row]:
        """The fields with what was understood, then what has to be said about them."""
        form = self.form
        room = _LONG if form.more else _SHORT
        fields = [self._field(kind, room, width) for kind in form.fields]
        also = [] if form.more else [form.seen.owner, form.seen.priority, form.seen.cadence]
        extras = " · ".join(part for part in (*also, form.seen.body) if part)
        return [
            *fields,
            *([Row([label("Also", room), words(extras, "text", width - room)])] if extras else []),
            *self._said(width),
            *(form.list.rows(width, here=form.on_list) if form.list else []),
        ]

    def _field(self, kind: str, room: int, width: int) -> Row:
        here = kind == self.form.here
        name = label(LABELS[kind], room, here=here)
        target = (Target(0, width, _GO + kind),)
        if not here:
            return Row([name, *self._understood(kind)], targets=target)
        if kind == WHAT:
            hint = [] if self.form.values[WHAT] else [("  ", "dim"), (EMPTY[WHAT], "dim")]
            return Row([name, *hint], field_at=room, field_width=1 if hint else 0)
        half = (width - room) // 2
        return Row([name, (" " * half, "text"), *self._understood(kind)], field_at=room, field_width=half - 1)

    def _understood(self, kind: str) -> Line:
        """What the line says of it; else what was typed; else what belongs there."""
        form = self.form
        if kind == WHAT:
            return [words(form.values[WHAT], "text", 400)] if form.values[WHAT] else [(EMPTY[WHAT], "dim")]
        if kind == WHO and form.seen.new_contact:
            return [words(form.seen.new_contact, "text", 80), (" · new contact", "today")]
        meant = form.seen.who if kind == WHO else getattr(form.seen, kind)
        if meant:
            return [words(meant, "text", 200)]
        typed = form.values[kind]
        return [words(typed, "dim", 80) if typed else (EMPTY[kind], "dim")]

    def _said(self, width: int) -> list[Row]:
        """Duplicates and problems as they arise; what is lacking, and hints, once enter was pressed."""
        form = self.form
        told = form.lacking if form.told else form.problem
        hints = form.seen.hints if form.hinted and not form.lacking else ()
        return [
            *says(form.seen.duplicate, "today", width),
            *says(self._error, "overdue", width, 6),
            *says(told, "overdue" if form.told else "dim", width),
            *(row for hint in hints for row in says(hint, "today", width)),
            *says(form.vague, "dim", width),
        ]

    def tell(self, problem: str) -> None:
        """Say why it could not be saved after all."""
        self._error = problem
        self.redraw()

    def typed(self, text: str) -> None:
        """The field changed."""
        if text != self.form.values[self.form.here]:
            self._error = ""
            self.form.type(text, self.field.cursor_position)
            self.redraw()

    def picked(self, pick: str) -> None:
        """A click on a field goes there; on a line of the list takes it."""
        if pick.startswith(_GO):
            self.form.go(pick.removeprefix(_GO))
        else:
            self.form.take(pick)
        self._show_form()

    def action_move(self, by: int) -> None:
        """Through the list; without one, through the fields."""
        if self.form.list:
            self.form.move(by)
            self.redraw()
        elif abs(by) == 1:
            self.action_tab(by)

    def action_tab(self, by: int) -> None:
        """To the next field."""
        self.form.tab(by)
        self._show_form()

    def action_more(self) -> None:
        """The fields that are seldom needed."""
        self.form.toggle_more()
        self._show_form()

    def action_enter(self) -> None:
        """Take what is offered, or save."""
        create = bool(self.form.seen.new_contact)
        if not self.form.enter():
            self._show_form()
            return
        self._error = self._save(self.form.line, create)
        if self._error:
            self.redraw()
        else:
            self.dismiss(CaptureAnswer(self.form.line, create, saved=True))

    def action_leave(self) -> None:
        """Leave; what was typed goes back to be offered again."""
        self.dismiss(CaptureAnswer(self.form.draft))

    def _show_form(self) -> None:
        """Have the field hold what the form does."""
        form = self.form
        self.field.hold(form.values[form.here], form.cursor)
        self.redraw()
