"""The frozen rows that the read side returns. One rule: a row holds everything its line on the screen needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.core.terms import Channel, Direction, Priority, StepKind, TaskKind

if TYPE_CHECKING:
    pass


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
