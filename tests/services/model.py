"""What must be open, said a second time and as plainly as possible: a little model that the verbs are held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.world import World

WAITING = {"no_reply", "left_voicemail", "done", "acknowledged", "out_of_office"}
UNANSWERED = {"no_reply", "left_voicemail"}
DECISIONS = {"nurture", "extend", "lost"}
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


@dataclass(frozen=True)
class Run:
    """A running enrollment."""

    key: str
    contact: int | None
    deal: int | None
    assignee: int
    last_touch: int = 1
    """The highest touch that was done."""


@dataclass
class State:
    """All that is open, all that runs, and what was said so far."""

    open: dict[int, Item] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    said: list[tuple[int | None, int | None, bool]] = field(default_factory=list)
    """(contact, deal, whether it was the contact that spoke): tries without a reply, and replies."""

    def copy(self) -> State:
        return State(dict(self.open), dict(self.runs), set(self.lost), list(self.said))

    def silence(self, contact: int | None, deal: int | None) -> int:
        """Tries since the last reply: of the contact, else of the deal."""
        count = 0
        for whom, what, replied in self.said:
            if (whom == contact) if contact is not None else (what == deal):
                count = 0 if replied else count + 1
        return count

    def why_not(self, key: str, contact: int | None, deal: int | None, follows: bool = False) -> bool:
        """Whether a cadence may not begin; one that follows from a close may, though the deal is lost."""
        if deal in self.lost and not follows:
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
        if item.decides and outcome in WAITING:
            return True
        return (not item.decides and outcome in DECISIONS) or (outcome == "lost" and item.deal is None)

    def close(self, task: int, outcome: str, spawned: Iterable[int], begun: Iterable[int]) -> None:
        """What a close brings. `spawned` and `begun` are the numbers that new tasks and enrollments got."""
        item = self.open.pop(task)
        tasks, numbers = iter(spawned), iter(begun)
        if outcome in UNANSWERED:
            self.said.append((item.contact, item.deal, False))
        if outcome == "replied":
            self.said.append((item.contact, item.deal, True))
        run = self.runs.get(item.run) if item.run is not None else None
        if run and not item.decides and outcome != "not_needed":
            run = Run(run.key, run.contact, run.deal, run.assignee, max(run.last_touch, item.step or 0))
            self.runs[item.run or 0] = run
        if outcome in WAITING or outcome == "extend":
            self._goes_on(item, run, outcome, tasks, numbers)
        elif outcome == "call_back":
            self._add(next(tasks), item, run, item.step, item.decides)
        else:
            self._ends(item, outcome, tasks, numbers)

    def _goes_on(
        self, item: Item, run: Run | None, outcome: str, tasks: Iterable[int], numbers: Iterable[int]
    ) -> None:
        count = self.silence(item.contact, item.deal)
        if run is None:
            if outcome != "done":
                self._add(next(iter(tasks)), item, None, None, outcome != "extend" and count >= QUESTION_AT)
            return
        plan = PLANS[run.key]
        if outcome == "extend":
            self._add(next(iter(tasks)), item, run, min(run.last_touch + 1, plan.touches), False)
            return
        step = (item.step or 0) + (0 if plan.repeats else 1)
        if step <= plan.touches and count < QUESTION_AT:
            self._add(next(iter(tasks)), item, run, step, False)
        elif plan.end == "nurture" or (plan.end == "complete" and step > plan.touches):
            del self.runs[item.run or 0]
            if plan.end == "nurture":
                self._begin("nurture", item, run.assignee, item.deal, tasks, numbers)
        else:
            self._add(next(iter(tasks)), item, run, plan.touches + 1, True)

    def _ends(self, item: Item, outcome: str, tasks: Iterable[int], numbers: Iterable[int]) -> None:
        run = self.runs.pop(item.run, None) if item.run is not None else None
        doer = run.assignee if run else item.owner
        if outcome == "check_back":
            self.open[next(iter(tasks))] = Item(item.contact, item.deal, item.owner, priority=item.priority)
        elif outcome == "nurture":
            self._begin("nurture", item, doer, item.deal, tasks, numbers)
        elif outcome == "lost":
            self.lost.add(item.deal or 0)
            for number in [n for n, other in self.runs.items() if other.deal == item.deal]:
                del self.runs[number]
            self.open = {n: other for n, other in self.open.items() if other.deal != item.deal}
            of_deal = item.deal if item.contact is None else None
            self._begin("lost", item, doer, of_deal, tasks, numbers)

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

    def _add(self, task: int, item: Item, run: Run | None, step: int | None, decides: bool) -> None:
        if run is None:
            self.open[task] = Item(
                item.contact, item.deal, item.owner, decides=decides, priority=item.priority
            )
            return
        priority = 1 if run.key == "inbound" and step == 1 else 2
        self.open[task] = Item(
            item.contact, item.deal, run.assignee, item.run, step, decides, priority=priority
        )


def read(world: World) -> State:
    """The state that a file is in."""
    db = world.db
    state = State()
    for number, *values, decides, hidden, priority in db.rows(
        "SELECT id, contact_id, deal_id, owner_id, enrollment_id, step_no, kind = 'decide', hidden_until, priority"
        " FROM task WHERE status IN ('open', 'held')"
    ):
        state.open[number] = Item(*values, bool(decides), hidden, priority)
    for number, *run in db.rows(
        "SELECT e.id, c.key, e.contact_id, e.deal_id, e.assignee_id, ifnull((SELECT max(step_no) FROM task t"
        " WHERE t.enrollment_id = e.id AND t.kind <> 'decide' AND t.status = 'done'), 1)"
        " FROM enrollment e JOIN cadence c ON c.id = e.cadence_id WHERE e.state <> 'ended' AND e.removed_by IS NULL"
    ):
        state.runs[number] = Run(*run)
    state.lost = {row[0] for row in db.rows("SELECT id FROM deal WHERE closed_at IS NOT NULL")}
    state.said = [
        (contact, deal, bool(reply))
        for contact, deal, reply in db.rows(
            "SELECT contact_id, deal_id, direction = 'in' FROM activity WHERE removed_by IS NULL"
            " AND (direction = 'in' OR reply_class = 'none') ORDER BY id"
        )
    ]
    return state
