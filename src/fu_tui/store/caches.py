"""What is kept beside the truth to be fast: the last contact, how much lies in whose queue, the words to find
things by. One rule: it can be reckoned again at any time, so it is not journalled."""

from __future__ import annotations

from fu_tui.store.database import Database
from fu_tui.store.errors import plain_errors
from fu_tui.store.search import rebuild, stale_indexes

_LAST = "(SELECT max(a.at) FROM activity a WHERE a.{link} = {table}.id AND {what} AND a.removed_by IS NULL)"
LAST_CONTACT: dict[str, dict[str, str]] = {
    "contact": {
        "last_inbound_at": _LAST.format(link="contact_id", table="contact", what="a.direction = 'in'"),
        "last_outbound_at": _LAST.format(link="contact_id", table="contact", what="a.direction = 'out'"),
    },
    "deal": {"last_touch_at": _LAST.format(link="deal_id", table="deal", what="a.direction <> 'internal'")},
}
"""By table and column, what the log says the column should be."""
LOAD = (
    "SELECT queue_owner_id AS user_id, due_on, kind = 'private' AS private, count(*) AS n FROM task"
    " WHERE status = 'open' GROUP BY 1, 2, 3"
)
"""What the triggers on tasks keep in open_load."""


def renew(db: Database, table: str, record_id: int) -> None:
    """Reckon the last contact of one contact or deal again."""
    columns = ", ".join(f"{column} = {truth}" for column, truth in LAST_CONTACT[table].items())
    db.execute_sql(f"UPDATE {table} SET {columns} WHERE id = ?", (record_id,))


def stale_contacts(db: Database, table: str) -> list[int]:
    """The contacts or deals whose last contact is not what the log says."""
    wrong = " OR ".join(f"{column} IS NOT {truth}" for column, truth in LAST_CONTACT[table].items())
    return [row[0] for row in db.rows(f"SELECT id FROM {table} WHERE removed_by IS NULL AND ({wrong})")]


def stale_load(db: Database) -> list[int]:
    """The users whose queue is not as long as open_load says."""
    kept = "SELECT user_id, due_on, private, n FROM open_load WHERE n <> 0"
    rows = db.rows(
        f"SELECT DISTINCT user_id FROM (SELECT * FROM ({LOAD} EXCEPT {kept}) UNION ALL"
        f" SELECT * FROM ({kept} EXCEPT {LOAD})) ORDER BY 1"
    )
    return [row[0] for row in rows]


def repair_caches(db: Database) -> None:
    """Reckon every cache again, in one transaction. Raises StorageError."""
    with plain_errors(), db.atomic():
        for table in LAST_CONTACT:
            for record_id in stale_contacts(db, table):
                renew(db, table, record_id)
        db.execute_sql("DELETE FROM open_load")
        db.execute_sql(f"INSERT INTO open_load (user_id, due_on, private, n) {LOAD}")
        if stale_indexes(db):
            rebuild(db)
