"""The desk: three panes, a card, two lines. One rule: what changed is repainted, the rest stands; the cursor stays on
its task, and where that is gone, on its place."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Container
from textual.screen import Screen

from fu_tui.bootstrap import Desk, Look
from fu_tui.core.errors import FuError, StorageBusy, StorageError
from fu_tui.core.outcomes import DECIDE_HOW
from fu_tui.core.triage import why_disabled
from fu_tui.queries.rows import Counts, QueueRow
from fu_tui.settings.actions import BY_ID
from fu_tui.settings.keymap import Bindings
from fu_tui.tui.bindings import make_bindings, shown_key
from fu_tui.tui.panes.lines import LineWidget
from fu_tui.tui.panes.queue_pane import QueuePane
from fu_tui.tui.panes.stack import PaneStack
from fu_tui.tui.panes.window import PAGE, Window
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.screens.around import Around
from fu_tui.tui.screens.beyond import Beyond
from fu_tui.tui.screens.minute import Minute
from fu_tui.tui.screens.moves import Moving
from fu_tui.tui.screens.siblings import siblings
from fu_tui.tui.screens.verbs import Verbs
from fu_tui.tui.screens.views import FORECAST, Views
from fu_tui.tui.screens.waiting import Waiting

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from fu_tui.core.cadence_draft import CadenceDraft
    from fu_tui.settings.draft import Draft
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.modals.palette import Offer

LOOK_EVERY = 1.0
"""Seconds between two looks at whether another process wrote, or the day or an hour passed."""
TIDY_AFTER = 30
"""Looks without a key after which blank lines that closed rows left go to the pane that wants them."""
DEAR_AFTER = 0.5
"""Seconds of rest after which what slips is counted again."""
WARM_UP_AFTER = 0.03
"""Seconds from the first frame to the loading of the verbs, and from there to the dear count: keys go first."""


class DeskScreen(Screen[None]):
    """The main screen."""

    BLANK = True
    """Its parts cover it."""
    EFFECTIVE: Bindings = ()

    def __init__(self, desk: Desk, waiting: Waiting, draft: Draft) -> None:
        """waiting: where verbs wait for another process. draft: what was typed and not saved, the last time."""
        super().__init__(id="desk")
        self.desk = desk
        self.draft = draft
        self.view: Look = desk.look()
        self.marks: frozenset[int] = frozenset()
        self.counts = Counts()
        self._dear: Timer | None = None
        self.cadences: dict[str, CadenceDraft] = {}
        """Cadences that were changed and not saved, by their key, a new one by none; offered again."""
        self.found: list[Offer] = []
        """What was chosen in the palette, the last first."""
        self.keep_draft: Callable[[], None] = draft.save
        """Keeps what is typed into a capture at this moment."""
        self.warm = False
        """Whether everything is loaded and counted."""
        self._stale = False
        """Whether something could not be read, so that the next look reads everything."""
        self._asked: object = None
        """What the rows on the screen are an answer to: whose, on which day, in which order, filtered by what."""
        self._rested = 0
        """Looks since the last key."""
        self.stack = PaneStack()
        self.around = Around(self)
        self.moving = Moving(self)
        self.beyond = Beyond(self)
        self.views = Views(self)
        self.minute = Minute(self)
        self.verbs = Verbs(self, waiting)

    def compose(self) -> ComposeResult:
        """Header, panes with the card, the line of what n does, footer."""
        around = self.around
        yield around.header
        yield Container(self.stack, around.card_view, id="middle")
        yield around.hint
        yield around.footer

    def on_mount(self) -> None:
        """Fill everything before the first paint; count what is dear after it."""
        self.reload()
        with self.guard():
            row = self.moving.row
            self.around.show_card(self.around.card_of(row, "") if row else None)
        self.call_after_refresh(self.set_timer, WARM_UP_AFTER, self._warm_up)
        self.set_interval(LOOK_EVERY, self._look_again)

    def _warm_up(self) -> None:
        """After the first paint: what the first verb would otherwise wait for. What stands by now is never garbage."""
        self.desk.warm_up()
        self.verbs.look_back()
        self.views.warm_up()
        gc.freeze()
        gc.enable()
        self.around.refresh_card()
        self.set_timer(WARM_UP_AFTER, self._warmed_up)

    def _warmed_up(self) -> None:
        """The count that is dear, and the minutes, when keys that came meanwhile have had their turn."""
        self._count_left()
        self.minute.begin(cast("FuApp", self.app).minute)
        self.warm = True

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
    def panes(self) -> tuple[QueuePane, ...]:
        """Overdue, Due today, Upcoming; where there is no room for three, one list."""
        return self.stack.panes

    def tasks_in(self, pane: QueuePane) -> int:
        """How many rows of a pane are tasks; the others are foreseen."""
        return pane.total - self.view.foreseen_in(pane.shows)

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
        self.view.foresee(self.views.forecast())
        arrangement = self.stack.arrangement
        totals = arrangement.totals(self.counts)
        self.moving.settle_before(totals)
        for pane, buckets, total in zip(self.panes, arrangement.panes, totals, strict=True):
            rows, lines = self.view.shown_in(*buckets), total + self.view.foreseen_in(buckets)
            window = Window(rows, lines, rows.first(PAGE), at_least=total == self.counts.most)
            pane.show(window, self.around.facts(buckets), None, self.marks)
        self.moving.settle(follow=follow)
        now = self.view.view
        asked = (now.scope, now.today, now.order, now.words, arrangement, self.views.wanted(FORECAST))
        if asked != self._asked:
            self._asked = asked
            self.stack.fit(anew=True)
        self.around.refresh()

    def rebind(self, effective: Bindings) -> None:
        """Hear other keys from now on, and name them everywhere."""
        self.EFFECTIVE = effective
        self._bindings = keyed_desk(effective)._merge_bindings()
        self.around.take_keys()
        self.around.refresh()

    def key_of(self, action_id: str) -> str:
        """An action's key in force, as people press it; empty where it has none."""
        return shown_key(self.EFFECTIVE, action_id)

    def say(self, sentence: str, short: str = "", *, stay: bool = False, back: str = "") -> None:
        """Say what happened; see Around.say."""
        self.around.say(sentence, short, stay=stay, back=back)

    def warn(self, sentence: str) -> None:
        """Say why something was not done; see Around.warn."""
        self.around.warn(sentence)

    # --- what changed

    def apply(self, task_ids: Iterable[int]) -> None:
        """Put the rows of these tasks where they belong now, and nothing else."""
        self.moving.scan.interrupt()
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
        others = siblings(touched, (row for row in loaded.values() if not row.is_forecast))
        if others:
            rows |= {row.id: row for row in self.view.visible(others)}
        self.counts = self._counted()
        came, went = self._foresee_anew()
        rows |= came
        for task_id in dict.fromkeys((*ids, *others, *went, *came)):
            row = rows.get(task_id)
            if row == loaded.get(task_id):
                continue
            for pane in self.panes:
                pane.drop_row(task_id)
                if row is not None and self.view.bucket_of(row) in pane.shows:
                    pane.insert_row(row, self.view.key)
        totals = self.stack.arrangement.totals(self.counts)
        if any(self.tasks_in(pane) != total for pane, total in zip(self.panes, totals, strict=True)):
            self._read(follow=False)  # a row came or went beyond what is loaded, or another process wrote
            return
        for pane in self.panes:
            pane.set_marks(self.marks)
        self.moving.settle()
        self.around.refresh()

    def _foresee_anew(self) -> tuple[dict[int, QueueRow], set[int]]:
        """Foresee again what follows: the steps that came or are other ones now, and the ids of those that went."""
        before = {step.id: step for step in self.view.forecast}
        self.view.foresee(self.views.forecast())
        after = {step.id: step for step in self.view.forecast}
        came = {step_id: step for step_id, step in after.items() if before.get(step_id) != step}
        return came, before.keys() - after.keys()

    def count_later(self) -> None:
        """Count what is dear once the keys rest."""
        if self._dear is not None:
            self._dear.stop()
        self._dear = self.set_timer(DEAR_AFTER, self._count_left)

    def _counted(self) -> Counts:
        return self.view.counts()._replace(left=self.counts.left)

    def _count_left(self) -> None:
        with self.guard():
            self.counts = self.counts._replace(left=self.view.left())
            self.around.refresh()

    def _look_again(self) -> None:
        """Midnight, an hour that passed, another process's write: the panes follow within a second or two."""
        with self.guard():
            self.around.look_at_theme()
            self._stale |= self.view.tick()
            self._stale |= self.view.changed_elsewhere()
            if self._stale:
                self.verbs.look_back()
                self.reload(follow=True)
                self.minute.count()
                self.count_later()
        self._rested += 1
        if self._rested == TIDY_AFTER:
            self.stack.fit(anew=True)

    # --- what was pressed

    def action_do(self, action_id: str) -> None:
        """Run an action of the registry; what is disabled says why."""
        self._rested = 0
        with self.guard():
            reason = why_disabled(action_id, self.verbs.situation())
            if reason:
                key = self.key_of("task.close")
                self.warn(
                    reason.replace(f": {DECIDE_HOW}", f". {key}: {DECIDE_HOW}" if key else f": {DECIDE_HOW}")
                )
            elif not self.moving.do(action_id):
                self.verbs.do(action_id)

    def action_follow(self, first: str) -> None:
        """The first of two presses: show what may follow."""
        from fu_tui.tui.screens.asking import follow

        follow(self, self.verbs, first)

    def on_queue_pane_starved(self) -> None:
        """Something on the screen could not be read."""
        self._stale = True
        self.warn("Another program holds the database; what you see is read again when it lets go.")

    def on_queue_pane_row_clicked(self, message: QueuePane.RowClicked) -> None:
        """A click puts the cursor on its row, and does to it what was clicked."""
        self.moving.to_task(message.bucket, message.task_id)
        if message.action_id == "queue.mark":
            self.verbs.toggle_mark(message.task_id)  # as its key does, but the cursor stays where it was put
        elif message.action_id:
            self.action_do(message.action_id)

    def on_line_widget_clicked(self, message: LineWidget.Clicked) -> None:
        """A click on what stands for an action runs it, as its key would."""
        if message.action_id in BY_ID:
            self.action_do(message.action_id)

    def on_resize(self, event: events.Resize) -> None:
        """What has no room any more folds away."""
        self.around.fit_card(event.size)


def keyed_desk(effective: Bindings) -> type[DeskScreen]:
    """The desk's screen with these keys bound."""
    members: dict[str, Any] = {"BINDINGS": make_bindings(effective), "EFFECTIVE": effective}
    return type("Desk", (DeskScreen,), members)
