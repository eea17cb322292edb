"""An absence (`g a`, then `n`): from when to when, who covers, and what they do. One rule: what is typed is said back
as days and names, and only days that can be are an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.pick import Item, PickList
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, Target, filled, label, says, words
from fu_tui.tui.present.words import plural

WHO, FIRST, LAST, COVER, HOW, NOTE = "Who", "From", "To", "Cover", "Does", "Note"
_LABEL = 7
_SHOWN = 6
BOTH = ".."
"""Between the first and the last day, where both are typed at once."""
EXAMPLE = "Or both days at once: 30 nov..4 dec."
NOBODY = ""
"""The cover where nobody covers."""
NO_COVER = Item(NOBODY, "nobody", "everything waits")
POLICIES = (
    Item(AbsencePolicy.COVER_ALL.value, "everything that is due", "till you are back"),
    Item(AbsencePolicy.COVER_URGENT.value, "only what is urgent", "late, of high priority, or at an hour"),
)
WAITS = "Everything waits: what is due meanwhile is held, and keeps the days it had left."
TEXTS = (FIRST, LAST, NOTE)
"""Fields of words; of the others a line of a list is chosen."""


class AbsenceAnswer(NamedTuple):
    """Who is away, and what becomes of their work."""

    who: str
    """A handle, as the cover's, which is empty where nobody covers."""
    from_on: date
    to_on: date
    cover: str
    policy: AbsencePolicy
    note: str


class AbsenceModal(Question[AbsenceAnswer]):
    """One card; enter goes from field to field, and saves on the last."""

    def __init__(
        self, people: Sequence[Item], me: str, days: Days, *, others: bool = False, typed: str = ""
    ) -> None:
        """people: everybody, by handle. me: mine. others: whether it may be somebody else's absence.
        typed: what was typed before and not saved, as `draft` gives it.
        """
        super().__init__("")
        self._days = days
        self._texts = dict(zip(TEXTS, [*typed.split("\n"), "", "", ""], strict=False))
        self._dates = {FIRST: DateField(days, lambda _day: ""), LAST: DateField(days, self._why_not_last)}
        for name in self._dates:
            self._read(name, self._texts[name])
        self._people = {item.key: item for item in people}
        self._lists = {
            WHO: PickList(people, _SHOWN),
            COVER: PickList((NO_COVER, *people), _SHOWN),
            HOW: PickList(POLICIES),
        }
        self._chosen = {WHO: me, COVER: NOBODY, HOW: AbsencePolicy.COVER_ALL.value}
        self._lists[WHO].go(me)
        self._others = others
        self.here = FIRST
        self._filter = ""
        self._said = ""

    @property
    def draft(self) -> str:
        """What was typed, to be offered again."""
        return "\n".join(self._texts[name].strip() for name in TEXTS).rstrip("\n")

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that are shown, in their order."""
        who = (WHO,) if self._others else ()
        how = (HOW,) if self._chosen[COVER] != NOBODY else ()
        return (*who, FIRST, LAST, COVER, *how, NOTE)

    def on_mount(self) -> None:
        """Begin with what was typed before."""
        super().on_mount()
        self.field.hold(self._texts[self.here])

    def heading(self) -> str:
        """What it is."""
        return "Away"

    def keys(self) -> Sequence[Key]:
        """Enter saves on the last field."""
        enter = "save it" if self.here == self.fields[-1] else "next"
        choose = () if self.here in TEXTS else (("↓", "another"),)
        return ("enter", enter), *choose, ("tab", "next field"), ("esc", "leave")

    def rows(self, width: int) -> list[Row]:
        """The fields, with the list of the one that is chosen from, and what it all means."""
        rows = []
        for name in self.fields:
            rows += self._field(name, width)
        return [*rows, *says(self._said, "overdue", width), Row(), *says(self._means(), "dim", width)]

    def _field(self, name: str, width: int) -> list[Row]:
        here = name == self.here
        head = label(name, _LABEL, here=here)
        if not here:
            target = (Target(0, width, name),)
            return [Row(filled([head, self._value(name, width - _LABEL)], width), targets=target)]
        if name in self._dates:
            both = EXAMPLE if name == FIRST and not self._texts[FIRST] else ""
            return [Row([head], field_at=_LABEL), *self._dates[name].rows(width), *says(both, "dim", width)]
        if name == NOTE:
            return [Row([head], field_at=_LABEL)]
        found = self._lists[name].rows(width) or says("Nobody's name begins like that.", "overdue", width)
        if name == HOW:
            return [Row([head, words("what they do for you", "dim", width - _LABEL)]), *found]
        return [Row([head], field_at=_LABEL), *found]

    def _value(self, name: str, width: int) -> tuple[str, str]:
        """What a field says that is not typed into."""
        if name in self._dates:
            when = self._dates[name].when
            if when:
                return words(self._days.in_full(when.day), "text", width)
            return words(self._texts[name], "overdue", width)
        if name == NOTE:
            return words(self._texts[NOTE], "text", width)
        item = next(item for item in self._lists[name].items if item.key == self._chosen[name])
        return words(f"{item.name} · {item.aside}" if name == HOW else item.name, "text", width)

    def _means(self) -> str:
        first, last = (field.when for field in self._dates.values())
        away = ""
        if first and last and first.day <= last.day:
            span = (last.day - first.day).days + 1
            working = sum(
                self._days.is_working(date.fromordinal(first.day.toordinal() + n)) for n in range(span)
            )
            away = f"{plural(working, 'working day')} away. "
        cover = self._chosen[COVER]
        if cover == NOBODY:
            return away + WAITS
        urgent = self._chosen[HOW] == AbsencePolicy.COVER_URGENT.value
        what = "what is urgent" if urgent else "everything that is due"
        return f"{away}{self._people[cover].name} does {what}, in their own queue; it stays yours."

    def _why_not_last(self, day: date) -> str:
        first = self._dates[FIRST].when
        if first and day < first.day:
            return f"That is before {self._days.in_full(first.day)}. Name the last day away."
        return "" if day >= self._days.today else "That day is past. Name one from today on."

    # --- what it hears

    def typed(self, text: str) -> None:
        """Into the field that is there."""
        self._said = ""
        if self.here in TEXTS:
            self._texts[self.here] = text
            if self.here in self._dates:
                self._read(self.here, text)
        elif self.here != HOW and text != self._filter:
            self._filter = text
            self._lists[self.here].filter(text)
            self._choose()
        self.redraw()

    def _read(self, name: str, text: str) -> None:
        """Understand a day; the first may be typed as both: "30 nov..4 dec"."""
        text, both, last = text.partition(BOTH)
        self._dates[name].read(text.strip())
        if name == FIRST and both:
            self._texts[LAST] = last.strip()
            self._dates[LAST].read(last.strip())

    def pressed(self, key: str) -> None:
        """Where there is no field: over the list."""
        if key == " ":
            self.action_move(1)
        else:
            self.steps(key)

    def picked(self, pick: str) -> None:
        """A click on a field, or on a line of the list."""
        if pick in self.fields:
            self._go(pick)
        elif self.here not in TEXTS:
            self._lists[self.here].go(pick)
            self._choose()
        elif self.here in self._dates and (answer := self._dates[self.here].pick(pick)):
            self._take(answer.day)
        self.redraw()

    def action_move(self, by: int) -> None:
        """In the list that is there, else to another field."""
        if self.here not in TEXTS:
            self._lists[self.here].move(by)
            self._choose()
        elif self.here in self._dates and self._dates[self.here].offers:
            self._dates[self.here].move(by)
        else:
            self.action_tab(1 if by > 0 else -1)
        self.redraw()

    def action_tab(self, by: int) -> None:
        """Another field."""
        fields = self.fields
        self._go(fields[(fields.index(self.here) + by) % len(fields)])

    def action_enter(self) -> None:
        """The next field; on the last one, save."""
        if self.here in self._dates:
            found = self._dates[self.here].enter()
            if found is None:
                self.redraw()
                return
            self._take(found.day)
            if self.here == FIRST and BOTH in self._texts[FIRST] and self._dates[LAST].when:
                self.action_tab(1)
        if self.here != self.fields[-1]:
            self.action_tab(1)
            return
        self._save()

    def _save(self) -> None:
        answers = []
        for name, field in self._dates.items():
            answer = field.enter()
            if answer is None:
                self._go(name)
                return
            answers.append(answer.day)
        first, last = answers
        if why := self._why_not_last(last):  # the first day may have moved since
            self._go(LAST)
            self._said = why
            self.redraw()
            return
        cover = self._chosen[COVER]
        policy = AbsencePolicy(self._chosen[HOW]) if cover != NOBODY else AbsencePolicy.PAUSE
        self.dismiss(AbsenceAnswer(self._chosen[WHO], first, last, cover, policy, self._texts[NOTE].strip()))

    def _take(self, day: date) -> None:
        """An offered day becomes what was typed."""
        field = self._dates[self.here]
        if field.when is None:
            self._texts[self.here] = day.isoformat()
            field.read(day.isoformat())

    def _choose(self) -> None:
        here = self._lists[self.here].here
        if here:
            self._chosen[self.here] = here.key

    def _go(self, name: str) -> None:
        if self.here == FIRST:  # the last day has its own field
            self._texts[FIRST] = self._texts[FIRST].partition(BOTH)[0].strip()
        self.here, self._filter = name, ""
        if name == COVER:  # nobody covers for themselves
            others = [item for key, item in self._people.items() if key != self._chosen[WHO]]
            self._lists[COVER].show((NO_COVER, *others))
        if name in self._lists and name != HOW:
            self._lists[name].filter("")
            self._lists[name].go(self._chosen[name])
        self.redraw()
        self.field.hold(self._texts.get(name, ""))
