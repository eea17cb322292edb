"""What stands in the capture card and what it means, without a screen. One rule: every change is looked at anew, as one
line, by the caller's `look`; the form only decides what enter does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fu_tui.core.dates_words import away_words
from fu_tui.tui.modals.capture_line import SIGILS, Look, compose, mark, mark_at, replace_phrase, reword
from fu_tui.tui.modals.date_field import DateField, Days
from fu_tui.tui.modals.pick import Item, PickList

WHAT, WHO, WHEN = "what", "contact", "when"
FIRST = (WHAT, WHO, WHEN)
MORE = ("owner", "link", "priority", "cadence", "body", "private")
_OFFERS = 5


Complete = Callable[[str, str], Sequence[Item]]
"""(contact, link, owner, priority, cadence or private; what was typed of it) → what it may be. An item's key goes into
the line."""


class CaptureForm:
    """The fields, the line they make, and what enter would do."""

    def __init__(
        self,
        values: Mapping[str, str],
        look: Callable[[str], Look],
        days: Days,
        complete: Complete | None = None,
        kinds: Sequence[str] = MORE,
    ) -> None:
        """values: field → what stands in it at first. kinds: the fields behind "more"."""
        text = values.get(WHAT, "")
        self.kinds = tuple(kinds)
        self.values = {kind: values.get(kind, "") for kind in (*FIRST, *kinds)}
        self.here = WHAT
        """The field that is typed into."""
        self.more = False
        """Whether the fields behind "more" are shown."""
        self.cursor = 0 if text.startswith(" ") else len(text)
        self.line = ""
        """What would be saved."""
        self.seen = Look()
        self.list: PickList | None = None
        """Days offered for a vague phrase, or names for what is being typed."""
        self.on_list = False
        """Whether enter takes the line of the list that is under the cursor."""
        self.told = False
        """Whether enter was pressed on this line: then what it lacks is said."""
        self._look, self._complete = look, complete
        self._day = DateField(days, why_not=lambda _day: "")  # what may not be, `look` says
        self._today = days.today
        self._hinted = ""
        self._read()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are shown, in their order."""
        return (*FIRST, *self.kinds) if self.more else FIRST

    @property
    def draft(self) -> str:
        """Everything that was typed, as one line: to be offered again."""
        return self._compose(self._exact or self.values[WHEN])

    @property
    def vague(self) -> str:
        """The sentence above offered days."""
        phrase = self.values[WHEN].strip() if self._day.offers else self.seen.vague
        return f'"{phrase}" names no day. Which one?' if self._day.offers or self.seen.offers else ""

    @property
    def problem(self) -> str:
        """Why it can't be saved, whatever is added."""
        return ("" if self._day.offers else self._day.problem) or self.seen.problem

    @property
    def lacking(self) -> str:
        """What has to change or to be added before it can be saved; empty when it can."""
        return self.problem or self.seen.refused or self.seen.missing

    def understands(self, kind: str) -> bool:
        """Whether the line means anything by what stands in a field, and so has more to say than was typed."""
        if kind == WHEN:
            return bool(self._exact)
        if kind in (WHO, "link"):
            return bool(self.seen.new or (self.seen.who if kind == WHO else self.seen.link))
        return bool(getattr(self.seen, kind))

    @property
    def hinted(self) -> bool:
        """Whether the hints were shown for this very line, so that the next enter saves it."""
        return bool(self.seen.hints) and self._hinted == self.line

    def type(self, text: str, cursor: int) -> None:
        """The field that is typed into holds `text`, its cursor stands before letter number `cursor`."""
        if text != self.values[self.here]:
            self.values[self.here], self.cursor = text, cursor
            self._read()

    def tab(self, by: int) -> None:
        """Take the name that is offered; else to the next field. Backwards always to the field before."""
        if by > 0 and self.list and self.list.here and not self.vague:
            self.take(self.list.here.key)
            return
        fields = self.fields
        self.go(fields[(fields.index(self.here) + by) % len(fields)])

    def go(self, kind: str) -> None:
        """To the field `kind`."""
        self.here, self.cursor = kind, len(self.values[kind])
        self._read(completing=False)

    def toggle_more(self) -> None:
        """Show the fields behind "more" and go there; hide them again where nothing stands in them."""
        self.more = not self.more or any(self.values[kind] for kind in self.kinds)
        self.go(self.kinds[0] if self.more else WHAT)

    def move(self, by: int) -> None:
        """Into the list and through it; above its first line out of it again, where it only completes."""
        if self.list is None:
            return
        if not self.on_list:
            self.on_list = by > 0
        elif by < 0 and self.list.at == 0 and not self.vague:
            self.on_list = False
        else:
            self.list.move(by)

    def enter(self, *, hints: bool = True) -> bool:
        """Take the line under the cursor, or say what is lacking; True when it is to be saved.

        hints: whether what could be better is said first, once.
        """
        if self.list and self.list.here and (self.on_list or self.seen.unsure):
            self.take(self.list.here.key)
            return False
        self.told = True
        if self.lacking:
            return False
        if hints and self.seen.hints and not self.hinted:
            self._hinted = self.line
            return False
        return True

    def take(self, key: str) -> None:
        """Put an offered day in the place of the vague words, or a name in the place of what was typed of it."""
        what = self.values[WHAT]
        if self.vague:
            replaced = None if self._day.offers else replace_phrase(what, self.seen.vague, key)
            self.values[WHAT if replaced else WHEN] = replaced or key
            self.cursor = len(self.values[self.here])
        elif self.here != WHAT:
            self.values[self.here], self.cursor = key, len(key)
        elif typed := mark_at(what, self.cursor):
            name = mark(SIGILS[typed.kind], key)
            self.values[WHAT] = f"{what[: typed.start]}{name} {what[self.cursor :].lstrip()}"
            self.cursor = typed.start + len(name) + 1
        self._read(completing=False)

    def mend(self) -> str | None:
        """Take the better wording. Returns the line of the follow-up that is split off; None where none is."""
        better, what = self.seen.better, self.values[WHAT]
        if better is None:
            return None
        spans = self._look(what).spans
        second = None
        if better.second:
            alone = reword(what, [span for span in spans if span.kind != "body"], better.second)
            second = self._compose(self._exact or self.values[WHEN], alone)
        self.values[WHAT] = reword(what, spans, better.action, better.body)
        self.here, self.cursor = WHAT, len(self.values[WHAT])
        self._read(completing=False)
        return second

    def _read(self, completing: bool = True) -> None:
        self._day.read(self.values[WHEN])
        self.line = self._compose(self._exact)
        self.seen = self._look(self.line)
        self.told = False
        self.list = self._day.offers or self._offered() or (self._names() if completing else None)
        self.on_list = bool(self.vague)

    @property
    def _exact(self) -> str:
        """The day in the field, as every line understands it; empty where it holds none."""
        when = self._day.when
        at = f" {when.at:%H:%M}" if when and when.at else ""
        return f"{when.day.isoformat()}{at}" if when else ""

    def _compose(self, when: str, what: str | None = None) -> str:
        said = {kind: self.values[kind] for kind in (WHO, *self.kinds) if self.values[kind].strip()}
        if when.strip():
            said[WHEN] = when
        what = self.values[WHAT] if what is None else what
        return compose(what, self._look(what).spans, said) if said else what

    def _offered(self) -> PickList | None:
        offers = [Item(words, words, "", away_words(day, self._today)) for words, day in self.seen.offers]
        return PickList(offers) if offers else None

    def _names(self) -> PickList | None:
        """What the name that is being typed may be."""
        kind, typed = self.here, self.values[self.here].strip()
        if self.here == WHAT:
            at = mark_at(self.values[WHAT], self.cursor)
            kind, typed = (at.kind, at.typed) if at else ("", "")
        unasked = kind in ("", WHAT, WHEN, "body") or (not typed and self.here != WHAT)
        if self._complete is None or unasked:
            return None
        found = self._complete(kind, typed)[:_OFFERS]
        whole = len(found) == 1 and found[0].key.casefold() == typed.casefold()
        return PickList(found) if found and not whole else None
