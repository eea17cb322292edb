"""What a captured line means while it is typed, and saving it. One rule: it only translates between the modal and the
desk's verbs; nothing is understood here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from fu_tui.core.capture import Draft, parse_line, understand
from fu_tui.core.clock import to_zone
from fu_tui.core.dates_words import exact_day, say_when
from fu_tui.core.errors import FuError, StorageBusy
from fu_tui.core.terms import Priority
from fu_tui.tui.modals.capture import CaptureAnswer, CaptureModal
from fu_tui.tui.modals.capture_line import Look
from fu_tui.tui.modals.pick import Item

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk, Resolved
    from fu_tui.core.events import Event
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs

DRAFT_EVERY = 1.0
"""Seconds between two savings of what is being typed."""
WAITS = "Waiting for another program … What you typed is kept, and saved as soon as the file is free."


class Capturing:
    """One capture, from the first letter to the saved task."""

    def __init__(self, screen: DeskScreen, verbs: Verbs, prefill: str, title: str) -> None:
        self._screen = screen
        self._verbs = verbs
        self.calendar = screen.desk.calendar
        self.events: tuple[Event, ...] = ()
        """What saving did; empty until then."""
        self._prefill = prefill
        self._before = screen.draft.text if prefill != screen.draft.text else ""
        self._waits = False
        self._day_first = cast("FuApp", screen.app).settings.day_first
        self.modal = CaptureModal(
            prefill, look=self.look, save=self.save, complete=self.complete, moment=screen.moment,
            calendar=self.calendar, asks=title, day_first=self._day_first,
        )  # fmt: skip
        self._keeping = screen.set_interval(DRAFT_EVERY, self._keep)
        screen.keep_draft = self._keep

    def _keep(self) -> None:
        """Keep what is typed as the draft; what was only offered is none."""
        draft, typed = self._screen.draft, self.modal.form.draft
        if typed != self._prefill:
            draft.text = typed
            draft.save()

    def end(self) -> None:
        """The card is gone: what was saved is no draft any more, all else is."""
        self._keeping.stop()
        self._screen.keep_draft = self._screen.draft.save
        if self._waits:
            self._verbs.waiting.give_up()
        self._keep()
        if self.events:
            self._told()

    def _told(self) -> None:
        """It is saved: say so, and offer what was the draft before."""
        self._screen.draft.text = self._before
        self._screen.draft.save()
        self._verbs.publish(self.events)

    def look(self, text: str) -> Look:
        """What the line means so far."""
        if self._waits:
            self._verbs.waiting.give_up()
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
        if self._waits:
            return WAITS
        try:
            self.events = self._add(self._screen.desk, text, create)
        except StorageBusy:
            self._waits = True
            self._screen.run_worker(self._save_later(text, create), exclusive=False)
            return WAITS
        except FuError as error:
            return str(error)
        return ""

    async def _save_later(self, text: str, create: bool) -> None:
        """Write the task when the other process lets go of the file; another letter, or leaving, calls it off."""
        try:
            events = await self._verbs.waiting.run(lambda desk: self._add(desk, text, create))
        except FuError as error:
            self.modal.tell(str(error))
            return
        finally:
            self._waits = False
        if events:
            self.events = events
            if self.modal.is_current:
                self.modal.dismiss(CaptureAnswer(text, create, saved=True))
            else:
                self._told()

    def _add(self, desk: Desk, text: str, create: bool) -> tuple[Event, ...]:
        moment = self._screen.moment
        draft = parse_line(
            text, today=moment.today, now=to_zone(moment.now, moment.tz).time(), day_first=self._day_first,
            is_working=self.calendar.is_working,
        )  # fmt: skip
        return desk.add(desk.resolve(draft), create=create)

    def complete(self, kind: str, typed: str) -> Sequence[Item]:
        """Names that start with what was typed."""
        found = self._screen.desk.suggest(kind, typed)
        return [Item(record.name, record.name, "", "") for record in found]

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
