"""The list of cadences."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.store.database import Database


class CadenceRow(NamedTuple):
    """A cadence in its newest version."""

    key: str
    name: str
    kind: str
    version: int
    steps: int
    running: int
    """Enrollments, of any version, that have not ended."""


def cadences(db: Database) -> tuple[CadenceRow, ...]:
    """All cadences, in the order in which they were made."""
    rows = db.rows(
        "SELECT c.key, c.name, c.kind, v.n,"
        " (SELECT count(*) FROM cadence_step s WHERE s.version_id = v.id AND s.removed_by IS NULL),"
        " (SELECT count(*) FROM enrollment e WHERE e.cadence_id = c.id AND e.state <> 'ended' AND e.removed_by IS NULL)"
        " FROM cadence c JOIN cadence_version v ON v.id = (SELECT id FROM cadence_version WHERE cadence_id = c.id"
        " AND removed_by IS NULL ORDER BY n DESC LIMIT 1) WHERE c.removed_by IS NULL ORDER BY c.id"
    )
    return tuple(map(CadenceRow._make, rows))
