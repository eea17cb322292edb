"""The machine's rules for what happens beside closing: what runs is paused and goes on, deals move and rest, people are
away, replies come by themselves, time brings what is due, and a process dies."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from fu_tui.core.clock import utc_text
from fu_tui.core.events import CadenceSaved, Enrolled, FollowUpSpawned, TaskAdded, Triggered
from fu_tui.core.events_life import AbsenceAdded, CadenceResumed, HandedOver
from fu_tui.core.terms import Touched
from fu_tui.core.terms_automation import AbsencePolicy, Then
from fu_tui.services.cadences import Cadences
from fu_tui.services.close import Closing
from fu_tui.services.context import Context
from fu_tui.services.logbook import Logbook
from fu_tui.services.tick import Ticking
from fu_tui.store.database import open_existing
from fu_tui.store.lookup import find_cadence, person
from fu_tui.store.plans import newest_version, plan_of
from tests.services.machine import PICK, Days
from tests.services.model import PLANS, Away
from tests.services.model_life import BELONGS
from tests.services.model_read import due_days, read

STAGES = st.sampled_from([*BELONGS, "Won", "Lost"])
LOGGED = st.sampled_from(["call", "mail", "text", "meeting", "inquiry", "proposal", "delivery", "reply"])
KEPT = st.sampled_from((Touched.KEEP, Touched.WITHDRAW))


def only(events: Any, kind: type[Any]) -> Any:
    """The one event of a kind; None where there is none."""
    found = [event for event in events if isinstance(event, kind)]
    assert len(found) < 2
    return found[0] if found else None


class LongDays(Days):
    """Days on which everything can happen."""

    def run_of(self, number: int) -> int:
        runs = sorted(self.state.runs)
        return runs[number % len(runs)]

    @initialize(keys=st.lists(st.sampled_from(sorted(PLANS)), min_size=6, max_size=6))
    def a_day_like_any_other(self, keys: list[str]) -> None:
        """Something runs already."""
        for whom, key in enumerate(keys):
            self.enroll(key, whom)

    # --- what runs

    @precondition(lambda self: self.state.runs)
    @rule(number=PICK)
    def pause(self, number: int) -> None:
        run = self.run_of(number)
        may = not self.state.runs[run].paused
        self.attempt(may, lambda: self.world.life.pause([run]), lambda _: self.state.pause(run))

    @precondition(lambda self: any(run.paused for run in self.state.runs.values()))
    @rule(number=PICK)
    def resume(self, number: int) -> None:
        paused = sorted(run for run, found in self.state.runs.items() if found.paused)
        run = paused[number % len(paused)]

        def model(events: Any) -> None:
            self.state.resume(run, only(events, CadenceResumed).task_id)

        self.attempt(self.state.may_resume(run, self.today), lambda: self.world.life.resume([run]), model)

    @precondition(lambda self: self.state.open)
    @rule(number=PICK)
    def skip(self, number: int) -> None:
        task = self.pick(number)
        item = self.state.open[task]

        def model(events: Any) -> None:
            spawned = [event.task_id for event in events if isinstance(event, FollowUpSpawned)]
            numbers = [self.world.task(one)["enrollment_id"] for one in spawned]
            self.state.skip(task, spawned, numbers)

        may = item.run is not None and not (item.held or item.decides)
        self.attempt(may, lambda: self.world.life.skip([task]), model)

    @precondition(lambda self: self.state.runs)
    @rule(number=PICK, keep=st.booleans())
    def stop(self, number: int, keep: bool) -> None:
        run = self.run_of(number)
        task = self.state.task_of(run)

        def model(_: object) -> None:
            self.state.stop(run, keep, self.today)
            if keep and task:
                self.changed(task)

        self.do(lambda: self.world.life.stop([run], "enough", keep=keep), model)

    @precondition(lambda self: self.state.runs)
    @rule(number=PICK, key=st.sampled_from(sorted(PLANS)), step=st.integers(1, 3))
    def replace_it(self, number: int, key: str, step: int) -> None:
        run = self.run_of(number)
        old = self.state.runs[run]
        after = self.state.copy()
        after.end(run)

        def model(events: Any) -> None:
            begun = only(events, Enrolled)
            self.state.end(run)
            new = (begun.task_id, begun.enrollment_id, step)
            self.state.begin(key, old.contact, old.deal, old.assignee, *new)

        plan = PLANS[key]
        may = not after.why_not(key, old.contact, old.deal) and step <= plan.touches + plan.decides
        self.attempt(may, lambda: self.world.life.replace([run], key, from_step=step), model)

    @rule(key=st.sampled_from(("standard", "proposal")))
    def edit(self, key: str) -> None:
        plan = plan_of(self.world.db, newest_version(self.world.db, find_cadence(self.world.db, key).id))
        first, second, *rest = plan.steps
        other = replace(second, offset_days=7 - second.offset_days)  # 3 or 4 days, back and forth
        changed = replace(plan, steps=(first, other, *rest))

        def model(events: Any) -> None:
            self.state.versions[key] = only(events, CadenceSaved).version_id

        self.do(lambda: Cadences(self.world.context).save_cadence(changed, based_on=plan.n), model)

    @rule(key=st.sampled_from(("standard", "proposal")))
    def migrate(self, key: str) -> None:
        newest = self.state.versions[key]
        older = [n for n, run in self.state.runs.items() if run.key == key and run.version != newest]

        def model(_: object) -> None:
            for number in older:
                self.state.runs[number] = replace(self.state.runs[number], version=newest)
                if task := self.state.task_of(number):
                    self.changed(task)

        self.attempt(bool(older), lambda: self.world.migrating.migrate(key), model)

    # --- deals

    @rule(deal=PICK, stage=STAGES, then=st.sampled_from((None, *Then)))
    def move(self, deal: int, stage: str, then: Then | None) -> None:
        """To another stage, won and lost among them, and back from there."""
        of = self.deals[deal % len(self.deals)]

        def model(events: Any) -> None:
            begun = only(events, Enrolled)
            new = ([begun.task_id], [begun.enrollment_id]) if begun else ([], [])
            self.state.move(of, stage, then and then.value, self.today, *new)

        may = self.state.may_move(of, stage, then and then.value)
        self.attempt(may, lambda: self.world.deals.move_stage([of], stage, then=then), model)

    @rule(deal=PICK, days=st.integers(0, 9))
    def park(self, deal: int, days: int) -> None:
        of, until = self.deals[deal % len(self.deals)], self.today + timedelta(days=days)
        may = days > 0 and not self.state.is_closed(of)
        self.attempt(
            may, lambda: self.world.deals.park([of], until, "budget"), lambda _: self.state.park(of, until)
        )

    @precondition(lambda self: self.state.parked)
    @rule(deal=PICK)
    def unpark(self, deal: int) -> None:
        of = self.deals[deal % len(self.deals)]
        may = of in self.state.parked
        self.attempt(may, lambda: self.world.deals.unpark([of]), lambda _: self.state.unpark(of, self.today))

    # --- owners

    @rule(number=PICK, to_sam=st.booleans())
    def hand_over(self, number: int, to_sam: bool) -> None:
        records = sorted(self.state.owners)
        kind, record = records[number % len(records)]
        to = self.world.sam if to_sam else self.world.dana

        def model(events: Any) -> None:
            moved = self.state.hand_over(kind, record, to, only(events, HandedOver).task_ids[-1])
            self.state.given(moved, self.today, due_days(self.world))
            for task in moved:
                self.changed(task)

        may = self.state.owners[kind, record] != to
        handle = "sam" if to_sam else "dana"
        self.attempt(
            may, lambda: self.world.handing.handoff(kind, record, handle, "all that is known"), model
        )

    @rule(sam=st.booleans(), begin=st.integers(0, 3), days=st.integers(0, 8), covered=st.booleans(),
          policy=st.sampled_from(AbsencePolicy))  # fmt: skip
    def go_away(self, sam: bool, begin: int, days: int, covered: bool, policy: AbsencePolicy) -> None:
        whose, other = ("sam", "dana") if sam else ("dana", "sam")
        user, cover = (self.world.sam, self.world.dana) if sam else (self.world.dana, self.world.sam)
        start = self.today + timedelta(days=begin)
        away = Away(user, start, start + timedelta(days=days), policy.value, cover if covered else None)
        overlaps = any(
            one.user == user and one.from_on <= away.to_on and one.to_on >= away.from_on
            for one in self.state.away.values()
        )

        def verb() -> Any:
            named = other if covered else None
            return self.world.absences.add_absence(
                whose, away.from_on, away.to_on, policy=policy, cover=named
            )

        def model(events: Any) -> None:
            self.state.away[only(events, AbsenceAdded).absence_id] = away
            self.state.stand_in([user], self.today, due_days(self.world))

        self.attempt(not overlaps, verb, model)

    @precondition(lambda self: self.state.away)
    @rule(number=PICK)
    def return_early(self, number: int) -> None:
        absences = sorted(self.state.away)
        absence = absences[number % len(absences)]

        def model(_: object) -> None:
            user = self.state.away.pop(absence).user
            self.state.stand_in([user], self.today, due_days(self.world))

        self.do(lambda: self.world.absences.remove_absence(absence), model)

    # --- what comes by itself

    @rule(whom=PICK, code=LOGGED, touched=KEPT)
    def log(self, whom: int, code: str, touched: Touched) -> None:
        contact, deal = self.whom[whom % len(self.whom)]
        answered = self.world.db.value(
            "SELECT t.enrollment_id FROM activity a JOIN task t ON t.id = a.task_id WHERE a.contact_id = ?"
            " AND a.direction <> 'in' AND a.removed_by IS NULL AND a.at <= ? ORDER BY a.at DESC, a.id DESC LIMIT 1",
            (contact, utc_text(self.world.clock.at)),
        )
        waits = self.state.waiting_for(contact, deal, answered)
        replies = code == "reply" or (
            code == "inquiry" and (bool(waits) or self.comes_into_work(contact, deal))
        )

        def verb() -> Any:
            where = {"contact_id": contact, "deal_id": deal, "touched": touched, "ends_deal": False}
            return Logbook(self.world.context).log(code, **where)  # type: ignore[arg-type]

        def model(events: Any) -> None:
            if replies:
                task = only(events, TaskAdded).task_id
                keep = touched is Touched.KEEP
                self.state.reply(contact, deal, answered, keep, code == "inquiry", task)
                return
            made = only(events, Triggered)
            whose, about = self.state.meant(code, contact, deal)
            doer = None
            if code == "meeting":
                other, doer = self.state.meet(contact, deal, answered, touched is Touched.KEEP)
                about = about or other
            assert bool(made) == self.state.hears(code, whose, about)
            begun = (made.task_id, made.enrollment_id) if made else (0, 0)
            self.state.log(code, whose, about, *begun, doer)

        may = code != "delivery" or self.state.meant(code, contact, deal)[1] is not None
        self.attempt(may, verb, model)

    def comes_into_work(self, contact: int | None, deal: int | None) -> bool:
        """Whether an inquiry is about what is worked on, with no answer due."""
        whose, about = self.state.meant("inquiry", contact, deal)
        due = self.world.db.value(
            "SELECT 1 FROM task WHERE status IN ('open', 'held') AND kind = 'reply'"
            " AND (deal_id = ?2 OR (contact_id = ?1 AND (?2 = 0 OR deal_id IS NULL)))",
            (whose or 0, about or 0),
        )
        return not due and self.state.is_worked_on(whose, about) and not self.state.rests(whose, about)

    @rule()
    def tick(self) -> None:
        """What time brings: what rests returns, who is away is stood in for, triggers act where nothing covers it."""
        events = Ticking(self.world.context).tick()
        added = [event.task_id for event in events if isinstance(event, TaskAdded)]
        self.state.come_back(self.today, iter(added))
        self.state.stand_in([self.world.dana, self.world.sam], self.today, due_days(self.world))
        found = read(self.world)
        for event in events:
            if isinstance(event, Triggered):
                item = found.open[event.task_id]
                assert not self.state.is_covered(item.contact, item.deal)
                assert item.contact not in self.state.shut
                self.state.open[event.task_id] = item
        self.acts.append((None, None))
        before = self.world.dump()
        assert Ticking(self.world.context).tick() == ()
        assert self.world.dump() == before

    @precondition(lambda self: self.state.open)
    @rule(number=PICK, statement=st.integers(1, 25))
    def die(self, number: int, statement: int) -> None:
        """A process is killed while it closes a task, at some statement, its commit at the latest."""
        task, me, before = self.pick(number), self.me, self.world.dump()
        self.world.db.close()
        child = os.fork()
        if not child:
            self._close_and_die(task, me, statement)
        _, status = os.waitpid(child, 0)
        self.world.db = open_existing(self.world.path)
        self.world.act_as(me)
        self.quicken()
        item = self.state.open[task]
        refused = item.held or self.state.refuses(item, "no_reply")
        assert refused or os.WIFSIGNALED(status), "it was killed, or there was nothing to do"
        assert self.world.dump() == before

    def _close_and_die(self, task: int, me: int, statement: int) -> None:
        """In the process that is to die."""
        left = statement

        def counted(sql: str) -> None:
            nonlocal left
            left -= 1
            if left <= 0 or sql == "COMMIT":
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            db = open_existing(self.world.path)
            context = Context(db, self.world.clock, person(db, me))
            db.connection().set_trace_callback(counted)
            Closing(context).close([task], "no_reply")
        finally:
            os._exit(0)
