"""Several lines in one capture, each a follow-up of its own. One rule: one line is in the fields, the others are text;
an empty line is none."""

from __future__ import annotations

from collections.abc import Callable

from fu_tui.tui.modals.capture_form import CaptureForm
from fu_tui.tui.modals.capture_line import Look
from fu_tui.tui.modals.rows import GROUND, SELECTED, Row, Target, filled, words

LINE = "line:"
"""Before a line's number: what a click on it chooses."""


class Lines:
    """The lines, and the one that is being typed."""

    def __init__(self, text: str, make: Callable[[str], CaptureForm]) -> None:
        """text: lines to be changed and saved. make: the fields for one of them."""
        self._make = make
        self._texts = [line for line in text.split("\n") if line.strip()] or [text.partition("\n")[0]]
        self.at = len(self._texts) - 1
        self.form = make(self._texts[self.at])

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def draft(self) -> str:
        """Everything that was typed."""
        return "\n".join(self._with(self.form.draft))

    @property
    def texts(self) -> list[str]:
        """The lines as they would be saved."""
        return self._with(self.form.line)

    def _with(self, here: str) -> list[str]:
        texts = [*self._texts[: self.at], here, *self._texts[self.at + 1 :]]
        return [text for text in texts if text.strip()] or [here]

    def go(self, at: int) -> None:
        """To line number `at`, from 0; the line that is left goes where nothing stands in it."""
        at = min(max(at, 0), len(self) - 1)
        if at == self.at:
            return
        left = self.form.draft
        if left.strip():
            self._texts[self.at] = left
        else:
            del self._texts[self.at]
            at -= at > self.at
        self.at = at
        self.form = self._make(self._texts[at])

    def add(self, *texts: str) -> None:
        """New lines below this one; the last of them is typed into. An empty line gives them its place."""
        here = self.form.draft
        lines = [*([here] if here.strip() else []), *texts] or [""]
        self._texts[self.at : self.at + 1] = lines
        self.at += len(lines) - 1
        self.form = self._make(self._texts[self.at])

    def remove(self) -> None:
        """Take this line away."""
        del self._texts[self.at]
        self._texts = self._texts or [""]
        self.at = min(self.at, len(self) - 1)
        self.form = self._make(self._texts[self.at])

    def rows(self, width: int, height: int, look: Callable[[str], Look]) -> list[Row]:
        """At most `height` of the lines, the one that is being typed among them; none where there is only one."""
        if len(self) == 1:
            return []
        top = min(max(self.at - height + 2, 0), max(len(self) - height, 0))
        shown = range(top, min(top + height, len(self)))
        rows = [
            self._row(at, width, look(self.form.line if at == self.at else self._texts[at])) for at in shown
        ]
        below = len(self) - shown.stop
        return [*rows, Row([(f"{below} more ↓" if below else "", "dim")])]

    def _row(self, at: int, width: int, seen: Look) -> Row:
        number = f"{at + 1:>{len(str(len(self)))}}  "
        wrong = lacks(seen)
        aside = words(wrong, "overdue", width // 2) if wrong else words(told(seen), "dim", width // 2)
        room = width - len(number) - len(aside[0]) - 2
        spans = [
            (number, "accent" if at == self.at else "dim"),
            words(seen.action or "…", "text", max(room, 8)),
        ]
        line = [*filled(spans, width - len(aside[0]) - 1), (" ", "dim"), aside]
        return Row(line, SELECTED if at == self.at else GROUND, (Target(0, width, f"{LINE}{at}"),))


def lacks(seen: Look) -> str:
    """Why a line can't be saved, in words; empty where it can."""
    vague = f'"{seen.vague}" names no day.' if seen.offers else ""
    return vague or seen.problem or seen.refused or seen.missing


def told(seen: Look) -> str:
    """When and who, as far as a line says so; the day comes first, as the end is what gives way."""
    new = next((name for _, name in seen.new), "")
    return " · ".join(part for part in (seen.when.split(",")[0], new or seen.who.split(" · ")[0]) if part)
