"""The first start: three questions on one card, and the keys to begin with. One rule: each question has an answer
already, enter takes it; escape takes all that is left, and going back loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding

from fu_tui.settings.actions import ACTIONS
from fu_tui.settings.keymap import Bindings
from fu_tui.settings.profiles import Profile
from fu_tui.tui.bindings import shown_key
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, choice, label, says, words
from fu_tui.tui.present.cells import fit

if TYPE_CHECKING:
    from textual import events

NAME, WORK, START = range(3)
"""The questions."""
EMPTY, IMPORT, DEMO = "empty", "import", "demo"
"""How to start."""
_PROFILES = (
    Item(Profile.SOLO, "solo  ", "only me: no owners, no other queues"),
    Item(Profile.TEAM, "team  ", "several people: owners, the team's queue"),
    Item(Profile.OFFICE, "office", "an office's own work, with everything shown"),
)
_STARTS = (
    Item(EMPTY, "empty ", "add the first follow-up yourself"),
    Item(IMPORT, "import", "CSV files of a CRM: deals, contacts, tasks"),
    Item(DEMO, "demo  ", "look around on invented data; you are asked again next time"),
)
_LABEL = 9
_COUNTRIES_SHOWN = 5


class FirstAnswers(NamedTuple):
    """What a person says of themselves."""

    name: str
    profile: str = Profile.TEAM.value
    country: str = ""
    """Two letters; empty for none."""
    start: str = EMPTY


class FirstModal(Question[FirstAnswers]):
    """Who you are, how you work, how to begin."""

    BINDINGS: ClassVar = [Binding("ctrl+c", "app.quit", priority=True)]

    def __init__(
        self, answers: FirstAnswers, countries: Callable[[], Sequence[tuple[str, str]]], at: int = NAME
    ) -> None:
        """answers: what is there already. countries: two letters and a name each, asked for when they are needed.
        at: the question to begin with."""
        super().__init__(answers.name if at == NAME else None)
        self._answers = answers
        self._called, self._country = answers.name, ""
        self._countries = countries
        self._at = at
        self._profiles, self._starts = PickList(_PROFILES), PickList(_STARTS)
        self._profiles.go(answers.profile)
        self._starts.go(answers.start)
        self._known: PickList | None = None
        self._on_country = False
        """Whether the arrows move in the list of countries."""
        self._problem = ""
        if answers.country:
            self._countries_known().go(answers.country)
            here = self._countries_known().here
            self._country = here.name if here else ""
            self._countries_known().filter(self._country)
            self._countries_known().go(answers.country)

    def heading(self) -> str:
        """How far it is."""
        return f"Welcome · {self._at + 1} of 3"

    def keys(self) -> Sequence[Key]:
        """What works on this question."""
        back = (("shift+tab", "back"),) if self._at else ()
        choose = (("↑ ↓", "choose"),) if self._at else ()
        return (
            ("enter", "begin" if self._at == START else "next"),
            *choose,
            *back,
            ("esc", "skip, start empty"),
        )

    def rows(self, width: int) -> list[Row]:
        """The question, and what it is about."""
        rows = (self._ask_name, self._ask_work, self._ask_start)[self._at](width)
        return [*rows, *says(self._problem, "overdue", width)]

    def _ask_name(self, width: int) -> list[Row]:
        about = (
            "Every open conversation gets one next action, one owner and one exact day. Three questions first;"
            " enter takes what is there."
        )
        return [
            *says(about, "text", width),
            Row(),
            Row([label("Your name", _LABEL + 2, here=True)], field_at=_LABEL + 2),
        ]

    def _ask_work(self, width: int) -> list[Row]:
        rows = [
            *says("How do you work?", "strong", width),
            *(self._profile(profile, width) for profile in _PROFILES),
            Row(),
            *says("Whose public holidays are off days? Leave it empty for none.", "strong", width),
            Row([label("Country", _LABEL, here=True)], field_at=_LABEL),
        ]
        if self._country.strip() and self._known:
            rows += self._known.rows(width, here=self._on_country)
        return rows

    def _profile(self, profile: Item, width: int) -> Row:
        is_it = profile is self._profiles.here
        spans = [("● " if is_it else "○ ", "accent" if is_it else "dim"), (f"{profile.name}  ", "text")]
        about = words(profile.aside, "dim", width - 10)
        return choice(profile.key, [*spans, about], width, selected=is_it and not self._on_country)

    def _ask_start(self, width: int) -> list[Row]:
        return [*says("How do you begin?", "strong", width), *self._starts.rows(width)]

    def typed(self, text: str) -> None:
        """The name, or the country."""
        if self._at == NAME:
            self._called = text
        elif self._at == WORK and text != self._country:
            self._country = text
            self._on_country = bool(text.strip())
            if self._on_country:
                self._countries_known().filter(text)
        self._problem = ""
        self.redraw()

    def pressed(self, key: str) -> None:
        """The first letter of an answer to the last question."""
        for start in _STARTS:
            if self._at == START and key == start.name[0]:
                self._starts.go(start.key)
                self.action_enter()

    def picked(self, pick: str) -> None:
        """A click."""
        if pick in [start.key for start in _STARTS]:
            self._starts.go(pick)
            self.action_enter()
        elif pick in [profile.key for profile in _PROFILES]:
            self._profiles.go(pick)
            self.redraw()
        elif self._known:
            self._known.go(pick)
            self.action_enter()

    def action_move(self, by: int) -> None:
        """In the list that is typed into, else in the question's own."""
        if self._at == START:
            self._starts.move(by)
        elif self._at == WORK and self._on_country and self._known:
            self._known.move(by)
        elif self._at == WORK:
            self._profiles.move(by)
        self.redraw()

    def action_tab(self, by: int) -> None:
        """Forward between the two halves of a question, backwards to the question before."""
        if by < 0:
            if self._at:
                self._go(self._at - 1)
        elif self._at == WORK and self._country.strip():
            self._on_country = not self._on_country
            self.redraw()

    def action_enter(self) -> None:
        """The next question, or the end."""
        if self._at == NAME and not self._called.strip():
            self._problem = "Type the name that others see."
        elif self._at == WORK and self._country.strip() and not self._countries_known().here:
            self._problem = f'No country has "{self._country.strip()}" in its name. Leave it empty for none.'
        elif self._at == START:
            self.dismiss(self._said(self._starts.here.key if self._starts.here else EMPTY))
            return
        else:
            self._go(self._at + 1)
            return
        self.redraw()

    def action_leave(self) -> None:
        """What was said counts, what was not is as it was; nothing is imported."""
        self.dismiss(self._said(EMPTY))

    def _go(self, at: int) -> None:
        self._at, self._problem = at, ""
        self.field.hold({NAME: self._called, WORK: self._country}.get(at, ""))
        self.redraw()

    def _said(self, start: str) -> FirstAnswers:
        here = self._countries_known().here if self._country.strip() else None
        profile = self._profiles.here.key if self._profiles.here else self._answers.profile
        return FirstAnswers(
            self._called.strip() or self._answers.name, profile, here.key if here else "", start
        )

    def _countries_known(self) -> PickList:
        if self._known is None:
            items = [Item(code, name, code) for code, name in self._countries()]
            self._known = PickList(items, _COUNTRIES_SHOWN)
        return self._known


FIRST_KEYS = (
    "task.add", "task.no_reply", "task.replied", "task.close", "task.snooze", "task.reassign", "queue.mark",
    "queue.filter", "journal.undo", "card.toggle", "app.help", "app.quit", "task.hide", "queue.order",
)  # fmt: skip
"""The actions to begin with, the most needed first; the last ones stand in for those that have no key."""
TWELVE = 12


class FirstKeysModal(Question[None]):
    """Twelve keys, once. Any key goes on."""

    def __init__(self, effective: Bindings, about: str = "") -> None:
        """effective: the keys in force. about: a sentence above them."""
        super().__init__()
        self._about = about
        keyed = [action_id for action_id in FIRST_KEYS if shown_key(effective, action_id)][:TWELVE]
        self._lines = [(shown_key(effective, action.id), action) for action in ACTIONS if action.id in keyed]

    def heading(self) -> str:
        """What it is."""
        return "Twelve keys to begin with"

    def keys(self) -> Sequence[Key]:
        """All of them."""
        return (("any key", "goes on"),)

    def rows(self, width: int) -> list[Row]:
        """A line for each key."""
        room = max((len(key) for key, _ in self._lines), default=0) + 2
        return [
            *says(self._about, "today", width),
            *([Row()] if self._about else []),
            *(
                Row([(fit(key, room), "accent"), *row.spans])
                for key, action in self._lines
                for row in says(action.tooltip, "text", width - room, 1)
            ),
        ]

    def on_key(self, event: events.Key) -> None:
        """Any key leaves, and is nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click does too."""
        self.dismiss(None)
