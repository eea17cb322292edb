"""tick: what time brings, once, however often it is asked, without a flood after an import or a week asleep."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fu_tui.core.events import Event, HolidaysAdded, Noticed, Triggered
from fu_tui.core.events_life import DealUnparked, GivenBack
from fu_tui.core.schedule import recompute
from fu_tui.core.terms import Channel, Direction, Lifecycle, TaskKind
from fu_tui.queries.doctor import examine
from fu_tui.queries.load import LEAST
from fu_tui.queries.triggers import table
from fu_tui.services.logbook import Logbook
from fu_tui.services.spawn import Links
from fu_tui.services.tick import Ticking
from fu_tui.services.touches import log_touch
from fu_tui.services.triggers import Switching
from fu_tui.store.database import Database
from fu_tui.store.models import (
    Case,
    Contact,
    Deal,
    DealContact,
    Holiday,
    Import,
    Task,
    Trigger,
    User,
    WorkCalendar,
)
from tests.world import World


@pytest.fixture(autouse=True)
def at_rest(world: World) -> None:
    """A deal that just entered its stage is no news in these tests."""
    world.change(Deal, world.deal, parked_until=date(2030, 1, 1), park_reason="not in this test")


def tick(world: World) -> tuple[Event, ...]:
    return Ticking(world.context).tick()


def made(world: World) -> list[Triggered]:
    return [event for event in tick(world) if isinstance(event, Triggered)]


def told(world: World, kind: str) -> list[str]:
    return [event.text for event in tick(world) if isinstance(event, Noticed) and event.kind == kind]


def touch(world: World, contact: int, days_ago: int, **more: object) -> int:
    with world.context.unit("setup") as work:
        return log_touch(
            work, **{"channel": Channel.CALL, "direction": Direction.OUT, "contact_id": contact, "deal_id": None,
            "at": world.clock.at - timedelta(days=days_ago)} | more,  # type: ignore[arg-type]
        )  # fmt: skip


def silent_for(world: World, days: int) -> int:
    contact = world.make_contact("Kim Long", lifecycle=Lifecycle.ACTIVE)
    touch(world, contact, days)
    return contact


def mail_for(world: World, days: int) -> int:
    contact = world.make_contact("Kim Long")
    touch(world, contact, days, channel=Channel.MAIL)
    return contact


def proposal_for(world: World, days: int) -> int:
    deal = world.make_deal("Proposal · Betatech", world.account, stage="Proposal sent")
    world.change(Deal, deal, stage_entered_at=world.clock.at - timedelta(days=days))
    return deal


def renewal_in(world: World, days: int) -> int:
    deal = world.make_deal("Renewal · Betatech", world.account, stage="Won")
    world.change(Deal, deal, renewal_on=world.today + timedelta(days=days), closed_at=world.clock.at)
    return deal


def urgent_case(world: World, _: int) -> int:
    with world.context.unit("setup") as work:
        return work.insert(
            Case, title="The export fails", contact=world.contact, owner=world.dana, priority=1,
            opened_at=world.clock.at,
        )  # fmt: skip


BY_TIME = {
    "silent": (silent_for, 6, 7),
    "mail-unanswered": (mail_for, 2, 3),
    "proposal-unanswered": (proposal_for, 4, 5),
    "renewal": (renewal_in, 91, 90),
}


def off_but(world: World, key: str) -> None:
    for row in table(world.db):
        if row.rule.key != key:
            world.change(Trigger, row.rule.id, enabled=False)


@pytest.mark.parametrize("key", BY_TIME)
def test_time_sets_it_off_on_its_day_and_not_before(world: World, key: str) -> None:
    make, not_yet, now = BY_TIME[key]
    off_but(world, key)
    made_of = make(world, not_yet)
    assert made(world) == []
    world.pass_days(abs(now - not_yet))
    (event,) = made(world)
    task = world.task(event.task_id)
    assert (task["origin"], task["due_on"]) == ("trigger", world.today.isoformat())
    assert recompute(world.trace(event.task_id)) == world.today
    assert made_of in (task["contact_id"], task["deal_id"])
    assert made(world) == [], "a second tick does nothing"
    assert examine(world.db).violations == ()


@pytest.mark.parametrize(("tz", "days"), [("Pacific/Kiritimati", 91), ("UTC", 90), ("Pacific/Pago_Pago", 89)])
def test_a_renewal_is_ahead_by_the_day_it_is_for_its_owner(world: World, tz: str, days: int) -> None:
    """At 10:30 UTC it is tomorrow in Kiritimati and yesterday in Pago Pago."""
    off_but(world, "renewal")
    world.change(User, world.dana, tz=tz)
    world.clock.at = datetime(2026, 11, 30, 10, 30, tzinfo=UTC)
    renewal_in(world, days + 1)
    assert made(world) == []
    world.pass_days(1)
    (event,) = made(world)
    assert event.due_on == world.context.desk_of(world.dana)[2]


@pytest.mark.parametrize("key", [*BY_TIME, "high-case"])
def test_switched_off_nothing_comes(world: World, key: str) -> None:
    off_but(world, "")
    make, _, now = BY_TIME.get(key, (urgent_case, 0, 0))
    make(world, now)
    assert made(world) == []
    Switching(world.context).switch_trigger(key, True)
    assert [event.task_id for event in made(world)]


@pytest.mark.parametrize("key", BY_TIME)
def test_what_something_open_covers_is_left_alone(world: World, key: str) -> None:
    make, _, now = BY_TIME[key]
    off_but(world, key)
    number = make(world, now)
    link = "deal" if key in ("renewal", "proposal-unanswered") else "contact"
    task = world.make_task("Call about something else")
    links = {"deal": None, "contact": None} | {link: number}
    world.change(Task, task, **links)
    assert made(world) == []


def test_what_can_not_be_acted_about_needs_no_tick(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every minute of every desk would hold the file for nothing."""
    off_but(world, "proposal-unanswered")
    deal = proposal_for(world, 8)
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=deal, contact=world.contact)
    world.change(Contact, world.contact, opted_out=("call",))
    tick(world)
    began: list[str] = []
    run = Database.execute_sql

    def noted(self: Database, sql: str, params: Any = None) -> Any:
        began.append(sql)
        return run(self, sql, params)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "execute_sql", noted)
        assert tick(world) == ()
    assert [sql for sql in began if "INSERT" in sql] == []


def test_an_urgent_case_that_came_from_elsewhere_gets_its_task(world: World) -> None:
    urgent_case(world, 0)
    (event,) = made(world)
    assert world.task(event.task_id)["case_id"] == 1
    assert made(world) == []


def test_an_answer_ends_the_waiting(world: World) -> None:
    off_but(world, "mail-unanswered")
    contact = mail_for(world, 4)
    touch(world, contact, 1, direction=Direction.IN, channel=Channel.MAIL)
    assert made(world) == []


def test_what_was_undone_or_closed_does_not_come_back(world: World) -> None:
    off_but(world, "silent")
    silent_for(world, 8)
    (event,) = made(world)
    world.close([event.task_id], "not_needed")
    world.pass_days(3)
    assert made(world) == []


def test_a_closed_file_a_customer_and_one_without_an_owner_are_not_called_silent(world: World) -> None:
    off_but(world, "silent")
    for lifecycle in (Lifecycle.CLOSED_FILE, Lifecycle.CUSTOMER, Lifecycle.NURTURE):
        touch(world, world.make_contact(f"A {lifecycle}", lifecycle=lifecycle), 30)
    touch(world, world.make_contact("Nobody's", owner=None), 30)
    assert made(world) == []


def test_after_an_import_it_waits_until_it_is_switched_on(world: World) -> None:
    off_but(world, "silent")
    silent_for(world, 8)
    with world.context.unit("setup") as work:
        work.insert(Import, kind="contacts", file_name="a.csv", file_hash="1", at=work.at)
    assert made(world) == []
    assert {row.rule.key: row.state for row in table(world.db)}["silent"] == "waiting"
    Switching(world.context).switch_trigger("silent", True)
    assert len(made(world)) == 1


def test_after_an_import_what_a_person_logs_starts_all_the_same(world: World) -> None:
    with world.context.unit("setup") as work:
        work.insert(Import, kind="contacts", file_name="a.csv", file_hash="1", at=work.at)
    contact = world.make_contact("Kim Long")
    events = Logbook(world.context).log("meeting", contact_id=contact)
    assert any(isinstance(event, Triggered) for event in events)


def test_no_more_than_a_day_s_load_comes_at_once(world: World) -> None:
    off_but(world, "silent")
    for number in range(LEAST * 2 + 3):
        touch(world, world.make_contact(f"Silent {number}", lifecycle=Lifecycle.LEAD), 8 + number)
    loads = []
    for _ in range(4):
        loads.append(len(made(world)))
        assert made(world) == [], "the same day brings no more"
        world.pass_days(1)
    assert loads == [LEAST, LEAST, 3, 0]


def test_a_day_s_load_is_what_its_owner_gets_done_on_one(world: World) -> None:
    """The rate is the one that the load of the coming days is measured by."""
    off_but(world, "silent")
    for _ in range(18):
        tasks = [world.make_task("Call about the seats") for _ in range(LEAST + 2)]
        world.close(tasks, "done", propose=False)
        world.pass_days(1)
    for number in range(LEAST * 2):
        touch(world, world.make_contact(f"Silent {number}", lifecycle=Lifecycle.LEAD), 8)
    assert len(made(world)) == LEAST + 2


# --- notices


def test_the_day_is_summed_up_once_and_what_is_late_too(world: World) -> None:
    world.make_task("Call Ana about the seats")
    world.make_task("Send Ana the offer", due=date(2026, 11, 20))
    events = [event.text for event in tick(world) if isinstance(event, Noticed)]
    assert events == [
        "1 task is due today: Call Ana about the seats",
        "1 task is overdue, the first since Fri 20 Nov: Send Ana the offer",
    ]
    assert tick(world) == ()
    world.clock.at += timedelta(hours=3)
    assert tick(world) == ()


def test_a_week_asleep_brings_each_notice_once(world: World) -> None:
    """Domain §7.20: a laptop asleep for a week gives each notice once, not seven."""
    for number in range(5):
        world.make_task(f"Call about matter {number}", due=world.today + timedelta(days=number))
    tick(world)
    world.pass_days(7)
    kinds = Counter(event.kind for event in tick(world) if isinstance(event, Noticed))
    assert kinds == {"overdue": 1}
    assert tick(world) == ()
    unread = world.db.rows("SELECT kind, count(*) FROM notification WHERE read_at IS NULL GROUP BY kind")
    assert dict(unread) == {"overdue": 1, "today": 1}


def test_what_waited_for_a_day_in_a_week_asleep_is_back_when_it_wakes(world: World) -> None:
    """An absence and a park that ended meanwhile: once, by nobody, and nothing catches up."""
    world.deals.unpark([world.deal])
    parked = world.enroll("proposal")
    away = world.make_task("Call Kim", links=Links(world.make_contact("Kim Long")), due=date(2026, 11, 25))
    world.deals.park([world.deal], date(2026, 11, 25), "budget")
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 11, 26))
    world.go_to(date(2026, 11, 24))
    tick(world)
    assert world.task(away)["status"] == "held"
    world.pass_days(7)
    back = [event for event in tick(world) if isinstance(event, DealUnparked | GivenBack)]
    assert back == [
        DealUnparked(world.deal, "GTX Plus · Betatech", (parked.task_id,)),
        GivenBack("Dana Okafor", (away,)),
    ]
    assert [world.task(task)["due_on"] for task in (parked.task_id, away)] == ["2026-12-01", "2026-12-02"]
    assert tick(world) == ()
    actors = world.db.rows(
        "SELECT DISTINCT actor_id FROM journal_entry WHERE verb IN ('unpark', 'tick') AND at > '2026-11-24'"
    )
    assert actors == [(None,)]
    assert examine(world.db).violations == ()


def test_a_newer_summary_takes_the_place_of_an_unread_one(world: World) -> None:
    world.make_task("Call Ana about the seats")
    for _ in range(4):
        tick(world)
        world.pass_days(1)
    unread = world.db.rows("SELECT dedup_key FROM notification WHERE read_at IS NULL AND kind = 'overdue'")
    assert unread == [("overdue:2026-11-26",)]


def test_an_hour_that_was_promised_and_missed_is_told(world: World) -> None:
    world.make_task("Answer the inquiry", due_at=datetime(2026, 11, 23, 13, 0, tzinfo=UTC))
    assert told(world, "late") == []
    world.clock.at += timedelta(hours=5)
    assert told(world, "late") == ['"Answer the inquiry" was promised for 13:00']


def test_a_meeting_is_asked_after_once_its_hour_is_over(world: World) -> None:
    at = world.clock.at + timedelta(hours=1)
    world.make_task("Meet Ana", due_at=at, kind=TaskKind.MEETING)
    world.clock.at = at + timedelta(minutes=50)
    assert told(world, "late") == []
    world.clock.at += timedelta(minutes=20)
    assert told(world, "late") == [f'"Meet Ana" was at {at:%H:%M}: close it with what came of it']


def test_a_deal_at_a_standstill_is_told_to_the_manager(world: World) -> None:
    world.change(User, world.sam, manager=world.dana)
    deal = world.make_deal("GTX Pro · Betatech", world.account, owner=world.sam, stage="Negotiation")
    world.make_task("Call about the price", owner=world.sam, due=date(2027, 3, 1))
    world.change(Deal, deal, stage_entered_estimated=True)
    world.pass_days(13)
    assert told(world, "deal_stale") == []
    world.pass_days(1)
    assert told(world, "deal_stale") == [
        "GTX Pro · Betatech (Sam Hill) did not move for 14 days, in Negotiation"
    ]
    assert told(world, "deal_stale") == []
    assert world.db.value("SELECT user_id FROM notification WHERE kind = 'deal_stale'") == world.dana


def test_a_stage_s_clock_that_ran_out_is_told_to_the_owner(world: World) -> None:
    world.make_deal("New · Betatech", world.account, stage="New lead")
    world.clock.at += timedelta(hours=4)
    assert told(world, "stage_late") == []
    world.clock.at += timedelta(minutes=1)
    assert told(world, "stage_late") == ["New · Betatech is late in New lead: contact within 4 working hours"]
    assert told(world, "stage_late") == []


def test_a_touch_stops_the_clock_of_a_stage(world: World) -> None:
    deal = world.make_deal("New · Betatech", world.account, stage="New lead")
    world.clock.at += timedelta(hours=1)
    Logbook(world.context).log("call", deal_id=deal)
    world.pass_days(2)
    assert told(world, "stage_late") == []


def test_negotiation_runs_anew_with_each_touch(world: World) -> None:
    deal = world.make_deal("Late · Betatech", world.account, stage="Negotiation")
    Logbook(world.context).log("call", deal_id=deal)
    world.go_to(date(2026, 11, 27))
    assert told(world, "stage_late") == []  # three days end on a holiday, so on Friday
    world.go_to(date(2026, 11, 28))
    assert len(told(world, "stage_late")) == 1


def test_what_a_colleague_did_is_told_to_whom_it_concerns(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    world.moves.reassign([task], "sam")
    world.moves.snooze([task], date(2026, 11, 25))
    with world.acting(world.sam):
        world.close([task], "done", propose=False)
    notices = [(event.user_id, event.text) for event in tick(world) if isinstance(event, Noticed)]
    assert notices == [(world.dana, 'Sam Hill has done "Call Ana about the seats"')]
    other = world.make_task("Call Ana about the offer")
    world.moves.reassign([other], "sam")
    world.moves.snooze([other], date(2026, 11, 25))
    notices = [(event.user_id, event.text) for event in tick(world) if isinstance(event, Noticed)]
    assert notices == [
        (world.sam, 'Dana Okafor gave you "Call Ana about the offer"'),
        (world.sam, 'Dana Okafor moved "Call Ana about the offer"'),
    ]


def test_who_enrolls_a_colleagues_deals_is_not_told_of_each_step(world: World) -> None:
    """An admin who enrolls two thousand deals would hear of two thousand first steps."""
    begun = world.enroll("standard", deal=world.make_deal("Sam's", owner=world.sam))
    given = world.enroll("standard", deal=world.make_deal("Dana's"))
    world.moves.reassign([given.task_id], "sam")
    tick(world)
    with world.acting(world.sam):
        world.close([begun.task_id], "no_reply")
        world.close([given.task_id], "no_reply")
    told = [event for event in tick(world) if isinstance(event, Noticed) and event.kind == "done"]
    assert [event.user_id for event in told] == [world.dana]
    assert world.record("notification", told[0].notice_id)["task_id"] == given.task_id


def test_reading_is_not_what_undo_takes_back(world: World) -> None:
    from fu_tui.services.notices import Notices

    task = world.make_task("Call Ana about the seats")
    tick(world)
    world.close([task], "done", propose=False)
    Notices(world.context).read_notices(99)
    assert world.db.value("SELECT count(*) FROM notification WHERE read_at IS NULL") == 0
    world.journal.undo()
    assert world.task(task)["status"] == "open"
    assert examine(world.db).violations == ()


# --- holidays


def test_holidays_are_there_three_years_ahead(world: World) -> None:
    calendar = world.db.value("SELECT id FROM work_calendar")
    world.change(WorkCalendar, calendar, country="US")
    with world.context.unit("setup") as work:
        work.insert(Holiday, calendar=calendar, on_date=date(2029, 7, 4), name="Our own day", own=True)
        work.insert(Holiday, calendar=calendar, on_date=date(2028, 12, 25), name="Christmas Day")
    (added,) = [event for event in tick(world) if isinstance(event, HolidaysAdded)]
    assert added.days > 5
    assert world.db.value("SELECT max(on_date) FROM holiday") == "2029-12-25"
    assert world.db.value("SELECT name FROM holiday WHERE on_date = '2029-07-04'") == "Our own day"
    assert tick(world) == ()


def test_where_there_is_nothing_to_do_nothing_is_written(world: World) -> None:
    tick(world)
    before = world.db.value("SELECT max(seq) FROM journal_entry")
    assert tick(world) == ()
    assert world.db.value("SELECT max(seq) FROM journal_entry") == before


def test_undo_passes_over_what_tick_made(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    world.close([task], "no_reply")
    tick(world)
    world.journal.undo()
    assert world.task(task)["status"] == "open"


def test_a_contact_who_was_never_touched_is_no_silence(world: World) -> None:
    off_but(world, "silent")
    world.change(Contact, world.contact, lifecycle=Lifecycle.ACTIVE)
    world.pass_days(30)
    assert made(world) == []


def test_a_tick_reads_no_history_from_end_to_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs every minute: what grows for years (notices, firings, the journal) is looked up, never walked through."""
    said: dict[str, Any] = {}
    run = Database.execute_sql

    def noted(self: Database, sql: str, params: Any = None) -> Any:
        said[sql] = params
        return run(self, sql, params)

    silent_for(world, 8)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "execute_sql", noted)
        tick(world)
    plans = {
        sql: [row[3] for row in world.db.rows(f"EXPLAIN QUERY PLAN {sql}", params)]
        for sql, params in said.items()
        if sql.lstrip().startswith("SELECT")
    }
    walks = ("SCAN n", "SCAN f", "SCAN j", "change_entity (entity=?)")
    assert [(sql, step) for sql, plan in plans.items() for step in plan if step.endswith(walks)] == []
    assert any("notification" in sql for sql in plans)
    assert any("FROM firing f" in sql for sql in plans)
