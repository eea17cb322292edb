"""The desk: three panes, a card, two lines. One rule: what changed is repainted, the rest stands; the cursor stays on
its task, and where that is gone, on its place."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from rich.cells import cell_len
from textual.containers import Container
from textual.screen import Screen

from fu_tui.bootstrap import Desk, Look
from fu_tui.core.dates_words import MONTHS, WEEKDAYS, exact_day
from fu_tui.core.errors import FuError, NotFound, StorageBusy, StorageError
from fu_tui.core.terms import Bucket
from fu_tui.core.triage import why_disabled
from fu_tui.queries.rows import Card, Counts, QueueRow
from fu_tui.settings.actions import BY_ID
from fu_tui.settings.keymap import Bindings
from fu_tui.tui.bindings import footer_actions, make_bindings, shown_key
from fu_tui.tui.panes.card import CardView
from fu_tui.tui.panes.footer import DeskFooter
from fu_tui.tui.panes.header import DeskHeader
from fu_tui.tui.panes.hint import HintLine
from fu_tui.tui.panes.queue_pane import PaneFacts, QueuePane
from fu_tui.tui.panes.stack import PaneStack
from fu_tui.tui.panes.window import PAGE, Window
from fu_tui.tui.present.header import HeaderFacts
from fu_tui.tui.present.hint import CloseKeys
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.screens.empty import empty_words
from fu_tui.tui.screens.moves import Moving
from fu_tui.tui.screens.siblings import siblings
from fu_tui.tui.screens.verbs import Verbs
from fu_tui.tui.screens.waiting import Waiting

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from fu_tui.settings.draft import Draft
    from fu_tui.tui.app import FuApp

CARD_FROM = 110
"""Columns from which the card stands beside the panes."""
BESIDE_FROM = 76
"""Columns from which a card that is asked for leaves room for the panes; on fewer it takes their place."""
LOOK_EVERY = 1.0
"""Seconds between two looks at whether another process wrote, or the day or an hour passed."""
NO_BREAK = "\u00a0"
SAID_FOR = 8.0
"""Seconds that the footer says what happened."""
DEAR_AFTER = 0.5
"""Seconds of rest after which the count of deals without a next step is taken again."""
WARM_UP_AFTER = 0.02
"""Seconds from the first rows to the loading of the verbs."""


class DeskScreen(Screen[None]):
    """The main screen."""

    EFFECTIVE: Bindings = ()

    def __init__(self, desk: Desk, waiting: Waiting, draft: Draft) -> None:
        """waiting: where verbs wait for another process. draft: what was typed and not saved, the last time."""
        super().__init__(id="desk")
        self.desk = desk
        self.draft = draft
        self.view: Look = desk.look()
        self.marks: frozenset[int] = frozenset()
        self.counts = Counts()
        self.card: Card | None = None
        self.card_wanted: bool | None = None
        """Whether `i` chose the card; None where the width decides."""
        self._card_due = False
        self._silence: Timer | None = None
        self._dear: Timer | None = None
        self.notes: dict[tuple[int, ...], str] = {}
        """What was typed as the note of a close that was left or refused, by the tasks; offered again."""
        self.keep_draft: Callable[[], None] = draft.save
        """Keeps what is typed into a capture at this moment."""
        self._stale = False
        """Whether something could not be read, so that the next look reads everything."""
        self.moving = Moving(self)
        self.verbs = Verbs(self, waiting)

    def compose(self) -> ComposeResult:
        """Header, panes with the card, the line of what n does, footer."""
        yield DeskHeader()
        self.stack = PaneStack()
        self.card_view, hint = CardView(), HintLine()
        keys = CloseKeys(self.key_of("task.no_reply"), self.key_of("task.replied"))
        self.card_view.keys = hint.keys = keys
        yield Container(self.stack, self.card_view, id="middle")
        yield hint
        yield DeskFooter()

    def on_mount(self) -> None:
        """Fill everything before the first paint; count what is dear after it."""
        self.reload()
        with self.guard():
            row = self.moving.row
            self.show_card(self._card_of(row, "") if row else None)
        self.set_timer(WARM_UP_AFTER, self._warm_up)
        self.set_interval(LOOK_EVERY, self._look_again)

    def _warm_up(self) -> None:
        """After the first paint: what the first key would otherwise wait for, and the count that is dear."""
        gc.enable()
        self.desk.warm_up()
        self._count_no_next_step()
        self.refresh_card()

    def stays_for(self, key: str) -> bool:
        """Whether a key only moves the cursor or a mark, so that the desk surely has the next key too."""
        action = next((action_id for action_id, keys in self.EFFECTIVE if key in keys), "")
        return action.startswith(("cursor.", "pane.", "queue.mark"))

    def on_unmount(self) -> None:
        """Nothing waits for a screen that is gone."""
        self.verbs.waiting.give_up()
        self.keep_draft()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around what reads for the screen. Where another process holds the file, what is shown stays and is read
        again within a second; what is not there is said. Anything else ends the app."""
        try:
            yield
        except StorageBusy:
            self.on_queue_pane_starved()
        except StorageError:
            raise
        except FuError as error:
            self.warn(str(error))

    # --- what is shown

    @property
    def panes(self) -> tuple[QueuePane, QueuePane, QueuePane]:
        """Overdue, Due today, Upcoming."""
        return self.stack.panes

    @property
    def moment(self) -> Moment:
        """When and where the desk is looked at."""
        return Moment(self.view.view.today, self.view.view.now, self.view.me.tz)

    def targets(self) -> tuple[QueueRow, ...]:
        """The marked rows, else the row under the cursor."""
        if self.marks:
            return self.view.visible(self.marks)
        row = self.moving.row
        return (row,) if row else ()

    def reload(self, *, follow: bool = False) -> None:
        """Read everything anew: the counts, a page of each pane, the card.

        follow: whether the cursor goes with its task into another pane (it was nothing done here that moved it).
        """
        with self.guard():
            self._read(follow)
            self._stale = False

    def _read(self, follow: bool) -> None:
        self.counts = self._counted()
        totals = (self.counts.overdue, self.counts.today, self.counts.upcoming)
        self.moving.settle_before(totals)
        for pane, total in zip(self.panes, totals, strict=True):
            rows = self.view.rows_of(pane.bucket)
            pane.show(Window(rows, total, rows.first(PAGE)), self.facts(pane.bucket), None, self.marks)
        self.moving.settle(follow=follow)
        self.refresh_around()

    def facts(self, bucket: Bucket) -> PaneFacts:
        """What a pane says beside its rows."""
        return PaneFacts(
            moment=self.moment,
            hidden=self.counts.hidden if bucket is Bucket.TODAY else 0,
            later=self.counts.later if bucket is Bucket.UPCOMING else 0,
            show_owner=not self.view.view.scope.is_mine,
            empty=empty_words(
                bucket, self.counts, filtered=bool(self.view.view.words), key=self.key_of,
                elsewhere=self.view.elsewhere if self.view.view.scope.is_mine else tuple,
            ),
        )  # fmt: skip

    def key_of(self, action_id: str) -> str:
        """An action's key in force, as people press it; empty where it has none."""
        return shown_key(self.EFFECTIVE, action_id)

    def refresh_around(self) -> None:
        """Bring header, titles, card and footer up to what the panes show."""
        scope = self.view.view.scope
        today = self.view.view.today
        self.query_one(DeskHeader).show(
            HeaderFacts(
                who=self.desk.me.name, scope=scope.label, counts=self.counts,
                day=f"{WEEKDAYS[today.weekday()]} {today.day} {MONTHS[today.month - 1]}",
                hour=self.moment.hour(self.view.view.now), badge=cast("FuApp", self.app).badge,
                filter=self.view.view.words, marked=len(self.marks),
            )
        )  # fmt: skip
        for pane in self.panes:
            pane.set_facts(self.facts(pane.bucket))
        self.stack.fit()
        self.refresh_card()

    def refresh_card(self) -> None:
        """Bring the card and the keys up to the cursor with the next paint: the cursor itself goes first, and a
        held key passes many rows that nobody reads."""
        if not self._card_due:
            self._card_due = True
            self.call_after_refresh(self._show_card)

    def _show_card(self) -> None:
        self._card_due = False
        with self.guard():
            row = self.moving.row
            self.show_card(self._card_of(row, self._after(row)) if row else None)

    def show_card(self, card: Card | None) -> None:
        """Show a card, the line of what n does, and the keys that work."""
        self.card = card
        self.card_view.show(card, self.moment, self.desk.me.id)
        self.query_one(HintLine).show(card)
        kinds = tuple(target.kind for target in self.targets())
        self.query_one(DeskFooter).show(
            [
                (self.key_of(action_id), BY_ID[action_id].label, not why_disabled(action_id, kinds))
                for action_id in footer_actions()
                if self.key_of(action_id)
            ]
        )

    def say(self, sentence: str, short: str = "", *, stay: bool = False, undoes: bool = False) -> None:
        """Say what happened, in the footer: for a while, or until something else is said.

        short: the same for a narrow line. undoes: whether undo takes it back.
        """
        footer = self.query_one(DeskFooter)
        footer.say(sentence, short, self.key_of("journal.undo") if undoes else "")
        if self._silence is not None:
            self._silence.stop()
        self._silence = None if stay or not sentence else self.set_timer(SAID_FOR, footer.fall_silent)

    def warn(self, sentence: str) -> None:
        """Say why something was not done: in the footer where it fits on the line, else over the rows."""
        if cell_len(sentence) <= self.size.width - 2:
            self.say(sentence)
        else:
            self.say("")
            self.notify(sentence, severity="warning", markup=False, timeout=SAID_FOR)

    def _after(self, row: QueueRow) -> str:
        """What n would do to a row, in words; it is reckoned by the verbs' own rules."""
        try:
            found = self.desk.after(row.id)
        except NotFound:
            return ""  # another process took it; the next look brings the panes up to date
        if isinstance(found, str):
            return found
        day = exact_day(found.due.due_on, found.due.due_at, today=self.moment.today, tz=self.moment.tz)
        return f"{found.action}, {day.replace(' ', NO_BREAK)}"

    def _card_of(self, row: QueueRow, after: str) -> Card | None:
        try:
            return self.desk.card(row.id, after)
        except NotFound:
            return None

    # --- what changed

    def apply(self, task_ids: Iterable[int]) -> None:
        """Put the rows of these tasks where they belong now, and nothing else."""
        with self.guard():
            self._apply(list(dict.fromkeys(task_ids)))
        self.count_later()

    def _apply(self, ids: list[int]) -> None:
        if self.view.tick() or self.view.view.words or not ids:
            self._read(follow=False)
            return
        loaded = {row.id: row for pane in self.panes if pane.window for row in pane.window.rows}
        rows = {row.id: row for row in self.view.visible(ids)}
        self.marks -= {task_id for task_id in ids if task_id not in rows}
        touched = [each[task_id] for each in (rows, loaded) for task_id in ids if task_id in each]
        others = siblings(touched, loaded.values())
        if others:
            rows |= {row.id: row for row in self.view.visible(others)}
        self.counts = self._counted()
        for task_id in dict.fromkeys((*ids, *others)):
            row = rows.get(task_id)
            if row == loaded.get(task_id):
                continue
            for pane in self.panes:
                pane.drop_row(task_id)
                if row is not None and self.view.bucket_of(row) is pane.bucket:
                    pane.insert_row(row, self.view.key)
        totals = (self.counts.overdue, self.counts.today, self.counts.upcoming)
        if any(pane.total != total for pane, total in zip(self.panes, totals, strict=True)):
            self._read(follow=False)  # a row came or went beyond what is loaded, or another process wrote
            return
        for pane in self.panes:
            pane.set_marks(self.marks)
        self.moving.settle()
        self.refresh_around()

    def count_later(self) -> None:
        """Count what is dear once the keys rest."""
        if self._dear is not None:
            self._dear.stop()
        self._dear = self.set_timer(DEAR_AFTER, self._count_no_next_step)

    def _counted(self) -> Counts:
        return self.view.counts()._replace(no_next_step=self.counts.no_next_step)

    def _count_no_next_step(self) -> None:
        with self.guard():
            self.counts = self.counts._replace(no_next_step=self.view.no_next_step())
            self.refresh_around()

    def _look_again(self) -> None:
        """Midnight, an hour that passed, another process's write: the panes follow within a second or two."""
        with self.guard():
            self._stale |= self.view.tick()
            self._stale |= self.view.changed_elsewhere()
            if self._stale:
                self.reload(follow=True)
                self.count_later()

    # --- what was pressed

    def action_do(self, action_id: str) -> None:
        """Run an action of the registry; what is disabled says why."""
        with self.guard():
            reason = why_disabled(action_id, tuple(row.kind for row in self.targets()))
            if reason:
                self.warn(reason)
            elif not self.moving.do(action_id):
                self.verbs.do(action_id)

    def on_queue_pane_starved(self) -> None:
        """Something on the screen could not be read."""
        self._stale = True
        self.warn("Another program holds the database; what you see is read again when it lets go.")

    def on_queue_pane_row_clicked(self, message: QueuePane.RowClicked) -> None:
        """A click puts the cursor on its row."""
        self.moving.to_task(message.bucket, message.task_id)

    def on_resize(self, event: events.Resize) -> None:
        """The card folds away where it has no room, unless `i` wants it."""
        self.fit_card(event.size.width)

    def toggle_card(self) -> None:
        """Show or fold the card; back to what the width decides anyway, the width decides again."""
        wanted = not self.has_class("-card")
        self.card_wanted = None if wanted == self._has_room(self.size.width) else wanted
        self.fit_card(self.size.width)

    def fit_card(self, width: int) -> None:
        """Beside the panes; in their place where `i` wants it on a screen that is too narrow for both."""
        wanted = self._has_room(width) if self.card_wanted is None else self.card_wanted
        self.set_class(wanted, "-card")
        self.set_class(wanted and width < BESIDE_FROM, "-full")

    def _has_room(self, width: int) -> bool:
        return width >= CARD_FROM and cast("FuApp", self.app).settings.card


def keyed_desk(effective: Bindings) -> type[DeskScreen]:
    """The desk's screen with these keys bound."""
    members: dict[str, Any] = {"BINDINGS": make_bindings(effective), "EFFECTIVE": effective}
    return type("Desk", (DeskScreen,), members)
