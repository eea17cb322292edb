"""Conversations: a question, an answer, one verb. One rule: a modal returns a value, and only then one verb runs; what
was typed is never lost when it is refused.

Each conversation is a method of a room of its own, which is loaded when its key is first pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from fu_tui.core.errors import FuError, StorageError

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from fu_tui.core.events import NextStepProposed
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs

    Whom = Sequence["QueueRow"] | Sequence["OfRecord"]
    """What a conversation is about."""

Answer = TypeVar("Answer")

DRAFT_EVERY = 1.0
"""Seconds between two savings of what is being typed."""

HOMES = {
    "task.add": "adding:Adding.add",
    "task.edit": "editing:Editing.edit",
    "task.close": "closing:Closing.close",
    "task.no_reply_note": "closing:Closing.no_reply_note",
    "task.snooze": "planning:Planning.snooze",
    "task.hide": "planning:Planning.hide",
    "task.spread": "spreading:Spreading.spread",
    "task.reassign": "planning:Planning.reassign",
    "task.stop": "living:Living.stop",
    "task.stage": "living:Living.stage",
    "task.park": "living:Living.park",
    "task.handoff": "living:Living.handoff",
    "go.paused": "slipping:Slipping.parked",
    "go.absences": "away:Away.absences",
    "go.triage": "slipping:Slipping.triage",
    "go.no_next_step": "slipping:Slipping.no_next_step",
    "queue.scope": "looking:Looking.scope",
    "queue.filter": "looking:Looking.filter",
    "card.copy": "reaching:Reaching.copy",
    "card.mail": "reaching:Reaching.mail",
    "journal.undo": "planning:Planning.undo",
    "app.theme": "theming:Theming.choose",
    "app.help": "choosing:Choosing.help",
    "task.menu": "choosing:Choosing.menu",
    "app.keys": "keying:Keying.keys",
    "app.palette": "finding:Finding.palette",
    "go.contacts": "finding:Finding.contacts",
    "go.deals": "finding:Finding.deals",
    "task.log": "happening:Happening.log",
    "go.triggers": "happening:Happening.triggers",
    "go.notices": "happening:Happening.notices",
    "go.cadences": "cadencing:Cadencing.cadences",
    "go.calendar": "working:Working.calendar",
    "go.series": "recurring:Recurring.series",
}
"""Action → "module:Class.method" below fu_tui.tui.screens."""


class OfRecord(NamedTuple):
    """A contact or a deal as what a conversation is about: from its card, where no row is. Its parts are called as a
    row's."""

    id: str
    """ "deal 7": under it the draft keeps what is typed."""
    action: str
    """Its name: what a question says it is about."""
    contact_id: int | None = None
    contact: str | None = None
    deal_id: int | None = None
    deal: str | None = None
    account: str | None = None
    owner_id: int | None = None


class Conversation:
    """What every room of conversations stands on."""

    def __init__(self, screen: DeskScreen, verbs: Verbs) -> None:
        self._screen = screen
        self._verbs = verbs

    @property
    def _app(self) -> FuApp:
        return cast("FuApp", self._screen.app)

    def begin(self, conversation: Coroutine[None, None, None]) -> None:
        """Keys that are typed from now on are for the question that is about to open."""
        self._app.opening.add(self)
        self._screen.run_worker(self._hold(conversation), exclusive=False)

    async def _hold(self, conversation: Coroutine[None, None, None]) -> None:
        try:
            await conversation
        except StorageError:
            with self._screen.guard():
                raise
        except FuError as error:
            self._verbs.refuse(error)
        finally:
            self._app.opening.discard(self)
            self._screen.draft.save()

    async def ask(
        self, modal: ModalScreen[Answer | None], keep: Callable[[], object] | None = None
    ) -> Answer | None:
        """Show a modal and wait for its value; None where the person left it.

        keep: keeps what is typed into it at this moment; it is on the disk within a second, however the app ends.
        """
        answer = self._app.push_screen(modal, wait_for_dismiss=True)
        self._app.opening.discard(self)
        if keep is None:
            return await answer
        screen = self._screen

        def save() -> None:
            keep()
            screen.draft.save()

        keeping = screen.set_interval(DRAFT_EVERY, save)
        try:
            return await answer
        finally:
            keeping.stop()
            keep()

    def typed(self, what: str, rows: Whom) -> str:
        """What was typed for these tasks and not written: a note, a day, a name."""
        return self._screen.draft.note(question(what, rows))

    def keep_typed(self, what: str, rows: Whom, text: str) -> None:
        """Offer `text` again the next time; nothing, once it is written."""
        self._screen.draft.keep_note(question(what, rows), text)

    def show(self, task_id: int) -> None:
        """The cursor on a task, in whichever pane it stands; where the queue that is shown has it not, that is said."""
        screen = self._screen
        rows = screen.view.visible([task_id])
        if rows and screen.moving.find(rows[0]):
            return
        screen.warn(
            "That one is not in the queue you see: "
            + (screen.key_of("queue.scope") or "another scope")
            + " switches."
        )


def start(screen: DeskScreen, verbs: Verbs, action_id: str) -> None:
    """Begin the conversation of an action."""
    module, _, place = HOMES[action_id].partition(":")
    home, _, method = place.partition(".")
    room = getattr(import_module(f"fu_tui.tui.screens.{module}"), home)(screen, verbs)
    room.begin(getattr(room, method)())


def propose(screen: DeskScreen, verbs: Verbs, proposals: Sequence[NextStepProposed]) -> None:
    """Ask what the next steps are."""
    from fu_tui.tui.screens.adding import Adding

    room = Adding(screen, verbs)
    room.begin(room.next_steps(proposals))


def follow(screen: DeskScreen, verbs: Verbs, first: str) -> None:
    """Show what may follow the first of two presses."""
    from fu_tui.tui.screens.choosing import Choosing

    room = Choosing(screen, verbs)
    room.begin(room.follow(first))


def question(what: str, rows: Whom) -> str:
    """The name under which the draft keeps what was typed about these tasks."""
    return f"{what} {','.join(str(row.id) for row in rows)}"


def subject(rows: Whom) -> str:
    """What a question is about, in a line: the action, or how many tasks."""
    return rows[0].action if len(rows) == 1 else f"{len(rows)} tasks"
