"""What time alone sets off: the matters that a trigger has not acted about yet. One rule: one statement for each event;
it finds, and whoever acts looks once more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from fu_tui.core.calendar import add_days
from fu_tui.core.clock import from_utc_text, utc_text
from fu_tui.core.terms_automation import TriggerEvent
from fu_tui.core.trigger_rules import Rule
from fu_tui.queries.lists import FIRST_CONTACT
from fu_tui.store.database import Database

MOST = 500
"""Matters that are looked at in one go; the rest comes with the next."""
_LOOKED_BACK = 30
"""Days after which a mail or a proposal without an answer is no news any more."""
_FREE = """
  NOT EXISTS (SELECT 1 FROM task t WHERE t.{link} = {of} AND t.status IN ('open', 'held'))
  AND NOT EXISTS (SELECT 1 FROM enrollment e WHERE e.{link} = {of} AND e.state <> 'ended' AND e.removed_by IS NULL)
"""
_ONLY_DEAL = """
  (SELECT CASE WHEN count(*) = 1 THEN max(d.id) END FROM deal_contact x JOIN deal d ON d.id = x.deal_id
   JOIN stage s ON s.id = d.stage_id WHERE x.contact_id = c.id AND x.removed_by IS NULL AND d.removed_by IS NULL
   AND s.kind = 'open')
"""
_OPEN_TO_IT = (  # nearly everybody is open to all, and that is cheaply seen
    "(c.opted_out = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(c.opted_out) o WHERE o.value = :channel))"
)
_NEW = "NOT EXISTS (SELECT 1 FROM firing f WHERE f.trigger_id = :rule AND f.dedup_key = {key})"
_UNTOLD = "NOT EXISTS (SELECT 1 FROM notification n WHERE n.user_id = {whom} AND n.dedup_key = {key})"
_TOUCHED = "max(d.stage_entered_at, ifnull(d.last_touch_at, ''))"
_REPEATS = (  # asked once for all deals
    "s.cadence_key IN (SELECT k.key FROM cadence k JOIN cadence_version v ON v.cadence_id = k.id JOIN cadence_step p"
    " ON p.version_id = v.id WHERE k.removed_by IS NULL AND p.repeats)"
)
STARTED = f"CASE WHEN {_REPEATS} THEN {_TOUCHED} ELSE d.stage_entered_at END"
"""When a deal's clock began: with the stage, or anew with each touch where its cadence repeats a step."""
WAITED_FOR = f"(d.last_touch_at IS NULL OR d.last_touch_at <= d.stage_entered_at OR {_REPEATS})"
"""Whether what the stage expects has not happened yet."""


class Found(NamedTuple):
    """A matter in want of an act."""

    key: str
    at: datetime
    contact_id: int | None
    deal_id: int | None
    case_id: int | None
    owner_id: int
    """Whose day it loads, or who is told."""
    on: date | None = None
    name: str = ""


def _mails(key: str = "'activity:' || a.id") -> str:
    return f"""
    SELECT {key}, a.at, a.contact_id, {_ONLY_DEAL}, NULL, c.owner_id, NULL, '' FROM activity a
    JOIN contact c ON c.id = a.contact_id AND c.removed_by IS NULL AND c.owner_id IS NOT NULL AND NOT c.do_not_contact
    LEFT JOIN task k ON k.id = a.task_id
    WHERE a.removed_by IS NULL AND a.at BETWEEN :old AND :since AND a.channel = 'mail' AND a.direction = 'out'
      AND a.event IS NULL AND k.enrollment_id IS NULL AND c.lifecycle <> 'closed_file' AND {_OPEN_TO_IT}
      AND NOT EXISTS (SELECT 1 FROM activity b WHERE b.contact_id = a.contact_id AND b.id > a.id
                      AND b.direction <> 'internal' AND b.removed_by IS NULL)
      AND {_FREE.format(link="contact_id", of="a.contact_id")} AND {_NEW.format(key=key)}
    ORDER BY a.at DESC, a.id LIMIT :most"""


def _proposals() -> str:
    logged, staged = "'activity:' || a.id", "'deal:' || d.id || ':' || d.stage_entered_at"
    silent = (
        "NOT EXISTS (SELECT 1 FROM activity b WHERE b.deal_id = d.id AND b.at > {at} AND b.direction = 'in'"
        " AND b.removed_by IS NULL)"
    )
    free = _FREE.format(link="deal_id", of="d.id")
    deal = "d.removed_by IS NULL AND d.parked_until IS NULL"
    return f"""
    SELECT * FROM (
      SELECT {logged}, a.at, a.contact_id, d.id, NULL, d.owner_id, NULL, '' FROM activity a
      JOIN deal d ON d.id = a.deal_id AND {deal} JOIN stage s ON s.id = d.stage_id AND s.kind = 'open'
      WHERE a.event = 'proposal_sent' AND a.removed_by IS NULL AND a.at BETWEEN :old AND :since
        AND {silent.format(at="a.at")} AND {free} AND {_NEW.format(key=logged)}
      UNION ALL
      SELECT {staged}, d.stage_entered_at, {FIRST_CONTACT}, d.id, NULL, d.owner_id, NULL, '' FROM deal d
      JOIN stage s ON s.id = d.stage_id AND s.kind = 'open' AND s.cadence_key = 'proposal'
      WHERE {deal} AND NOT d.stage_entered_estimated AND d.stage_entered_at BETWEEN :old AND :since
        AND {silent.format(at="d.stage_entered_at")} AND {free} AND {_NEW.format(key=staged)}
        AND NOT EXISTS (SELECT 1 FROM activity a WHERE a.deal_id = d.id AND a.event = 'proposal_sent'
                        AND a.removed_by IS NULL)
    ) ORDER BY 2 DESC LIMIT :most"""


def _renewals() -> str:
    key = "'deal:' || d.id || ':' || d.renewal_on"
    return f"""
    SELECT {key}, :now, {FIRST_CONTACT}, d.id, NULL, d.owner_id, d.renewal_on, '' FROM deal d
    JOIN stage s ON s.id = d.stage_id AND s.kind <> 'lost'
    WHERE d.renewal_on BETWEEN :first AND :last AND d.removed_by IS NULL AND d.parked_until IS NULL
      AND {_FREE.format(link="deal_id", of="d.id")} AND {_NEW.format(key=key)}
    ORDER BY d.renewal_on, d.id LIMIT :most"""


def _silent() -> str:
    last = "max(ifnull(c.last_inbound_at, ''), ifnull(c.last_outbound_at, ''))"
    key = f"'contact:' || c.id || ':' || {last}"
    deals = "FROM deal_contact x JOIN deal d ON d.id = x.deal_id AND d.removed_by IS NULL WHERE x.contact_id = c.id"
    return f"""
    SELECT {key}, {last}, c.id, {_ONLY_DEAL}, NULL, c.owner_id, NULL, '' FROM contact c
    WHERE c.removed_by IS NULL AND c.owner_id IS NOT NULL AND NOT c.do_not_contact
      AND c.lifecycle IN ('lead', 'active', 'warm') AND {last} > '' AND {last} <= :since
      AND {_FREE.format(link="contact_id", of="c.id")} AND {_OPEN_TO_IT}
      AND (NOT EXISTS (SELECT 1 {deals}) OR EXISTS (SELECT 1 {deals} AND d.closed_at IS NULL))
      AND NOT EXISTS (SELECT 1 {deals} AND d.parked_until IS NOT NULL)
      AND {_NEW.format(key=key)}
    ORDER BY 2 DESC, c.id LIMIT :most"""


def _cases() -> str:
    key = "'case:' || k.id"
    return f"""
    SELECT {key}, k.opened_at, k.contact_id, NULL, k.id, k.owner_id, NULL, k.title FROM case_record k
    WHERE k.priority = 1 AND k.status <> 'closed' AND k.removed_by IS NULL AND k.owner_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = k.id AND t.status IN ('open', 'held'))
      AND {_NEW.format(key=key)}
    ORDER BY k.opened_at, k.id LIMIT :most"""


def _stale() -> str:
    key = f"'deal_stale:' || d.id || ':' || {_TOUCHED}"
    whom = "ifnull((SELECT m.id FROM user m WHERE m.id = u.manager_id AND m.active AND m.removed_by IS NULL), u.id)"
    return f"""
    SELECT {key}, {_TOUCHED}, NULL, d.id, NULL, {whom}, NULL, d.title FROM deal d
    JOIN stage s ON s.id = d.stage_id AND s.kind = 'open' JOIN user u ON u.id = d.owner_id
    WHERE d.removed_by IS NULL AND d.closed_at IS NULL AND d.parked_until IS NULL
      AND {_TOUCHED} <= strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-' || ifnull(s.stale_after_days, :delay) || ' days')
      AND {_UNTOLD.format(key=key, whom=whom)}
    ORDER BY 2 DESC, d.id LIMIT :most"""


def _late() -> str:
    key = f"'stage_late:' || d.id || ':' || {STARTED}"
    return f"""
    SELECT {key}, {STARTED}, NULL, d.id, NULL, d.owner_id, NULL, d.title FROM deal d
    JOIN stage s ON s.id = d.stage_id AND s.kind = 'open' JOIN user u ON u.id = d.owner_id AND u.active
    WHERE d.removed_by IS NULL AND d.closed_at IS NULL AND d.parked_until IS NULL AND NOT d.stage_entered_estimated
      AND ({STARTED} <= strftime('%Y-%m-%dT%H:%M:%SZ', :now, '-' || s.within_hours || ' hours')
           OR date({STARTED}) < date(:now, '-' || (s.within_days - 1) || ' days'))
      AND {WAITED_FOR} AND {_UNTOLD.format(key=key, whom="d.owner_id")}
    ORDER BY 2 DESC, d.id LIMIT :most"""


_SQL = {
    TriggerEvent.MAIL_UNANSWERED: _mails(),
    TriggerEvent.PROPOSAL_UNANSWERED: _proposals(),
    TriggerEvent.RENEWAL_DUE: _renewals(),
    TriggerEvent.SILENT: _silent(),
    TriggerEvent.CASE_HIGH: _cases(),
    TriggerEvent.DEAL_STALE: _stale(),
    TriggerEvent.STAGE_LATE: _late(),
}


def found(db: Database, rule: Rule, now: datetime) -> tuple[Found, ...]:
    """What a rule that time sets off should act about now, the newest first; at most 500.

    now: UTC. A contract ends on a civil day, so those of a day before and after come too: for its owner it may be that.
    """
    values: dict[str, Any] = {
        "rule": rule.id, "most": MOST, "now": utc_text(now), "delay": rule.delay, "channel": rule.channel,
        "since": utc_text(now - timedelta(days=rule.delay)), "old": utc_text(now - timedelta(days=_LOOKED_BACK)),
        "first": add_days(now.date(), -1).isoformat(), "last": add_days(now.date(), rule.delay + 1).isoformat(),
    }  # fmt: skip
    rows = db.rows(_SQL[rule.event], values)  # type: ignore[arg-type]  # SQLite takes names as well
    return tuple(
        Found(
            key, from_utc_text(at), contact, deal, case, owner, date.fromisoformat(on) if on else None, name
        )
        for key, at, contact, deal, case, owner, on, name in rows
    )
