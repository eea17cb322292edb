"""The two smallest questions: one of a few answers by letter, and one line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fu_tui.tui.modals.pick import Letter, Letters
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, label, says

Choice = tuple[str, str, str]
"""A letter, the answer it gives, and what that does."""


class ChoiceModal(Question[str]):
    """A question with two to four answers, a letter each. Returns the chosen one's answer."""

    def __init__(self, question: str, choices: Sequence[Choice], *, title: str = "Choose") -> None:
        super().__init__()
        self._title, self._question = title, question
        self.letters = Letters([Letter(key, answer, name) for key, answer, name in choices])

    def heading(self) -> str:
        """What it is about."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """The letters speak for themselves."""
        return (("esc", "leave"),)

    def rows(self, width: int) -> list[Row]:
        """The question, and its answers."""
        answers = [row for letter in self.letters.choices for row in self.letters.row(letter, width, 0)]
        return [*says(self._question, "strong", width, 6), Row(), *answers]

    def pressed(self, key: str) -> None:
        """A letter is the answer."""
        if letter := self.letters.press(key):
            self.dismiss(letter.code)

    def action_move(self, by: int) -> None:
        """Over the answers."""
        self.letters.move(by)
        self.redraw()

    def action_enter(self) -> None:
        """The answer under the cursor."""
        if letter := self.letters.enter():
            self.dismiss(letter.code)


class PromptModal(Question[str]):
    """One line of text. Returns it without blanks around it; empty is an answer too."""

    def __init__(
        self, title: str, *, name: str = "Note", about: str = "", text: str = "", enter: str = "save"
    ) -> None:
        """name: of the field. about: a sentence above it. text: what it holds at first. enter: what that does."""
        super().__init__(text)
        self._title, self._label, self._about, self._enter = title, name, about, enter

    @property
    def line(self) -> str:
        """What was typed so far, also after it was left."""
        return self.field.value if self.is_mounted else self._text or ""

    def heading(self) -> str:
        """What it is about."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """Enter takes the line."""
        return ("enter", self._enter), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The sentence, and the field."""
        room = len(self._label) + 2
        return [*says(self._about, "text", width), Row([label(self._label, room, here=True)], field_at=room)]

    def action_enter(self) -> None:
        """Take the line."""
        self.dismiss(self.field.value.strip())


class FilterModal(PromptModal):
    """The words that rows must hold; `live` hears them while they are typed, and the rows stay in view."""

    LOW = True

    def __init__(self, text: str, *, live: Callable[[str], None]) -> None:
        super().__init__("Filter", name="Rows with", text=text, enter="keep it")
        self._live = live

    def clicked_away(self) -> None:
        """The rows were what was looked for: keep the words."""
        self.action_enter()

    def typed(self, text: str) -> None:
        """At every letter."""
        self._live(text.strip())
