"""What a pane says beside its rows: its title, its last line, the sentence where there are none. One rule: pure; the
buckets that it shows decide which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts
from fu_tui.tui.present.cells import fit, wrap
from fu_tui.tui.present.title import MoreKeys, empty_spans, list_title_spans, more_spans, title_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.panes.arrangement import Buckets
    from fu_tui.tui.panes.view import View
    from fu_tui.tui.panes.window import Window
    from fu_tui.tui.present.moment import Moment
    from fu_tui.tui.present.row import Span


class PaneFacts(NamedTuple):
    """What a pane says beside its rows."""

    moment: Moment
    hidden: int = 0
    """Rows that are off the screen until their day; the title counts them."""
    later: int = 0
    """Tasks due after the days it shows; where it shows them all, none."""
    show_owner: bool = False
    """Outside one's own queue each row names its owner."""
    most: int | None = None
    """A `later` that reaches this says only that there are as many at least."""
    forecast: int = 0
    """How many of its rows are foreseen steps and no tasks."""
    empty: str = ""
    """The sentence where there are no rows: what to do next."""
    shows: Buckets = ()
    """What it shows instead of its own bucket: all days to come, the hidden rows, or everything as one list."""
    bucket_of: Callable[[QueueRow], Bucket] | None = None
    """Which of several buckets a row belongs to now."""
    counts: Counts = Counts()
    """How many of each; the title of the one list says so."""
    more_keys: MoreKeys = MoreKeys()
    """The keys that show what lies beyond, or fold it away again."""


def is_list(shows: Buckets) -> bool:
    """Whether a pane that shows these buckets is the one list of all."""
    return Bucket.TODAY in shows and len(shows) > 1


def on_rows(facts: PaneFacts, shows: Buckets) -> tuple[object, ...]:
    """What of `facts` the rows themselves show; only lateness counts in minutes."""
    today, now, tz = facts.moment
    minute = now.replace(second=0, microsecond=0) if Bucket.OVERDUE in shows else None
    return today, minute, tz, facts.show_owner, facts.shows


def bucket_of(row: QueueRow, facts: PaneFacts, shows: Buckets) -> Bucket:
    """The bucket as which a row is drawn."""
    several = facts.bucket_of if len(shows) > 1 else None
    return several(row) if several else shows[0]


def says_day(row: QueueRow, above: QueueRow | None, bucket: Bucket, shows: Buckets) -> bool:
    """Whether the row is the first of its day; within Due today only the one list has to say so."""
    if bucket is Bucket.TODAY:
        no_hour_above = above is not None and above.due_on == row.due_on and above.due_at is None
        return is_list(shows) and row.due_at is None and not no_hour_above
    coming = bucket in (Bucket.UPCOMING, Bucket.LATER)
    return coming and (above is None or above.due_on != row.due_on)


def title(facts: PaneFacts, shows: Buckets, window: Window, shown: View, width: int) -> list[Span]:
    """The first line: what is shown, and what is not is counted."""
    below = 0 if shown.tail else max(0, window.total - shown.top - shown.shown)
    if is_list(shows):
        return list_title_spans(
            facts.counts, facts.later, shown.top, width, facts.more_keys, below=below, foreseen=facts.forecast
        )
    return title_spans(
        shows[0], window.total - facts.forecast, facts.hidden, shown.top, width, below=below,
        all_days=Bucket.LATER in shows, keys=facts.more_keys, at_least=window.at_least, foreseen=facts.forecast,
    )  # fmt: skip


def tail(facts: PaneFacts, window: Window, shown: View, width: int) -> list[Span]:
    """The last line, where there is one: what lies below, and what is later."""
    return more_spans(
        window.total - shown.top - shown.shown, facts.later, width, facts.more_keys.later,
        at_least=window.at_least, most_later=facts.most,
    )  # fmt: skip


def sentence(facts: PaneFacts, line: int, lines: int, width: int, *, focused: bool) -> list[Span]:
    """Line number `line`, from 1, of what an empty pane says on `lines` at most; nothing below its end."""
    words = wrap(facts.empty, width - 2, lines)
    if line > len(words):
        return []
    longest = max(map(cell_len, words))
    return empty_spans(fit(words[line - 1], longest), focused and line == 1, width)
