"""What must be open, said a second time and as plainly as possible: a little model that the verbs are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from fu_tui.services.running import is_touched
from tests.world import World

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
    """An open task."""

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


@dataclass(frozen=True)
class Run:
    """A running enrollment."""

    key: str
    contact: int | None
    deal: int | None
    assignee: int
    last_touch: int = 1
    """The highest touch that was done."""
    waits: bool = False


@dataclass
class State:
    """All that is open, all that runs, and what was said so far."""

    open: dict[int, Item] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    """Deals that are closed, won or lost."""
    shut: set[int] = field(default_factory=set)
    """Contacts that want to hear nothing more."""
    said: list[tuple[int | None, int | None, bool]] = field(default_factory=list)
    """(contact, deal, whether the count begins anew): tries without a reply, and replies."""

    def copy(self) -> State:
        return State(dict(self.open), dict(self.runs), set(self.lost), set(self.shut), list(self.said))

    def silence(self, contact: int | None, deal: int | None) -> int:
        """Tries since the last reply: of the contact, else of the deal."""
        count = 0
        for whom, what, replied in self.said:
            if (whom == contact) if contact is not None else (what == deal):
                count = 0 if replied else count + 1
        return count

    def why_not(self, key: str, contact: int | None, deal: int | None, follows: bool = False) -> bool:
        """Whether a cadence may not begin; one that follows from a close may, though the deal is lost."""
        if contact in self.shut or (deal in self.lost and not follows):
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
            self.runs[item.run or 0] = replace(run, waits=True)
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
            run = self.runs[search.run] = replace(self.runs[search.run], waits=False)
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
                self._begin("nurture", item, run.assignee, item.deal, tasks, numbers)
        else:
            self._add(next(iter(tasks)), item, run, plan.touches + 1, True)

    def _ends(self, item: Item, outcome: str, tasks: Iterable[int], numbers: Iterable[int]) -> None:
        doer = self.runs[item.run].assignee if item.run in self.runs else item.owner
        for number in self._over(item, outcome):
            self._end(number, replied=outcome in REPLIES)
        if outcome in ("check_back", "meeting_booked"):
            self.open[next(iter(tasks))] = Item(
                item.contact, item.deal, doer, priority=item.priority, meeting=outcome == "meeting_booked"
            )
        elif outcome in ("nurture", "meeting_held", "start_again"):
            key = {"nurture": "nurture", "meeting_held": "post-meeting", "start_again": "standard"}[outcome]
            self._begin(key, item, doer, item.deal, tasks, numbers)
        elif outcome in OF_DEALS:
            self.lost.add(item.deal or 0)
            self._end_all(lambda run: run.deal == item.deal)
            gone = [
                n for n, other in self.open.items()
                if other.deal == item.deal and (outcome == "lost" or not (other.by_hand or other.meeting))
            ]  # fmt: skip
            self._drop(gone)
            of_deal = item.deal if outcome == "won" or item.contact is None else None
            self._begin("onboarding" if outcome == "won" else "lost", item, doer, of_deal, tasks, numbers)
        elif outcome == "opted_out":
            self.shut.add(item.contact or 0)
            self._end_all(lambda run: run.contact == item.contact)
            self._drop([n for n, o in self.open.items() if o.contact == item.contact and not o.meeting])

    def _over(self, item: Item, outcome: str) -> list[int]:
        """What ends with the task: its own run, the one that waits for it, or the one beside it that was answered."""
        own = item.run if item.run is not None else item.search and item.search.run
        if own is not None:
            return [own] if own in self.runs else []
        if outcome not in REPLIES:
            return []
        return [n for n, run in self.runs.items() if (run.contact, run.deal) == (item.contact, item.deal)]

    def _end(self, number: int, replied: bool = False) -> None:
        self.runs.pop(number)
        for task, item in list(self.open.items()):
            if item.run == number and replied and item.touched:
                self.open[task] = replace(item, run=None, step=None, by_hand=True)
            elif number in (item.run, item.search and item.search.run):
                del self.open[task]

    def _end_all(self, which: Callable[[Run], bool]) -> None:
        for number in [n for n, run in self.runs.items() if which(run)]:
            self._end(number)

    def _drop(self, tasks: Iterable[int]) -> None:
        for task in tasks:
            del self.open[task]

    def _begin(
        self, key: str, item: Item, doer: int, deal: int | None, tasks: Iterable[int], numbers: Iterable[int]
    ) -> None:
        if not self.why_not(key, item.contact, deal, follows=True):
            self.begin(key, item.contact, deal, doer, next(iter(tasks)), next(iter(numbers)))

    def begin(
        self, key: str, contact: int | None, deal: int | None, doer: int, task: int, number: int
    ) -> None:
        """A cadence begins with its first step."""
        self.runs[number] = Run(key, contact, deal, doer)
        priority = 1 if key == "inbound" else 2
        self.open[task] = Item(contact, deal, doer, number, 1, priority=priority)

    def _add(
        self, task: int, item: Item, run: Run | None, step: int | None, decides: bool, meeting: bool = False
    ) -> None:
        if run is None:
            self.open[task] = Item(
                item.contact, item.deal, item.owner, decides=decides, priority=item.priority, search=item.search,
                meeting=meeting,
            )  # fmt: skip
            return
        priority = 1 if run.key == "inbound" and step == 1 else 2
        self.open[task] = Item(
            item.contact, item.deal, run.assignee, item.run, step, decides, priority=priority
        )


def read(world: World) -> State:
    """The state that a file is in."""
    db = world.db
    state = State()
    history = {row[0]: row for row in db.rows(
        "SELECT id, spawned_by_id, enrollment_id, step_no, priority, outcome, kind, attempt FROM task"
    )}  # fmt: skip
    for number, *values, decides, hidden, priority, by_hand, meeting in db.rows(
        "SELECT id, contact_id, deal_id, owner_id, enrollment_id, step_no, kind = 'decide', hidden_until, priority,"
        " origin = 'user', kind = 'meeting' FROM task WHERE status IN ('open', 'held')"
    ):
        search = None if values[3] else search_of(history, number)
        touched = is_touched(db, number)
        state.open[number] = Item(
            *values, bool(decides), hidden, priority, bool(by_hand), bool(meeting), touched, search
        )
    for number, *run, waits in db.rows(
        "SELECT e.id, c.key, e.contact_id, e.deal_id, e.assignee_id, ifnull((SELECT max(step_no) FROM task t"
        " WHERE t.enrollment_id = e.id AND t.kind <> 'decide' AND t.status = 'done'), 1), e.state = 'paused'"
        " FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.state <> 'ended' AND e.removed_by IS NULL"
    ):
        state.runs[number] = Run(*run, waits=bool(waits))
    state.lost = {row[0] for row in db.rows("SELECT id FROM deal WHERE closed_at IS NOT NULL")}
    state.shut = {row[0] for row in db.rows("SELECT id FROM contact WHERE do_not_contact")}
    state.said = [
        (contact, deal, bool(reply))
        for contact, deal, reply in db.rows(
            "SELECT contact_id, deal_id, reply_class <> 'none' FROM activity WHERE removed_by IS NULL"
            " AND (direction = 'in' OR reply_class IN ('none', 'terminal')) ORDER BY id"
        )
    ]
    return state


def search_of(history: dict[int, Any], number: int) -> Search | None:
    """What a task without a cadence searches an address for, from what came before it."""
    found: Search | None = None
    tries = 0
    task = history[number]
    while task[2] is None:
        if not tries and task[6] != "decide":
            tries = task[7]
        before = history.get(task[1] or 0)
        if before is None or before[5] not in FAILED | SEARCHES_ON:
            return found
        if before[5] in FAILED:
            found = Search(before[2], before[3], before[4], tries)
        task = before
    return found
