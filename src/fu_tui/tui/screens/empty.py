"""What an empty pane says instead of rows: what to do next, with the keys in force. One rule: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts
from fu_tui.tui.present.title import UPCOMING_DAYS

Key = Callable[[str], str]
"""An action's id → its key as people press it; empty where it is unbound."""


def empty_words(
    bucket: Bucket,
    counts: Counts,
    *,
    filtered: bool,
    elsewhere: Callable[[], Sequence[tuple[str, int]]],
    key: Key,
) -> str:
    """The sentence of an empty pane.

    filtered: whether words leave rows out. elsewhere: whose desks have work, and how much; asked only where there is
    none on this one.
    """
    if filtered:
        return "Nothing matches." + _press(key, "queue.clear", " {} shows all rows again.")
    if bucket is Bucket.OVERDUE:
        go = _press(key, "pane.today", " {} due today: press {{}}.".format(f"{counts.today:,}"))
        return "Nothing overdue." + (go if counts.today else "")
    if bucket is Bucket.UPCOMING:
        add = "" if counts.later else _press(key, "task.add", " {} adds a follow-up.")
        return f"Nothing in the next {UPCOMING_DAYS} days.{add}"
    if counts.upcoming or counts.overdue:
        return "Nothing due today."
    others = elsewhere()
    if not others:
        return (
            "Nothing to do."
            + _press(key, "task.add", " {} adds a follow-up,")
            + " fu import brings your deals in."
        )
    work = ", ".join(f"{name} {count:,}" for name, count in others)
    return (
        f"Nothing is yours. Work lies with {work}" + _press(key, "queue.scope", ": press {} to see it") + "."
    )


def _press(key: Key, action_id: str, words: str) -> str:
    """`words` with the action's key in them; nothing where it has none."""
    name = key(action_id)
    return words.format(name) if name else ""
