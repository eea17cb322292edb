"""A cadence drawn from top to bottom: where each step stands, what is done and why, its day, what came back.

One rule: pure, and as wide as asked; the day stays whole, the words before it give way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.cells import cell_len

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_words import REPEATS, distance_of, means_of, short_distance
from fu_tui.core.dates_words import exact_day
from fu_tui.core.preview import DatedStep
from fu_tui.core.terms import StepKind
from fu_tui.queries.cadence_rows import Response
from fu_tui.queries.rows import StripStep
from fu_tui.tui.present.cells import clip, fit, fit_right
from fu_tui.tui.present.row import Span

NARROW = 76
"""Cells below which a distance is told in short."""
_DOTS = {StepKind.TOUCH: "○", StepKind.DECIDE: "◇"}
_HOW = 9
_WITH_HOW = 48
"""Cells from which there is room for the channel."""
_LEAST = 14
"""Cells of a purpose that something stands beside."""


def step_lines(
    plan: CadencePlan,
    dated: Sequence[DatedStep],
    responses: Mapping[int, Response],
    width: int,
    today: date,
    *,
    brief: bool = False,
) -> list[list[list[Span]]]:
    """The lines of each step. brief: one line each, without its purpose and what came back."""
    distances = [
        short_distance(plan, step) if width < NARROW else distance_of(plan, step) for step in plan.steps
    ]
    far = max(map(len, distances), default=0)
    days = [
        exact_day(item.due.due_on, today=today) + (f" {item.at:%H:%M}" if item.at else "") for item in dated
    ]
    when = max(map(len, days), default=0)
    how = _HOW if width >= _WITH_HOW else 0
    drawn = []
    for step, distance, day, item in zip(plan.steps, distances, days, dated, strict=True):
        lead = 2 + far + 2 + how
        room = max(width - lead - when - 1, 0)
        action = (step.action or "…") + (f" ({REPEATS})" if step.repeats else "")
        lines: list[list[Span]] = [
            [
                (f"{_DOTS[step.kind]} ", "accent"),
                (fit(distance, far) + "  ", "dim"),
                (fit(means_of(step), how), "text"),
                (fit(action, room), "strong"),
                (f" {fit_right(day, when)}", "text"),
            ]
        ]
        if not brief:
            rail = "│ " if step.no < len(plan.steps) else "  "
            left = rail + " " * (lead - 2 if how else 0)
            lines.append(_below(left, step, item, responses.get(step.no), width))
        drawn.append(lines)
    return drawn


def strip_steps(plan: CadencePlan) -> tuple[StripStep, ...]:
    """The steps as the strip draws them; none where it would say nothing: a single step, or months."""
    if len(plan.steps) < 2 or any(step.offset_months for step in plan.steps):
        return ()
    return tuple(StripStep(step.no, step.offset_days, step.kind, "ahead") for step in plan.steps)


def _below(left: str, step: Step, item: DatedStep, response: Response | None, width: int) -> list[Span]:
    """The purpose at the left; why the day moved, else what came back, at the right edge."""
    moved = item.due.trace.lines[-1] if len(item.due.trace.lines) > 1 else ""
    why = moved.rpartition(" → ")[0] or moved  # the day it moved to stands above
    answered = f"answered: {response.words}" if response and response.words and width >= _WITH_HOW else ""
    template = f"template {step.template}" if step.template else ""
    window = f"window of {step.window_days}" if step.window_days else ""
    both = answered if why and width >= NARROW else ""
    aside = " · ".join(part for part in (step.purpose, template, window, both) if part)
    room = width - cell_len(left)
    told = clip(why or answered, max(room - _LEAST, 0))
    rest = room - cell_len(told) - (1 if told else 0)
    return [
        (left, "dim"),
        (fit(aside, rest), "dim"),
        (f" {told}" if told else "", "text" if why else "dim"),
    ]
