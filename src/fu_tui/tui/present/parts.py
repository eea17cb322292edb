"""Parts of a line that stand for actions. One rule: what was painted is what is hit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len

from fu_tui.tui.present.row import Span


class Part(NamedTuple):
    """A span, and the action that a click on it runs."""

    text: str
    role: str
    action_id: str = ""
    """Empty where a click does nothing."""


def spans_of(parts: Iterable[Part]) -> list[Span]:
    """What is painted."""
    return [(part.text, part.role) for part in parts]


def action_at(parts: Iterable[Part], x: int) -> str:
    """The action of the part that covers cell `x`, from 0; empty where there is none."""
    for part in parts:
        x -= cell_len(part.text)
        if x < 0:
            return part.action_id
    return ""
