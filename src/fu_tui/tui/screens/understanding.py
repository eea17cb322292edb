"""What a captured line means while it is typed. One rule: it only translates what the desk's verbs and the grammar say
into words for the card; nothing is understood here, and nothing is read twice for one letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from fu_tui.core.alike import is_alike
from fu_tui.core.capture import Draft, Understanding, parse_line, understand
from fu_tui.core.capture_words import QUOTES
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Priority
from fu_tui.tui.modals.capture_line import BREAK, Look, Same
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.pick import Item

if TYPE_CHECKING:
    from datetime import time

    from fu_tui.bootstrap import Desk, Found, Resolved
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

_LINES = 512
"""Lines whose meaning is kept while nothing changes."""
_OPEN = {"priority": ("high", "normal", "low", "private"), "private": ("yes", "no")}
"""What is offered where no record is meant."""


class Understander:
    """The meaning of lines, for one question."""

    def __init__(
        self, screen: DeskScreen, *, apart_from: int | None = None, due: str = "", about: str = ""
    ) -> None:
        """apart_from: a task that is no duplicate, as it is the one that is changed. due: in words, the day that stays
        where none is named; empty where one has to be. about: a line; whom it names, with their deal, stays meant where
        a line names nobody."""
        self._screen = screen
        self._apart_from, self._due = apart_from, due
        self.calendar = screen.desk.calendar
        self.day_first = cast("FuApp", screen.app).settings.day_first
        self._known: dict[str, tuple[Look, Resolved | None]] = {}
        self._open: dict[tuple[int | None, ...], Sequence[QueueRow]] = {}
        self._stamp: object = None
        self._last: Resolved | None = None
        self._about = self._understand(about).draft

    def look(self, text: str) -> Look:
        """What the line means so far."""
        moment = self._screen.moment
        stamp = (moment.today, moment.now)
        if stamp != self._stamp or len(self._known) >= _LINES:
            self._stamp = stamp
            self._known.clear()
            self._open.clear()
        if text not in self._known:
            self._known[text] = self._look(text)
        seen, self._last = self._known[text]
        return seen

    def resolve(self, desk: Desk, text: str) -> tuple[Draft, Resolved]:
        """The line with its references looked up, on the desk that will write it. Raises UsageError."""
        moment = self._screen.moment
        draft = self._meant(
            parse_line(
                text, today=moment.today, now=self._now(), day_first=self.day_first,
                is_working=self.calendar.is_working,
            )
        )  # fmt: skip
        return draft, desk.resolve(draft)

    def complete(self, kind: str, typed: str) -> Sequence[Item]:
        """Names that start with what was typed: deals of the line's own account first, accounts after contacts."""
        if kind in _OPEN:
            return [Item(word, word) for word in _OPEN[kind] if word.startswith(typed.lower())]
        desk, account = self._screen.desk, self._last.account if self._last else None
        found = desk.suggest(kind, typed) if typed else []
        if kind == "link" and account:
            own = desk.deals_of(account.id, typed)
            found = [*own, *(deal for deal in found if deal.id not in {each.id for each in own})]
        elif not typed and kind in ("owner", "cadence"):
            found = desk.suggest(kind, "")
        items = [
            Item(reference(each, found), each.name, "" if each.aside in each.name else each.aside)
            for each in found
        ]
        if kind == "contact" and typed:
            items += [Item(each.name, each.name, "account") for each in desk.suggest("account", typed)]
        return items

    def _now(self) -> time:
        return to_zone(self._screen.moment.now, self._screen.moment.tz).time()

    def _understand(self, text: str) -> Understanding:
        return understand(
            text, today=self._screen.moment.today, now=self._now(), day_first=self.day_first,
            is_working=self.calendar.is_working,
        )  # fmt: skip

    def _meant(self, draft: Draft) -> Draft:
        """The draft with what its line does not say: line breaks shown as a sign, and whom it is about."""
        draft, about = _broken(draft), self._about
        if about is None or draft.contact is not None or draft.link is not None:
            return draft
        return replace(draft, contact=about.contact, link=about.link)

    def _look(self, text: str) -> tuple[Look, Resolved | None]:
        understood = self._understand(text)
        if understood.draft is None:
            return Look(missing="Say what to do: a verb first, then who and when."), None
        draft, vague = self._meant(understood.draft), understood.vague
        resolved = self._screen.desk.resolve(draft)
        problem = understood.problem or (str(resolved.problems[0]) if resolved.problems else "")
        series = ""
        if understood.repeats:
            read = self._screen.desk.read_series(text, day_first=self.day_first)
            problem, series = read.sales or problem, "" if read.sales or read.problem else read.words
        no_day = not self._due and resolved.due is None and resolved.cadence is None and vague is None
        about = next((each.name for each in (resolved.contact, resolved.deal, resolved.account) if each), "")
        seen = Look(
            action=resolved.action, who=_who(resolved), when=self._when(draft, resolved),
            owner=resolved.owner.name if draft.owner else "",
            link=next((each.name for each in (resolved.deal, resolved.case) if each), ""),
            priority=resolved.priority.label if resolved.priority is not Priority.NORMAL else "",
            cadence=resolved.cadence.name if resolved.cadence else "",
            private="private" if resolved.private else "",
            body=understood.draft.body, spans=draft.spans, new=_new(resolved), same=self._same(resolved),
            problem=problem,
            unsure=any(isinstance(each, NotFound) and each.candidates for each in resolved.problems),
            missing="When is it due? Any exact day: fri, +3d, 27 nov." if no_day else "",
            vague=vague.phrase if vague else "", offers=vague.offers if vague else (),
            refused=resolved.refused, hints=resolved.hints, better=resolved.better,
            series=series, note_on=resolved.new_contact or about,
        )  # fmt: skip
        return seen, resolved

    def _when(self, draft: Draft, resolved: Resolved) -> str:
        today = self._screen.moment.today
        if draft.when is not None:
            days = Days.of(self._screen.moment, self.calendar)
            return days.in_full(draft.when.day, draft.when.at)
        if resolved.due is None or self._due:
            return self._due
        until = resolved.due.window_end_on
        window = f", until {exact_day(until, today=today)}" if until else ""
        return f"{say_when(resolved.due.due_on, None, today)}{window}"

    def _same(self, resolved: Resolved) -> Same | None:
        """The open task that says nearly the same; else the one that comes next with that contact (R54)."""
        contact, deal, account = resolved.contact, resolved.deal, resolved.account
        if resolved.new_contact or not (contact or deal or account):
            return None
        links = tuple(each.id if each else None for each in (contact, deal, account))
        if links not in self._open:
            self._open[links] = self._screen.desk.open_about(*links)
        rows = [row for row in self._open[links] if row.id != self._apart_from]
        names = contact.name if contact else ""
        alike = next((row for row in rows if is_alike(row.action, resolved.action, names)), None)
        row = alike or next((row for row in rows if contact and row.contact_id == contact.id), None)
        if row is None or (alike is None and self._apart_from is not None):
            return None
        who = "You have" if row.owner_id == self._screen.desk.me.id else f"{row.owner} has"
        due = exact_day(row.due_on, row.due_at, today=self._screen.moment.today, tz=self._screen.moment.tz)
        return Same(row.id, f'{who} "{row.action}" due {due}', alike is not None)


def reference(record: Found, others: Sequence[Found]) -> str:
    """A record's name; its number where others are called so too, or where the name can't stand in quotes."""
    same = [other for other in others if other.name.casefold() == record.name.casefold()]
    if len(same) != 1 or any(quote in record.name for quote in QUOTES):
        return str(record.id)
    return record.name


def named(desk: Desk, kind: str, record_id: int, name: str) -> str:
    """How a line names a record that is known: see `reference`. Empty for an account that its name does not tell, as
    numbers are contacts'."""
    same = [each for each in desk.suggest(kind, name) if each.name.casefold() == name.casefold()]
    told = next((reference(each, same) for each in same if each.id == record_id), str(record_id))
    return "" if kind == "account" and told == str(record_id) else told


def _broken(draft: Draft) -> Draft:
    """The draft with the line breaks that its body's field showed as a sign."""
    return replace(draft, body=draft.body.replace(BREAK, "\n")) if BREAK in draft.body else draft


def _who(resolved: Resolved) -> str:
    """Contact · account · deal; a deal named after its account does not say it twice."""
    account = resolved.account.name if resolved.account else ""
    deal = resolved.deal.name.removesuffix(f" · {account}") if resolved.deal else ""
    return " · ".join(
        part for part in (resolved.contact.name if resolved.contact else "", account, deal) if part
    )


def _new(resolved: Resolved) -> tuple[tuple[str, str], ...]:
    named = (
        ("contact", resolved.new_contact),
        ("account", resolved.new_account),
        ("deal", resolved.new_deal),
    )
    return tuple((kind, name) for kind, name in named if name)
