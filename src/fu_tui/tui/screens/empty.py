"""What an empty pane says instead of rows: what to do next, with the keys in force. One rule: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts
from fu_tui.tui.present.hint import NO_BREAK
from fu_tui.tui.present.title import UPCOMING_DAYS
from fu_tui.tui.present.words import near_day, plural

Key = Callable[[str], str]
"""An action's id → its key as people press it; empty where it is unbound."""


class Empty(NamedTuple):
    """What an empty pane knows of the rest of the desk. What costs a look into the file is asked only when needed."""

    counts: Counts
    today: date
    key: Key
    filtered: bool = False
    """Words leave rows out."""
    whose: str = ""
    """Whose queue it is, where it is not one's own."""
    elsewhere: Callable[[], Sequence[tuple[str, int]]] = tuple
    """Whose desks have work, and how much."""
    next_day: Callable[[], tuple[date, int] | None] = lambda: None
    """The next day with something due, and how many tasks that is."""


def empty_words(shows: Sequence[Bucket], around: Empty) -> str:
    """The sentence of an empty pane that shows these buckets."""
    counts, key = around.counts, around.key
    if around.filtered:
        return "Nothing matches." + _press(key, "queue.clear", " {} shows all rows again.")
    if Bucket.TODAY in shows:
        return _today(around)
    if Bucket.OVERDUE in shows:
        go = _press(key, "pane.today", f" {counts.today:,} due today: press {{}}.") if counts.today else ""
        return f"Nothing overdue.{go}"
    if Bucket.HIDDEN in shows:
        return "Nothing is hidden." + _press(key, "queue.hidden", " {} goes back.")
    if counts.later and Bucket.LATER not in shows:
        more = _press(key, "queue.later", f" {{}} shows the {counts.later:,} later.")
        return f"Nothing in the next {UPCOMING_DAYS} days.{more}"
    return f"Nothing in the next {UPCOMING_DAYS} days." + _press(key, "task.add", " {} adds a follow-up.")


def _today(around: Empty) -> str:
    """Nothing due today: what is late, else what comes next, else where the work is, else how to begin."""
    counts, key = around.counts, around.key
    if counts.overdue:
        go = _press(key, "pane.overdue", f" {counts.overdue:,} overdue: press {{}}.")
        return f"Nothing due today.{go}"
    if left := _left(around):
        begin = "Nothing more is due today" if counts.done_today else "Nothing due today"
        return f"{begin}, but {left}."
    if counts.upcoming or counts.later:
        begin = "All done for today." if counts.done_today else "Nothing due today."
        found = around.next_day()
        if found is None:
            return begin
        day, many = found
        return f"{begin} Next: {near_day(day, around.today)}, {plural(many, 'task')}."
    if around.whose:
        return f"{around.whose}: nothing to do." + _press(key, "queue.scope", " {} shows another queue.")
    add = _press(key, "task.add", " {} adds a follow-up")
    if counts.done_today:
        return f"All done.{add}{'.' if add else ''}"
    others = around.elsewhere()
    if not others:
        return f"Nothing to do.{add}{',' if add else ''} fu import brings your deals in."
    work = ", ".join(f"{name} {count:,}" for name, count in others)
    return (
        f"Nothing is yours. Work lies with {work}" + _press(key, "queue.scope", ": press {} to see it") + "."
    )


def _left(around: Empty) -> str:
    """What keeps the day from being done, each with the key that leads there; empty where nothing does."""
    left, key = around.counts.left, around.key
    parts = [
        f"{count:,} {words}{_press(key, action_id, ' ({})')}".replace(" ", NO_BREAK)
        for count, words, action_id in (
            (left.no_next_step, "without a next step", "go.no_next_step"),
            (left.triage, "to decide", "go.triage"),
            (left.stalled, "stalled", "go.triage" if not (left.no_next_step or left.triage) else ""),
            (left.unowned, "without an owner", "go.triage" if not any(left[:4]) else ""),
        )
        if count
    ]
    return " · ".join(parts)


def _press(key: Key, action_id: str, words: str) -> str:
    """`words` with the action's key in them; nothing where it has none."""
    name = key(action_id) if action_id else ""
    return words.format(name) if name else ""
