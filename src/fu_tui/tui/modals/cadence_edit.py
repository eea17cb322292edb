"""Editing a cadence: its steps on their days, its rules below, each step's fields one level down. One rule: every key
changes the draft at once and can be undone; nothing is written here, and what is wrong is said while it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from fu_tui.core.cadence_draft import CadenceDraft
from fu_tui.core.cadence_fields import HEADER, OF_HEADER, OF_STEP, STEP, Field, following, typed, word_of
from fu_tui.core.cadence_rules import Remark, hints, problems
from fu_tui.core.cadence_words import distance_of
from fu_tui.core.preview import DatedStep, preview
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, choice, label, says, words
from fu_tui.tui.present.cells import fit
from fu_tui.tui.present.timeline import step_lines

_LABEL = 20


class EditAnswer(NamedTuple):
    """How it was left; the draft is the caller's."""

    saves: bool
    start: date


class CadenceEditor(Question[EditAnswer]):
    """A draft of a cadence."""

    WIDEST = 116
    BINDINGS: ClassVar = [
        ("left", "turn(-1)", "previous"),
        ("right", "turn(1)", "next"),
        ("delete", "remove", "remove"),
    ]

    def __init__(self, draft: CadenceDraft, days: Days, *, start: date | None = None, said: str = "") -> None:
        """start: the day from which the steps are dated. said: why it could not be saved."""
        super().__init__()
        self.draft, self._days = draft, days
        self._start = start or days.today
        self._at = "steps.1" if draft.plan.steps else "add"
        """The place under the cursor: a field's name, or "steps.2"."""
        self._inside = 0
        """The step whose fields are shown; 0: the whole."""
        self._typing = False
        self._said = said
        self._good = ""

    # What it says

    def heading(self) -> str:
        """What is edited."""
        plan = self.draft.plan
        if self._inside:
            return f"{plan.name}: step {self._inside} of {len(plan.steps)}"
        return f"New: {plan.name}" if self.draft.new else f"Edit {plan.name}"

    def keys(self) -> Sequence[Key]:
        """What works now."""
        field = self._field
        if self._typing:
            return ("enter", "take it"), ("esc", "as it was")
        turn: list[Key] = [("←→", "another")] if field and field.choices else []
        if self._inside:
            return *turn, ("enter", "change"), ("u", "undo"), ("esc", "back to the steps")
        step: list[Key] = [("x", "remove"), ("+-", "day"), ("JK", "move")] if self._step else []
        return (
            ("s", "save"), ("enter", "open" if self._step else "change"), *turn, ("a", "add"), *step, ("u", "undo"),
            ("esc", "leave"),
        )  # fmt: skip

    def rows(self, width: int) -> list[Row]:
        """The steps and the rules, or the fields of one step; below, what the field means and what is wrong."""
        rows = self._one(width) if self._inside else self._whole(width)
        told = self._remarks(width)
        means = self._field.means if self._field else ""
        said = says(self._said, "overdue", width, 2) or says(self._good, "accent", width, 2)
        return [
            *rows,
            *([Row()] if means or told or said else []),
            *says(means, "dim", width, 2),
            *told,
            *said,
        ]

    def _dated(self) -> tuple[DatedStep, ...]:
        """The steps on their days, if they begin on the day it is tried from."""
        today = min(self._start, self._days.today)
        return preview(
            self.draft.plan, start=self._start, today=today, calendar=self._days.calendar,
            now=self._days.now_on(self._start),
        )  # fmt: skip

    def _one(self, width: int) -> list[Row]:
        """The fields of the open step, below where it stands and falls."""
        plan, item = self.draft.plan, self._dated()[self._inside - 1]
        begun = f", if it begins on {self._days.exact(self._start)}" if self._inside > 1 else ""
        falls = f"{distance_of(plan, item.step)}: {self._days.exact(item.due.due_on, item.at)}{begun}"
        return [
            *says(f"{falls[:1].upper()}{falls[1:]}", "strong", width, 2),
            *([] if self.brief else [Row()]),
            *self._fields(STEP, self._inside, width),
        ]

    def _whole(self, width: int) -> list[Row]:
        plan, days = self.draft.plan, self._days
        rows: list[Row] = []
        if plan.steps:
            rows.append(Row([words(f"From {days.exact(self._start)}", "dim", width)]))
            drawn = step_lines(plan, self._dated(), {}, width, days.today, brief=self.brief)
            for no, lines in enumerate(drawn, start=1):
                rows += [self._choice(f"steps.{no}", line, width) for line in lines]
        else:
            rows.append(self._choice("add", [("No step yet: a adds one.", "accent")], width))
        return [*rows, Row(), *self._fields(HEADER, 0, width)]

    def _fields(self, fields: Sequence[Field], step: int, width: int) -> list[Row]:
        rows = []
        for field in fields:
            here = field.name == self._at
            if here and self._typing:
                rows.append(Row([label(field.label, _LABEL, here=True)], field_at=_LABEL))
                continue
            value = field.shown(self.draft.value(field.name, step))
            shown = value or ("none" if field.optional else "…")
            role = "text" if value else "dim"
            line: Line = [(fit(field.label, _LABEL), "dim"), words(shown, role, max(width - _LABEL, 0))]
            rows.append(self._choice(field.name, line, width))
        return rows

    def _choice(self, pick: str, line: Line, width: int) -> Row:
        return choice(pick, line, width, selected=pick == self._at)

    def _remarks(self, width: int) -> list[Row]:
        """What is wrong with it, first with what is under the cursor; else what could be better there."""
        wrong = sorted(problems(self.draft.plan), key=lambda remark: not self._is_here(remark))
        if self._inside:
            wrong = [remark for remark in wrong if remark.step == self._inside]
        if wrong:
            more = [Row([(f"{len(wrong) - 2} more", "dim")])] if len(wrong) > 2 else []
            return [row for remark in wrong[:2] for row in says(str(remark), "overdue", width, 2)] + more
        better = [remark for remark in hints(self.draft.plan) if self._is_here(remark)]
        return [row for remark in better[:1] for row in says(str(remark), "dim", width, 2)]

    def _is_here(self, remark: Remark) -> bool:
        place = f"steps.{self._inside}.{self._at}" if self._inside else self._at
        return remark.place == place or remark.place.startswith(f"{place}.")

    # Where the cursor is

    @property
    def _field(self) -> Field | None:
        """The field under the cursor; None on a step as a whole."""
        return (OF_STEP if self._inside else OF_HEADER).get(self._at)

    @property
    def _step(self) -> int:
        """The step under the cursor, or the one that is open; 0 on a rule."""
        if self._inside:
            return self._inside
        return int(self._at.removeprefix("steps.")) if self._at.startswith("steps.") else 0

    def _places(self) -> list[str]:
        if self._inside:
            return [field.name for field in STEP]
        steps = [f"steps.{step.no}" for step in self.draft.plan.steps] or ["add"]
        return [*steps, *(field.name for field in HEADER)]

    # What it hears

    def action_move(self, by: int) -> None:
        """To the next place; round at the ends."""
        if self._typing:
            return
        places = self._places()
        at = places.index(self._at) + by if self._at in places else 0
        self._at = places[at % len(places) if abs(by) == 1 else min(max(at, 0), len(places) - 1)]
        self._tell()

    def action_tab(self, by: int) -> None:
        """Take what was typed, and to the next place."""
        if not self._typing or self._take():
            self.action_move(by)

    def action_turn(self, by: int) -> None:
        """Another of the choices."""
        field = self._field
        if field and field.choices and not self._typing:
            self._set(field, following(field, self.draft.value(field.name, self._inside), by))

    def action_enter(self) -> None:
        """Take what was typed; open a step; change a field."""
        field = self._field
        if self._typing:
            self._take()
        elif self._at == "add":
            self._add()
        elif field is None:
            self._open(self._step)
        elif field.choices:
            self.action_turn(1)
        else:
            self._typing = True
            self._said = self._good = ""
            self.field.hold(word_of(self.draft.value(field.name, self._inside)))
            self.redraw()

    def action_leave(self) -> None:
        """Out of the field, out of the step, out of the editor; the draft stays with the caller."""
        if self._typing:
            self._typing = False
            self._tell()
        elif self._inside:
            self._at, self._inside = f"steps.{self._inside}", 0
            self._tell()
        else:
            self.dismiss(EditAnswer(False, self._start))

    def action_remove(self) -> None:
        """Take the step under the cursor out."""
        if self._inside or not self._step or self._typing:
            return
        no = self._step
        self.draft.remove(no)
        left = len(self.draft.plan.steps)
        self._at = f"steps.{min(no, left)}" if left else "add"
        self._tell(good=f"Step {no} is removed: u brings it back.")

    def picked(self, pick: str) -> None:
        """A click: to that place, and as enter there."""
        if not self._typing or self._take():
            self._at = pick
            self.action_enter()

    def pressed(self, key: str) -> None:
        """Letters."""
        if self.steps(key):
            return
        if key == " ":
            self.action_turn(1)
        elif key == "u":
            self._back(self.draft.undo(), "There is nothing to undo here.")
        elif key == "U":
            self._back(self.draft.redo(), "There is nothing to redo here.")
        elif key in "+-" and self._step:
            self._shift(1 if key == "+" else -1)
        elif not self._inside:
            self._of_the_whole(key)

    def _of_the_whole(self, key: str) -> None:
        if key == "s":
            self._save()
        elif key == "a":
            self._add()
        elif key == "x":
            self.action_remove()
        elif key in "JK" and self._step:
            self._at = f"steps.{self.draft.swap(self._step, 1 if key == 'J' else -1)}"
            self._tell()

    # What it does

    def _add(self) -> None:
        no = self.draft.add(self._step or len(self.draft.plan.steps))
        self._open(no)
        self._at = "action"
        self.action_enter()

    def _open(self, no: int) -> None:
        self._inside, self._at = no, STEP[0].name
        self._tell()

    def _shift(self, days: int) -> None:
        self.draft.shift(self._step, days)
        more = self._step < len(self.draft.plan.steps)
        self._tell(good=f"{'This step and those behind it' if more else 'This step'}: {days:+} day")

    def _save(self) -> None:
        if problems(self.draft.plan):
            self._tell("It can't be saved yet.")
        elif not self.draft.changed:
            self._tell("Nothing is changed, so there is nothing to save.")
        else:
            self.dismiss(EditAnswer(True, self._start))

    def _take(self) -> bool:
        """What was typed becomes the field's; False where it can't be, which is said."""
        field = self._field
        if field is None:
            return True
        try:
            value = typed(field, self.field.value)
        except ValueError as error:
            self._tell(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return False
        self._typing = False
        self._set(field, value)
        return True

    def _set(self, field: Field, value: object) -> None:
        self.draft.set(field.name, value, self._inside)
        self._tell()

    def _back(self, done: bool, why_not: str) -> None:
        """After an undo or redo the cursor stays, where its place is still there."""
        count = len(self.draft.plan.steps)
        if self._inside > count:
            self._inside, self._at = 0, f"steps.{count}"
        if self._at not in self._places():
            self._at = self._places()[0]
        self._tell("" if done else why_not)

    def _tell(self, said: str = "", good: str = "") -> None:
        self._said, self._good = said, good
        self.redraw()
