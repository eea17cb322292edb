"""The card of a contact, an account or a deal: who it is, how to reach them, what is next, what was. One rule: what
stands on it comes with it; it returns what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from fu_tui.core.dates_words import late_words
from fu_tui.queries.rows import QueueRow, Record, RecordDeal
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import SELECTED, Key, Line, Row, choice, columns, filled, says, words
from fu_tui.tui.present.cells import fit, wrap
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.money import amount_words
from fu_tui.tui.present.words import near_day, plural, touch_words

ALERT = "⚠"
NO_VERBS: Mapping[str, str] = {}
_DUE = 9
_HOW = 9
_LINES = 3
"""Of one entry of the history."""


class RecordAnswer(NamedTuple):
    """What to do next."""

    does: str
    """add, another verb of the card, or open a task, deal, contact or account."""
    id: int = 0


class RecordModal(Question[RecordAnswer]):
    """One record; longer than the screen it scrolls."""

    WIDEST = 96

    def __init__(
        self,
        record: Record,
        moment: Moment,
        me: int,
        *,
        add_key: str,
        copy: Callable[[str], str],
        verbs: Mapping[str, str] = NO_VERBS,
        said: str = "",
    ) -> None:
        """me: the viewer's user id. add_key: the key that captures. copy: puts a text on the clipboard; says so.
        verbs: what else can be done here, by its key. said: what was done last.
        """
        super().__init__()
        self._verbs = verbs
        self._record, self._moment, self._me = record, moment, me
        self._add_key, self._copy = add_key, copy
        self._picks = [
            *([f"account {record.account_id}"] if record.account_id is not None else []),
            *(f"task {row.id}" for row in record.tasks),
            *(f"deal {deal.id}" for deal in record.deals),
            *(f"contact {number}" for number, _, _ in record.people),
        ]
        self._at = int(record.account_id is not None and len(self._picks) > 1)
        self._top = self._room = 0
        self._follows = True
        self._copied = 0
        self._said = said

    def heading(self) -> str:
        """Whose card it is."""
        return self._record.name

    def keys(self) -> Sequence[Key]:
        """What works here."""
        record, below = self._record, len(self.shown) - self._top - self._room
        pick = self._picks[self._at] if self._picks else ""
        return (
            *([("enter", "go to it" if pick.startswith("task") else "open")] if pick else []),
            (self._add_key, "add"),
            *([("y", "copy")] if record.phones or record.emails else []),
            *self._verbs.items(),
            *([("↓", f"{below} more")] if below > 0 else []),
            ("esc", "back"),
        )

    def rows(self, width: int) -> list[Row]:
        """Who, what is next, with what, what was."""
        blocks = [
            self._who(width),
            self._tasks(width),
            self._deals(width),
            self._people(width),
            self._history(width),
        ]
        rows: list[Row] = []
        for block in blocks:
            if block:
                rows += [Row(), *block] if rows else block
        return rows

    # --- its parts

    def _who(self, width: int) -> list[Row]:
        record = self._record
        about = " · ".join(part for part in (record.title, _deal_words(record.deal)) if part)
        rows = says(about, "text", width)
        if record.account_id is not None:
            rows.append(
                self._choice(
                    f"account {record.account_id}", [words(record.account or "", "text", width)], width
                )
            )
        rows += [Row([words(way, "text", width)]) for way in (*record.phones, *record.emails)]
        rows += says(self._said, "accent", width)
        owner = f"owner {record.owner}" if record.owner else ""
        rows.append(Row([words(" · ".join(part for part in (self._last(), owner) if part), "dim", width)]))
        return rows + [row for alert in record.alerts for row in says(f"{ALERT} {alert}", "overdue", width)]

    def _last(self) -> str:
        at, history = self._record.last_contact_at, self._record.history
        if at is None:
            return "not contacted yet"
        days = (self._moment.today - self._moment.day(at)).days
        when = "today" if days <= 0 else "yesterday" if days == 1 else f"{plural(days, 'day')} ago"
        entry = next((line for line in history if line.at == at), None)
        return f"last contact {when}" + (f", {touch_words(entry.channel, entry.direction)}" if entry else "")

    def _tasks(self, width: int) -> list[Row]:
        held = self._record.held
        waits = says(
            f"{plural(held, 'task waits', 'tasks wait')} for a pause, a park or an absence to end" if held else "",
            "dim", width,
        )  # fmt: skip
        if not self._record.tasks:
            lacks = [Row([("No next step", "overdue"), (f": {self._add_key} adds one.", "text")])]
            return waits or lacks
        rows = [Row([("next", "strong")])]
        for task in self._record.tasks:
            left = [(fit(self._due(task), _DUE) + " ", "overdue" if self._is_late(task) else "dim")]
            left.append(words(task.action, "text", width))
            whose = "" if task.owner_id == self._me else task.owner
            rows.append(self._choice(f"task {task.id}", columns(left, (whose, "dim"), width), width))
        return [*rows, *waits]

    def _is_late(self, task: QueueRow) -> bool:
        return task.due_on < self._moment.today or bool(task.due_at and task.due_at < self._moment.now)

    def _due(self, task: QueueRow) -> str:
        if self._is_late(task):
            return late_words(task.due_on, task.due_at, self._moment.today, self._moment.now)
        if task.due_on == self._moment.today:
            return self._moment.hour(task.due_at) if task.due_at else "today"
        return near_day(task.due_on, self._moment.today)

    def _deals(self, width: int) -> list[Row]:
        rows = [Row([("deals", "strong")])] if self._record.deals else []
        for deal in self._record.deals:
            ink = "text" if deal.is_open else "dim"
            line = columns([words(deal.title, ink, width)], (_deal_words(deal), "dim"), width)
            rows.append(self._choice(f"deal {deal.id}", line, width))
        return rows

    def _people(self, width: int) -> list[Row]:
        rows = [Row([("people", "strong")])] if self._record.people else []
        for number, name, title in self._record.people:
            line = columns([words(name, "text", width)], (title, "dim"), width)
            rows.append(self._choice(f"contact {number}", line, width))
        return rows

    def _history(self, width: int) -> list[Row]:
        rows = [Row([("history", "strong")])] if self._record.history else []
        room = width - _DUE - _HOW - 2
        for entry in self._record.history:
            day = near_day(self._moment.day(entry.at), self._moment.today)
            head = f"{fit(day, _DUE)} {fit(touch_words(entry.channel, entry.direction), _HOW)} "
            for at, line in enumerate(wrap(entry.text, room, _LINES) or [""]):
                rows.append(Row([(" " * len(head) if at else head, "dim"), (line, "text")]))
        return rows

    def _choice(self, pick: str, line: Line, width: int) -> Row:
        here = bool(self._picks) and self._picks[self._at] == pick
        return choice(pick, filled(line, width), width, selected=here)

    # --- what it hears

    def first_row(self, room: int) -> int:
        """Where it was scrolled to; the cursor's row stays in view while the cursor moves."""
        self._room = room
        at = next((y for y, row in enumerate(self.shown) if row.ground == SELECTED), None)
        if self._follows and at is not None:
            self._top = min(max(self._top, at - room + 1), at)
        self._top = max(0, min(self._top, len(self.shown) - room))
        return self._top

    def action_move(self, by: int) -> None:
        """The cursor to the next choice; a page, or a step beyond the last choice, scrolls."""
        self._follows = abs(by) == 1 and 0 <= self._at + by < len(self._picks)
        if self._follows:
            self._at += by
        else:
            self._top += by
        self.redraw()

    def action_enter(self) -> None:
        """Take what is under the cursor."""
        if self._picks:
            self.picked(self._picks[self._at])

    def picked(self, pick: str) -> None:
        """A task, a deal, a person or an account was chosen."""
        does, _, number = pick.partition(" ")
        self.dismiss(RecordAnswer(does, int(number)))

    def pressed(self, key: str) -> None:
        """Letters."""
        if key == self._add_key:
            self.dismiss(RecordAnswer("add"))
        elif key in self._verbs:
            self.dismiss(RecordAnswer(self._verbs[key]))
        elif key == "y":
            self._copy_next()
        elif key == " ":
            self.action_move(10)
        else:
            self.steps(key)

    def _copy_next(self) -> None:
        """Copy a way to reach them; pressed again, the next one."""
        ways = (*self._record.phones, *self._record.emails)
        if ways:
            self._said = self._copy(ways[self._copied % len(ways)])
            self._copied += 1
            self.redraw()


def _deal_words(deal: RecordDeal | None) -> str:
    """`Negotiation · $4,514`."""
    if deal is None:
        return ""
    return " · ".join(part for part in (deal.stage, amount_words(deal.amount, deal.currency)) if part)
