"""The strip of a cadence's steps, drawn in proportion to its days: `●──○────○` with the day offsets below.

One rule: the distance between two dots grows with the days between them, and no two labels touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fu_tui.core.terms import StepKind
from fu_tui.queries.rows import StripStep
from fu_tui.tui.present.row import Span

_DOTS = {StepKind.TOUCH: "●○", StepKind.DECIDE: "◆◇"}
_PASSED = "×"
_LINE = "─"
_UNIT = " days"


def strip_lines(steps: Sequence[StripStep], width: int) -> list[list[Span]]:
    """Two lines, the dots and their labels (days after the plan's start); one line of dots where labels don't fit.

    A filled dot is done or current, a hollow one ahead, a cross is passed over; a diamond is a question to the owner
    instead of a touch.
    """
    if not steps or width < 1:
        return []
    labels = [str(step.offset_days) for step in steps]
    reach = width - len(labels[-1]) - len(_UNIT)
    least = [len(label) + 1 for label in labels[:-1]]
    if sum(least) > reach:
        return [_dots(_around_current(steps, width), None)]
    days = [max(0, b.offset_days - a.offset_days) for a, b in pairwise(steps)]
    gaps = _spread(days, least, min(reach, 2 * sum(least) + 14))
    words = "".join(label.ljust(gap) for label, gap in zip(labels, gaps, strict=False)) + labels[-1] + _UNIT
    return [_dots(steps, gaps), [(words, "dim")]]


def strip_words(steps: Sequence[StripStep]) -> str:
    """What the strip's signs don't say by themselves, in words; empty for a plain one."""
    said = []
    states = {step.state for step in steps}
    if "skipped" in states:
        said.append(f"{_PASSED} skipped")
    if "shut" in states:
        said.append(f"{_PASSED} will be passed over: opted out")
    if any(step.repeats and step.state == "current" for step in steps):
        said.append("repeats until the stage changes")
    return " · ".join(said)


def _spread(days: list[int], least: list[int], reach: int) -> list[int]:
    """Cells from each dot to the next: `reach` in all, in proportion to `days`, none under its `least`."""
    gaps = list(least)
    open_ = set(range(len(days)))
    while open_:
        room = reach - sum(gap for at, gap in enumerate(gaps) if at not in open_)
        whole = sum(days[at] for at in open_)
        fair = {at: room * days[at] / whole if whole else room / len(open_) for at in open_}
        tight = {at for at in open_ if fair[at] < least[at]}
        if not tight:
            for at in open_:
                gaps[at] = int(fair[at])
            return gaps
        open_ -= tight
    return gaps


def _dots(steps: Sequence[StripStep], gaps: list[int] | None) -> list[Span]:
    spans: list[Span] = []
    for at, step in enumerate(steps):
        role = "accent" if step.state == "current" else "dim"
        passed = step.state in ("skipped", "shut")
        spans.append((_PASSED if passed else _DOTS[step.kind][step.state == "ahead"], role))
        if gaps is not None and at < len(gaps):
            spans.append((_LINE * (gaps[at] - 1), "dim"))
    return spans


def _around_current(steps: Sequence[StripStep], width: int) -> Sequence[StripStep]:
    """As many steps as fit side by side, the current one among them."""
    if len(steps) <= width:
        return steps
    here = next((at for at, step in enumerate(steps) if step.state == "current"), 0)
    start = min(max(0, here - width // 2), len(steps) - width)
    return steps[start : start + width]
