"""Capture (`a`): What · Who · When on one card (R39, R42), for one follow-up or a line each for several. One rule:
nothing typed is ever lost, neither by a refusal nor by leaving, and the card closes only when everything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from fu_tui.core.calendar import WorkCalendar
from fu_tui.tui.modals.capture_form import MORE, WHAT, CaptureForm, Complete
from fu_tui.tui.modals.capture_line import BREAK, Look
from fu_tui.tui.modals.capture_lines import LINE, Lines, lacks
from fu_tui.tui.modals.capture_rows import GO, field_rows, said_rows
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row
from fu_tui.tui.present.moment import Moment

NEW_LINE = "ctrl+j,shift+enter,alt+enter,ctrl+enter"
"""Another line. Every terminal sends ctrl+j; the others only where it reports them apart from enter."""
_LINES = 8
"""Lines that are listed at once on a high screen."""


class CaptureAnswer(NamedTuple):
    """What was typed, and whether it was saved; what was not is a draft to offer again."""

    text: str
    saved: bool = False
    go_to: int | None = None
    """The task that is there already and is to be shown instead."""
    series: bool = False
    """Whether the text is to become a series instead."""


class CaptureModal(Question[CaptureAnswer]):
    """Lines, understood while they are typed; enter saves them through the caller."""

    BINDINGS: ClassVar = [
        ("ctrl+o", "more", "more"),
        ("ctrl+t", "better", "better wording"),
        ("ctrl+g", "go_to", "the one that is there"),
        ("ctrl+n", "note", "note"),
        ("ctrl+r", "series", "series"),
        (NEW_LINE, "new_line", "another line"),
    ]

    def __init__(
        self,
        prefill: str | Mapping[str, str],
        *,
        look: Callable[[str], Look],
        save: Callable[[Sequence[str], bool], str],
        moment: Moment,
        calendar: WorkCalendar,
        day_first: bool = True,
        complete: Complete | None = None,
        note: Callable[[str, bool], str] | None = None,
        asks: str = "Add",
        kinds: Sequence[str] = MORE,
    ) -> None:
        """Offer `prefill` to be changed and saved: lines, or the fields of one task, which stays one.

        asks: what the card is for, on its frame. kinds: the fields behind "more".
        look: what a line means, asked at every change with the whole line (the place to keep a draft, too).
        save: writes the lines, with their new records if told so; why they could not be saved, empty when they were.
        note: keeps a line as a note instead, as `save` does. None: that is not offered.
        day_first: how a day such as 3/4 is read. complete: what a name that is being typed may be.
        """
        fields = {WHAT: prefill} if isinstance(prefill, str) else prefill
        super().__init__(fields[WHAT].rpartition("\n")[2])
        self._title, self._save, self._note, self._look = asks, save, note, look
        self._one = not isinstance(prefill, str)
        days = Days.of(moment, calendar, day_first)
        self.lines = Lines(
            fields[WHAT],
            lambda text: CaptureForm(
                {**({} if isinstance(prefill, str) else prefill), WHAT: text}, look, days, complete, kinds
            ),
        )
        self._error = ""
        self._warned: list[str] = []
        """The lines whose hints were said, so that the next enter saves them."""

    @property
    def form(self) -> CaptureForm:
        """The fields of the line that is being typed."""
        return self.lines.form

    def heading(self) -> str:
        """Add, or what the follow-up is for; with how many, where there are several."""
        return f"{self._title} {len(self.lines)}" if len(self.lines) > 1 else self._title

    def keys(self) -> Sequence[Key]:
        """What enter and tab do now, and how to reach the rest."""
        form = self.form
        *others, last = [kind for kind, _ in form.seen.new] or [""]
        new = f"{', '.join(others)} and {last}" if others else last
        save = f"save with new {new}" if new else "save"
        many = len(self.lines) > 1
        if many:
            save = f"save all {len(self.lines)}"
        takes = form.on_list or (form.list is not None and form.seen.unsure)
        hinted = form.hinted or (bool(self._warned) and self._warned == self.lines.texts)
        enter = "take it" if takes else f"save {'all' if many else 'it'} as it is" if hinted else save
        tab = "take it" if form.list and not form.vague and not takes else "fields"
        line = () if self._one else (("ctrl+j", "another"),)
        return ("enter", enter), ("tab", tab), ("ctrl+o", "more"), *line, ("esc", "leave, kept")

    def rows(self, width: int) -> list[Row]:
        """The other lines, the fields with what was understood, then what has to be said about them."""
        form = self.form
        height = max(2, min(_LINES, self.app.size.height // 4))
        return [
            *self.lines.rows(width, height, self._look),
            *field_rows(form, width),
            *said_rows(form, self._error, width, note=self._note is not None, series=self._may_repeat),
            *(form.list.rows(width, here=form.on_list or form.seen.unsure) if form.list else []),
        ]

    def tell(self, problem: str) -> None:
        """Say why it could not be saved after all."""
        self._error = problem
        self.redraw()

    def written(self, *, note: bool = False) -> None:
        """It was saved: the card closes; after a note of one line among others only that line goes."""
        if note and len(self.lines) > 1:
            self.lines.remove()
            self._show_form()
        else:
            self.dismiss(CaptureAnswer("\n".join(self.lines.texts), saved=True))

    def typed(self, text: str) -> None:
        """The field changed."""
        if text != self.form.values[self.form.here]:
            self._error = ""
            self.form.type(text, self.field.cursor_position)
            self.redraw()

    def pasted(self, lines: Sequence[str]) -> None:
        """Several lines at once: each a follow-up of its own; in a body they stay lines of it."""
        said = [line for line in lines if line.strip()]
        if self._one or self.form.here != WHAT or not said:
            self.field.insert_text_at_cursor((BREAK if self.form.here == "body" else " ").join(said))
            return
        at, text = self.field.cursor_position, self.form.values[WHAT]
        self.form.type(f"{text[:at]}{said[0]}{text[at:]}", at + len(said[0]))
        self.lines.add(*said[1:])
        self._show_form()

    def picked(self, pick: str) -> None:
        """A click on a line or a field goes there; on a line of the list takes it."""
        if pick.startswith(LINE):
            self.lines.go(int(pick.removeprefix(LINE)))
        elif pick.startswith(GO):
            self.form.go(pick.removeprefix(GO))
        else:
            self.form.take(pick)
        self._show_form()

    def action_move(self, by: int) -> None:
        """Through the list; without one, through the lines; where there is only one, through the fields."""
        if self.form.list:
            self.form.move(by)
            self.redraw()
        elif len(self.lines) > 1:
            self.lines.go(self.lines.at + by)
            self._show_form()
        elif abs(by) == 1:
            self.form.go(
                self.form.fields[(self.form.fields.index(self.form.here) + by) % len(self.form.fields)]
            )
            self._show_form()

    def action_tab(self, by: int) -> None:
        """Take the name that is offered, or to the next field."""
        self.form.tab(by)
        self._show_form()

    def action_more(self) -> None:
        """The fields that are seldom needed."""
        self.form.toggle_more()
        self._show_form()

    def action_new_line(self) -> None:
        """Another follow-up below this one."""
        if not self._one:
            self.lines.add("")
            self._show_form()

    def action_better(self) -> None:
        """Take the better wording; what is split off becomes a line of its own, or stays in sight to be added later."""
        if self._one and self.form.seen.better and self.form.seen.better.second:
            self.tell("This is one follow-up: add the second as its own.")
            return
        second = self.form.mend()
        if second is not None:
            at = self.lines.at
            self.lines.add(second)
            self.lines.go(at)
        self._show_form()

    def action_go_to(self) -> None:
        """Leave for the task that is there already."""
        if self.form.seen.same:
            self.dismiss(CaptureAnswer(self.lines.draft, go_to=self.form.seen.same.task_id))

    @property
    def _may_repeat(self) -> bool:
        return self._note is not None and len(self.lines) == 1

    def action_series(self) -> None:
        """Leave for a series, with what was typed."""
        if self.form.seen.series and self._may_repeat:
            self.dismiss(CaptureAnswer(self.form.line, series=True))

    def action_note(self) -> None:
        """Keep this line as a note."""
        if self._note is None or not self.form.line.strip():
            return
        self._error = self._note(self.form.line, bool(self.form.seen.new))
        if self._error:
            self.redraw()
        else:
            self.written(note=True)

    def action_enter(self) -> None:
        """Take what is offered, or save everything; an empty line among others is none."""
        if len(self.lines) > 1:
            self._settle()
        if not self.form.enter(hints=len(self.lines) == 1) or not self._all_fit():
            self._show_form()
            return
        texts = self.lines.texts
        create = any(self._look(text).new for text in texts)
        self._error = self._save(texts, create)
        if self._error:
            self.redraw()
        else:
            self.written()

    def _all_fit(self) -> bool:
        """Go to the first line that can't be saved, or say once which could be worded better; True where none is."""
        texts = self.lines.texts
        if len(texts) == 1:
            return True
        seen = [self._look(text) for text in texts]
        for at, look in enumerate(seen):
            if lacks(look):
                self.lines.go(at)
                self.form.told = True
                self._error = f"Line {at + 1} can't be saved as it is; nothing was."
                return False
        hinted = [str(at + 1) for at, look in enumerate(seen) if look.hints]
        if hinted and self._warned != texts:
            self._warned = texts
            self._error = (
                f"Could be worded better: line {', '.join(hinted[:9])}. Enter saves them as they are."
            )
            return False
        return True

    def _settle(self) -> None:
        """Drop the line that is empty, so that lines are counted as they are shown."""
        if not self.form.draft.strip():
            self.lines.remove()

    def action_leave(self) -> None:
        """Leave; what was typed goes back to be offered again."""
        self.dismiss(CaptureAnswer(self.lines.draft))

    def _show_form(self) -> None:
        """Have the field hold what the form does."""
        form = self.form
        self.field.hold(form.values[form.here], form.cursor)
        self.redraw()
