"""Triggers in words: what each hears, what it does (R133). One rule: what a person reads about a rule is made from the
rule itself, so that the sentence and the deed can't part."""

from __future__ import annotations

from typing import NamedTuple

from fu_tui.core.terms import Channel, Count, Priority
from fu_tui.core.terms_automation import TriggerEffect, TriggerEvent, TriggerUnit
from fu_tui.core.trace import amount_text


class Rule(NamedTuple):
    """One trigger."""

    id: int
    key: str
    event: TriggerEvent
    effect: TriggerEffect
    cadence_key: str | None
    cadence: str
    """The cadence's name; empty where it starts none."""
    from_step: int
    action: str
    channel: Channel | None
    priority: Priority
    delay: int
    unit: TriggerUnit
    enabled: bool

    @property
    def name(self) -> str:
        """What it is called where it says what it did: "After a meeting"."""
        return NAMES[self.event]

    @property
    def brings(self) -> str:
        """What it brings, in a few words: a cadence, a task, or who is told."""
        return self.cadence or self.action or _TOLD[self.event]

    @property
    def counting(self) -> Count:
        """How its delay is counted."""
        return Count.BUSINESS if self.unit is TriggerUnit.WORKING_DAYS else Count.CALENDAR

    @property
    def by_time(self) -> bool:
        """Whether time alone sets it off; the others hear what a person logs."""
        return self.event not in LOGGED


LOGGED = frozenset(
    {TriggerEvent.INQUIRY, TriggerEvent.MEETING_HELD, TriggerEvent.PROPOSAL_SENT, TriggerEvent.DELIVERED}
)
"""Events that somebody logs as they happen."""
NAMES = {
    TriggerEvent.INQUIRY: "After an inquiry",
    TriggerEvent.MEETING_HELD: "After a meeting",
    TriggerEvent.PROPOSAL_SENT: "After a proposal",
    TriggerEvent.MAIL_UNANSWERED: "No answer to a mail",
    TriggerEvent.PROPOSAL_UNANSWERED: "No answer to a proposal",
    TriggerEvent.DELIVERED: "After delivery",
    TriggerEvent.RENEWAL_DUE: "Before a renewal",
    TriggerEvent.SILENT: "Silence",
    TriggerEvent.CASE_HIGH: "Urgent case",
    TriggerEvent.DEAL_STALE: "Deal at a standstill",
    TriggerEvent.STAGE_LATE: "Stage late",
}
MOMENTS = {
    TriggerEvent.INQUIRY: "the inquiry",
    TriggerEvent.MEETING_HELD: "the meeting",
    TriggerEvent.PROPOSAL_SENT: "the proposal",
    TriggerEvent.MAIL_UNANSWERED: "the mail",
    TriggerEvent.PROPOSAL_UNANSWERED: "the proposal",
    TriggerEvent.DELIVERED: "delivery",
    TriggerEvent.RENEWAL_DUE: "the contract's end",
    TriggerEvent.SILENT: "the last contact",
    TriggerEvent.CASE_HIGH: "the case's opening",
    TriggerEvent.DEAL_STALE: "the last move",
    TriggerEvent.STAGE_LATE: "the stage's clock",
}
"""The moment that a delay counts from."""
_WHEN = {
    TriggerEvent.INQUIRY: "When an inquiry is logged",
    TriggerEvent.MEETING_HELD: "When a meeting is logged",
    TriggerEvent.PROPOSAL_SENT: "When a proposal is logged",
    TriggerEvent.MAIL_UNANSWERED: "When a mail outside a cadence is logged and no answer came yet",
    TriggerEvent.PROPOSAL_UNANSWERED: "When a proposal lies with them for {delay} without an answer",
    TriggerEvent.DELIVERED: "When a delivery is logged",
    TriggerEvent.RENEWAL_DUE: "When a contract ends in {delay}",
    TriggerEvent.SILENT: "When nothing was heard or sent for {delay}",
    TriggerEvent.CASE_HIGH: "When a case has high priority",
    TriggerEvent.DEAL_STALE: "When an open deal did not move for its stage's days ({delay} unless the stage says)",
    TriggerEvent.STAGE_LATE: "When an open deal is past what its stage expects",
}
_TOLD = {
    TriggerEvent.DEAL_STALE: "the manager is told",
    TriggerEvent.STAGE_LATE: "its owner is told",
}
_WAITED = frozenset({TriggerEvent.PROPOSAL_UNANSWERED, TriggerEvent.SILENT, TriggerEvent.RENEWAL_DUE})
"""Events that are the delay's own end: what they bring is due at once."""


def waits(rule: Rule) -> bool:
    """Whether the delay has passed when the event comes, so that what it brings is due at once."""
    return rule.event in _WAITED


def sentence(rule: Rule) -> str:
    """What a trigger does, in one plain sentence."""
    unit = {"working_hours": "working hour", "days": "day", "working_days": "working day"}[rule.unit]
    delay = amount_text(rule.delay, unit)
    when = _WHEN[rule.event].format(delay=delay)
    if rule.effect is TriggerEffect.NOTIFY:
        return f"{when}, {_TOLD[rule.event]}."
    if rule.effect is TriggerEffect.ENROLL:
        further = f" with step {rule.from_step}" if rule.from_step > 1 else ""
        does = f"{rule.cadence} begins{further}"
    else:
        over = f" ({rule.channel})" if rule.channel else ""
        due = "due at once" if not rule.delay or waits(rule) else f"due {delay} later"
        does = f'the task "{rule.action}"{over} is made, {due}'
    return f"{when}, {does}; not where something open covers it."
