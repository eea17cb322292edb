"""What the next owner should know. One rule: what the file knows is shown and goes along; the field is for what only a
person knows."""

from __future__ import annotations

from fu_tui.tui.modals.ask import PromptModal
from fu_tui.tui.modals.rows import Row, label, says

_NAME = "Also"
_MOST = 2
"""Rows of the card that one line of the context may take."""


class HandoffModal(PromptModal):
    """The context, and a field for the rest. Returns the line that was typed, which may be empty."""

    def __init__(self, name: str, to: str, context: str, *, typed: str = "") -> None:
        """name: of the deal or contact. to: who gets it. context: what the file knows, in lines."""
        super().__init__(f"Hand {name} to {to}", name=_NAME, text=typed, enter="hand it over")
        self._lines = context.splitlines()

    def rows(self, width: int) -> list[Row]:
        """What goes along, and the field."""
        lead = "What the file knows goes along. What else should they know: what was promised, what they wait for?"
        known = [row for line in self._lines for row in says(line, "dim", width, 1 if self.brief else _MOST)]
        field = Row([label(_NAME, len(_NAME) + 2, here=True)], field_at=len(_NAME) + 2)
        return [*says(lead, "text", width), Row(), *known, *([Row()] if known else []), field]
