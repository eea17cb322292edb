"""Three desks far apart: Berlin by Bavaria's holidays, Los Angeles by California's, Kathmandu from Sunday to Friday.

One rule is held: wherever a calendar or a civil day is read for what comes next, it is the assignee's, whoever acts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from fu_tui.core.clock import to_zone
from fu_tui.core.events import Enrolled
from fu_tui.core.terms import Role
from fu_tui.core.terms_automation import AbsencePolicy
from fu_tui.queries.counts import counts
from fu_tui.queries.queue import View
from fu_tui.queries.scope import mine
from fu_tui.services.announce import announced
from fu_tui.services.calendars import Calendars
from fu_tui.services.enroll import Target
from fu_tui.services.following import Following
from fu_tui.store.lookup import person
from fu_tui.store.models import User
from tests.world import World

TUESDAY_EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
"""21:00 in Berlin, noon in Los Angeles, a quarter to two on Wednesday in Kathmandu."""
DESKS = ("dana", "sam", "pema")


class Apart(World):
    """Dana in Berlin, Sam in Los Angeles, Pema in Kathmandu."""

    pema: int

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with self.context.unit("setup") as work:
            self.pema = work.insert(
                User, handle="pema", name="Pema Sherpa", tz="Asia/Kathmandu", role=Role.REP,
                calendar=person(self.db, self.dana).calendar_id,
            )  # fmt: skip
        self.change(User, self.dana, tz="Europe/Berlin")
        self.change(User, self.sam, tz="America/Los_Angeles")
        self.act_as(self.dana)
        calendars = Calendars(self.context)
        calendars.set_country("DE", "BY", who="dana")
        calendars.set_country("US", "CA", who="sam")
        calendars.set_country("NP", who="pema")
        calendars.set_weekdays((6, 0, 1, 2, 3, 4), who="pema")
        calendars.set_hours(time(10), time(18), who="pema")
        self.clock.at = TUESDAY_EVENING

    def of(self, handle: str) -> int:
        """The id of one of the three."""
        return int(vars(self)[handle])


@pytest.fixture
def apart(tmp_path: Path) -> Apart:
    """A fresh one."""
    return Apart(tmp_path)


CLOSED = {
    "dana": ("2026-11-24", "2026-11-27"),
    "sam": ("2026-11-24", "2026-11-30"),
    "pema": ("2026-11-25", "2026-11-29"),
}
"""Whose task → its day of closing, and the day of the next try 3 days on: Friday; past Thanksgiving's Friday; past a
Saturday to Sunday, which is a working day in Nepal."""


@pytest.mark.parametrize("handle", DESKS)
@pytest.mark.parametrize("by", DESKS)
def test_what_follows_is_reckoned_by_the_owner_whoever_closes(apart: Apart, handle: str, by: str) -> None:
    closed_on, due_on = CLOSED[handle]
    task = apart.make_task(owner=apart.of(handle))
    with apart.acting(apart.of(by)):
        foretold = announced(apart.context, task, "no_reply")
        spawned = apart.spawn(task)
    assert apart.task(task)["closed_on"] == closed_on
    assert spawned.due_on.isoformat() == due_on
    assert isinstance(foretold, Following)
    assert foretold.due.due_on == spawned.due_on, "what was foretold is what came"


@pytest.mark.parametrize("handle", DESKS)
@pytest.mark.parametrize("by", DESKS)
def test_a_cadence_goes_by_its_assignee_whoever_closes(apart: Apart, handle: str, by: str) -> None:
    closed_on, due_on = CLOSED[handle]
    event = apart.enroll("standard", owner=handle)
    assert event.due_on.isoformat() == closed_on, "today of the assignee"
    with apart.acting(apart.of(by)):
        spawned = apart.spawn(event.task_id)
    assert spawned.due_on.isoformat() == due_on


def test_the_cover_of_one_who_is_away_closes_by_the_calendar_of_the_assignee(apart: Apart) -> None:
    event = apart.enroll("standard", owner="sam")
    apart.absences.add_absence(
        "sam", date(2026, 11, 24), date(2026, 11, 25), cover="dana", policy=AbsencePolicy.COVER_ALL
    )
    assert apart.task(event.task_id)["acting_owner_id"] == apart.dana
    assert apart.spawn(event.task_id).due_on == date(2026, 11, 30), (
        "Fri 27 is a working day in Berlin, not for Sam"
    )


INQUIRY = {
    "dana": ("2026-11-25", "2026-11-25T12:00:00Z"),
    "sam": ("2026-11-24", "2026-11-25T00:00:00Z"),
    "pema": ("2026-11-25", "2026-11-25T08:15:00Z"),
}
"""Whose lead → within 4 hours: 13:00 the next day in Berlin, 16:00 today in Los Angeles, 14:00 in Kathmandu."""


@pytest.mark.parametrize("handle", DESKS)
def test_four_hours_are_the_owner_s_working_hours_in_their_zone(apart: Apart, handle: str) -> None:
    event = apart.enroll("inbound", owner=handle)
    row = apart.task(event.task_id)
    assert (row["due_on"], row["due_at"]) == INQUIRY[handle]


HOLIDAY_EVE = {
    "dana": "2026-11-26T10:00:00Z",  # 9:00 + 2 h, an ordinary Thursday
    "sam": "2026-11-30T17:30:00Z",  # past Thanksgiving, the day after and a weekend; 9:30 on Monday
    "pema": "2026-11-26T08:15:00Z",
}


def test_four_hours_run_over_the_evening_the_holidays_and_the_weekend(apart: Apart) -> None:
    for handle in DESKS:
        contact = apart.make_contact(f"Lead of {handle}", owner=apart.of(handle))
        # 17:30 on Wednesday in Berlin less 2 h; 22:00 in Los Angeles' own afternoon; night in Kathmandu.
        apart.clock.at = {
            "dana": datetime(2026, 11, 25, 14, 30, tzinfo=UTC),
            "sam": datetime(2026, 11, 25, 22, 0, tzinfo=UTC),
            "pema": datetime(2026, 11, 25, 20, 0, tzinfo=UTC),
        }[handle]
        event = apart.enroll("inbound", contact=contact)
        assert apart.task(event.task_id)["due_at"] == HOLIDAY_EVE[handle], handle


def test_a_step_that_bounced_goes_on_by_its_assignee_whoever_found_the_address(apart: Apart) -> None:
    apart.pass_days(-1)
    event = apart.enroll("standard", owner="sam", start=date(2026, 11, 26))
    assert event.due_on == date(2026, 11, 30)
    apart.change_due(event.task_id, date(2026, 11, 26))
    search = apart.spawn(event.task_id, "bounced").task_id
    apart.pass_days(1)
    assert apart.spawn(search, "done").due_on == date(2026, 11, 30), "3 days were left: Friday is off for Sam"


def test_targets_of_several_owners_go_each_by_their_own_calendar(apart: Apart) -> None:
    contacts = [apart.make_contact(f"Lead of {handle}", owner=apart.of(handle)) for handle in DESKS]
    events = apart.enrolling.enroll(
        "standard", [Target(contact, None) for contact in contacts], start=date(2026, 11, 27)
    )
    days = [event.due_on for event in events if isinstance(event, Enrolled)]
    assert days == [date(2026, 11, 27), date(2026, 11, 30), date(2026, 11, 27)]


def test_a_spread_goes_over_the_working_days_of_who_does_the_work(apart: Apart) -> None:
    contacts = [apart.make_contact(f"Lead {n}", owner=apart.sam) for n in range(4)]
    events = apart.enrolling.enroll(
        "standard", [Target(each, None) for each in contacts], spread=4, owner="sam"
    )
    days = [event.due_on.day for event in events if isinstance(event, Enrolled)]
    assert days == [24, 25, 30, 1], "Thanksgiving and the day after are off, the weekend too"


def test_a_resumed_pause_a_reply_and_a_handoff_go_by_whose_work_it_becomes(apart: Apart) -> None:
    event = apart.enroll("standard", owner="sam")
    apart.change_due(event.task_id, date(2026, 11, 26))
    apart.life.pause([event.enrollment_id])
    apart.life.resume([event.enrollment_id])
    assert apart.task(event.task_id)["due_on"] == "2026-11-30", (
        "2 days left: Thanksgiving, past the long weekend"
    )
    lead = apart.make_contact("Lead of Dana", owner=apart.dana)
    apart.clock.at = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)  # Wed evening in Los Angeles, Thu in Berlin
    apart.handing.handoff("contact", lead, "sam", "They wait for the offer")
    (task,) = [each for each in apart.open_tasks() if each["contact_id"] == lead]
    assert (task["owner_id"], task["due_on"]) == (apart.sam, "2026-11-30")


def test_one_instant_is_another_day_on_each_screen_and_moves_no_due_day(apart: Apart) -> None:
    tasks = {handle: apart.make_task(owner=apart.of(handle), due=date(2026, 11, 24)) for handle in DESKS}
    late = {}
    for handle in DESKS:
        apart.act_as(apart.of(handle))
        view = View(mine(apart.context.me), apart.context.today(), apart.context.now())
        late[handle] = counts(apart.db, view).overdue
    assert late == {"dana": 0, "sam": 0, "pema": 1}, "it is Wednesday in Kathmandu"
    assert {apart.task(task)["due_on"] for task in tasks.values()} == {"2026-11-24"}


def test_the_table_of_the_page_about_working_hours_is_so(apart: Apart) -> None:
    """docs/calendar.md: the same inquiry, within 4 hours, at three desks."""
    apart.clock.at = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)
    told = {}
    for handle in DESKS:
        event = apart.enroll(
            "inbound", contact=apart.make_contact(f"Lead of {handle}", owner=apart.of(handle))
        )
        due_at = datetime.fromisoformat(apart.task(event.task_id)["due_at"])
        told[handle] = f"{to_zone(due_at, person(apart.db, apart.of(handle)).tz):%a %d %b %H:%M}"
    assert told == {"dana": "Thu 26 Nov 13:00", "sam": "Mon 30 Nov 09:30", "pema": "Thu 26 Nov 14:00"}
