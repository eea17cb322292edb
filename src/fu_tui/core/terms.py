"""The field's standard terms as enums: what a record may say. One rule: a term is spelled here and nowhere else."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Role(StrEnum):
    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"


class Channel(StrEnum):
    MAIL = "mail"
    CALL = "call"
    TEXT = "text"
    LINKEDIN = "linkedin"
    MEETING = "meeting"


class Direction(StrEnum):
    OUT = "out"
    IN = "in"
    INTERNAL = "internal"


class Priority(IntEnum):
    """Stored as its number, so that an index sorts it: high first."""

    HIGH = 1
    NORMAL = 2
    LOW = 3

    @property
    def label(self) -> str:
        """The word people and programs see: high, normal or low."""
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> Priority:
        """The priority called `label`, in any case. Raises KeyError for another word."""
        return cls[label.upper()]


class TaskStatus(StrEnum):
    OPEN = "open"
    HELD = "held"
    """The enrollment is paused, or an absence holds it."""
    DONE = "done"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    """A reply, a win or a loss made it moot."""
    WITHDRAWN = "withdrawn"
    """What brought it was undone."""
    CANCELLED = "cancelled"
    """Not needed."""


class TaskKind(StrEnum):
    FOLLOW_UP = "follow_up"
    REPLY = "reply"
    CALLBACK = "callback"
    MEETING = "meeting"
    RENEWAL = "renewal"
    APPROVAL = "approval"
    DOCUMENT = "document"
    PRIVATE = "private"
    DECIDE = "decide"
    """A question to the owner (nurture, extend, lost, close the file): `n` does not answer it."""


class Origin(StrEnum):
    USER = "user"
    CADENCE = "cadence"
    TRIGGER = "trigger"
    HANDOFF = "handoff"
    ABSENCE = "absence"
    IMPORT = "import"
    SERIES = "series"


class ActivitySource(StrEnum):
    USER = "user"
    IMPORT = "import"
    TRIGGER = "trigger"
    MAIL = "mail"


class Lifecycle(StrEnum):
    LEAD = "lead"
    ACTIVE = "active"
    WARM = "warm"
    CUSTOMER = "customer"
    NURTURE = "nurture"
    CLOSED_FILE = "closed_file"


class Temperature(StrEnum):
    ACTIVE = "active"
    WARM = "warm"
    SLOW = "slow"


class StageKind(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class CadenceKind(StrEnum):
    OUTREACH = "outreach"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    DEAL = "deal"
    CUSTOMER = "customer"
    NURTURE = "nurture"
    OFFICE = "office"


class Anchor(StrEnum):
    COMPLETION = "completion"
    """The next step counts from the day this one was closed."""
    PLANNED = "planned"
    """The next step counts from the plan's anchor day, moved by what was late."""


class Count(StrEnum):
    CALENDAR = "calendar"
    BUSINESS = "business"


class Roll(StrEnum):
    FORWARD = "forward"
    BACKWARD = "backward"
    NONE = "none"


class StepKind(StrEnum):
    TOUCH = "touch"
    DECIDE = "decide"


class OnExhaust(StrEnum):
    ASK = "ask"
    NURTURE = "nurture"
    CLOSE_FILE = "close_file"
    COMPLETE = "complete"
    """Every step done is the goal itself (onboarding): the enrollment ends completed."""


class EnrollmentState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class EndReason(StrEnum):
    REPLIED = "replied"
    MEETING = "meeting"
    CHECK_BACK = "check_back"
    COMPLETED = "completed"
    EXHAUSTED_NURTURE = "exhausted_nurture"
    EXHAUSTED_CLOSED = "exhausted_closed"
    CLOSED_FILE = "closed_file"
    DEAL_WON = "deal_won"
    DEAL_LOST = "deal_lost"
    OPTED_OUT = "opted_out"
    STOPPED = "stopped"
    REPLACED = "replaced"
    MERGED = "merged"


class ReplyClass(StrEnum):
    NONE = "none"
    ACK = "ack"
    AUTO = "auto"
    LATER = "later"
    SUBSTANTIVE = "substantive"
    TERMINAL = "terminal"
    FAILED = "failed"


class Bucket(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    UPCOMING = "upcoming"
    LATER = "later"
    """Beyond the 14 days that Upcoming shows."""
    HIDDEN = "hidden"


class Touched(StrEnum):
    """What an undo does with a follow-up that somebody has changed since it was spawned."""

    ASK = "ask"
    WITHDRAW = "withdraw"
    KEEP = "keep"
    """It stays open, detached from its cadence."""
