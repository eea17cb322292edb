"""The title line of a pane and the lines that stand in for rows. One rule: what isn't shown is counted."""

from __future__ import annotations

from rich.cells import cell_len

from fu_tui.core.terms import Bucket
from fu_tui.tui.present.cells import fit, fit_right
from fu_tui.tui.present.columns import DUE, GUTTER
from fu_tui.tui.present.row import BAR, FORESEEN, Span

RULE = "─"
UPCOMING_DAYS = 14

_NAMES = {Bucket.OVERDUE: "Overdue", Bucket.TODAY: "Due today", Bucket.UPCOMING: "Upcoming"}


def title_spans(
    bucket: Bucket, count: int, hidden: int, above: int, width: int, foreseen: int = 0
) -> list[Span]:
    """`─ Overdue 4 · 2 hidden ────── 3 more ↑ ─`: name and `count` in the pane's ink, quiet where there is nothing.

    `foreseen` steps are no tasks and counted apart; `hidden` rows are counted but off the screen until their day;
    `above` are scrolled out at the top.
    """
    role, rule = (bucket.value, f"{bucket.value}_rule") if count else ("dim", "upcoming_rule")
    name = f"{_NAMES[bucket]} {count:,}"
    extra = f" · {UPCOMING_DAYS} days" if bucket is Bucket.UPCOMING else ""
    extra += f" · {foreseen:,} {FORESEEN} foreseen" if foreseen else ""
    extra += f" · {hidden:,} hidden" if hidden else ""
    right = f" {above:,} more ↑ " if above else ""
    line = width - 3 - len(name) - len(extra)
    if line < 0:
        return [(fit(f"{RULE} {name}{extra}", width), role)]
    if line < len(right) + 2:
        right = ""
    end = RULE if right else ""
    return [
        (f"{RULE} ", rule),
        (name, role),
        (extra, "dim"),
        (" " + RULE * (line - len(right) - len(end)), rule),
        (right, "dim"),
        (end, rule),
    ]


def more_spans(below: int, later: int, width: int) -> list[Span]:
    """The last line: `+12 later` under the days that Upcoming shows, `3 more ↓` where the pane is cut."""
    left = " " * GUTTER + f"+{later:,} later" if later else ""
    right = f"{below:,} more ↓ " if below else ""
    if cell_len(left) + cell_len(right) + 1 > width:
        left = ""
    return [(left + fit_right(right, width - cell_len(left)), "dim")]


def empty_spans(sentence: str, focused: bool, width: int) -> list[Span]:
    """What an empty pane says instead of rows; the bar shows that the cursor rests here."""
    indent = max(1, min(GUTTER + DUE + 1, width - 1 - cell_len(sentence)))
    return [(BAR if focused else " ", "accent"), (fit(" " * (indent - 1) + sentence, width - 1), "dim")]
