"""Stopping, pausing and replacing a cadence; a deal's stage, its park, its handoff. One rule: ask until the
verb has all it needs, then one verb; what was typed outlives a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fu_tui.core.terms import StageKind
from fu_tui.core.terms_automation import Then
from fu_tui.tui.modals.ask import ChoiceModal, PromptModal
from fu_tui.tui.modals.choose import ChooseModal
from fu_tui.tui.modals.handoff import HandoffModal
from fu_tui.tui.modals.owner import load_words
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.when import WhenModal
from fu_tui.tui.present.words import plural
from fu_tui.tui.screens.asking import Conversation
from fu_tui.tui.screens.repeating import versions

if TYPE_CHECKING:
    from fu_tui.queries.rows import QueueRow
    from fu_tui.tui.modals.date_field import WhenAnswer
    from fu_tui.tui.screens.asking import OfRecord, Whom

CADENCES = 50
"""Cadences that are offered."""
_DELIVERED, _UNTIL = "Delivered on", "Park until"


class Living(Conversation):
    """`X`, `>`, `P`, `O`."""

    # --- the cadence

    async def stop(self) -> None:
        """`X`: what becomes of the cadence."""
        rows = [row for row in self._screen.targets() if row.enrollment_id is not None]
        if not rows:
            self._screen.warn("It belongs to no cadence, so there is none to stop: close it as not needed.")
            return
        choices = [
            ("s", "stop", "stop it: its open task goes too"),
            ("k", "keep", "stop it, and keep the open task"),
            ("p", "pause", "pause it: the days that are left are kept"),
            ("r", "replace", "another cadence instead"),
        ]
        about = self._which(rows)
        choice = await self.ask(ChoiceModal(about, choices, title="The cadence"))
        if choice == "pause":
            ids = _enrollments(rows)
            await self._verbs.attempt(lambda desk: desk.pause(ids, versions=versions(rows)))
        elif choice == "replace":
            await self._replace(rows)
        elif choice is not None:
            await self._stop(rows, about, keep=choice == "keep")

    def _which(self, rows: Sequence[QueueRow]) -> str:
        """The cadence of the rows and who is in it: "Proposal: Ana Ruiz · GTX Plus"; or how many."""
        ids = _enrollments(rows)
        found = self._screen.view.running(ids[0]) if len(ids) == 1 else None
        return f"{found.cadence}: {found.who}" if found else plural(len(ids), "cadence")

    async def _stop(self, rows: Sequence[QueueRow], about: str, *, keep: bool) -> None:
        reason = await self._reason("Stop", rows, "stop", about)
        if reason is not None:
            ids = _enrollments(rows)
            done = await self._verbs.attempt(
                lambda desk: desk.stop(ids, reason, keep=keep, versions=versions(rows))
            )
            if done is not None:
                self.keep_typed("Stop", rows, "")
                self._say_what_slips(rows)

    def _say_what_slips(self, rows: Sequence[QueueRow]) -> None:
        """What was stopped has no next step now: that is said, with the key that leads to it."""
        screen = self._screen
        about = {(row.contact_id, row.deal_id) for row in rows}
        left = []
        with screen.guard():
            left = [each for each in about if screen.view.slips_now(*each)]
        if left:
            key, many = screen.key_of("go.no_next_step"), len(left)
            which = "It has" if len(about) == 1 else f"{many} of them {'has' if many == 1 else 'have'}"
            leads = f": {key} gives {'it' if many == 1 else 'them'} one" if key else ""
            said, tail = screen.around.said, f"{which} no next step now{leads}."
            screen.say(f"{said}. {tail}", f"Stopped. {tail}", back="journal.undo")

    async def _replace(self, rows: Sequence[QueueRow]) -> None:
        found = self._screen.desk.suggest("cadence", "", CADENCES)
        items = [Item(str(each.id), each.name, each.aside) for each in found]
        cadence = await self.ask(ChooseModal("Instead", items, enter="start it instead"))
        if cadence is not None:
            ids = _enrollments(rows)
            await self._verbs.attempt(lambda desk: desk.replace(ids, cadence, versions=versions(rows)))

    # --- the deal

    async def stage(self, about: Sequence[OfRecord] = ()) -> None:
        """`>`: another stage, and what that brings. about: deals that are meant; else those of the rows."""
        rows, deals = self._deals(about)
        if not deals:
            return
        desk = self._screen.desk
        meets = {each: desk.moving(each) for each in deals}
        stages = meets[deals[0]]
        here = next((at for at, each in enumerate(stages) if each.is_here), 0)
        items = [
            Item(each.stage, each.stage, each.expectation, "now" if each.is_here else each.begins)
            for each in stages
        ]
        following = stages[min(here + 1, len(stages) - 1)].stage
        name = await self.ask(
            ChooseModal(f"Stage of {_which_deal(rows)}", items, enter="move it there", at=following)
        )
        if name is None:
            return
        to = [each for met in meets.values() for each in met if each.stage == name]
        then, reason, on = None, "", None
        if to[0].kind is StageKind.WON:
            answer = await self._day(_DELIVERED, rows, any_day=True)
            if answer is None:
                return
            on = answer
        elif to[0].kind is StageKind.LOST:
            why = await self._reason("Lost", rows, "it is lost", _which_deal(rows))
            if why is None:
                return
            reason = why
        elif running := list(dict.fromkeys(each for met in to for each in met.runs)):
            may_keep = all(met.may_keep for met in to if met.runs)
            chosen = await self.ask(self._what_becomes(running, to[0].begins, may_keep=may_keep))
            if chosen is None:
                return
            then = Then(chosen)
        day = on.day if on else None
        done = await self._verbs.attempt(
            lambda desk: desk.move_stage(deals, name, then=then, reason=reason, on=day)
        )
        if done is not None:
            self.keep_typed("Lost", rows, "")
            self.keep_typed(_DELIVERED, rows, "")

    def _what_becomes(self, running: Sequence[str], begins: str, *, may_keep: bool) -> ChoiceModal:
        choices = [
            *([("k", Then.KEEP.value, "keep it")] if may_keep else []),
            *([("r", Then.REPLACE.value, f"replace it: {begins}")] if begins else []),
            ("s", Then.STOP.value, "stop it"),
        ]
        return ChoiceModal(f"{' and '.join(running)} runs. What becomes of it?", choices, title="The cadence")

    async def park(self, about: Sequence[OfRecord] = ()) -> None:
        """`P`: a reason and a day. about: deals that are meant; else those of the rows."""
        rows, deals = self._deals(about)
        if not deals:
            return
        reason = await self._reason("Park", rows, "go on", _which_deal(rows))
        if reason is None:
            return
        answer = await self._day(_UNTIL, rows)
        if answer is not None:
            done = await self._verbs.attempt(lambda desk: desk.park(deals, answer.day, reason))
            if done is not None:
                self.keep_typed("Park", rows, "")
                self.keep_typed(_UNTIL, rows, "")

    async def handoff(self, about: OfRecord | None = None) -> None:
        """`O`: a deal or a contact to a colleague, with what they should know."""
        rows: Whom = [about] if about else self._screen.targets()
        record = await self._whose(rows)
        if record is None:
            return
        kind, number, name = record
        me = self._screen.desk.me.handle
        people = [
            Item(who.handle, who.name, who.handle, load_words(load))
            for who, load in self._screen.view.people()
            if who.handle != me or rows[0].owner_id != self._screen.desk.me.id
        ]
        to = await self.ask(ChooseModal(f"Hand {name} to", people, enter="hand it over"))
        if to is None:
            return
        context = self._screen.desk.handoff_context(kind, number)
        owner = next(each.name for each in people if each.key == to)
        modal = HandoffModal(name, owner, context, typed=self.typed("Handoff", rows))
        typed = await self.ask(modal, lambda: self.keep_typed("Handoff", rows, modal.line))
        if typed is not None:
            note = "\n\n".join(part for part in (typed, context) if part)
            done = await self._verbs.attempt(lambda desk: desk.handoff(kind, number, to, note))
            if done is not None:
                self.keep_typed("Handoff", rows, "")

    async def _whose(self, rows: Whom) -> tuple[str, int, str] | None:
        """The deal or the contact of the row, asked where it has both: kind, id, name."""
        if len(rows) > 1:
            self._screen.warn("One is handed over at a time: escape clears the marks.")
            return None
        [row] = rows
        deal = ("deal", row.deal_id, row.deal or "") if row.deal_id is not None else None
        contact = ("contact", row.contact_id, row.contact or "") if row.contact_id is not None else None
        if deal and contact:
            choices = [("d", "deal", f"the deal: {deal[2]}"), ("c", "contact", f"the contact: {contact[2]}")]
            kind = await self.ask(ChoiceModal("What is handed over?", choices, title="Hand off"))
            return None if kind is None else deal if kind == "deal" else contact
        if not deal and not contact:
            self._screen.warn("It is linked to no deal and no contact: o gives the task alone to somebody.")
        return deal or contact

    # --- small parts

    def _deals(self, about: Sequence[OfRecord]) -> tuple[Whom, list[int]]:
        """The rows that have a deal, or the deals meant, and each of those once; that there is none is said."""
        rows: Whom = about or [row for row in self._screen.targets() if row.deal_id is not None]
        if not rows:
            self._screen.warn("It is linked to no deal: e links it to one.")
        return rows, list(dict.fromkeys(row.deal_id for row in rows if row.deal_id is not None))

    async def _reason(self, title: str, rows: Whom, enter: str, about: str) -> str | None:
        modal = PromptModal(title, name="Why", about=about, text=self.typed(title, rows), enter=enter)
        return await self.ask(modal, lambda: self.keep_typed(title, rows, modal.line))

    async def _day(self, title: str, rows: Whom, *, any_day: bool = False) -> WhenAnswer | None:
        modal = WhenModal(
            title, _which_deal(rows), moment=self._screen.moment,
            calendar=self._screen.desk.calendar_of({row.owner_id for row in rows if row.owner_id is not None}),
            day_first=self._app.settings.day_first, any_day=any_day, typed=self.typed(title, rows),
        )  # fmt: skip
        return await self.ask(modal, lambda: self.keep_typed(title, rows, modal.day.text))


def _enrollments(rows: Sequence[QueueRow]) -> list[int]:
    return list(dict.fromkeys(row.enrollment_id for row in rows if row.enrollment_id is not None))


def _which_deal(rows: Whom) -> str:
    """The deal of the rows, or how many they are."""
    deals = {row.deal_id: row.deal or "" for row in rows}
    return next(iter(deals.values())) if len(deals) == 1 else plural(len(deals), "deal")
