"""The whole desk as lines, as it is first drawn. One rule: it looks exactly as the parts look that the app is made of;
a test lays one beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fu_tui.core.dates_words import MONTHS, WEEKDAYS
from fu_tui.core.terms import Bucket
from fu_tui.core.triage import why_disabled
from fu_tui.settings.actions import BY_ID
from fu_tui.tui.bindings import footer_actions, shown_key
from fu_tui.tui.panes.heights import CARD_FROM, CARD_WIDTH, share
from fu_tui.tui.panes.view import View, need, view
from fu_tui.tui.present.card import NOTHING, blank_lines, card_lines
from fu_tui.tui.present.columns import columns
from fu_tui.tui.present.footer import footer_spans
from fu_tui.tui.present.header import HeaderFacts, header_spans
from fu_tui.tui.present.hint import CloseKeys, hint_spans
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.row import RowState, Span, row_spans
from fu_tui.tui.present.title import empty_spans, more_spans, title_spans
from fu_tui.tui.screens.empty import empty_words

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk, Look
    from fu_tui.queries.rows import Card, Counts, QueueRow
    from fu_tui.settings.config import Settings

Painted = list[tuple[str, str, str]]
"""A line of the screen: texts, each with its role and the ground it stands on."""


class _Pane(NamedTuple):
    bucket: Bucket
    total: int
    rows: Sequence[QueueRow]
    later: int = 0
    hidden: int = 0


class FirstFrame:
    """What a desk shows before anybody pressed a key."""

    def __init__(self, desk: Desk, settings: Settings, badge: str, width: int, height: int) -> None:
        self._desk, self._settings, self._badge = desk, settings, badge
        self._width, self._height = width, height
        self._look: Look = desk.look()
        self._counts: Counts = self._look.counts()
        self._moment = Moment(self._look.view.today, self._look.view.now, self._look.me.tz)
        counts = self._counts
        self._panes = (
            self._pane(Bucket.OVERDUE, counts.overdue),
            self._pane(Bucket.TODAY, counts.today, hidden=counts.hidden),
            self._pane(Bucket.UPCOMING, counts.upcoming, later=counts.later),
        )
        self._at = next((number for number, pane in enumerate(self._panes) if pane.total), 0)
        """The pane with the cursor."""
        rows = self._panes[self._at].rows
        self._card: Card | None = desk.card(rows[0].id, "") if rows else None

    def _pane(self, bucket: Bucket, total: int, **more: int) -> _Pane:
        rows = self._look.rows_of(bucket).first(self._height)
        return _Pane(bucket, max(total, len(rows)), rows, **more)

    def lines(self) -> list[Painted]:
        """Every line of the screen, from the top."""
        beside = self._settings.card and self._width >= CARD_FROM
        height = max(0, self._height - (2 if beside else 3))
        width = self._width - CARD_WIDTH if beside else self._width
        middle = self._middle(width, height)
        if beside:
            middle = [
                line + card for line, card in zip(middle, self._card_lines(CARD_WIDTH, height), strict=True)
            ]
        else:
            keys = self._close_keys()
            middle.append(filled(hint_spans(self._card, self._width, keys.no_reply), self._width))
        return [filled(self._header(), self._width), *middle, filled(self._footer(), self._width, "bar")]

    def _header(self) -> list[Span]:
        view, today = self._look.view, self._look.view.today
        facts = HeaderFacts(
            who=self._desk.me.name, scope=view.scope.label, counts=self._counts,
            day=f"{WEEKDAYS[today.weekday()]} {today.day} {MONTHS[today.month - 1]}",
            hour=self._moment.hour(view.now), badge=self._badge, filter="", marked=0,
        )  # fmt: skip
        return header_spans(facts, self._width)

    def _footer(self) -> list[Span]:
        kinds = (self._card.row.kind,) if self._card else ()
        keys = [
            (self._key(action_id), BY_ID[action_id].label, not why_disabled(action_id, kinds))
            for action_id in footer_actions()
            if self._key(action_id)
        ]
        return footer_spans(keys, self._width)

    def _middle(self, width: int, height: int) -> list[Painted]:
        heights = share(height, *(need(pane.total, bool(pane.later)) for pane in self._panes))
        return [
            line
            for number, (pane, each) in enumerate(zip(self._panes, heights, strict=True))
            for line in self._pane_lines(pane, number == self._at, width, each)
        ]

    def _pane_lines(self, pane: _Pane, here: bool, width: int, height: int) -> list[Painted]:
        cursor = 0 if here and pane.total else None
        shown = view(height, pane.total, bool(pane.later), 0, cursor)
        return [self._pane_line(pane, here, shown, y, width) for y in range(height)]

    def _pane_line(self, pane: _Pane, here: bool, shown: View, y: int, width: int) -> Painted:
        if y == 0:
            return filled(title_spans(pane.bucket, pane.total, pane.hidden, shown.top, width), width)
        index = shown.index_at(y)
        if index is not None and index < len(pane.rows):
            row = pane.rows[index]
            above = pane.rows[index - 1] if index > shown.top else None
            first = pane.bucket is Bucket.UPCOMING and (above is None or above.due_on != row.due_on)
            state = RowState(selected=here and index == 0, first_of_day=first)
            cols = columns(width, not self._look.view.scope.is_mine)
            return filled(row_spans(row, cols, pane.bucket, self._moment, state), width, state.ground)
        if y == shown.tail:
            return filled(more_spans(pane.total - shown.top - shown.shown, pane.later, width), width)
        if y == 1 and not pane.total:
            words = empty_words(
                pane.bucket, self._counts, filtered=False, elsewhere=self._look.elsewhere, key=self._key
            )
            return filled(empty_spans(words, here, width), width)
        return filled([], width)

    def _card_lines(self, width: int, height: int) -> list[Painted]:
        if self._card is None:
            lines = blank_lines(NOTHING, width, height)
        else:
            lines = card_lines(self._card, width, height, self._moment, self._desk.me.id, self._close_keys())
        below: list[Span] = [("│", "faint")]
        return [filled(lines[y] if y < len(lines) else below, width) for y in range(height)]

    def _key(self, action_id: str) -> str:
        return shown_key(self._settings.bindings, action_id)

    def _close_keys(self) -> CloseKeys:
        return CloseKeys(self._key("task.no_reply"), self._key("task.replied"))


def filled(spans: Sequence[Span], width: int, ground: str = "background") -> Painted:
    """A line on its ground, filled up to its width."""
    line = [(text, role, ground) for text, role in spans if text]
    room = width - sum(cell_len(text) for text, _, _ in line)
    return [*line, (" " * room, "text", ground)] if room > 0 else line
