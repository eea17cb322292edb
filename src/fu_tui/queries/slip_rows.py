"""The lists of what slips, and their frozen rows. One rule: as in `rows`, a row holds everything its line needs; apart
from those, as no pane shows them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from fu_tui.queries.rows import QueueRow


class Slip(StrEnum):
    """The lists, in the order of the desk."""

    TRIAGE = "triage"
    NO_NEXT_STEP = "no-next-step"
    STALLED = "stalled"
    UNOWNED = "unowned"
    PARKED = "parked"
    HIDDEN = "hidden"


OPEN_ENDS = (Slip.TRIAGE, Slip.NO_NEXT_STEP, Slip.STALLED, Slip.UNOWNED)
"""Those that are empty when the day is done; what is parked or hidden comes back by itself on its day."""


class ContactRow(NamedTuple):
    """A person one follows up with."""

    id: int
    name: str
    title: str
    account_id: int | None
    account: str | None
    owner: str | None
    """A handle; None is an alarm."""
    lifecycle: str
    do_not_contact: bool
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    last_contact_at: str | None
    """ISO UTC."""


class DealRow(NamedTuple):
    """A deal, open or closed."""

    id: int
    title: str
    account_id: int | None
    account: str | None
    stage: str
    kind: str
    """open, won or lost."""
    owner: str
    """A handle."""
    amount: float | None
    currency: str
    stage_entered_at: str
    """ISO UTC."""
    estimated: bool
    """Whether that instant is a guess, as a file did not say."""
    parked_until: str | None


class StalledRow(NamedTuple):
    """A running enrollment that has no task to go on with."""

    enrollment: int
    cadence_key: str
    cadence: str
    contact_id: int | None
    contact: str | None
    deal_id: int | None
    deal: str | None
    assignee: str
    """A handle."""
    step: int
    started_at: str
    """ISO UTC."""


class Resting(NamedTuple):
    """What waits and can be taken up again."""

    kind: str
    """enrollment or deal."""
    id: int
    who: str
    what: str
    """The cadence that is paused, or why the deal is parked."""
    since: str | None
    """The ISO day a cadence was paused."""
    until: str | None
    """The ISO day a parked deal returns."""
    owner: str
    """A handle."""


SlipRow = QueueRow | DealRow | ContactRow | StalledRow | Resting
