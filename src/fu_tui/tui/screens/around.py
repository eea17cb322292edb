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
from fu_tui.tui.panes.arrangement import Buckets, count_of
from fu_tui.tui.panes.card import CardView
from fu_tui.tui.panes.facts import PaneFacts
from fu_tui.tui.panes.footer import DeskFooter
from fu_tui.tui.panes.header import DeskHeader
from fu_tui.tui.panes.hint import HintLine
from fu_tui.tui.panes.shape import BESIDE_FROM, has_room, needed, shape
from fu_tui.tui.present.footer import Key
from fu_tui.tui.present.header import HeaderFacts
from fu_tui.tui.present.hint import NO_BREAK, CloseKeys
from fu_tui.tui.present.title import NAMES, MoreKeys
from fu_tui.tui.screens.empty import Empty, empty_words
from fu_tui.tui.screens.views import LOAD

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.timer import Timer

    from fu_tui.core.load import Load
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

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
        self.walking = False
        """Whether the queue is walked, one card at a time."""
        self._load: Load | None = None
        """How full the coming days are, where that is wanted."""
        self.said = ""
        """What was said last."""
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

    def facts(self, shows: Buckets) -> PaneFacts:
        """What a pane that shows these buckets says beside its rows."""
        screen, key_of = self._screen, self._screen.key_of
        counts = screen.counts
        return PaneFacts(
            moment=screen.moment,
            hidden=counts.hidden if Bucket.TODAY in shows else 0,
            later=counts.later if Bucket.UPCOMING in shows and Bucket.LATER not in shows else 0,
            most=counts.most,
            forecast=screen.view.foreseen_in(shows),
            show_owner=not screen.view.view.scope.is_mine,
            empty="" if any(count_of(counts, bucket) for bucket in shows) else self._empty(shows),
            shows=shows, bucket_of=screen.view.bucket_of, counts=counts,
            more_keys=MoreKeys(key_of("queue.later"), key_of("queue.hidden")),
        )  # fmt: skip

    def _empty(self, shows: Buckets) -> str:
        """What a pane says that shows these buckets and has no rows."""
        look = self._screen.view
        scope = look.view.scope
        return empty_words(shows, Empty(
            self._screen.counts, look.view.today, self._screen.key_of, filtered=bool(look.view.words),
            whose="" if scope.is_mine else scope.label, elsewhere=look.elsewhere, next_day=look.next_day,
        ))  # fmt: skip

    def refresh(self) -> None:
        """Bring header, titles, card and footer up to what the panes show."""
        self._refresh_header()
        for pane, shows in zip(self._screen.panes, self._screen.stack.arrangement.panes, strict=True):
            pane.set_facts(self.facts(shows))
        self._screen.stack.fit()
        self._load = self._screen.views.load()
        self._show_load()
        self.refresh_card()

    def _show_load(self) -> None:
        """How full the days are: in the card where there is one, else on a line of its own."""
        self.card_view.show_load(self._load)
        self.hint.show_load(self._load if self._screen.has_class("-load") else None)

    @property
    def _is_solo(self) -> bool:
        return cast("FuApp", self._screen.app).settings.profile == Profile.SOLO

    def _refresh_header(self) -> None:
        screen, look = self._screen, self._screen.view.view
        narrow = screen.stack.arrangement.one_list
        self.header.show(
            HeaderFacts(
                who=screen.desk.me.name, counts=screen.counts,
                scope="" if look.scope.is_mine and self._is_solo else look.scope.label,
                day=f"{WEEKDAYS[look.today.weekday()]} {look.today.day} {MONTHS[look.today.month - 1]}",
                hour=screen.moment.hour(look.now), badge=cast("FuApp", screen.app).badge,
                filter=look.words, marked=len(screen.marks),
                notices=screen.minute.unread, walk=self._walk_words(), back_key=screen.key_of("queue.clear"),
                add_key=screen.key_of("task.add") if narrow else "",
            )
        )  # fmt: skip

    def _walk_words(self) -> str:
        """`3 of 16 · Due today`; empty while the panes are shown."""
        row = self._screen.moving.row
        if not self.walking or row is None:
            return ""
        at, many = self._screen.moving.place()
        return f"{at:,} of {many:,} · {NAMES[self._screen.view.bucket_of(row)]}"

    def refresh_card(self) -> None:
        """Bring the card and the keys up to the cursor with the next paint: the cursor itself goes first, and a
        held key passes many rows that nobody reads."""
        if not self._card_due:
            self._card_due = True
            self._screen.call_after_refresh(self._show_card)

    def _show_card(self) -> None:
        self._card_due = False
        if cast("FuApp", self._screen.app).hurries:
            return  # the key that comes next moves on
        with self._screen.guard():
            row = self._screen.moving.row
            if self.walking:
                if row is None:
                    self.toggle_walk()
                self._refresh_header()
            card = self.card_of(row, self.after(row)) if row else None
            self.show_card(self._screen.views.explained(card) if card else None)

    def show_card(self, card: Card | None) -> None:
        """Show a card, the line of what n does, and the keys that work."""
        self.card = card
        self.card_view.show(card, self._screen.moment, self._screen.desk.me.id)
        self.hint.show(card, show_owner=not self._screen.view.view.scope.is_mine)
        situation = self._screen.verbs.situation()
        in_header = {"task.add"} if self._screen.stack.arrangement.one_list else set()
        self.footer.show(
            [
                Key(key, BY_ID[action_id].label, not why_disabled(action_id, situation), action_id)
                for action_id in footer_actions()
                if (key := self._screen.key_of(action_id)) and action_id not in in_header
            ]
        )

    def say(self, sentence: str, short: str = "", *, stay: bool = False, back: str = "") -> None:
        """Say what happened, in the footer: for a while, or until something else is said.

        short: the same for a narrow line. back: the action that takes it back; empty where none does.
        """
        self.said = sentence
        footer, key = self.footer, self._screen.key_of(back) if back else ""
        footer.say(sentence, short, Key(key, BY_ID[back].label, True, back) if key else None)
        if self._silence is not None:
            self._silence.stop()
        self._silence = None if stay or not sentence else self._screen.set_timer(SAID_FOR, footer.fall_silent)

    def warn(self, sentence: str) -> None:
        """Say why something was not done: in the footer where it fits on the line, else over the rows."""
        if cell_len(sentence) <= self._screen.size.width - 2:
            self.say(sentence)
        else:
            self.say("")
            self.said = sentence
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
        if self.walking:
            self.toggle_walk()
            return
        size = self._screen.size
        wanted = not self._screen.has_class("-card")
        self.card_wanted = None if wanted == has_room(size.width, by_itself=self._by_itself) else wanted
        if size.width >= BESIDE_FROM:  # else it is a glance, and the next day begins with the panes
            self._screen.views.card = self.card_wanted
        self.fit_card(size)

    def recall_card(self) -> None:
        """The card as it was left the last time, where it doesn't hide the panes."""
        if self._screen.app.size.width >= BESIDE_FROM:
            self.card_wanted = self._screen.views.card

    def scroll_card(self, way: int) -> None:
        """Half a card down, or up where `way` is negative."""
        self.card_view.scroll_lines(way * max(1, self.card_view.size.height // 2))

    def toggle_walk(self) -> None:
        """Walk the queue one card at a time, in the panes' place; or have them back, the cursor where it ended."""
        if not self.walking and self._screen.moving.row is None:
            self.warn("There is no task under the cursor.")
            return
        self.walking = not self.walking
        self.fit_card(self._screen.size)
        self._refresh_header()

    def fit_card(self, size: Size) -> None:
        """Show what a screen of `size` has room for; see panes/shape.py."""
        screen = self._screen
        found = shape(
            size.width, size.height, self.card_wanted, by_itself=self._by_itself, walking=self.walking,
            load=screen.views.wanted(LOAD),
        )  # fmt: skip
        for name, on in found._asdict().items():
            screen.set_class(on, "-" + name.replace("_", "-"))
        self._show_load()
        self.header.needs = needed() if found.tiny else ""
        stack = screen.stack
        if not found.tiny and found.one_list != stack.arrangement.one_list:
            stack.arrangement = stack.arrangement._replace(one_list=found.one_list)
            if screen.is_mounted:
                screen.reload(follow=True)

    @property
    def _by_itself(self) -> bool:
        return cast("FuApp", self._screen.app).settings.card
