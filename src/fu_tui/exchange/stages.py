"""Words for stages to the stages of a pipeline. One rule: a known word finds the shipped stage, any other stays itself.

A word that says won or lost decides the kind; what nobody knows is an open stage, in the order of its first row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fu_tui.core.terms import StageKind
from fu_tui.exchange.cells import BadCell
from fu_tui.exchange.fields import normalise


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage that deals of the files stand in."""

    name: str
    kind: StageKind
    rank: int
    """Orders the stages of one pipeline from first contact to lost; the shipped ones are at 10, 20 … 70."""
    words: tuple[str, ...]
    """How the files write it."""
    deals: int


_OWN = ""
_KNOWN: tuple[tuple[str, StageKind, int, tuple[str, ...]], ...] = (
    (_OWN, StageKind.OPEN, 5, ("prospecting", "prospect", "suspect")),
    ("New lead", StageKind.OPEN, 10, ("new lead", "new", "lead")),
    (_OWN, StageKind.OPEN, 15, ("contacted", "attempted to contact", "contact made", "engaging", "engaged",
                                "working", "connected")),
    ("Qualified", StageKind.OPEN, 20, ("qualified", "qualification", "qualified to buy")),
    (_OWN, StageKind.OPEN, 25, ("meeting scheduled", "appointment scheduled", "demo scheduled")),
    ("Meeting completed", StageKind.OPEN, 30, ("meeting completed", "meeting held", "discovery completed")),
    ("Proposal sent", StageKind.OPEN, 40, ("proposal sent", "proposal", "proposal made", "quote sent",
                                           "proposal price quote")),
    ("Negotiation", StageKind.OPEN, 50, ("negotiation", "negotiating", "negotiation review",
                                         "negotiations started")),
    (_OWN, StageKind.OPEN, 57, ("on hold", "hold", "stalled")),
    (_OWN, StageKind.OPEN, 58, ("re-engagement", "re-engage", "recycled", "nurture", "nurturing")),
    ("Won", StageKind.WON, 60, ("won", "closed won", "deal won")),
    ("Lost", StageKind.LOST, 70, ("lost", "closed lost", "deal lost")),
)  # fmt: skip
_BY_WORD = {normalise(word): (name, kind, rank) for name, kind, rank, words in _KNOWN for word in words}
_ON_HOLD = frozenset({"onhold", "hold"})
_UNKNOWN_RANK = 55
_OTHER_LOST = 75
_LOST = re.compile(
    r"\b(lost|disqualified|unqualified|rejected|abandoned|dead|not converted)\b", re.IGNORECASE
)
_WON = re.compile(r"\b(won|converted)\b", re.IGNORECASE)


class Stages:
    """Collects the stages that the files name."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, StageKind, str]] = {}
        self._of_word: dict[str, str] = {}
        self._found: dict[str, tuple[str, StageKind, int]] = {}

    def read(self, word: str) -> tuple[str, StageKind, str]:
        """The stage's name and kind for the word of a row, and what there is to say about it.

        Raises BadCell where there is no word, and for a bare "Closed", which says neither won nor lost.
        """
        return self._read.get(word) or self._add(word)

    def _add(self, word: str) -> tuple[str, StageKind, str]:
        if not word:
            raise BadCell("no stage")
        if normalise(word) == "closed":
            raise BadCell(f"the stage “{word}” says neither won nor lost")
        shipped, kind, rank = _BY_WORD.get(normalise(word)) or _unknown(word)
        name = shipped or word
        key = normalise(name) or name
        name, kind, _ = self._found.setdefault(key, (name, kind, rank))
        self._of_word[word] = key
        remark = f"“{name}” stays an open stage: the file names no day to look again; park such deals"
        self._read[word] = found = (name, kind, remark if key in _ON_HOLD else "")
        return found

    def records(self, deals: Mapping[str, int]) -> tuple[StageRecord, ...]:
        """The stages that have `deals` (by name), first contact first; equal ranks in the order they were met."""
        words: dict[str, list[str]] = {}
        for word, key in self._of_word.items():
            words.setdefault(key, []).append(word)
        return tuple(
            StageRecord(name, kind, rank, tuple(words[key]), deals[name])
            for key, (name, kind, rank) in sorted(self._found.items(), key=lambda item: item[1][2])
            if name in deals
        )


def _unknown(word: str) -> tuple[str, StageKind, int]:
    if _LOST.search(word):
        return _OWN, StageKind.LOST, _OTHER_LOST
    if _WON.search(word):
        return _OWN, StageKind.WON, 60
    return _OWN, StageKind.OPEN, _UNKNOWN_RANK
