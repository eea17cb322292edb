"""What must be open, said a second time and as plainly as possible: a little model that the verbs are held against.

One rule: it is written from the domain's page, and shares nothing with the code it judges. Here: closing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Self

WAITING = {"no_reply", "left_voicemail", "done", "acknowledged", "out_of_office", "no_show"}
UNANSWERED = {"no_reply", "left_voicemail", "no_show"}
DECISIONS = {"nurture", "extend", "start_again"}
FAILED = {"bounced", "wrong_person"}
SEARCHES_ON = {
    "no_reply",
    "left_voicemail",
    "acknowledged",
    "out_of_office",
    "no_show",
    "call_back",
    "extend",
}
REPLIES = {"replied", "meeting_booked", "meeting_held"}
HEARD = REPLIES | {"check_back", "won", "opted_out", "start_again"}
"""After these what went unanswered counts anew."""
OF_DEALS = {"won", "lost"}
QUESTION_AT = 5
CLOSED = {"Won", "Lost"}
"""Stages in which a deal is over."""


class Plan(NamedTuple):
    """A shipped cadence, as far as it matters for what comes next."""

    touches: int
    decides: bool = False
    """Whether a decision stands after the touches."""
    repeats: bool = False
    end: str = "ask"
    outreach: bool = False


PLANS = {
    "standard": Plan(4, decides=True, outreach=True), "inbound": Plan(4, decides=True, outreach=True),
    "proposal": Plan(4, decides=True), "negotiation": Plan(1, repeats=True), "post-meeting": Plan(3),
    "onboarding": Plan(2, end="complete"), "nurture": Plan(1), "lost": Plan(1, end="nurture"),
}  # fmt: skip


class Search(NamedTuple):
    """What a task searches an address for."""

    run: int | None
    step: int | None
    priority: int
    tries: int = 1


@dataclass(frozen=True)
class Item:
    """An open task, or one that waits."""

    contact: int | None
    deal: int | None
    owner: int
    run: int | None = None
    step: int | None = None
    decides: bool = False
    hidden: str | None = None
    priority: int = 2
    by_hand: bool = False
    meeting: bool = False
    touched: bool = False
    search: Search | None = None
    held: bool = False
    acting: int | None = None
    """Who stands in for the owner."""


@dataclass(frozen=True)
class Away:
    """Somebody's absence, both days included."""

    user: int
    from_on: date
    to_on: date
    policy: str
    cover: int | None = None


@dataclass(frozen=True)
class Run:
    """A running enrollment."""

    key: str
    contact: int | None
    deal: int | None
    assignee: int
    last_touch: int = 1
    """The highest touch that was done."""
    paused: bool = False
    failed: int | None = None
    """The step that did not get through, while an address is searched for."""
    version: int = 0


@dataclass
class State:
    """All that is open, all that runs, and what was said so far."""

    open: dict[int, Item] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    stages: dict[int, str] = field(default_factory=dict)
    """Of each deal."""
    shut: set[int] = field(default_factory=set)
    """Contacts that want to hear nothing more."""
    said: list[tuple[int | None, int | None, bool]] = field(default_factory=list)
    """(contact, deal, whether the count begins anew): tries without a reply, and replies."""
    parked: dict[int, date] = field(default_factory=dict)
    delivered: set[int] = field(default_factory=set)
    owners: dict[tuple[str, int], int] = field(default_factory=dict)
    """Of each ("contact" or "deal", id)."""
    speaks: dict[int, int] = field(default_factory=dict)
    """The first contact of a deal."""
    away: dict[int, Away] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    """The newest of each cadence, by its id."""

    def copy(self) -> Self:
        return type(self)(**{name: copy.copy(value) for name, value in vars(self).items()})

    def is_closed(self, deal: int | None) -> bool:
        return deal is not None and self.stages[deal] in CLOSED

    def task_of(self, run: int) -> int | None:
        """The one task of a run."""
        return next((number for number, item in self.open.items() if item.run == run), None)

    def silence(self, contact: int | None, deal: int | None) -> int:
        """Tries since the last reply: of the contact, else of the deal."""
        count = 0
        for whom, what, replied in self.said:
            if (whom == contact) if contact is not None else (what == deal):
                count = 0 if replied else count + 1
        return count

    def why_not(self, key: str, contact: int | None, deal: int | None, follows: bool = False) -> bool:
        """Whether a cadence may not begin; one that follows from something may, though the deal is over."""
        if contact in self.shut or deal in self.parked or (self.is_closed(deal) and not follows):
            return True
        for run in self.runs.values():
            if (run.contact, run.deal) == (contact, deal):
                return True
            if PLANS[key].outreach and PLANS[run.key].outreach:
                same_contact = contact is not None and run.contact == contact
                if same_contact or (deal is not None and run.deal == deal):
                    return True
        return False

    def refuses(self, item: Item, outcome: str) -> bool:
        """Whether a task can't be closed this way."""
        if item.decides and outcome in WAITING | FAILED:
            return True
        if outcome == "start_again" and (item.run is None or self.runs[item.run].key != "nurture"):
            return True
        if outcome == "opted_out" and item.contact is None:
            return True
        return (not item.decides and outcome in DECISIONS) or (outcome in OF_DEALS and item.deal is None)

    def close(self, task: int, outcome: str, spawned: Iterable[int], begun: Iterable[int]) -> None:
        """What a close brings. `spawned` and `begun` are the numbers that new tasks and enrollments got."""
        item = self.open.pop(task)
        tasks, numbers = iter(spawned), iter(begun)
        if outcome in UNANSWERED and not item.search:
            self.said.append((item.contact, item.deal, False))
        if outcome in HEARD:
            self.said.append((item.contact, item.deal, True))
        run = self.runs.get(item.run) if item.run is not None else None
        if run and not item.decides and outcome != "not_needed":
            run = replace(run, last_touch=max(run.last_touch, item.step or 0))
            self.runs[item.run or 0] = run
        if outcome in WAITING or outcome == "extend":
            self._goes_on(item, run, outcome, tasks, numbers)
        elif outcome == "call_back":
            search = item.search and item.search._replace(tries=item.search.tries + (not item.decides))
            self._add(next(tasks), replace(item, search=search), run, item.step, item.decides, item.meeting)
        elif outcome in FAILED:
            self._waits(item, run, next(tasks))
        else:
            self._ends(item, outcome, tasks, numbers)

    def _waits(self, item: Item, run: Run | None, task: int) -> None:
        old = item.search
        search = old._replace(tries=1) if old else Search(item.run, item.step, item.priority)
        if run:
            self.runs[item.run or 0] = replace(run, paused=True, failed=item.step)
        self.open[task] = Item(
            item.contact,
            item.deal,
            run.assignee if run else item.owner,
            priority=item.priority,
            search=search,
        )

    def _found(self, search: Search, item: Item, tasks: Iterable[int]) -> None:
        if search.run is None:
            self.open[next(iter(tasks))] = Item(item.contact, item.deal, item.owner, priority=search.priority)
        elif search.run in self.runs:
            run = self.runs[search.run] = replace(self.runs[search.run], paused=False, failed=None)
            of_run = replace(item, contact=run.contact, deal=run.deal, run=search.run)
            self._add(next(iter(tasks)), of_run, run, search.step, False)

    def _goes_on(
        self, item: Item, run: Run | None, outcome: str, tasks: Iterable[int], numbers: Iterable[int]
    ) -> None:
        search = item.search
        count = search.tries if search else self.silence(item.contact, item.deal)
        if run is None:
            if outcome == "done":
                if search:
                    self._found(search, item, tasks)
                return
            asks = outcome != "extend" and count >= QUESTION_AT
            if search and not asks:
                item = replace(item, search=search._replace(tries=search.tries + 1))
            self._add(next(iter(tasks)), item, None, None, asks)
            return
        plan = PLANS[run.key]
        if outcome == "extend":
            self._add(next(iter(tasks)), item, run, min(run.last_touch + 1, plan.touches), False)
            return
        again = plan.repeats or (outcome == "no_show" and count < QUESTION_AT)
        step = (item.step or 0) + (0 if again else 1)
        if step <= plan.touches and count < QUESTION_AT:
            self._add(next(iter(tasks)), item, run, step, False)
        elif plan.end == "nurture" or (plan.end == "complete" and step > plan.touches):
            del self.runs[item.run or 0]
            if plan.end == "nurture":
                self.follow("nurture", item.contact, item.deal, run.assignee, tasks, numbers)
        else:
            self._add(next(iter(tasks)), item, run, plan.touches + 1, True)

    def _ends(self, item: Item, outcome: str, tasks: Iterable[int], numbers: Iterable[int]) -> None:
        doer = self.runs[item.run].assignee if item.run in self.runs else item.owner
        for number in self._what_ends(item, outcome):
            self.end(number, replied=outcome in REPLIES)
        if outcome in ("check_back", "meeting_booked"):
            self.open[next(iter(tasks))] = Item(
                item.contact, item.deal, doer, priority=item.priority, meeting=outcome == "meeting_booked"
            )
        elif outcome in ("nurture", "meeting_held", "start_again"):
            key = {"nurture": "nurture", "meeting_held": "post-meeting", "start_again": "standard"}[outcome]
            self.follow(key, item.contact, item.deal, doer, tasks, numbers)
        elif outcome in OF_DEALS:
            self.over(outcome, item.deal or 0, item.contact, doer, tasks, numbers)
        elif outcome == "opted_out":
            self.shut.add(item.contact or 0)
            self._end_all(lambda run: run.contact == item.contact)
            self._drop([n for n, o in self.open.items() if o.contact == item.contact and not o.meeting])

    def over(
        self,
        how: str,
        deal: int,
        contact: int | None,
        doer: int,
        tasks: Iterable[int],
        numbers: Iterable[int],
    ) -> None:
        """A deal is won or lost, by a close or by a move; what a person made on a deal that is won outlives it."""
        self.stages[deal] = how.capitalize()
        self.parked.pop(deal, None)
        if how == "won":
            self.delivered.add(deal)
        self._end_all(lambda run: run.deal == deal)
        gone = [
            n for n, other in self.open.items()
            if other.deal == deal and (how == "lost" or not (other.by_hand or other.meeting))
        ]  # fmt: skip
        self._drop(gone)
        key, of_deal = ("onboarding", deal) if how == "won" else ("lost", deal if contact is None else None)
        self.follow(key, contact, of_deal, doer, tasks, numbers)

    def _what_ends(self, item: Item, outcome: str) -> list[int]:
        """What ends with the task: its own run, the one that waits for it, or the one beside it that was answered."""
        own = item.run if item.run is not None else item.search and item.search.run
        if own is not None:
            return [own] if own in self.runs else []
        if outcome not in REPLIES:
            return []
        return [n for n, run in self.runs.items() if (run.contact, run.deal) == (item.contact, item.deal)]

    def end(self, number: int, replied: bool = False) -> None:
        self.runs.pop(number)
        for task, item in list(self.open.items()):
            if item.run == number and replied and item.touched:
                self.open[task] = replace(item, run=None, step=None, by_hand=True, held=False)
            elif number in (item.run, item.search and item.search.run):
                del self.open[task]

    def _end_all(self, which: Callable[[Run], bool]) -> None:
        for number in [n for n, run in self.runs.items() if which(run)]:
            self.end(number)

    def _drop(self, tasks: Iterable[int]) -> None:
        for task in tasks:
            del self.open[task]

    def follow(
        self,
        key: str,
        contact: int | None,
        deal: int | None,
        doer: int,
        tasks: Iterable[int],
        numbers: Iterable[int],
    ) -> None:
        """A cadence that follows from something begins, if it may."""
        if not self.why_not(key, contact, deal, follows=True):
            self.begin(key, contact, deal, doer, next(iter(tasks)), next(iter(numbers)))

    def begin(
        self,
        key: str,
        contact: int | None,
        deal: int | None,
        doer: int,
        task: int,
        number: int,
        step: int = 1,
    ) -> None:
        """A cadence begins, with its first step unless told."""
        run = self.runs[number] = Run(key, contact, deal, doer, version=self.versions[key])
        self.add_step(task, number, run, step)

    def _add(
        self, task: int, item: Item, run: Run | None, step: int | None, decides: bool, meeting: bool = False
    ) -> None:
        if run is None:
            self.open[task] = Item(
                item.contact, item.deal, item.owner, decides=decides, priority=item.priority, search=item.search,
                meeting=meeting,
            )  # fmt: skip
            return
        self.add_step(task, item.run or 0, run, step or 1, decides)

    def add_step(self, task: int, number: int, run: Run, step: int, decides: bool = False) -> None:
        """A step of a run is open."""
        priority = 1 if run.key == "inbound" and step == 1 else 2
        self.open[task] = Item(
            run.contact, run.deal, run.assignee, number, step, decides, priority=priority, by_hand=False
        )
