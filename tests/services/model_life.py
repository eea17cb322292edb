"""The model's other half: what happens to what runs and waits beside closing: pauses, parks, absences, other owners,
other stages, replies by themselves and what is logged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from tests.services.model import CLOSED, PLANS, Away, Item, State

BELONGS = {
    "New lead": "inbound", "Qualified": "standard", "Meeting completed": "post-meeting",
    "Proposal sent": "proposal", "Negotiation": "negotiation",
}  # fmt: skip
"""The cadence that belongs to an open stage."""
STARTS = {
    "inquiry": ("inbound", 1),
    "meeting": ("post-meeting", 1),
    "proposal": ("proposal", 2),
    "delivery": ("onboarding", 1),
}
"""The cadence, and its step, that begins with what is logged."""


class Day(NamedTuple):
    """When a task is due, as far as an absence asks."""

    on: date
    has_hour: bool


@dataclass
class Lives(State):
    """The state, with all its verbs."""

    # --- what waits

    def absence(self, user: int | None, today: date) -> Away | None:
        """Who is away today."""
        found = [one for one in self.away.values() if one.user == user and one.from_on <= today <= one.to_on]
        return found[0] if found else None

    def holds(self, item: Item, today: date) -> bool:
        """Whether anything keeps a task waiting."""
        return (item.run is not None and self.runs[item.run].paused) or self.keeps(item, today)

    def keeps(self, item: Item, today: date) -> bool:
        """Whether a park or an absence keeps a task waiting."""
        absence = self.absence(item.owner, today)
        return item.deal in self.parked or (absence is not None and absence.policy == "pause")

    def pause(self, number: int) -> None:
        self.runs[number] = replace(self.runs[number], paused=True)
        self.hold(lambda item: item.run == number)

    def hold(self, which: Callable[[Item], bool]) -> None:
        """Open tasks wait; an agreed hour never does."""
        for task, item in self.open.items():
            if which(item) and not item.held:
                self.open[task] = replace(item, held=True, hidden=None)

    def let_go(self, which: Callable[[Item], bool], today: date) -> None:
        """What nothing else holds is open again."""
        for task, item in self.open.items():
            if item.held and which(item) and not self.holds(item, today):
                self.open[task] = replace(item, held=False)

    def may_resume(self, number: int, today: date) -> bool:
        run, task = self.runs[number], self.task_of(number)
        item = self.open[task] if task else Item(run.contact, run.deal, run.assignee)
        return run.paused and not self.keeps(item, today)

    def resume(self, number: int, task: int) -> None:
        """It goes on; after a bounce with the step that did not get through, and the search is over."""
        run = self.runs[number]
        self.runs[number] = replace(run, paused=False, failed=None)
        if self.task_of(number) is None:
            self._drop([n for n, item in self.open.items() if item.search and item.search.run == number])
            self.add_step(task, number, run, run.failed or 1)
        else:
            self.open[task] = replace(self.open[task], held=False)

    def stop(self, number: int, keep: bool, today: date) -> None:
        for task, item in self.open.items():
            if keep and item.run == number:
                held = item.held and self.keeps(item, today)
                self.open[task] = replace(item, run=None, step=None, by_hand=True, held=held)
        self.end(number)

    def skip(self, task: int, tasks: Iterable[int], numbers: Iterable[int]) -> None:
        """As after a close that nobody was asked about."""
        item = self.open.pop(task)
        self._goes_on(item, self.runs[item.run or 0], "skipped", iter(tasks), iter(numbers))

    # --- deals

    def conversation(self, deal: int) -> tuple[int | None, int]:
        """With whom a deal is talked about, and by whom."""
        running = [run for _, run in sorted(self.runs.items()) if run.deal == deal]
        contact = running[-1].contact if running else None
        return contact or self.speaks.get(deal), running[-1].assignee if running else self.owners[
            "deal", deal
        ]

    def others(self, deal: int, stage: str) -> list[int]:
        """What runs for a deal and does not belong to a stage."""
        return [n for n, run in self.runs.items() if run.deal == deal and run.key != BELONGS.get(stage)]

    def may_move(self, deal: int, stage: str, then: str | None) -> bool:
        if self.stages[deal] == stage:
            return False
        others = [] if stage in CLOSED else self.others(deal, stage)
        repeats = any(PLANS[self.runs[n].key].repeats and self.step(n) == 1 for n in others)
        return not others or (then is not None and not (then == "keep" and repeats))

    def step(self, number: int) -> int | None:
        task = self.task_of(number)
        return self.open[task].step if task else self.runs[number].failed

    def move(
        self, deal: int, stage: str, then: str | None, today: date, tasks: list[int], numbers: list[int]
    ) -> None:
        contact, doer = self.conversation(deal)
        if stage in CLOSED:
            self.over(stage.lower(), deal, contact, doer, iter(tasks), iter(numbers))
            self.let_go(lambda item: item.deal == deal, today)
            return
        if then in ("replace", "stop"):
            for number in self.others(deal, stage):
                self.end(number)
        self.stages[deal] = stage
        if self.parked.pop(deal, None):
            self.let_go(lambda item: item.deal == deal, today)
        if then != "stop" and not any(run.deal == deal for run in self.runs.values()):
            self.follow(BELONGS[stage], contact, deal, doer, iter(tasks), iter(numbers))

    def park(self, deal: int, until: date) -> None:
        self.parked[deal] = until
        self.hold(lambda item: item.deal == deal and not item.meeting)

    def unpark(self, deal: int, today: date) -> None:
        del self.parked[deal]
        self.let_go(lambda item: item.deal == deal, today)

    def come_back(self, today: date, tasks: Iterable[int]) -> None:
        """Parks that are over; what has nothing to do then brings a task."""
        for deal in sorted(deal for deal, until in self.parked.items() if until <= today):
            self.unpark(deal, today)
            if not any(one.deal == deal for one in (*self.open.values(), *self.runs.values())):
                self.open[next(iter(tasks))] = Item(self.speaks.get(deal), deal, self.owners["deal", deal])

    # --- owners

    def stand_in(self, users: Iterable[int], today: date, days: Mapping[int, Day]) -> None:
        """What absences mean today, for these users. days: when each task is due now."""
        for user in users:
            self.let_go(lambda item, user=user: item.owner == user, today)  # type: ignore[misc]
            theirs = [task for task, item in self.open.items() if item.owner == user]
            if self.cover(user, today) is None:
                for task in theirs:
                    self.open[task] = replace(self.open[task], acting=None)
            self.fall(theirs, today, days)

    def cover(self, user: int, today: date) -> int | None:
        """Who does what is a user's today; nobody where they are here, or the cover is away too."""
        absence = self.absence(user, today)
        cover = absence.cover if absence and absence.policy != "pause" else None
        return None if self.absence(cover, today) else cover

    def given(self, tasks: Iterable[int], today: date, days: Mapping[int, Day]) -> None:
        """Tasks that have another owner: what only the old one's absence held goes on."""
        for task in tasks:
            item = self.open[task]
            self.open[task] = replace(item, held=item.held and self.holds(item, today))
        self.fall(tasks, today, days)

    def fall(self, tasks: Iterable[int], today: date, days: Mapping[int, Day]) -> None:
        """Tasks whose owner is away wait or are the cover's: from the start where they are made meanwhile."""
        for task in tasks:
            item = self.open[task]
            absence, cover = self.absence(item.owner, today), self.cover(item.owner, today)
            if absence is None or item.held or days[task].on > absence.to_on:
                continue
            urgent = days[task].on < today or item.priority == 1 or days[task].has_hour
            if absence.policy == "pause" and not item.meeting:
                self.open[task] = replace(item, held=True, hidden=None)
            elif cover and (absence.policy == "cover_all" or urgent):
                self.open[task] = replace(item, acting=cover)

    def hand_over(self, kind: str, record: int, to: int, task: int) -> list[int]:
        """Another owner, with what is open about it. Returns those tasks."""
        before, deal = self.owners[kind, record], record if kind == "deal" else None

        def is_about(contact: int | None, of: int | None) -> bool:
            return of == deal if deal else (contact == record and of is None)

        contact = self.conversation(record)[0] if deal else record
        moved = [
            n for n, item in self.open.items() if item.owner == before and is_about(item.contact, item.deal)
        ]
        for number in moved:
            self.open[number] = replace(self.open[number], owner=to, acting=None)
        for number, run in self.runs.items():
            if run.assignee == before and is_about(run.contact, run.deal):
                self.runs[number] = replace(run, assignee=to)
        self.owners[kind, record] = to
        self.open[task] = Item(contact, deal, to, by_hand=True)
        return moved

    def owner(self, contact: int | None, deal: int | None) -> int:
        return self.owners["deal", deal] if deal else self.owners["contact", contact or 0]

    # --- what comes by itself, and what is logged

    def waiting_for(self, contact: int | None, deal: int | None, answered: int | None) -> list[int]:
        """The runs that a reply ends. answered: the run of the last touch before it."""

        def ends(number: int, contact_: int | None, deal_: int | None, outreach: bool) -> bool:
            if contact is None:
                return deal_ == deal
            if deal is not None:
                return (deal_ == deal and contact_ in (contact, None)) or (contact_ == contact and outreach)
            return is_theirs(contact_, deal_) and (outreach or number == answered)

        def is_theirs(contact_: int | None, deal_: int | None) -> bool:
            return contact_ == contact or (contact_ is None and self.speaks.get(deal_ or 0) == contact)

        theirs = [n for n, run in self.runs.items() if is_theirs(run.contact, run.deal)]
        if contact is not None and deal is None and len(theirs) == 1:
            return theirs  # nothing else can be meant
        return [n for n, run in self.runs.items() if ends(n, run.contact, run.deal, PLANS[run.key].outreach)]

    def meet(
        self, contact: int | None, deal: int | None, answered: int | None, keep: bool
    ) -> tuple[int | None, int | None]:
        """A meeting ends what a reply would. Returns the deal that goes on, and who has the conversation."""
        numbers = self.waiting_for(contact, deal, answered)
        runs = [self.runs[number] for number in numbers]
        for number in numbers:
            self.end(number, replied=keep)
        about = {run.deal for run in runs if run.deal is not None}
        return (about.pop() if len(about) == 1 else None), (runs[0].assignee if runs else None)

    def reply(
        self, contact: int | None, deal: int | None, answered: int | None, keep: bool, urgent: bool, task: int
    ) -> None:
        for number in self.waiting_for(contact, deal, answered):
            self.end(number, replied=keep)
        self.said.append((contact, deal, True))
        priority = 1 if urgent else 2
        self.open[task] = Item(contact, deal, self.owner(contact, deal), priority=priority, by_hand=True)

    def meant(self, code: str, contact: int | None, deal: int | None) -> tuple[int | None, int | None]:
        """Whom an entry of the log is about: the only open deal of a contact, the first contact of a deal."""
        if deal is None:
            over = {"Lost"} if code == "delivery" else CLOSED
            theirs = [
                of for of, who in self.speaks.items()
                if who == contact and self.stages[of] not in over and of not in self.delivered
            ]  # fmt: skip
            deal = theirs[0] if len(theirs) == 1 else None
        return (contact or self.speaks.get(deal or 0), deal)

    def is_covered(self, contact: int | None, deal: int | None) -> bool:
        """Whether something open is about the same matter, or it rests."""
        return self.rests(contact, deal) or self.is_worked_on(contact, deal)

    def rests(self, contact: int | None, deal: int | None) -> bool:
        return any(
            deal == of or (deal is None and self.speaks.get(of) == contact is not None) for of in self.parked
        )

    def is_worked_on(self, contact: int | None, deal: int | None) -> bool:
        """Whether something open is about the same matter."""

        def same(one: Item) -> bool:
            about_deal = deal is not None and one.deal == deal
            return about_deal or (contact == one.contact is not None and (deal is None or one.deal is None))

        runs = (Item(run.contact, run.deal, run.assignee) for run in self.runs.values())
        return any(map(same, (*self.open.values(), *runs)))

    def hears(self, code: str, contact: int | None, deal: int | None) -> bool:
        """Whether what is logged starts anything."""
        stage = self.stages.get(deal or 0, "")
        over = stage == "Lost" or (stage == "Won" and code not in ("delivery", "meeting"))
        if over or contact in self.shut or self.is_covered(contact, deal) or code not in (*STARTS, "mail"):
            return False
        return code == "mail" or not self.why_not(STARTS[code][0], contact, deal, follows=True)

    def log(
        self,
        code: str,
        contact: int | None,
        deal: int | None,
        task: int,
        number: int,
        doer: int | None = None,
    ) -> None:
        """What is logged about a contact and a deal. doer: who has the conversation, where it went on."""
        starts = self.hears(code, contact, deal)
        if code in ("mail", "text", "linkedin", "proposal", "meeting", "inquiry"):
            self.said.append((contact, deal, code in ("meeting", "inquiry")))
        if code == "delivery":
            self.delivered.add(deal or 0)
        if starts and code == "mail":
            self.open[task] = Item(contact, deal, self.owner(contact, deal))
        elif starts:
            key, step = STARTS[code]
            self.begin(key, contact, deal, doer or self.owner(contact, deal), task, number, step)
