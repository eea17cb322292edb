"""Records in lines for people and as JSON: deals, contacts, users, stalled cadences. One rule: the number comes first,
as every command takes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from fu_tui.cli import out
from fu_tui.cli.cells import table
from fu_tui.cli.task_json import named
from fu_tui.cli.words import long_day
from fu_tui.core.clock import from_utc_text
from fu_tui.core.text import for_terminal
from fu_tui.queries.records import UserRow
from fu_tui.queries.slip_rows import ContactRow, DealRow, Resting, StalledRow


def write(title: str, lines: Sequence[str], most: int, empty: str) -> None:
    """A titled list, or what to say where it is empty; a list cut at `most` says so."""
    more = " or more (--limit)" if len(lines) == most else ""
    head = out.styled(f"{title} {len(lines):,}{more}", out.BOLD)
    out.lines([head, *(f"  {line}" for line in lines)] if lines else [empty])


def deal_lines(rows: Iterable[DealRow], now: datetime) -> list[str]:
    """One line a deal: number, title, account, stage, how long in it, amount, owner."""
    return _table(
        [
            (
                str(deal.id),
                deal.title,
                deal.account or "",
                deal.stage,
                _ago(deal.stage_entered_at, now),
                money(deal.amount, deal.currency),
                f"parked until {long_day(deal.parked_until)}" if deal.parked_until else "",
                deal.owner,
            )
            for deal in rows
        ],
        give=(2, 1),
        right=(0, 5),
    )


def contact_lines(rows: Iterable[ContactRow], now: datetime) -> list[str]:
    """One line a contact: number, name, title, account, how to reach them, last contact, owner."""
    return _table(
        [
            (
                str(who.id),
                who.name,
                who.title,
                who.account or "",
                (who.emails or who.phones or ("",))[0],
                _ago(who.last_contact_at, now),
                "do not contact" if who.do_not_contact else "",
                who.owner or "no owner",
            )
            for who in rows
        ],
        give=(2, 3, 4, 1),
    )


def contacts_json(rows: Iterable[ContactRow]) -> list[dict[str, Any]]:
    """Contacts for programs."""
    return [
        {
            "id": who.id,
            "name": who.name,
            "title": who.title,
            "account": named(who.account_id, who.account),
            "owner": who.owner,
            "lifecycle": who.lifecycle,
            "do_not_contact": who.do_not_contact,
            "emails": list(who.emails),
            "phones": list(who.phones),
            "last_contact_at": who.last_contact_at,
        }
        for who in rows
    ]


def user_lines(rows: Iterable[UserRow]) -> list[str]:
    """One line a user: handle, name, role, what is due, manager."""
    return _table(
        [
            (
                str(user.id),
                user.handle,
                user.name,
                user.role,
                f"{user.due:,} due" if user.due else "",
                f"reports to {user.manager}" if user.manager else "",
                "" if user.active else "not active",
            )
            for user in rows
        ],
        give=(2,),
        right=(0, 4),
    )


def users_json(rows: Iterable[UserRow]) -> list[dict[str, Any]]:
    """Users for programs."""
    return [user._asdict() for user in rows]


def stalled_lines(rows: Iterable[StalledRow]) -> list[str]:
    """One line an enrollment: number, whom, cadence and step, since when, whose."""
    return _table(
        [
            (
                str(row.enrollment),
                " · ".join(filter(None, (row.contact, row.deal))),
                f"{row.cadence}, step {row.step}",
                f"since {long_day(row.started_at[:10])}",
                row.assignee,
            )
            for row in rows
        ],
        give=(1, 2),
        right=(0,),
    )


def stalled_json(rows: Iterable[StalledRow]) -> list[dict[str, Any]]:
    """Stalled enrollments for programs."""
    return [
        {
            "enrollment": row.enrollment,
            "cadence": {"key": row.cadence_key, "name": row.cadence, "step": row.step},
            "contact": named(row.contact_id, row.contact),
            "deal": None if row.deal_id is None else {"id": row.deal_id, "title": row.deal},
            "assignee": row.assignee,
            "started_at": row.started_at,
        }
        for row in rows
    ]


def resting_lines(rows: Iterable[Resting]) -> list[str]:
    """One line each: what kind with its number, whom, why, from or until when, whose."""
    return _table(
        [
            (
                f"{row.kind}:{row.id}",
                row.who,
                row.what if row.kind == "deal" else f"{row.what} paused",
                f"until {long_day(row.until)}"
                if row.until
                else f"since {long_day(row.since)}"
                if row.since
                else "",
                row.owner,
            )
            for row in rows
        ],
        give=(2, 1),
        right=(),
    )


def resting_json(rows: Iterable[Resting]) -> list[dict[str, Any]]:
    """What is parked or paused, for programs."""
    return [
        {
            "record": row.kind,
            "id": row.id,
            "who": row.who,
            "reason": row.what if row.kind == "deal" else None,
            "cadence": None if row.kind == "deal" else row.what,
            "since": row.since,
            "until": row.until,
            "owner": row.owner,
        }
        for row in rows
    ]


def money(amount: float | None, currency: str) -> str:
    """ "12,500 EUR"; empty where no amount is known."""
    return "" if amount is None else f"{amount:,.0f} {currency}".rstrip()


def _table(rows: Sequence[Sequence[str]], give: Sequence[int], right: Sequence[int] = (0,)) -> list[str]:
    width = out.terminal_width()
    clean = [[for_terminal(text) for text in row] for row in rows]
    return table(clean, most=width - 2 if width else None, give=give, right=right)


def _ago(instant: str | None, now: datetime) -> str:
    """Whole days since an instant: "12d"."""
    return f"{(now - from_utc_text(instant)).days}d" if instant else ""
