"""The load of the coming days as bars, and as one line where there is no room for bars. One rule: what is too much is
said in words."""

from __future__ import annotations

from datetime import date

from rich.cells import cell_len

from fu_tui.core.load import ENOUGH, DayLoad, Load
from fu_tui.tui.present.cells import clip
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.words import near_day

SOLID, HOLLOW = "█", "░"
OVER = "over"
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
    names_cells, count_cells = max(map(len, names)), max(map(len, counts))
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
    """`load  today 12 over · Wed 25 5+2 · …`: as many days as fit, exactly `width` cells."""
    today = load.days[0].day
    rate = f" {_rate(load)}" if load.rate is not None else ""
    spans: list[Span] = [(" load", "strong"), (rate, "dim"), (" ", "dim")]
    room = width - sum(cell_len(text) for text, _ in spans)
    for day in load.days:
        if not day.whole and not day.working:
            continue
        over = load.is_over(day)
        word = f" {OVER if day.working else FREE}" if over else ""
        name, count = f" {_name(day.day, today)} ", _count(day)
        room -= len(name) + len(count) + len(word) + 1
        if room < 0:
            break
        spans += [
            (name, "dim"), (count, "strong" if over else "text"), (word, "overdue"), (" ", "dim"),
        ]  # fmt: skip
    used = sum(cell_len(text) for text, _ in spans)
    if used > width:
        return [(clip(" load", width).ljust(width), "dim")]
    return [*spans, (" " * (width - used), "dim")]


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
    solid = max(round(day.tasks * scale), 1 if day.tasks else 0)
    whole = max(round(day.whole * scale), solid + (1 if day.forecast else 0))
    whole = min(whole, width)
    solid = min(solid, whole - (1 if day.forecast else 0))
    return [(SOLID * solid, "upcoming"), (HOLLOW * (whole - solid), "dim"), (" " * (width - whole), "dim")]


def _name(day: date, today: date) -> str:
    """The shortest name of a day: "today", "Wed 25", then "1"."""
    words = near_day(day, today)
    return words if (day - today).days <= 6 else words.split()[0] + words.split()[-1][:3]
