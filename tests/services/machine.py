"""Random days at the desk: whatever is done, undone and done again, by two people on one file, every promise holds and
exactly what must be open is open. Here: tasks are closed, moved and undone; the rest of their life is in machine_life.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fu_tui.core.errors import Conflict, Refused, TouchedSuccessor, UsageError
from fu_tui.core.events import Enrolled, FollowUpSpawned
from fu_tui.core.outcomes import TABLE
from fu_tui.core.terms import Priority, Role, Touched
from fu_tui.queries.doctor import examine
from fu_tui.services.announce import announced
from fu_tui.services.following import Following
from fu_tui.services.running import is_touched
from fu_tui.services.spawn import Links
from fu_tui.store.models import DealContact, User
from tests.services.model import PLANS, Item
from tests.services.model_life import Lives
from tests.services.model_read import due_days, read
from tests.world import World

ASKS = {row.code for row in TABLE if row.asks}
OUTCOMES = st.sampled_from(["no_reply"] * 6 + [row.code for row in TABLE])
DECISION = st.sampled_from(
    [
        "nurture",
        "lost",
        "extend",
        "close_file",
        "replied",
        "call_back",
        "no_reply",
        "start_again",
        "won",
        "bounced",
    ]
)
PICK = st.integers(0, 1_000_000)


@dataclass
class Deed:
    """A verb that was done, with the world around it."""

    actor: int
    before: Lives
    after: Lives
    dump_before: dict[str, Any]
    dump_after: dict[str, Any]
    done: bool = True


class Days(RuleBasedStateMachine):
    """A file, a model of it, and the deeds of two people."""

    on_disk = False
    """Whether the file is kept as durably as outside of tests."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")  # noqa: S108 - files in memory, where the system has them
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() and not self.on_disk else None))
        self.world = world = World(self.folder)
        self.quicken()
        world.change(User, world.sam, role=Role.MANAGER)
        kim = world.make_contact("Kim Moe")
        deals = [world.deal, world.make_deal("Second"), world.make_deal("Third")]
        with world.context.unit("link") as work:
            for deal, contact in zip(deals, (world.contact, kim), strict=False):
                work.insert(DealContact, deal=deal, contact=contact)
        self.deals = deals
        self.whom = [
            (world.contact, deals[0]), (world.contact, deals[1]), (world.contact, None), (kim, deals[1]),
            (None, deals[2]), (None, deals[0]),
        ]  # fmt: skip
        self.state = read(world)
        self.deeds: list[Deed] = []
        self.acts: list[tuple[int | None, Deed | None]] = []
        """Who acted, in order (time itself: nobody); with the deed where it was a verb."""
        self.undone: dict[int, list[Deed]] = {world.dana: [], world.sam: []}

    def quicken(self) -> None:
        """What a machine that loses its power needs costs most of the time."""
        if not self.on_disk:
            self.world.db.execute_sql("PRAGMA synchronous = OFF")

    def teardown(self) -> None:
        self.world.db.close()
        shutil.rmtree(self.folder)

    @property
    def me(self) -> int:
        return self.world.context.me.id

    @property
    def today(self) -> date:
        return self.world.today

    def do(self, verb: Callable[[], Any], model: Callable[[Any], None]) -> None:
        """A verb that has to work, in the world and in the model."""
        deed = Deed(self.me, self.state.copy(), self.state, self.world.dump(), {})
        model(verb())
        self.state.fall(self.state.open.keys() - deed.before.open.keys(), self.today, due_days(self.world))
        deed.after, deed.dump_after = self.state.copy(), self.world.dump()
        self.deeds.append(deed)
        self.acts.append((self.me, deed))
        self.undone[self.me].clear()

    def refused(self, verb: Callable[[], Any]) -> None:
        """A verb that has to be refused, and to leave everything alone."""
        before = self.world.dump()
        with pytest.raises((Refused, Conflict, UsageError)):
            verb()
        assert self.world.dump() == before

    def attempt(self, may: bool, verb: Callable[[], Any], model: Callable[[Any], None]) -> None:
        """A verb that has to work if it may, and to be refused if not."""
        if may:
            self.do(verb, model)
        else:
            self.refused(verb)

    def changed(self, task: int, **values: Any) -> Item:
        """A person changed a task: so it is, and it counts as changed if anything really was."""
        touched = is_touched(self.world.db, task)
        item = self.state.open[task] = replace(self.state.open[task], touched=touched, **values)
        return item

    def pick(self, number: int) -> int:
        tasks = sorted(self.state.open)
        return tasks[number % len(tasks)]

    # --- verbs

    @rule(key=st.sampled_from(sorted(PLANS)), whom=PICK)
    def enroll(self, key: str, whom: int) -> None:
        contact, deal = self.whom[whom % len(self.whom)]

        def verb() -> Enrolled:
            return self.world.enroll(key, contact=contact, deal=deal)

        def model(event: Enrolled) -> None:
            self.state.begin(key, contact, deal, event.owner_id, event.task_id, event.enrollment_id)

        self.attempt(not self.state.why_not(key, contact, deal), verb, model)

    @rule(whom=PICK, days=st.integers(0, 9))
    def add(self, whom: int, days: int) -> None:
        contact, deal = self.whom[whom % len(self.whom)]
        links = Links(contact, deal)

        def model(task: int) -> None:
            self.state.open[task] = read(self.world).open[task]

        self.do(lambda: self.world.make_task(due=self.today + timedelta(days=days), links=links), model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, times=st.integers(2, 6))
    def work_on(self, number: int, times: int) -> None:
        """The same conversation, on and on without a reply, until the question comes and is answered."""
        task = self.pick(number)
        for _ in range(times):
            item = self.state.open[task]
            if item.held:
                return
            before = set(self.state.open)
            self.closing(task, "extend" if item.decides else "no_reply", 0, 0)
            task = max(set(self.state.open) - before, default=0)
            if not task:
                return

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, outcome=OUTCOMES, decision=DECISION, ago=st.integers(0, 3), days=st.integers(0, 30))
    def close(self, number: int, outcome: str, decision: str, ago: int, days: int) -> None:
        task = self.pick(number)
        self.closing(task, decision if self.state.open[task].decides else outcome, ago, days)

    def closing(self, task: int, outcome: str, ago: int, days: int) -> None:
        item = self.state.open[task]
        until = self.today + timedelta(days=days) if outcome in ASKS else None
        at = self.world.clock.at + timedelta(days=days, hours=1) if outcome == "meeting_booked" else None
        created = date.fromisoformat(self.world.task(task)["created_at"][:10])
        on = min(self.today, max(created, self.today - timedelta(days=ago)))
        may = on >= created and not (item.held or self.state.refuses(item, outcome))
        said = may and on == self.today
        told = announced(self.world.context, task, outcome, until, at) if said else None

        def verb() -> list[Any]:
            return list(self.world.close([task], outcome, on=on, until=until, at=at))

        def model(events: list[Any]) -> None:
            spawned = [event for event in events if isinstance(event, FollowUpSpawned)]
            numbers = [self.world.task(event.task_id)["enrollment_id"] for event in spawned]
            self.state.close(task, outcome, [event.task_id for event in spawned], numbers)
            if outcome == "won":  # what rested with the deal is open again
                self.state.let_go(lambda other: other.deal == item.deal, self.today)
            if isinstance(told, Following) and spawned:
                assert (told.action, told.due.due_on) == (spawned[0].action, spawned[0].due_on), (
                    told,
                    spawned[0],
                )
            assert all(event.due_on >= self.today for event in spawned)

        self.attempt(may, verb, model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, days=st.integers(0, 20))
    def snooze(self, number: int, days: int) -> None:
        task = self.pick(number)

        def model(_: object) -> None:
            self.changed(task, hidden=None)

        day = self.today + timedelta(days=days)
        self.attempt(not self.state.open[task].held, lambda: self.world.moves.snooze([task], day), model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, days=st.integers(0, 5))
    def hide(self, number: int, days: int) -> None:
        task, until = self.pick(number), self.today + timedelta(days=days)
        row = self.world.task(task)
        now = self.world.clock.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        late = row["due_on"] < self.today.isoformat() or (row["due_at"] or now) < now

        def model(_: object) -> None:
            self.changed(task, hidden=until.isoformat())

        may = not (self.state.open[task].held or days == 0 or (late and days > 1))
        self.attempt(may, lambda: self.world.moves.hide([task], until), model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, to_sam=st.booleans(), following=st.booleans())
    def reassign(self, number: int, to_sam: bool, following: bool) -> None:
        task, to = self.pick(number), "sam" if to_sam else "dana"
        owner = self.world.sam if to_sam else self.world.dana

        def model(_: object) -> None:
            item = self.changed(task, owner=owner, acting=None)
            self.state.given([task], self.today, due_days(self.world))
            if following and item.run is not None:
                self.state.runs[item.run] = replace(self.state.runs[item.run], assignee=owner)

        may = not self.state.open[task].held
        self.attempt(may, lambda: self.world.moves.reassign([task], to, following=following), model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, priority=st.sampled_from(Priority))
    def prioritise(self, number: int, priority: Priority) -> None:
        task = self.pick(number)

        def model(_: object) -> None:
            self.changed(task, priority=int(priority))

        may = not self.state.open[task].held
        self.attempt(may, lambda: self.world.moves.priority([task], priority), model)

    # --- undo and redo

    def alone_since(self, deed: Deed) -> bool:
        """Whether nobody else did anything since a deed: then taking it back has to work, to the byte."""
        place = next(n for n, (_, done) in enumerate(self.acts) if done is deed)
        return all(actor == deed.actor for actor, _ in self.acts[place:])

    @precondition(lambda self: any(deed.done and deed.actor == self.me for deed in self.deeds))
    @rule(touched=st.sampled_from((Touched.WITHDRAW, Touched.KEEP)))
    def undo(self, touched: Touched) -> None:
        deed = [deed for deed in self.deeds if deed.done and deed.actor == self.me][-1]
        if self.alone_since(deed):
            self.world.journal.undo()
            self.state = deed.before.copy()
            assert self.world.dump() == deed.dump_before
        elif not self.tried(lambda: self.world.journal.undo(), lambda: self.world.journal.undo(touched)):
            return
        deed.done = False
        self.undone[self.me].append(deed)
        self.acts.append((self.me, None))

    @precondition(lambda self: not self.undone[self.me] and len(self.deeds) == 1)
    @rule()
    def redo_nothing(self) -> None:
        self.refused(self.world.journal.redo)

    @precondition(lambda self: self.undone[self.me])
    @rule()
    def redo(self) -> None:
        deed = self.undone[self.me][-1]
        if self.alone_since(deed):
            self.world.journal.redo()
            self.state = deed.after.copy()
            assert self.world.dump() == deed.dump_after
        elif not self.tried(self.world.journal.redo, self.world.journal.redo):
            return
        deed.done = True
        self.undone[self.me].pop()
        self.acts.append((self.me, None))

    def tried(self, verb: Callable[[], Any], decided: Callable[[], Any]) -> bool:
        """Whether it worked where somebody else was there in between; if not, nothing changed."""
        before = self.world.dump()
        try:
            try:
                verb()
            except TouchedSuccessor:
                assert self.world.dump() == before
                decided()
        except Conflict:
            assert self.world.dump() == before
            return False
        self.state = read(self.world)
        return True

    # --- time and people

    @rule(days=st.integers(0, 12), hour=st.integers(7, 20))
    def time_passes(self, days: int, hour: int) -> None:
        at = self.world.clock.at
        self.world.clock.at = max(at, at.replace(hour=hour) + timedelta(days=days))

    @rule(days=st.sampled_from((-2, -1, 45, 200)))
    def the_clock_jumps(self, days: int) -> None:
        """A laptop that slept for months, or one whose clock is set back."""
        self.world.clock.at += timedelta(days=days)

    @rule()
    def somebody_else_sits_down(self) -> None:
        self.world.act_as(self.world.sam if self.me == self.world.dana else self.world.dana)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, what=st.sampled_from(("close", "snooze", "hide", "reassign", "prioritise")))
    def somebody_else_meddles(self, number: int, what: str) -> None:
        self.somebody_else_sits_down()
        task = self.pick(number)
        if what == "close":
            self.closing(task, "close_file" if self.state.open[task].decides else "no_reply", 0, 0)
        elif what == "reassign":
            self.reassign(number, to_sam=True, following=bool(number % 2))
        elif what == "prioritise":
            self.prioritise(number, Priority.HIGH)
        else:
            {"snooze": self.snooze, "hide": self.hide}[what](number, 1)
        self.somebody_else_sits_down()

    # --- what always holds

    @invariant()
    def every_promise_holds(self) -> None:
        assert examine(self.world.db).violations == ()

    @invariant()
    def exactly_what_must_be_open_is_open(self) -> None:
        assert read(self.world) == self.state

    @invariant()
    def what_runs_has_one_task(self) -> None:
        tasks = sorted(item.run for item in self.state.open.values() if item.run is not None)
        failed = {number for number, run in self.state.runs.items() if run.failed is not None}
        assert tasks == sorted(self.state.runs.keys() - failed)
        assert failed <= {item.search.run for item in self.state.open.values() if item.search}

    @invariant()
    def what_waits_is_kept_by_something(self) -> None:
        if not self.state.away:  # else the next tick sees to it
            assert all(self.state.holds(item, self.today) for item in self.state.open.values() if item.held)
