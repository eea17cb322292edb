"""What to do after a reply, in words. One rule: a proposed action obeys the wording rules, and is made of the best that
is known: what they said, what the task was about, how far the deal is (R3, R152)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from fu_tui.core.terms import CadenceKind, Channel

_TOPIC = re.compile(r"\b(?:about|regarding|concerning|on)\s+(.+)$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s")
_OF_CADENCE = {
    CadenceKind.OUTREACH: "Offer {who} two times to talk",
    CadenceKind.MEETING: "Answer {who} on the points from the meeting",
    CadenceKind.PROPOSAL: "Answer {who} on the proposal",
    CadenceKind.DEAL: "Settle the open point with {who}",
    CadenceKind.CUSTOMER: "Solve what {who} raised",
    CadenceKind.NURTURE: "Offer {who} a call on what is new",
    CadenceKind.OFFICE: "Check what {who} sent",
}
_OF_STAGE = (
    ("lead", "Offer {who} two times to talk"),
    ("qualified", "Agree on a meeting with {who}"),
    ("meeting", "Answer {who} on the points from the meeting"),
    ("proposal", "Answer {who} on the proposal"),
    ("negotiation", "Settle the open point with {who}"),
    ("won", "Answer {who} on the delivery"),
)
"""A word in the stage's name, and what a reply then asks for."""
_FEWEST = 2
"""Words that say something about a matter: "yes" alone does not."""
_SPOKEN = "Send {who} what you agreed by phone"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known about a reply."""

    who: str
    """The contact's name, else the deal's title; empty where neither is known."""
    words: str = ""
    """What they said, as it was noted."""
    action: str = ""
    """The task that was replied to; empty for a step of a cadence, whose wording is not about them."""
    cadence: CadenceKind | None = None
    channel: Channel | None = None
    stage: str = ""
    """The name of the deal's stage."""
    deal: str = ""


def proposed_action(reply: Reply, today: date) -> str:
    """What to do next: at most ten words, a verb first. `today` is only there to see that no word reads as a day."""
    wordings = list(_wordings(reply, reply.who or "them"))
    return next((text for text in wordings[:-1] if _is_sound(text, today)), wordings[-1])


def _wordings(reply: Reply, who: str) -> Iterator[str]:
    """What could be said, the best first; the last one always can."""
    said = _first_sentence(reply.words)
    if said:
        yield f"Answer {who}: {said}"
    topic = _TOPIC.search(reply.action)
    if topic:
        yield f"Answer {who} about {topic[1]}"
    if reply.channel is Channel.CALL and reply.cadence not in (None, CadenceKind.OUTREACH):
        yield _SPOKEN.format(who=who)
    if reply.cadence:
        yield _OF_CADENCE[reply.cadence].format(who=who)
    for word, wording in _OF_STAGE:
        if word in reply.stage.casefold():
            yield wording.format(who=who)
    if reply.deal and reply.deal != who:
        yield f"Answer {who} about {reply.deal.partition(' · ')[0]}"
    yield f"Answer {who}"


def _first_sentence(words: str) -> str:
    said = _SENTENCE_END.split(words.strip(), maxsplit=1)[0].rstrip(" .!;:,")
    if sum(any(map(str.isalnum, word)) for word in said.split()) < _FEWEST:
        return ""
    shouted = said[1:2].isupper() or said.startswith(("I ", "I'"))
    return said if shouted else said[:1].lower() + said[1:]


def _is_sound(action: str, today: date) -> bool:
    """Whether the wording rules have nothing to say, and a captured line would take every word as a word."""
    from fu_tui.core.capture import understand
    from fu_tui.core.lint import check

    verdict = check(action)
    if verdict.refused or verdict.hints:
        return False
    understood = understand(action, today=today, now=time(9))
    draft = understood.draft
    if draft is None or understood.problem or understood.vague or draft.when:
        return False
    return draft.action == action and not draft.spans
