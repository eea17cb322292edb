"""The list of cadences with a look at the one under the cursor, and who is enrolled in one. One rule: they return what
was chosen; what is shown comes with them or by the reads they are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.cadence_words import distance_of, means_of, rules_of
from fu_tui.core.dates_words import exact_day
from fu_tui.queries.cadence_rows import CadenceRow, CadenceRun, CadenceSheet
from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Line, Row, choice, filled, says, words
from fu_tui.tui.present.cells import fit, fit_right
from fu_tui.tui.present.steps import strip_lines
from fu_tui.tui.present.timeline import strip_steps
from fu_tui.tui.present.words import plural

_KIND, _STEPS, _RUNNING, _ANSWERED = 10, 7, 9, 16


class Chosen(NamedTuple):
    """What to do next."""

    does: str
    """open or new."""
    id: int = 0


class CadencesModal(Question[Chosen]):
    """Which cadence."""

    WIDEST = 104

    def __init__(
        self, rows: Sequence[CadenceRow], sheet_of: Callable[[int], CadenceSheet | None], at: int = 0
    ) -> None:
        """sheet_of: reads one, None where it can't be read now. at: the id to begin at."""
        super().__init__()
        self._cadences = tuple(rows)
        self._sheet_of = sheet_of
        self._at = next((y for y, row in enumerate(self._cadences) if row.id == at), 0)
        self._sheets: dict[int, CadenceSheet | None] = {}

    def heading(self) -> str:
        """How many there are."""
        return "Cadences"

    def keys(self) -> Sequence[Key]:
        """What works here."""
        return ("enter", "look at it, change it"), ("n", "new"), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The list, and below it the one under the cursor."""
        rows = [Row(self._titles(width))]
        for y, cadence in enumerate(self._cadences):
            rows.append(choice(str(cadence.id), self._line(cadence, width), width, selected=y == self._at))
        sheet = self._here()
        if sheet is not None:
            rows += [Row(), *self._look(sheet, width)]
        return rows

    def _here(self) -> CadenceSheet | None:
        if not self._cadences:
            return None
        number = self._cadences[self._at].id
        if number not in self._sheets:
            self._sheets[number] = self._sheet_of(number)
        return self._sheets[number]

    def _titles(self, width: int) -> Line:
        name, kind, steps, answered = _columns(width)
        line = fit("", name) + fit("kind", kind) + fit_right("steps", steps) + fit_right("running", _RUNNING)
        return [(line + fit_right("answered", answered), "dim")]

    def _line(self, row: CadenceRow, width: int) -> Line:
        name, kind, steps, answered = _columns(width)
        label = f"{row.name} (retired)" if row.retired else row.name
        return [
            (fit(label, name - 1) + " ", "dim" if row.retired else "text"),
            (fit(row.kind, kind), "dim"),
            (fit_right(str(row.steps), steps), "dim"),
            (fit_right(f"{row.running:,}" if row.running else "", _RUNNING), "strong"),
            (fit_right(row.response.words, answered), "dim"),
        ]

    def _look(self, sheet: CadenceSheet, width: int) -> list[Row]:
        """The chosen one, as much of it as there is room for."""
        plan = sheet.plan
        strip = [Row(line) for line in strip_lines(strip_steps(plan), width)]
        if self.brief:
            return strip
        steps = [
            Row(
                [
                    (fit(distance_of(plan, step), 26) + fit(means_of(step), 9), "dim"),
                    words(step.action, "text", width - 35),
                ]
            )
            for step in plan.steps
        ]
        rules = [row for sentence in rules_of(plan) for row in says(sentence, "dim", width)]
        return [*strip, *([Row()] if strip else []), *steps, Row(), *rules]

    def action_move(self, by: int) -> None:
        """The cursor in the list."""
        self._at = min(max(self._at + by, 0), max(len(self._cadences) - 1, 0))
        self.redraw()

    def action_enter(self) -> None:
        """The one under the cursor."""
        if self._cadences:
            self.dismiss(Chosen("open", self._cadences[self._at].id))

    def picked(self, pick: str) -> None:
        """A click on one."""
        self.dismiss(Chosen("open", int(pick)))

    def pressed(self, key: str) -> None:
        """Letters."""
        if key == "n":
            self.dismiss(Chosen("new"))
        else:
            self.steps(key)


def _columns(width: int) -> tuple[int, int, int, int]:
    """Cells of the name, of what it is for, of its steps and of what came back; 0 where there is no room."""
    kind = _KIND if width >= 52 else 0
    steps = _STEPS if width >= 44 else 0
    answered = _ANSWERED if width >= 72 else 0
    return max(width - kind - steps - _RUNNING - answered, 2), kind, steps, answered


class RunsModal(ListQuestion[int]):
    """Who is enrolled in a cadence. Returns the id of the task to go to."""

    WIDEST = 104
    LABEL = "Find"
    NOTHING = 'Nobody in it has "{}" in their name.'

    def __init__(self, name: str, runs: Sequence[CadenceRun], today: date) -> None:
        """runs: in the order to show."""
        items = [Item(str(run.task_id or ""), run.who, _where(run), _next(run, today)) for run in runs]
        super().__init__(f"{name}: {plural(len(runs), 'conversation')}", items)

    def keys(self) -> Sequence[Key]:
        """Enter goes there."""
        return ("enter", "go to its task"), ("esc", "back")

    def rows(self, width: int) -> list[Row]:
        """The filter and the list; or that nobody runs."""
        if not self.list.items:
            return says("Nobody is enrolled in it.", "dim", width)
        return [row._replace(spans=filled(row.spans, width)) for row in super().rows(width)]

    def taken(self, key: str) -> None:
        """This one; an enrollment without a task has nowhere to go."""
        if key:
            self.dismiss(int(key))


def _where(run: CadenceRun) -> str:
    paused = ", paused" if run.state == "paused" else ""
    return f"version {run.version}, {run.owner}{paused}"


def _next(run: CadenceRun, today: date) -> str:
    day = exact_day(run.due_on, today=today) if run.due_on else "no next step"
    place = f"step {run.step}/{run.steps}" if run.step <= run.steps else "after its last step"
    return f"{place} · {day}"
