"""The frozen rows that the read side returns. One rule: a row holds everything its line on the screen needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.core.terms import Channel, Direction, Priority, StepKind, TaskKind

if TYPE_CHECKING:
    from fu_tui.core.cadence import CadencePlan
    from fu_tui.core.calendar import WorkCalendar


class QueueRow(NamedTuple):
    """One line of a pane."""

    id: int
    version: int
    """The state that is shown; a close is made against it."""
    action: str
    due_on: date
    due_at: datetime | None
    """UTC; only hour-bound promises have one."""
    window_end_on: date | None
    hidden_until: date | None
    priority: Priority
    kind: TaskKind
    channel: Channel | None
    contact_id: int | None
    contact: str | None
    account: str | None
    deal_id: int | None
    deal: str | None
    owner_id: int
    owner: str
    """The owner's name."""
    enrollment_id: int | None
    step_no: int | None
    steps: int | None
    """How many steps its cadence has."""
    attempt: int
    moved_count: int
    last_contact_at: datetime | None

    @property
    def is_forecast(self) -> bool:
        """Whether it is a step that is foreseen and no task yet: it is drawn, and nothing can be done to it."""
        return self.id < 0


class Left(NamedTuple):
    """How long the lists are that a done day leaves empty."""

    triage: int = 0
    deals: int = 0
    contacts: int = 0
    """Both without a next step."""
    stalled: int = 0
    unowned: int = 0

    @property
    def no_next_step(self) -> int:
        """Deals and contacts that nothing follows."""
        return self.deals + self.contacts


class Counts(NamedTuple):
    """What the header and the pane titles say."""

    overdue: int = 0
    today: int = 0
    upcoming: int = 0
    """In the 14 days after today."""
    later: int = 0
    hidden: int = 0
    done_today: int = 0
    left: Left = Left()
    """Reads more than a table that triggers keep, so it is asked after the first paint."""
    most: int | None = None
    """A count of a pane's rows that reaches this says only that there are as many at least; None: all are exact."""


class StripStep(NamedTuple):
    """One dot of the card's strip of steps."""

    no: int
    offset_days: int
    kind: StepKind
    state: str
    """done, skipped, current, ahead, or shut: ahead, on a channel that the contact opted out of."""
    repeats: bool = False
    """Follows itself until the stage changes."""


class HistoryLine(NamedTuple):
    """One line of what happened with the contact or the deal."""

    at: datetime
    channel: Channel | None
    direction: Direction
    text: str


class OtherTask(NamedTuple):
    """Another open task of the same contact, or of the deal where no contact is known."""

    action: str
    due_on: date
    owner_id: int
    owner: str


class Why(NamedTuple):
    """Why a task is due on its day, in sentences."""

    reasons: tuple[str, ...]
    """The lines of its trace."""
    verdict: str
    """Whether the trace makes the same day again."""
    origin: tuple[str, ...]
    """What brought the task."""
    follows: tuple[tuple[str, str], ...] = ()
    """(outcome, what closing with it would bring); nothing for a closed task."""
    history: tuple[str, ...] = ()
    """What was done to it since, and what became of it."""


class RecordDeal(NamedTuple):
    """A deal on the card of a record."""

    id: int
    title: str
    stage: str
    amount: float | None
    currency: str
    is_open: bool


class Record(NamedTuple):
    """Everything the card of a contact, an account or a deal shows."""

    kind: str
    """contact, account or deal."""
    id: int
    name: str
    title: str
    """A contact's; a deal's product."""
    account_id: int | None
    account: str | None
    owner: str | None
    """The owner's name."""
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    last_contact_at: datetime | None
    alerts: tuple[str, ...]
    deal: RecordDeal | None
    """The deal itself, where it is one."""
    deals: tuple[RecordDeal, ...]
    """Those of a contact or an account, the open ones first."""
    people: tuple[tuple[int, str, str], ...]
    """The contacts of an account or a deal: id, name, title."""
    tasks: tuple[QueueRow, ...]
    """Open ones that the viewer may see, as they are due."""
    held: int
    """How many more wait for a pause, a park or an absence to end."""
    history: tuple[HistoryLine, ...]
    """The newest first."""


class Card(NamedTuple):
    """Everything the card beside the panes shows about one task."""

    row: QueueRow
    body: str
    note: str
    contact_title: str
    deal_stage: str
    deal_amount: float | None
    deal_currency: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    last_contact_at: datetime | None
    last_contact_channel: Channel | None
    last_contact_direction: Direction | None
    alerts: tuple[str, ...]
    cadence: str | None
    strip: tuple[StripStep, ...]
    purpose: str
    unanswered: int
    after_no_reply: str
    """What `n` would do, written out: "Call: open questions, Fri 27 Nov", or the reason why it can't."""
    history: tuple[HistoryLine, ...]
    preferred: Channel | None = None
    """How the contact likes to be reached."""
    opted_out: frozenset[Channel] = frozenset()
    """Channels that the contact does not want to be reached by."""
    others: tuple[OtherTask, ...] = ()
    """What else is open, the first that is due first."""
    others_more: int = 0
    """Open tasks beyond `others`."""
    why: Why | None = None
    """Only where it was asked for."""


class Response(NamedTuple):
    """How often they answered, with how many that is said of."""

    replied: int
    of: int
    """Those who answered, and those who waited it out."""

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None while there are too few to say."""
        return self.replied / self.of if self.of >= ENOUGH else None

    @property
    def words(self) -> str:
        """ "34 % of 120", or that there are too few."""
        if self.rate is None:
            return f"too few ({self.of})" if self.of else ""
        return f"{100 * self.rate:.0f} % of {self.of:,}"


ENOUGH = 20
"""Fewer say nothing (§9)."""


class CadenceRow(NamedTuple):
    """A cadence in its newest version."""

    id: int
    key: str
    name: str
    kind: str
    version: int
    steps: int
    running: int
    """Enrollments, of any version, that have not ended."""
    retired: bool
    response: Response
    """Of all its versions."""


class CadenceRun(NamedTuple):
    """Who is enrolled, and where they stand."""

    enrollment_id: int
    who: str
    """The contact and the deal, as far as there are."""
    version: int
    step: int
    steps: int
    state: str
    owner: str
    task_id: int | None
    action: str
    due_on: date | None


class CadenceSheet(NamedTuple):
    """Everything about one cadence."""

    row: CadenceRow
    plan: CadencePlan
    """The newest version."""
    version_id: int
    running: tuple[tuple[int, int], ...]
    """(number of a version, how many run on it), the newest first."""
    responses: dict[int, Response]
    """Step → what came back on it, in the newest version."""


class DayOff(NamedTuple):
    """A day off beside the weekly ones."""

    on: date
    name: str
    own: bool
    """Entered by somebody, not the country's."""
    due: int
    """How many open tasks of the user are due on it."""


class CalendarSheet(NamedTuple):
    """A user's calendar."""

    user: str
    """A handle."""
    name: str
    """The user's."""
    tz: str
    calendar: WorkCalendar
    country: str | None
    subdivision: str | None
    shared_with: tuple[str, ...]
    """The names of the other active users."""
    days_off: tuple[DayOff, ...]
    """From today on, the first first."""


class SeriesRow(NamedTuple):
    """A fixed recurrence. Days are ISO dates, as stored."""

    id: int
    action: str
    rule: str
    start_on: str
    kind: str
    state: str
    contact_id: int | None
    contact: str | None
    deal_id: int | None
    deal: str | None
    account_id: int | None
    account: str | None
    owner: str
    """A handle."""
    owner_name: str
    task_id: int | None
    """Its open or held task."""
    task_status: str | None
    due_on: str | None
    occurrence_on: str | None
    done: int
    """How often it was done."""
    priority: int
    body: str
    words: str
    """Its rhythm: "every 3 months on the 1st"."""

    @property
    def about(self) -> str:
        """Whom it is about."""
        names = (self.contact, self.deal, None if self.contact or self.deal else self.account)
        return " · ".join(name for name in names if name)


class SeriesRead(NamedTuple):
    """What a line says about a series. Empty: it says nothing of it."""

    action: str = ""
    about: str = ""
    contact_id: int | None = None
    deal_id: int | None = None
    account_id: int | None = None
    owner: str = ""
    """A handle."""
    owner_name: str = ""
    every: str = ""
    """The rhythm, as it was typed."""
    words: str = ""
    """As it is understood."""
    start_on: date | None = None
    days: tuple[date, ...] = ()
    """Its first due days."""
    priority: Priority = Priority.NORMAL
    private: bool = False
    body: str = ""
    problem: str = ""
    """Why it can't be saved, with the remedy."""
    sales: str = ""
    """Why nothing should repeat about them; it is made on a second enter."""


class AbsenceRow(NamedTuple):
    """An absence. Days are ISO dates, as stored."""

    id: int
    user: str
    """A handle, as the cover's."""
    name: str
    from_on: str
    to_on: str
    policy: str
    cover: str | None
    cover_name: str | None
    note: str
    auto_reply: str


class SpreadMove(NamedTuple):
    """A task, and the day it gets."""

    task_id: int
    action: str
    due_on: date
    to: date


class SpreadStay(NamedTuple):
    """A task that is not moved."""

    task_id: int
    action: str
    due_on: date
    why: str


class SpreadDay(NamedTuple):
    """A day of a plan."""

    day: date
    there: int
    """What lies there besides, today with all that is late."""
    comes: int
    rate: int
    """What its owner gets done on a usual day."""
    owner: str


class Spread(NamedTuple):
    """Which day each task would get."""

    moves: tuple[SpreadMove, ...]
    """In the order of the queue; with those that lie well already."""
    stays: tuple[SpreadStay, ...]
    days: tuple[SpreadDay, ...]
    over: int | None
    """Over how many working days; None: as few as the rate allows."""
