"""What the log of touches says about a contact. One rule: it is counted from the log, never stored."""

from __future__ import annotations

from fu_tui.core.terms import ReplyClass
from fu_tui.store.database import Database


def unanswered_sql(column: str, link: str = "?") -> str:
    """The count as a subquery: `column` is contact_id or deal_id, `link` stands twice for what it must be."""
    return (
        f"(SELECT count(*) FROM activity WHERE {column} = {link} AND direction <> 'in'"
        f" AND reply_class = '{ReplyClass.NONE.value}' AND removed_by IS NULL"
        f" AND id > ifnull((SELECT max(id) FROM activity WHERE {column} = {link} AND (direction = 'in'"
        f" OR (direction = 'internal' AND reply_class = '{ReplyClass.TERMINAL.value}'))"
        " AND removed_by IS NULL), 0))"
    )


def unanswered(db: Database, contact_id: int | None, deal_id: int | None) -> int:
    """Tries without a reply since the last word from the contact; of the deal where no contact is known (R100).

    Outreach that starts again after months of rest begins to count anew (R101); that is logged as internal.
    """
    column, link = ("contact_id", contact_id) if contact_id is not None else ("deal_id", deal_id)
    if link is None:
        return 0
    return int(db.value(f"SELECT {unanswered_sql(column)}", (link, link)))
