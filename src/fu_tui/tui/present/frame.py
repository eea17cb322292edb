"""The whole desk as lines, as it is first drawn. One rule: it looks exactly as the parts look that the app is made of;
a test lays one beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fu_tui.core.dates_words import MONTHS, WEEKDAYS
from fu_tui.core.terms import Bucket
from fu_tui.core.triage import Situation, why_disabled
from fu_tui.settings.actions import BY_ID
from fu_tui.settings.profiles import Profile
from fu_tui.tui.bindings import footer_actions, shown_key
from fu_tui.tui.panes.arrangement import Arrangement, Buckets, count_of
from fu_tui.tui.panes.facts import PaneFacts, bucket_of, says_day, sentence, tail, title
from fu_tui.tui.panes.heights import share
from fu_tui.tui.panes.shape import BESIDE_FROM, shape
from fu_tui.tui.panes.view import View, need, view
from fu_tui.tui.panes.window import Window
from fu_tui.tui.present.card import NOTHING, blank_lines, card_lines
from fu_tui.tui.present.columns import columns
from fu_tui.tui.present.footer import Key, footer_spans
from fu_tui.tui.present.header import HeaderFacts, header_spans
from fu_tui.tui.present.hint import CloseKeys, hint_spans
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.row import RowState, Span, row_spans
from fu_tui.tui.present.title import MoreKeys
from fu_tui.tui.screens.empty import Empty, empty_words

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk, Look
    from fu_tui.queries.rows import Card, Counts
    from fu_tui.settings.config import Settings

Painted = list[tuple[str, str, str]]
"""A line of the screen: texts, each with its role and the ground it stands on."""


class _Pane(NamedTuple):
    shows: Buckets
    window: Window
    facts: PaneFacts


class FirstFrame:
    """What a desk shows before anybody pressed a key; its three panes only: one list is left to the app."""

    def __init__(
        self, desk: Desk, settings: Settings, badge: str, width: int, height: int, card: bool | None = None
    ) -> None:
        """card: whether the card was shown or folded by hand the last time; None where the width decides."""
        self._desk, self._settings, self._badge = desk, settings, badge
        self._width, self._height = width, height
        chosen = card if width >= BESIDE_FROM else None
        self._shape = shape(width, height, chosen, by_itself=settings.card)
        self._look: Look = desk.look()
        self._counts: Counts = self._look.counts()
        self._moment = Moment(self._look.view.today, self._look.view.now, self._look.me.tz)
        arrangement = Arrangement()
        self._panes = [
            self._pane(shows, total)
            for shows, total in zip(arrangement.panes, arrangement.totals(self._counts), strict=True)
        ]
        self._at = next((number for number, pane in enumerate(self._panes) if pane.window.total), 0)
        """The pane with the cursor."""
        rows = self._panes[self._at].window.rows
        self._card: Card | None = desk.card(rows[0].id, "") if rows else None

    @property
    def is_usual(self) -> bool:
        """Whether the three panes stand on the screen."""
        return not (self._shape.tiny or self._shape.one_list or self._shape.full)

    def lines(self) -> list[Painted]:
        """Every line of the screen, from the top; none where it is not the usual desk."""
        if not self.is_usual:
            return []
        form = self._shape
        hint = not (form.card or form.no_hint)
        height = self._height - 2 - hint
        width = self._width - form.card_width if form.card else self._width
        middle = self._middle(width, height)
        if form.card:
            beside = self._card_lines(form.card_width, height)
            middle = [line + card for line, card in zip(middle, beside, strict=True)]
        elif hint:
            key = self._key("task.no_reply")
            middle.append(filled(hint_spans(self._card, self._width, key), self._width))
        return [filled(self._header(), self._width), *middle, filled(self._footer(), self._width, "bar")]

    def _pane(self, shows: Buckets, total: int) -> _Pane:
        counts, view = self._counts, self._look.view
        around = Empty(
            counts, view.today, self._key, elsewhere=self._look.elsewhere, next_day=self._look.next_day
        )
        facts = PaneFacts(
            moment=self._moment,
            hidden=counts.hidden if Bucket.TODAY in shows else 0,
            later=counts.later if Bucket.UPCOMING in shows else 0,
            most=counts.most,
            empty="" if any(count_of(counts, bucket) for bucket in shows) else empty_words(shows, around),
            shows=shows, bucket_of=self._look.bucket_of, counts=counts,
            more_keys=MoreKeys(self._key("queue.later"), self._key("queue.hidden")),
        )  # fmt: skip
        rows = self._look.rows_of(*shows)
        return _Pane(shows, Window(rows, total, rows.first(self._height)), facts)

    def _header(self) -> list[Span]:
        view, today = self._look.view, self._look.view.today
        facts = HeaderFacts(
            who=self._desk.me.name, counts=self._counts,
            scope="" if self._settings.profile == Profile.SOLO else view.scope.label,
            day=f"{WEEKDAYS[today.weekday()]} {today.day} {MONTHS[today.month - 1]}",
            hour=self._moment.hour(view.now), badge=self._badge, back_key=self._key("queue.clear"),
        )  # fmt: skip
        return header_spans(facts, self._width)

    def _footer(self) -> list[Span]:
        situation = Situation(kinds=(self._card.row.kind,) if self._card else ())
        return footer_spans(
            [
                Key(key, BY_ID[action_id].label, not why_disabled(action_id, situation), action_id)
                for action_id in footer_actions()
                if (key := self._key(action_id))
            ],
            self._width,
        )

    def _middle(self, width: int, height: int) -> list[Painted]:
        overdue, today, upcoming = (need(pane.window.total, bool(pane.facts.later)) for pane in self._panes)
        heights = share(height, overdue, today, upcoming)
        return [
            line
            for number, (pane, each) in enumerate(zip(self._panes, heights, strict=True))
            for line in self._pane_lines(pane, number == self._at, width, each)
        ]

    def _pane_lines(self, pane: _Pane, here: bool, width: int, height: int) -> list[Painted]:
        cursor = 0 if here and pane.window.total else None
        shown = view(height, pane.window.total, bool(pane.facts.later), 0, cursor, loose=False)
        return [self._pane_line(pane, here, shown, y, width, height) for y in range(height)]

    def _pane_line(self, pane: _Pane, here: bool, shown: View, y: int, width: int, height: int) -> Painted:
        shows, window, facts = pane
        if y == 0:
            return filled(title(facts, shows, window, shown, width), width)
        index = shown.index_at(y)
        if index is not None:
            row = window.row(index)
            if row is None:
                return filled([(" …", "dim")], width)
            bucket = bucket_of(row, facts, shows)
            above = window.row(index - 1) if index > shown.top else None
            state = RowState(selected=here and index == 0, first_of_day=says_day(row, above, bucket, shows))
            return filled(
                row_spans(row, columns(width, False), bucket, self._moment, state), width, state.ground
            )
        if y == shown.tail:
            return filled(tail(facts, window, shown, width), width)
        if window.total:
            return filled([], width)
        lines = 1 if shown.tail else height - 1
        return filled(sentence(facts, y, lines, width, focused=here), width)

    def _card_lines(self, width: int, height: int) -> list[Painted]:
        if self._card is None:
            lines = blank_lines(NOTHING, width, height)
        else:
            keys = CloseKeys(self._key("task.no_reply"), self._key("task.replied"))
            lines = card_lines(self._card, width, height, self._moment, self._desk.me.id, keys)
        below: list[Span] = [("│", "faint")]
        return [filled(lines[y] if y < len(lines) else below, width) for y in range(height)]

    def _key(self, action_id: str) -> str:
        return shown_key(self._settings.bindings, action_id)


def filled(spans: Sequence[Span], width: int, ground: str = "background") -> Painted:
    """A line on its ground, filled up to its width."""
    line = [(text, role, ground) for text, role in spans if text]
    room = width - sum(cell_len(text) for text, _, _ in line)
    return [*line, (" " * room, "text", ground)] if room > 0 else line
