"""The desk: what a screen or a command can do with one open file. One rule: it passes on and decides nothing, and
what a read needs is loaded with that read, as a verb's module is with the verb."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from fu_tui.core.clock import civil_day
from fu_tui.queries.cards import card
from fu_tui.queries.look import Look
from fu_tui.queries.rows import Card, QueueRow, Record, Why
from fu_tui.services.context import Context
from fu_tui.services.verbs import Verbs
from fu_tui.store.database import Database
from fu_tui.store.lookup import Found, Person

if TYPE_CHECKING:
    from datetime import date, datetime

    from fu_tui.core.calendar import WorkCalendar
    from fu_tui.core.load import Load
    from fu_tui.queries.cadence_rows import CadenceRow, CadenceRun, CadenceSheet
    from fu_tui.queries.details import TaskDetail
    from fu_tui.queries.notices import NoticeRow
    from fu_tui.queries.series_rows import SeriesRow
    from fu_tui.queries.triggers import TriggerRow
    from fu_tui.queries.working_rows import AbsenceRow, CalendarSheet
    from fu_tui.services.enroll import Target
    from fu_tui.services.following import Following
    from fu_tui.services.forecast import Forecast, Forecasting


class Desk(Verbs):
    """Everything a screen or a command can do, on one open database, as one person.

    To a reader it is the verbs and a few reads. A verb is loaded when it is wanted, the daily ones by `warm_up`.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._forecasting: Forecasting | None = None

    @property
    def db(self) -> Database:
        """The open database, for the read side."""
        return self.context.db

    @property
    def me(self) -> Person:
        """Who acts."""
        return self.context.me

    @property
    def calendar(self) -> WorkCalendar:
        """The working days of the person who acts, as they are now: they may have another calendar since the start."""
        return self.context.desk_of(self.me.id)[1]

    def calendar_of(self, user_ids: Collection[int]) -> WorkCalendar:
        """The working days of the one user whose tasks they are; of several, those of the person who acts."""
        return self.context.desk_of(next(iter(user_ids)) if len(user_ids) == 1 else self.me.id)[1]

    def calendar_sheet(self) -> CalendarSheet:
        """When the person who acts works, and their days off from today on."""
        from fu_tui.queries.calendars import calendar_sheet

        return calendar_sheet(self.db, self.me.id, self.context.today())

    def places(self) -> Sequence[tuple[str, str]]:
        """The countries whose public holidays are known: two letters, name; by name."""
        from fu_tui.services.holiday_years import countries

        return sorted(countries(), key=lambda place: place[1])

    def parts_of(self, country: str) -> Sequence[tuple[str, str]]:
        """The parts of a country with public holidays of their own: code, name."""
        from fu_tui.services.holiday_years import subdivisions

        return subdivisions(country)

    def place_words(self, sheet: CalendarSheet) -> str:
        """The country whose holidays are off, with its part; empty where there is none."""
        from fu_tui.services.holiday_years import place_words

        return place_words(sheet.country, sheet.subdivision)

    def due_on(self, day: date) -> tuple[int, ...]:
        """One's own open tasks that are due on a day."""
        from fu_tui.queries.calendars import due_on

        return due_on(self.db, self.me.id, day)

    def look(self) -> Look:
        """A look at one's own queue, now."""
        return Look(self.db, self.me, self.context.clock)

    def after(
        self, task_id: int, outcome: str = "no_reply", until: date | None = None, at: datetime | None = None
    ) -> Following | str:
        """What closing a task now with `outcome` would bring, or why it can't; nothing is written.

        until, at: the day, or the instant (UTC), that the outcome asks for.
        """
        from fu_tui.services.announce import announced

        return announced(self.context, task_id, outcome, until, at)

    def may_start_again(self, task_id: int) -> bool:
        """Whether a task ends months of rest, after which outreach may begin anew."""
        from fu_tui.services.announce import rested

        return rested(self.context, task_id)

    def card(self, task_id: int, after_no_reply: str) -> Card:
        """The card of a task; `after_no_reply` is what `after` said, in words. Raises NotFound."""
        return card(self.db, task_id, after_no_reply=after_no_reply)

    def why(self, task_id: int) -> Why:
        """Why a task is due on its day, and what each outcome would bring; nothing is written. Raises NotFound."""
        from fu_tui.queries.why import grounds, words
        from fu_tui.services.foretell import foretold, near_words

        found = grounds(self.db, task_id)
        follows = tuple((one.label, one.then) for one in foretold(self.context, found.task))
        near = near_words(self.context, task_id)
        return words(found, self.me.tz, near)._replace(follows=follows)

    def forecast(self, look: Look) -> Forecast:
        """The steps that come within the days that Upcoming shows, if nobody replies; nothing is written."""
        from fu_tui.services.forecast import Forecasting

        self._forecasting = self._forecasting or Forecasting(self.context)
        return self._forecasting.of(look.view)

    def load(self, look: Look) -> Load:
        """What the coming days hold beside what gets done on one, for the queue that is looked at."""
        from collections import Counter
        from datetime import timedelta

        from fu_tui.core.load import WEEKS_BACK, loads
        from fu_tui.queries.load import closed_by_day, due_by_day
        from fu_tui.queries.queue import UPCOMING_DAYS
        from fu_tui.services.foreseeing import at_work
        from fu_tui.services.standin import absences_of

        view = look.view
        owner = view.scope.user_ids[0] if view.scope.is_one else self.me.id
        _, calendar, _ = self.context.desk_of(owner)
        if view.scope.is_one:
            calendar = at_work(
                calendar, absences_of(self.db, owner, view.today - timedelta(weeks=WEEKS_BACK))
            )
        foreseen = Counter(row.due_on for row in self.forecast(look).rows)
        return loads(
            due_by_day(self.db, view), foreseen, closed_by_day(self.db, view), calendar, view.today,
            UPCOMING_DAYS,
        )  # fmt: skip

    def detail(self, task_id: int) -> TaskDetail:
        """Everything about a task. Raises NotFound."""
        from fu_tui.queries.details import detail

        return detail(self.db, task_id)

    def open_about(
        self, contact_id: int | None, deal_id: int | None, account_id: int | None
    ) -> Sequence[QueueRow]:
        """The open tasks about a contact, a deal or, where neither is known, an account: the next ones first (R54)."""
        from fu_tui.queries.existing import open_about

        return open_about(self.db, self.me.id, contact_id, deal_id, account_id)

    def deals_of(self, account_id: int, typed: str) -> list[Found]:
        """The open deals of an account in whose title a word starts with what was typed."""
        from fu_tui.queries.existing import deals_of

        return deals_of(self.db, account_id, typed)

    def suggest(self, kind: str, typed: str, limit: int = 5) -> list[Found]:
        """Contacts, deals (link), accounts, owners or cadences that the letters typed so far may mean."""
        from fu_tui.store.suggest import suggest

        return suggest(self.db, kind, typed, limit, today=civil_day(self.context.now(), self.me.tz))

    def find_tasks(self, typed: str, limit: int = 5) -> tuple[QueueRow, ...]:
        """Open tasks whose words begin with what was typed, one's own first."""
        from fu_tui.queries.hits import anywhere

        return anywhere(self.db, self.me, typed, limit)

    def targets(self, *, deals: Sequence[int] = (), contacts: Sequence[int] = ()) -> list[Target]:
        """Whom to enroll: deals with the first of their contacts each, and contacts by themselves."""
        from fu_tui.queries.lists import contact_of_deal
        from fu_tui.services.enroll import Target

        return [
            *(Target(contact_of_deal(self.db, number), number) for number in deals),
            *(Target(number, None) for number in contacts),
        ]

    def record(self, kind: str, record_id: int) -> Record:
        """Everything about a contact, an account or a deal. Raises NotFound."""
        from fu_tui.queries.record import record

        return record(self.db, self.me, kind, record_id, self.context.now())

    def cadences(self) -> tuple[CadenceRow, ...]:
        """All cadences, the retired ones last."""
        from fu_tui.queries.cadences import cadences

        return cadences(self.db)

    def cadence_sheet(self, cadence_id: int) -> CadenceSheet:
        """One cadence in its newest version, and what runs. Raises NotFound."""
        from fu_tui.queries.cadences import sheet

        return sheet(self.db, cadence_id)

    def cadence_runs(self, cadence_id: int) -> tuple[CadenceRun, ...]:
        """Who is enrolled in a cadence, those first who are due first."""
        from fu_tui.queries.cadences import runs

        return runs(self.db, cadence_id)

    def series(self, *, ended: bool = False) -> tuple[SeriesRow, ...]:
        """One's own series, the next due first; with `ended` also those that are over."""
        from fu_tui.queries.scope import mine
        from fu_tui.queries.series import series

        return series(self.db, mine(self.me), ended=ended)

    def triggers(self) -> tuple[TriggerRow, ...]:
        """What happens by itself, and how each trigger stands."""
        from fu_tui.queries.triggers import table

        return table(self.db)

    def covered(self, contact_id: int | None, deal_id: int | None) -> str:
        """What open thing covers a contact or deal, so that no trigger starts anything; empty where nothing does."""
        from fu_tui.services.triggers import Matter, covered

        return covered(self.db, Matter("", self.context.now(), contact_id, deal_id))

    def reply_ends(self, contact_id: int | None, deal_id: int | None) -> tuple[str, ...]:
        """The cadences that a reply of a contact, or of somebody of a deal, would end."""
        from fu_tui.services.replies import Replies

        return Replies(self.context).would_end(contact_id, deal_id)

    def inquiry_is_reply(self, contact_id: int | None, deal_id: int | None) -> bool:
        """Whether an inquiry of theirs would be answered as a reply is."""
        from fu_tui.services.logbook import Logbook

        return Logbook(self.context).inquiry_is_reply(contact_id, deal_id)

    def meeting_brings(self, contact_id: int | None, deal_id: int | None) -> str:
        """What logging a meeting with a contact, or somebody of a deal, would end and begin; empty for nothing."""
        from fu_tui.services.logbook import Logbook

        return Logbook(self.context).meeting_brings(contact_id, deal_id)

    def notices(self, *, read: bool = False) -> tuple[NoticeRow, ...]:
        """One's own notices that were not read; all of them where `read`."""
        from fu_tui.queries.notices import notices

        return notices(self.db, self.me.id, read=read)

    def absences(self) -> tuple[AbsenceRow, ...]:
        """Who is away now or will be, the first first."""
        from fu_tui.queries.absences import absences

        return absences(self.db, civil_day(self.context.now(), self.me.tz))

    def absence_brief(self, absence_id: int) -> tuple[QueueRow, ...]:
        """What has to be done until an absence ends, the most urgent first."""
        from fu_tui.queries.absences import brief

        return brief(self.db, absence_id)

    def unread(self) -> int:
        """How many of one's own notices were not read."""
        from fu_tui.queries.notices import unread

        return unread(self.db, self.me.id)

    def shut(self) -> None:
        """Close the database."""
        self.db.close()
