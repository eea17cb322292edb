"""One task as one line. One rule: pure, and exactly as wide as it was asked to be, whatever people typed."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import QueueRow
from fu_tui.tui.present.cells import clip, fit, fit_right
from fu_tui.tui.present.columns import Columns
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.words import (
    action_words,
    channel_word,
    due_words,
    is_high,
    link_words,
    near_day,
    owner_word,
    steps_words,
)

Span = tuple[str, str]
"""Harmless text and the role it is inked in."""

BAR = "▌"
MARK = "✓"
HIGH = "!"
FORESEEN = "◦"

_DUE_ROLE = {Bucket.OVERDUE: "overdue", Bucket.TODAY: "today"}


class RowState(NamedTuple):
    """How a row stands at the moment."""

    selected: bool = False
    """Under the cursor."""
    marked: bool = False
    first_of_day: bool = False
    """The first of its due day: only there the day is written."""

    @property
    def ground(self) -> str:
        """The role that is painted behind the whole row."""
        return "selected" if self.selected else "marked" if self.marked else "background"


def row_spans(row: QueueRow, cols: Columns, bucket: Bucket, moment: Moment, state: RowState) -> list[Span]:
    """The line of `row` in the pane of `bucket`, from the left edge to the right."""
    spans: list[Span] = [(BAR if state.selected else " ", "accent"), *_flags(row, state)]
    if cols.due:
        words = _due(row, bucket, moment, state.first_of_day)
        spans.append((fit(words, cols.due) + " ", _DUE_ROLE.get(bucket, "dim")))
    action = fit(action_words(row, bucket, moment), cols.action)
    spans.append((action, "dim" if row.is_forecast else "strong" if state.selected else "text"))
    if cols.contact:
        spans.append((" " + _contact(row, cols.contact), "dim"))
    if cols.owner:
        role = "dim" if row.is_forecast else "text"
        spans.append((" " + fit(owner_word(row.owner, cols.owner), cols.owner), role))
    tail = ""
    if cols.channel:
        tail += " " + fit(channel_word(row.channel, cols.channel), cols.channel)
    if cols.steps:
        tail += " " + fit_right(steps_words(row), cols.steps)
    spans.append((tail + " " * cols.margin, "dim"))
    return [span for span in spans if span[0]]


def _due(row: QueueRow, bucket: Bucket, moment: Moment, first_of_day: bool) -> str:
    """What stands under Due; for a hidden row the day on which it comes back."""
    if bucket is Bucket.HIDDEN and row.hidden_until:
        return near_day(row.hidden_until, moment.today)
    if bucket is Bucket.TODAY and first_of_day and not row.due_at:
        return "today"
    return due_words(row, bucket, moment, first_of_day)


def _flags(row: QueueRow, state: RowState) -> list[Span]:
    """Two cells: the mark, and the ! of high priority; a row with one of them keeps the second cell blank."""
    if row.is_forecast:
        return [(f"{FORESEEN} ", "dim")]
    flags: list[Span] = []
    if state.marked:
        flags.append((MARK, "mark"))
    if is_high(row):
        flags.append((HIGH, "today"))
    blanks = 2 - len(flags)
    return [*flags, (" " * blanks, "text")] if blanks else flags


def _contact(row: QueueRow, width: int) -> str:
    """Contact · account; an account of which less than four letters would show is left away."""
    contact, account = link_words(row)
    room = width - cell_len(clip(contact, width)) - 3
    if account and room >= 4:
        contact = f"{clip(contact, width)} · {clip(account, room)}"
    return fit(contact, width)
