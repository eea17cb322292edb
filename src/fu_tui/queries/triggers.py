"""The triggers as a table: what each does, whether it is on, whether it waits, what it did. One rule: whether a trigger
waits is reckoned from the imports, never stored."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from fu_tui.core.clock import from_utc_text
from fu_tui.core.errors import NotFound
from fu_tui.core.terms import Channel, Priority
from fu_tui.core.terms_automation import TriggerEffect, TriggerEvent, TriggerUnit
from fu_tui.core.trigger_rules import Rule, sentence
from fu_tui.store.database import Database


class TriggerRow(NamedTuple):
    """A trigger and how it stands."""

    rule: Rule
    waits: bool
    """Something was imported since it was last switched on, so time alone does not set it off."""
    fired: int
    last_at: datetime | None

    @property
    def state(self) -> str:
        """on, off or waiting."""
        return "off" if not self.rule.enabled else "waiting" if self.waits else "on"

    @property
    def sentence(self) -> str:
        """What it does."""
        return sentence(self.rule)


_RULES = (
    "SELECT r.id, r.key, r.event, r.effect, r.cadence_key, ifnull(c.name, ''), r.from_step, r.action, r.channel,"
    " r.priority, r.delay, r.unit, r.enabled, ifnull(r.switched_at, '') <"
    " ifnull((SELECT max(at) FROM import WHERE removed_by IS NULL), '') FROM trigger_rule r"
    " LEFT JOIN cadence c ON c.key = r.cadence_key AND c.removed_by IS NULL WHERE r.removed_by IS NULL"
)


def rules(db: Database) -> tuple[tuple[Rule, bool], ...]:
    """All triggers in their order, and whether an import keeps each from what time alone sets off."""
    return tuple(_rule(row) for row in db.rows(f"{_RULES} ORDER BY r.position, r.id"))


def rule_called(db: Database, key: str) -> Rule:
    """The trigger with that key. Raises NotFound naming those there are."""
    row = db.row(f"{_RULES} AND r.key = ? COLLATE NOCASE", (key.strip(),))
    if row is None:
        keys = tuple(rule.key for rule, _ in rules(db))
        raise NotFound(f'There is no trigger "{key}".', f"There are: {', '.join(keys)}.", candidates=keys)
    return _rule(row)[0]


def table(db: Database) -> tuple[TriggerRow, ...]:
    """All triggers with what each did so far."""
    done = {
        rule_id: (count, last)
        for rule_id, count, last in db.rows(
            "SELECT trigger_id, count(*), max(at) FROM firing WHERE removed_by IS NULL GROUP BY trigger_id"
        )
    }
    rows = []
    for rule, waits in rules(db):
        count, last = done.get(rule.id, (0, None))
        rows.append(TriggerRow(rule, waits and rule.by_time, count, from_utc_text(last) if last else None))
    return tuple(rows)


def _rule(row: tuple[Any, ...]) -> tuple[Rule, bool]:
    number, key, event, effect, cadence, name, step, action, channel, priority, delay, unit, on, waits = row
    rule = Rule(
        number, key, TriggerEvent(event), TriggerEffect(effect), cadence, name, step, action,
        Channel(channel) if channel else None, Priority(priority), delay, TriggerUnit(unit), bool(on),
    )  # fmt: skip
    return rule, bool(waits)
