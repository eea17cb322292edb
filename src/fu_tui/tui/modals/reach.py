"""Which number or address to copy. One rule: the best one is under the cursor, and the key that asked takes it too."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.core.terms import Channel
from fu_tui.tui.modals.ask import ChoiceModal
from fu_tui.tui.modals.rows import Key
from fu_tui.tui.present.reach import Way

NAME, ALL = "name", "all"


class CopyModal(ChoiceModal):
    """The ways to reach a person, the name, all of it. Returns a number as text: the way's place, or NAME or ALL."""

    def __init__(self, who: str, known: Sequence[Way], asked_by: str) -> None:
        """who: the person's name. asked_by: the key, as Textual names it, that takes the best."""
        self._asked_by = asked_by
        letters = _letters(known)
        answers = [
            (key, str(at), f"{way.text}  {way.note}".rstrip())
            for at, (key, way) in enumerate(zip(letters, known, strict=False))
        ]
        super().__init__(
            f"Copy what of {who}?",
            [*answers, ("n", NAME, who), ("a", ALL, "all of it, in one line")],
            title="Copy",
        )
        self.letters.at = letters[0]

    def keys(self) -> Sequence[Key]:
        """Enter takes the best."""
        return ("enter", "copy"), ("esc", "leave")

    def pressed(self, key: str) -> None:
        """A letter is the answer; the key that asked is enter."""
        if key == self._asked_by:
            self.action_enter()
        else:
            super().pressed(key)


def _letters(known: Sequence[Way]) -> list[str]:
    """p for the first number, m for the first address, digits for the others; nine others at most."""
    letters: list[str] = []
    for way in known:
        own = "p" if way.channel is Channel.CALL else "m"
        digit = str(2 + sum(letter.isdigit() for letter in letters))
        if own in letters and len(digit) > 1:
            break
        letters.append(digit if own in letters else own)
    return letters
