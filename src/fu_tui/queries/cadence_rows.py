"""What comes back about cadences and who runs in them: frozen, plain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fu_tui.core.cadence import CadencePlan

ENOUGH = 20
"""Fewer say nothing (§9)."""


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
