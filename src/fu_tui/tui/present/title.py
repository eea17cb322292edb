"""The title line of a pane and the lines that stand in for rows. One rule: what isn't shown is counted."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.queries.rows import Counts
from fu_tui.tui.present.cells import fit, fit_right
from fu_tui.tui.present.columns import DUE, GUTTER
from fu_tui.tui.present.row import BAR, FORESEEN, Span

RULE = "─"
UPCOMING_DAYS = 14

NAMES = {
    Bucket.OVERDUE: "Overdue", Bucket.TODAY: "Due today", Bucket.UPCOMING: "Upcoming", Bucket.LATER: "Upcoming",
    Bucket.HIDDEN: "Hidden",
}  # fmt: skip
_LIST_WORDS = ((Bucket.OVERDUE, "late"), (Bucket.TODAY, "today"), (Bucket.UPCOMING, "to come"))


class MoreKeys(NamedTuple):
    """The keys that show what is out of sight, and fold it away again; empty where one is unbound."""

    later: str = ""
    hidden: str = ""


NO_KEYS = MoreKeys()


def title_spans(
    bucket: Bucket, count: int, hidden: int, above: int, width: int, *, below: int = 0, all_days: bool = False,
    keys: MoreKeys = NO_KEYS, at_least: bool = False, foreseen: int = 0,
) -> list[Span]:  # fmt: skip
    """`─ Overdue 4 · 2 hidden ────── 3 more ↑ ─`: name and `count` in the pane's ink, quiet where there is nothing.

    `hidden` rows are counted but off the screen until their day; `above` are scrolled out at the top, `below` at the
    bottom of a pane that has no line to say so. all_days: Upcoming shows what is later too. keys: those that open or
    fold what is out of sight. at_least: whether there may be more than `count`, of which no more were counted.
    `foreseen` steps are no tasks, and counted apart.
    """
    ink = Bucket.UPCOMING if bucket is Bucket.HIDDEN else bucket
    role, rule = (ink.value, f"{ink.value}_rule") if count else ("dim", "upcoming_rule")
    name = f"{NAMES[bucket]} {number_words(count, at_least)}"
    after: list[Span] = []
    if bucket is Bucket.UPCOMING:
        after.append((" · all days" if all_days else f" · {UPCOMING_DAYS} days", "dim"))
        if all_days and keys.later:
            after += [(f"  {keys.later}", "accent"), (f" {UPCOMING_DAYS} days", "dim")]
        after += _foreseen(foreseen)
    elif bucket is Bucket.HIDDEN and keys.hidden:
        after += [(f"  {keys.hidden}", "accent"), (" back", "dim")]
    if hidden:
        after.append((f" · {hidden:,} hidden", "dim"))
        if keys.hidden:
            after.append((f" {keys.hidden}", "accent"))
    return _ruled([(name, role), *after], rule, above, width, below)


def list_title_spans(
    counts: Counts, later: int, above: int, width: int, keys: MoreKeys = NO_KEYS, *, below: int = 0,
    foreseen: int = 0,
) -> list[Span]:  # fmt: skip
    """`─ 8 late · 7 today · 18 to come ─────`: the title of the one list; `later` are to come and not shown.

    The rest as in `title_spans`.
    """
    many = counts._replace(upcoming=counts.upcoming + counts.later - later)
    parts = [
        (f"{count:,} {words}", bucket.value)
        for bucket, words in _LIST_WORDS
        if (count := getattr(many, bucket.value))
    ]
    words: list[Span] = [parts[0]] if parts else [("0 to do", "dim")]
    for part in parts[1:]:
        words += [(" · ", "dim"), part]
    if counts.hidden:
        words.append((f" · {counts.hidden:,} hidden", "dim"))
        if keys.hidden:
            words.append((f" {keys.hidden}", "accent"))
    words += _foreseen(foreseen)
    rule = f"{parts[0][1]}_rule" if parts else "upcoming_rule"
    return _ruled(words, rule, above, width, below)


def _foreseen(steps: int) -> list[Span]:
    return [(f" · {steps:,} {FORESEEN} foreseen", "dim")] if steps else []


def _ruled(words: list[Span], rule: str, above: int, width: int, below: int = 0) -> list[Span]:
    """Words on a rule as wide as the pane; the last ones are left away where it is too short."""
    first = words[0]
    while len(words) > 1 and _cells(words) > width - 3:
        words = words[:-1]
        while len(words) > 1 and words[-1] == (" · ", "dim"):
            words = words[:-1]
    line = width - 3 - _cells(words)
    if line < 0:
        return [(fit(f"{RULE} {first[0]}", width), first[1])]
    ends = [f"{above:,} more ↑"] * bool(above) + [f"{below:,} more ↓"] * bool(below)
    right = f" {' · '.join(ends)} " if ends else ""
    if line < len(right) + 2:
        right = ""
    end = RULE if right else ""
    return [
        (f"{RULE} ", rule),
        *words,
        (" " + RULE * (line - len(right) - len(end)), rule),
        (right, "dim"),
        (end, rule),
    ]


def later_words(later: int, most: int | None = None) -> str:
    """`+12 later`, as it stands at the left edge; nothing where there is none. most: see more_spans."""
    return " " * GUTTER + f"+{number_words(later, later == most)} later" if later else ""


def more_spans(
    below: int,
    later: int,
    width: int,
    key: str = "",
    *,
    at_least: bool = False,
    most_later: int | None = None,
) -> list[Span]:
    """The last line: `+12 later` under the days that Upcoming shows, `3 more ↓` where the pane is cut.

    key: the key that shows what is later. at_least: whether more than `below` may follow. most_later: a `later` that
    reaches it may be more, too.
    """
    left = later_words(later, most_later)
    right = f"{number_words(below, at_least)} more ↓ " if below else ""
    key = f"  {key}" if left and key else ""
    if cell_len(left) + cell_len(key) + cell_len(right) + 1 > width:
        key = ""
    if cell_len(left) + cell_len(right) + 1 > width:
        left = ""
    room = width - cell_len(left) - cell_len(key)
    return [(left, "dim"), (key, "accent"), (fit_right(right, room), "dim")]


def empty_spans(sentence: str, focused: bool, width: int) -> list[Span]:
    """What an empty pane says instead of rows; the bar shows that the cursor rests here."""
    indent = max(1, min(GUTTER + DUE + 1, width - 1 - cell_len(sentence)))
    return [(BAR if focused else " ", "accent"), (fit(" " * (indent - 1) + sentence, width - 1), "dim")]


def _cells(spans: list[Span]) -> int:
    return sum(cell_len(text) for text, _ in spans)


def number_words(count: int, at_least: bool) -> str:
    """`12`; `99+` for a hundred that were counted, of more."""
    return f"{count - 1:,}+" if at_least else f"{count:,}"
