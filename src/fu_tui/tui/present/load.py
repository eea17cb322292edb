"""The load of the coming days as bars, and as one line where there is no room for bars. One rule: what is too much is
said in words."""

from __future__ import annotations

from rich.cells import cell_len

from fu_tui.core.load import ENOUGH, DayLoad, Load
from fu_tui.tui.present.cells import clip
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.words import near_day

SOLID, HOLLOW = "█", "░"
_RISING = "·▁▂▃▄▅▆▇█"
OVER = "over"
MOST_NAMED = 3
"""Days that are too full and named on one line: it should warn, not shout."""
FREE = "off"
"""A day off on which something is due."""
_BAR = 24
"""Cells of the longest bar at most."""


def load_lines(load: Load, width: int) -> list[list[Span]]:
    """One line a day, under a heading with the usual rate; days off without anything due are left out."""
    today = load.days[0].day
    shown = [day for day in load.days if day.working or day.whole]
    names = [near_day(day.day, today) for day in shown]
    counts = [_count(day) for day in shown]
    names_cells, count_cells = max(map(len, names), default=0), max(map(len, counts), default=0)
    word = len(OVER) + 1
    bar = min(_BAR, width - names_cells - count_cells - word - 3)
    lines = [_heading(load, width)]
    most = max([load.rate or 0.0, *(day.whole for day in shown)]) or 1.0
    for day, name, count in zip(shown, names, counts, strict=True):
        line: list[Span] = [(f"{name:<{names_cells}}  ", "dim")]
        if bar >= 4:
            line += _bar(day, bar / most, bar)
        over = load.is_over(day)
        line.append((f" {count:>{count_cells}}", "strong" if over else "text"))
        if over:
            line.append((f" {OVER if day.working else FREE}", "overdue"))
        lines.append(line)
    return lines


def load_line(load: Load, width: int) -> list[Span]:
    """`load 7 a day  ▅▃█▂  over: Mon 30 12, …`: all days as bars of a cell each, then those that are too full, exactly
    `width` cells."""
    today = load.days[0].day
    shown = [day for day in load.days if day.working or day.whole]
    most = max([load.rate or 0.0, *(day.whole for day in shown)]) or 1.0
    full = [f"{near_day(day.day, today)} {_count(day)}" for day in shown if load.is_over(day)]
    more = f" and {len(full) - MOST_NAMED} more" if len(full) > MOST_NAMED else ""
    over = ", ".join(full[:MOST_NAMED]) + more
    spans: list[Span] = [
        (" load", "strong"),
        (f" {_rate(load)}  " if load.rate is not None else "  ", "dim"),
        *((_eighths(day.whole / most), "upcoming" if day.tasks else "dim") for day in shown),
    ]
    if over:
        spans.append((f"  {OVER}: {over}", "overdue"))
    elif load.rate is None:
        spans.append(("  too few closes to say what is too much", "dim"))
    line: list[Span] = []
    for text, role in spans:
        text = clip(text, width)
        width -= cell_len(text)
        line.append((text, role))
    return [*line, (" " * width, "dim")]


def _heading(load: Load, width: int) -> list[Span]:
    said = "load"
    usual = (
        f"  {_rate(load)} is usual"
        if load.rate is not None
        else f"  too few closes for a usual day ({load.closes} of {ENOUGH})"
    )
    if len(said) + len(usual) > width and load.rate is None:
        usual = "  too few closes"
    return [(said, "strong"), (clip(usual, width - len(said)), "dim")]


def _rate(load: Load) -> str:
    return f"{load.rate:g} a day"


def _count(day: DayLoad) -> str:
    return f"{day.tasks}+{day.forecast}" if day.forecast else str(day.tasks)


def _bar(day: DayLoad, scale: float, width: int) -> list[Span]:
    """Tasks solid, foreseen steps hollow; whatever is there has a cell."""
    whole = min(max(round(day.whole * scale), bool(day.tasks) + bool(day.forecast)), width)
    solid = min(max(round(day.tasks * scale), bool(day.tasks)), whole - bool(day.forecast))
    return [(SOLID * solid, "upcoming"), (HOLLOW * (whole - solid), "dim"), (" " * (width - whole), "dim")]


def _eighths(part: float) -> str:
    return _RISING[min(len(_RISING) - 1, -(-round(part * 80) // 10))]
