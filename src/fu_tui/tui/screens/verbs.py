"""The desk's verbs: gather the targets, ask what has to be asked, call one verb, show what happened. One rule: no SQL,
no arithmetic and no rule of the domain in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from fu_tui.bootstrap import Desk
from fu_tui.core.errors import FuError, StorageBusy, TouchedSuccessor
from fu_tui.tui.screens.waiting import Waiting

if TYPE_CHECKING:
    from fu_tui.core.events import Event
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

Verb = Callable[[Desk], "tuple[Event, ...]"]
MOST_MARKED = 1000
"""Rows that are marked at once."""


class Verbs:
    """What the keys of the desk do."""

    def __init__(self, screen: DeskScreen, waiting: Waiting) -> None:
        self._screen = screen
        self.waiting = waiting
        self._simple: dict[str, Callable[[], None]] = {
            "task.no_reply": lambda: self._close("no_reply"),
            "task.voicemail": lambda: self._close("left_voicemail"),
            "task.replied": lambda: self._close("replied"),
            "task.priority": self._priority,
            "journal.redo": lambda: self._run(lambda desk: desk.redo()),
            "queue.mark": self._mark,
            "queue.mark_pane": self._mark_pane,
            "queue.clear": self._clear,
            "queue.order": self._order,
            "card.toggle": screen.around.toggle_card,
            "card.down": lambda: screen.around.scroll_card(1),
            "card.up": lambda: screen.around.scroll_card(-1),
            "card.why": lambda: screen.views.toggle("card.why"),
            "view.forecast": lambda: screen.views.toggle("view.forecast"),
            "view.load": lambda: screen.views.toggle("view.load"),
            "app.quit": self._quit,
        }

    def do(self, action_id: str) -> None:
        """Run an action: at once where nothing is asked, else as a conversation beside the screen."""
        simple = self._simple.get(action_id)
        if simple:
            simple()
            return
        from fu_tui.tui.screens.asking import start

        start(self._screen, self, action_id)

    # --- verbs that ask nothing

    def _close(self, code: str) -> None:
        rows = self._screen.targets()
        self._run(lambda desk: desk.close(ids(rows), code, versions=versions(rows)))

    def _priority(self) -> None:
        rows = self._screen.targets()
        self._run(lambda desk: desk.priority(ids(rows), versions=versions(rows)))

    def _mark(self) -> None:
        screen, row = self._screen, self._screen.moving.row
        if row is None:
            return
        self.set_marks(screen.marks ^ {row.id})
        screen.moving.by(1)

    def _mark_pane(self) -> None:
        screen, pane = self._screen, self._screen.moving.pane
        rows = screen.view.rows_of(pane.bucket).first(MOST_MARKED)
        all_of_them = frozenset(row.id for row in rows)
        self.set_marks(
            screen.marks - all_of_them if all_of_them <= screen.marks else screen.marks | all_of_them
        )
        if pane.tasks > len(rows):
            screen.say(f"Marked the first {len(rows):,} of {pane.tasks:,}; / leaves fewer rows to mark.")

    def _clear(self) -> None:
        screen = self._screen
        if self.waiting.verbs:
            self.waiting.give_up()
        elif screen.marks:
            self.set_marks(frozenset())
        elif screen.view.view.words:
            screen.view.choose(words="")
            screen.reload()

    def set_marks(self, marks: frozenset[int]) -> None:
        """Mark exactly these tasks."""
        self._screen.marks = marks
        for pane in self._screen.panes:
            pane.set_marks(marks)
        self._screen.around.refresh()

    def _order(self) -> None:
        first = self._screen.view.flip_order()
        self._screen.reload()
        self._screen.say("Priority first" if first == "priority" else "Due day first")

    def _quit(self) -> None:
        if self.waiting.verbs:
            stop = self._screen.key_of("queue.clear")
            self._screen.warn(f"Something still waits to be written: {stop} gives it up, then you can leave.")
        else:
            self._screen.app.exit()

    # --- running a verb

    def _run(self, verb: Verb) -> None:
        """Run a verb that needs no answer; where another process holds the file, a thread waits for it."""
        if self.waiting.verbs:
            self._screen.run_worker(self.patiently(verb), exclusive=False)
            return
        try:
            self.publish(verb(self._screen.desk))
        except StorageBusy:
            self._screen.run_worker(self.patiently(verb), exclusive=False)
        except FuError as error:
            self.refuse(error)

    async def attempt(self, verb: Verb) -> tuple[Event, ...] | None:
        """Run a verb and show what it did; None where it was refused, which is said. Raises TouchedSuccessor."""
        if self.waiting.verbs:
            return await self.patiently(verb)
        try:
            events = verb(self._screen.desk)
        except StorageBusy:
            return await self.patiently(verb)
        except TouchedSuccessor:
            raise
        except FuError as error:
            self.refuse(error)
            return None
        self.publish(events)
        return events

    async def patiently(self, verb: Verb) -> tuple[Event, ...] | None:
        """Run a verb when the other process lets go of the file; None where that took too long, or escape was faster.

        Raises TouchedSuccessor.
        """
        screen = self._screen
        stop = screen.key_of("queue.clear")
        cast("FuApp", screen.app).opening.clear()  # nothing opens now, and escape must be heard
        screen.say("Waiting for another program …" + (f"   {stop} gives up" if stop else ""), stay=True)
        try:
            events = await self.waiting.run(verb)
        except TouchedSuccessor:
            raise
        except FuError as error:
            self.refuse(error)
            return None
        if events is None:
            screen.say("Given up: nothing was written.")
            return None
        self.publish(events)
        return events

    def publish(self, events: Sequence[Event]) -> None:
        """Show what happened: the rows that changed, one toast, and the question for the next step."""
        from fu_tui.core.events import NextStepProposed
        from fu_tui.core.say import say_all, say_short

        screen = self._screen
        touched = [number for event in events for number in touched_by(event)]
        screen.apply(touched)
        moment = screen.moment
        if any(not isinstance(event, NextStepProposed) for event in events):
            said = say_all(events, today=moment.today, tz=moment.tz)
            screen.say(said, say_short(events, today=moment.today, tz=moment.tz), undoes=True)
        proposals = [event for event in events if isinstance(event, NextStepProposed)]
        if proposals:
            from fu_tui.tui.screens.asking import propose

            propose(screen, self, proposals)

    def refuse(self, error: FuError) -> None:
        """Say why something was not done, and what to do; the rows are read anew, as they may be why."""
        self._screen.warn(str(error))
        self._screen.reload()


def ids(rows: Sequence[QueueRow]) -> list[int]:
    """The tasks' ids."""
    return [row.id for row in rows]


def versions(rows: Sequence[QueueRow]) -> dict[int, int]:
    """The versions that the screen showed, against which a verb runs."""
    return {row.id: row.version for row in rows}


def touched_by(event: Event) -> tuple[int, ...]:
    """The tasks whose rows an event may have changed."""
    many = getattr(event, "task_ids", None)
    if many is not None:
        return tuple(many)
    one = getattr(event, "task_id", None)
    return () if one is None else (int(one),)
