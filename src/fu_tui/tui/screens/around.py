"""What stands around the rows: header, titles, card, the line of what n does, footer. One rule: it says what the desk
has read, and repaints what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len

from fu_tui.core.dates_words import MONTHS, WEEKDAYS, exact_day
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Bucket
from fu_tui.core.triage import why_disabled
from fu_tui.queries.rows import Card, QueueRow
from fu_tui.settings.actions import BY_ID
from fu_tui.settings.profiles import Profile
from fu_tui.tui.bindings import footer_actions
from fu_tui.tui.panes.card import CardView
from fu_tui.tui.panes.footer import DeskFooter
from fu_tui.tui.panes.header import DeskHeader
from fu_tui.tui.panes.hint import HintLine
from fu_tui.tui.panes.queue_pane import PaneFacts
from fu_tui.tui.present.footer import Key
from fu_tui.tui.present.header import HeaderFacts
from fu_tui.tui.present.hint import CloseKeys
from fu_tui.tui.screens.empty import empty_words

if TYPE_CHECKING:
    from textual.timer import Timer

    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

CARD_FROM = 110
"""Columns from which the card stands beside the panes."""
BESIDE_FROM = 76
"""Columns from which a card that is asked for leaves room for the panes; on fewer it takes their place."""
NO_BREAK = "\u00a0"
SAID_FOR = 8.0
"""Seconds that the footer says what happened."""


class Around:
    """Everything on the desk but the rows."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self.header, self.card_view, self.hint, self.footer = (
            DeskHeader(),
            CardView(),
            HintLine(),
            DeskFooter(),
        )
        self.take_keys()
        self.card: Card | None = None
        """The card that is shown."""
        self.card_wanted: bool | None = None
        """Whether `i` chose the card; None where the width decides."""
        self._card_due = False
        self._silence: Timer | None = None

    def take_keys(self) -> None:
        """Name the keys in force where a sentence has keys in it."""
        key_of = self._screen.key_of
        keys = CloseKeys(key_of("task.no_reply"), key_of("task.replied"))
        self.card_view.keys = self.hint.keys = keys
        self.card_view.forget_lines()
        self.card_view.refresh()
        self.hint.refresh()

    def facts(self, bucket: Bucket) -> PaneFacts:
        """What a pane says beside its rows."""
        return PaneFacts(
            moment=self._screen.moment,
            hidden=self._screen.counts.hidden if bucket is Bucket.TODAY else 0,
            later=self._screen.counts.later if bucket is Bucket.UPCOMING else 0,
            show_owner=not self._screen.view.view.scope.is_mine,
            empty=empty_words(
                bucket, self._screen.counts, filtered=bool(self._screen.view.view.words), key=self._screen.key_of,
                elsewhere=self._screen.view.elsewhere if self._screen.view.view.scope.is_mine else tuple,
            ),
        )  # fmt: skip

    def refresh(self) -> None:
        """Bring header, titles, card and footer up to what the panes show."""
        scope = self._screen.view.view.scope
        today = self._screen.view.view.today
        self.header.show(
            HeaderFacts(
                who=self._screen.desk.me.name, counts=self._screen.counts,
                scope="" if scope.is_mine and self._is_solo else scope.label,
                day=f"{WEEKDAYS[today.weekday()]} {today.day} {MONTHS[today.month - 1]}",
                hour=self._screen.moment.hour(self._screen.view.view.now), badge=cast("FuApp", self._screen.app).badge,
                filter=self._screen.view.view.words, marked=len(self._screen.marks),
            )
        )  # fmt: skip
        for pane in self._screen.panes:
            pane.set_facts(self.facts(pane.bucket))
        self._screen.stack.fit()
        self.refresh_card()

    @property
    def _is_solo(self) -> bool:
        return cast("FuApp", self._screen.app).settings.profile == Profile.SOLO

    def refresh_card(self) -> None:
        """Bring the card and the keys up to the cursor with the next paint: the cursor itself goes first, and a
        held key passes many rows that nobody reads."""
        if not self._card_due:
            self._card_due = True
            self._screen.call_after_refresh(self._show_card)

    def _show_card(self) -> None:
        self._card_due = False
        with self._screen.guard():
            row = self._screen.moving.row
            self.show_card(self.card_of(row, self.after(row)) if row else None)

    def show_card(self, card: Card | None) -> None:
        """Show a card, the line of what n does, and the keys that work."""
        self.card = card
        self.card_view.show(card, self._screen.moment, self._screen.desk.me.id)
        self.hint.show(card)
        situation = self._screen.verbs.situation()
        self.footer.show(
            [
                Key(key, BY_ID[action_id].label, not why_disabled(action_id, situation), action_id)
                for action_id in footer_actions()
                if (key := self._screen.key_of(action_id))
            ]
        )

    def say(self, sentence: str, short: str = "", *, stay: bool = False, undoes: bool = False) -> None:
        """Say what happened, in the footer: for a while, or until something else is said.

        short: the same for a narrow line. undoes: whether undo takes it back.
        """
        footer = self.footer
        footer.say(sentence, short, self._screen.key_of("journal.undo") if undoes else "")
        if self._silence is not None:
            self._silence.stop()
        self._silence = None if stay or not sentence else self._screen.set_timer(SAID_FOR, footer.fall_silent)

    def warn(self, sentence: str) -> None:
        """Say why something was not done: in the footer where it fits on the line, else over the rows."""
        if cell_len(sentence) <= self._screen.size.width - 2:
            self.say(sentence)
        else:
            self.say("")
            self._screen.notify(sentence, severity="warning", markup=False, timeout=SAID_FOR)

    def look_at_theme(self) -> None:
        """Say what became of a theme's file that was saved since the last look."""
        said = cast("FuApp", self._screen.app).wardrobe.look_again()
        if said:
            self.warn(said)

    def after(self, row: QueueRow, code: str = "no_reply") -> str:
        """What closing a row would bring, in words; it is reckoned by the verbs' own rules."""
        try:
            found = self._screen.desk.after(row.id, code)
        except NotFound:
            return ""  # another process took it; the next look brings the panes up to date
        if isinstance(found, str):
            return found
        day = exact_day(
            found.due.due_on, found.due.due_at, today=self._screen.moment.today, tz=self._screen.moment.tz
        )
        return f"{found.action}, {day.replace(' ', NO_BREAK)}"

    def card_of(self, row: QueueRow, after: str) -> Card | None:
        """The card of a row; None where another process took the task."""
        try:
            return self._screen.desk.card(row.id, after)
        except NotFound:
            return None

    def toggle_card(self) -> None:
        """Show or fold the card; back to what the width decides anyway, the width decides again."""
        wanted = not self._screen.has_class("-card")
        self.card_wanted = None if wanted == self._has_room(self._screen.size.width) else wanted
        self.fit_card(self._screen.size.width)

    def fit_card(self, width: int) -> None:
        """Beside the panes; in their place where `i` wants it on a screen that is too narrow for both."""
        wanted = self._has_room(width) if self.card_wanted is None else self.card_wanted
        self._screen.set_class(wanted, "-card")
        self._screen.set_class(wanted and width < BESIDE_FROM, "-full")

    def _has_room(self, width: int) -> bool:
        return width >= CARD_FROM and cast("FuApp", self._screen.app).settings.card
