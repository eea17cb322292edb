"""What a captured line means while it is typed, and saving it. One rule: it only translates between the modal and the
desk's verbs; nothing is understood here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from fu_tui.core.capture import Draft, understand
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.errors import FuError, StorageBusy
from fu_tui.core.terms import Priority
from fu_tui.tui.modals.capture_form import Look
from fu_tui.tui.modals.pick import Item

if TYPE_CHECKING:
    from fu_tui.core.events import Event
    from fu_tui.services.capturing import Resolved
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

WAITED_TOO_LONG = "Another program holds the database. What you typed is kept: press enter again in a moment."


class Capturing:
    """One capture, from the first letter to the saved task."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self.calendar = screen.desk.calendar
        self.events: tuple[Event, ...] = ()
        """What saving did; empty until then."""

    def look(self, text: str) -> Look:
        """What the line means so far."""
        moment = self._screen.moment
        now = to_zone(moment.now, moment.tz).time()
        understood = understand(
            text, today=moment.today, now=now, day_first=self._day_first, is_working=self.calendar.is_working
        )
        draft = understood.draft
        if draft is None:
            return Look(missing="Say what to do: a verb first, then who and when.")
        resolved = self._screen.desk.resolve(draft)
        vague = understood.vague
        problem = understood.problem or (str(resolved.problems[0]) if resolved.problems else "")
        no_day = resolved.due is None and resolved.cadence is None and vague is None
        return Look(
            who=_who(resolved),
            when=self._when(draft, resolved),
            owner=resolved.owner.name if draft.owner else "",
            link=resolved.deal.name if resolved.deal else "",
            priority=resolved.priority.label if resolved.priority is not Priority.NORMAL else "",
            cadence=resolved.cadence.name if resolved.cadence else "",
            body=draft.body, spans=draft.spans, new_contact=resolved.new_contact,
            duplicate=self._duplicate(resolved), problem=problem,
            missing="When is it due? Any exact day: fri, +3d, 27 nov." if no_day else "",
            vague=vague.phrase if vague else "", offers=vague.offers if vague else (),
            refused=resolved.refused, hints=resolved.hints,
        )  # fmt: skip

    def save(self, text: str, create: bool) -> str:
        """Write the task; returns why it could not be written, empty where it was."""
        from fu_tui.core.capture import parse_line

        moment = self._screen.moment
        desk = self._screen.desk
        try:
            draft = parse_line(
                text, today=moment.today, now=to_zone(moment.now, moment.tz).time(), day_first=self._day_first,
                is_working=self.calendar.is_working,
            )  # fmt: skip
            self.events = desk.add(desk.resolve(draft), create=create)
        except StorageBusy:
            return WAITED_TOO_LONG
        except FuError as error:
            return str(error)
        return ""

    def complete(self, kind: str, typed: str) -> Sequence[Item]:
        """Names that start with what was typed."""
        found = self._screen.desk.suggest(kind, typed)
        return [Item(record.name, record.name, "", "") for record in found]

    @property
    def _day_first(self) -> bool:
        return cast("FuApp", self._screen.app).settings.day_first

    def _when(self, draft: Draft, resolved: Resolved) -> str:
        today = self._screen.moment.today
        if draft.when is not None:
            return say_when(draft.when.day, draft.when.at, today)
        if resolved.due is None:
            return ""
        until = resolved.due.window_end_on
        window = f", until {exact_day(until, today=today)}" if until else ""
        return f"{say_when(resolved.due.due_on, None, today)}{window}"

    def _duplicate(self, resolved: Resolved) -> str:
        if resolved.contact is None:
            return ""
        row = self._screen.desk.next_of_contact(resolved.contact.id)
        if row is None:
            return ""
        who = "You have" if row.owner_id == self._screen.desk.me.id else f"{row.owner} has"
        return f'{who} "{row.action}" due {exact_day(row.due_on, today=self._screen.moment.today)}'


def _who(resolved: Resolved) -> str:
    """Contact · account · deal; a deal named after its account does not say it twice."""
    account = resolved.account.name if resolved.account else ""
    deal = resolved.deal.name.removesuffix(f" · {account}") if resolved.deal else ""
    return " · ".join(
        part for part in (resolved.contact.name if resolved.contact else "", account, deal) if part
    )
