"""The desk's verbs: gather the targets, ask what has to be asked, call one verb, show what happened. One rule: no SQL,
no arithmetic and no rule of the domain in here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from fu_tui.core.errors import ColleagueReplied, FuError, StorageBusy, TouchedSuccessor
from fu_tui.core.outcomes import outcome
from fu_tui.core.triage import OUTCOME_OF, Situation
from fu_tui.tui.panes.arrangement import Lowest
from fu_tui.tui.screens.repeating import Deed, Verb, same_priority
from fu_tui.tui.screens.waiting import Waiting

if TYPE_CHECKING:
    from fu_tui.core.events import Event
    from fu_tui.queries.rows import Card, QueueRow
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

MOST_MARKED = 1000
"""Rows that are marked at once."""

TO_DECIDE = (TouchedSuccessor, ColleagueReplied)
"""What a verb that has to be told more says; who runs it asks, and runs it again."""


class Verbs:
    """What the keys of the desk do."""

    def __init__(self, screen: DeskScreen, waiting: Waiting) -> None:
        self._screen = screen
        self.waiting = waiting
        self.last: Deed | None = None
        """The last change that can be made again."""
        self.told = ""
        """What the last verb did, in a sentence."""
        self.standing: tuple[str | None, str | None] = ("", "")
        """What undo and redo would take up, None where nothing; until the journal is read there may be something."""
        self._simple: dict[str, Callable[[], None]] = {
            "task.no_reply": lambda: self._close("task.no_reply"),
            "task.voicemail": lambda: self._close("task.voicemail"),
            "task.replied": lambda: self._close("task.replied"),
            "task.priority": self._priority,
            "task.skip": self._skip,
            "task.repeat": self._repeat,
            "go.queue": self._go_home,
            "journal.redo": lambda: self._run(lambda desk: desk.redo()),
            "queue.mark": self._mark,
            "queue.mark_pane": self._mark_pane,
            "queue.clear": self._clear,
            "queue.order": self._order,
            "card.toggle": screen.around.toggle_card,
            "card.walk": screen.around.toggle_walk,
            "card.down": lambda: screen.around.scroll_card(1),
            "card.up": lambda: screen.around.scroll_card(-1),
            "card.why": lambda: screen.views.toggle("card.why"),
            "view.forecast": lambda: screen.views.toggle("view.forecast"),
            "view.load": lambda: screen.views.toggle("view.load"),
            "queue.later": lambda: screen.beyond.toggle(Lowest.ALL),
            "queue.hidden": lambda: screen.beyond.toggle(Lowest.HIDDEN),
            "app.quit": self._quit,
        }

    def situation(self, card: Card | None = None) -> Situation:
        """What decides which actions can be done now. card: that of the row under the cursor, if just read."""
        row, card = self._screen.moving.row, card or self._screen.around.card
        undo, redo = ("", "") if self.waiting.verbs else self.standing  # what waits will be there to undo
        return Situation(
            kinds=tuple(row.kind for row in self._screen.targets()),
            repeats=self.last.action_id if self.last else "",
            repeats_outcome=self.last.outcome if self.last else "",
            can_undo=undo is not None,
            can_redo=redo is not None,
            marks=len(self._screen.marks),
            contact=row.contact if row else None,
            mails=len(card.emails) if row and card and card.row.id == row.id else None,
        )

    def look_back(self) -> None:
        """Read anew what undo and redo would take up."""
        with self._screen.guard():
            self.standing = self._screen.desk.standing()

    def do(self, action_id: str) -> None:
        """Run an action: at once where nothing is asked, else as a conversation beside the screen."""
        simple = self._simple.get(action_id)
        if simple:
            simple()
            return
        from fu_tui.tui.screens.asking import start

        start(self._screen, self, action_id)

    # --- verbs that ask nothing

    def _close(self, action_id: str) -> None:
        code = OUTCOME_OF[action_id]
        self._act(
            Deed(
                action_id,
                outcome(code).label,
                lambda desk, who, seen: desk.close(who, code, versions=seen),
                code,
            )
        )

    def _priority(self) -> None:
        to = same_priority(self._screen.targets())
        words = "the other priority" if to is None else f"{to.label} priority"
        self._act(Deed("task.priority", words, lambda desk, who, seen: desk.priority(who, to, versions=seen)))

    def _skip(self) -> None:
        self._act(Deed("task.skip", "skipped", lambda desk, who, seen: desk.skip(who, versions=seen)))

    def _repeat(self) -> None:
        if self.last is not None:
            self._act(self.last, lead="Again: ")

    def _go_home(self) -> None:
        self._screen.view.go_home()
        self.set_marks(frozenset())
        self._screen.reload()
        self._screen.moving.to_first()
        self._screen.count_later()

    def _mark(self) -> None:
        screen, row = self._screen, self._screen.moving.row
        if row is None:
            return
        self.toggle_mark(row.id)
        screen.moving.by(1)

    def toggle_mark(self, task_id: int) -> None:
        """Mark a task, or take its mark away."""
        self.set_marks(self._screen.marks ^ {task_id})

    def _mark_pane(self) -> None:
        screen, pane = self._screen, self._screen.moving.pane
        rows = screen.view.rows_of(*pane.shows).first(MOST_MARKED)
        all_of_them = frozenset(row.id for row in rows)
        self.set_marks(
            screen.marks - all_of_them if all_of_them <= screen.marks else screen.marks | all_of_them
        )
        uncounted, tasks = pane.window is not None and pane.window.at_least, screen.tasks_in(pane)
        if len(rows) == MOST_MARKED and (uncounted or tasks > MOST_MARKED):
            of = "more" if uncounted else f"{tasks:,}"
            screen.say(f"Marked the first {len(rows):,} of {of}; / leaves fewer rows to mark.")

    def _clear(self) -> None:
        screen = self._screen
        if self.waiting.verbs:
            self.waiting.give_up()
        elif screen.around.walking:
            screen.around.toggle_walk()
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

    def _run(self, verb: Verb, deed: Deed | None = None, lead: str = "") -> None:
        """Run a verb that needs no answer; where another process holds the file, a thread waits for it.

        deed: what is then remembered. lead: what is said before what happened.
        """
        if self.waiting.verbs:
            self._screen.run_worker(self.patiently(verb, deed, lead), exclusive=False)
            return
        try:
            events = verb(self._screen.desk)
        except StorageBusy:
            self._screen.run_worker(self.patiently(verb, deed, lead), exclusive=False)
        except FuError as error:
            self.refuse(error)
        else:
            self.last = deed or self.last
            self.publish(events, lead)

    def _act(self, deed: Deed, lead: str = "") -> None:
        """Do a deed to the targets, and remember it."""
        self._run(deed.to(self._screen.targets()), deed, lead)

    async def carry_out(self, deed: Deed, rows: Sequence[QueueRow]) -> tuple[Event, ...] | None:
        """Do a deed that was asked for, and remember it; None where it was refused, which is said."""
        return await self.attempt(deed.to(rows), deed)

    async def attempt(self, verb: Verb, deed: Deed | None = None) -> tuple[Event, ...] | None:
        """Run a verb and show what it did; None where it was refused, which is said. Raises TO_DECIDE."""
        if self.waiting.verbs:
            return await self.patiently(verb, deed)
        try:
            events = verb(self._screen.desk)
        except StorageBusy:
            return await self.patiently(verb, deed)
        except TO_DECIDE:
            raise
        except FuError as error:
            self.refuse(error)
            return None
        self.last = deed or self.last
        self.publish(events)
        return events

    async def patiently(
        self, verb: Verb, deed: Deed | None = None, lead: str = ""
    ) -> tuple[Event, ...] | None:
        """Run a verb when the other process lets go of the file; None where that took too long, or escape was faster.

        Raises TO_DECIDE.
        """
        screen = self._screen
        stop = screen.key_of("queue.clear")
        cast("FuApp", screen.app).opening.clear()  # nothing opens now, and escape must be heard
        screen.say("Waiting for another program …" + (f"   {stop} gives up" if stop else ""), stay=True)
        try:
            events = await self.waiting.run(verb)
        except TO_DECIDE:
            raise
        except FuError as error:
            self.refuse(error)
            return None
        if events is None:
            screen.say("Given up: nothing was written.")
            return None
        self.last = deed or self.last
        self.publish(events, lead)
        return events

    def publish(self, events: Sequence[Event], lead: str = "") -> None:
        """Show what happened: the rows that changed, one line after `lead`, and the question for the next step."""
        from fu_tui.core.events import NextStepProposed, Undone
        from fu_tui.core.say import say_all, say_short

        screen = self._screen
        self.look_back()
        touched = [number for event in events for number in touched_by(event)]
        if screen.marks and screen.marks <= set(touched):
            self.set_marks(frozenset())  # they are spent: the next key is for the row that is looked at
        screen.apply(touched)
        moment = screen.moment
        if any(not isinstance(event, NextStepProposed) for event in events):
            said = lead + say_all(events, today=moment.today, tz=moment.tz)
            short = lead + say_short(events, today=moment.today, tz=moment.tz)
            undone = any(isinstance(event, Undone) for event in events)
            self.told = said
            screen.say(said, short, back="journal.redo" if undone else "journal.undo")
        proposals = [event for event in events if isinstance(event, NextStepProposed)]
        if proposals:
            from fu_tui.tui.screens.asking import propose

            propose(screen, self, proposals)

    def refuse(self, error: FuError) -> None:
        """Say why something was not done, and what to do; the rows are read anew, as they may be why."""
        self._screen.warn(str(error))
        self._screen.reload()


def touched_by(event: Event) -> tuple[int, ...]:
    """The tasks whose rows an event may have changed."""
    many = getattr(event, "task_ids", None)
    if many is not None:
        return tuple(many)
    one = getattr(event, "task_id", None)
    return () if one is None else (int(one),)
