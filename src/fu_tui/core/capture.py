"""One typed line → a draft follow-up (R39, R42). One rule: what was not understood as something else is the action.

    Call Dana, resend quote @dana fri 14:00 !high #gtx +sam ~proposal // she asked for net 60
    Write the review !private fri

A sigil counts at the start of a word only, so dana@isdom.example and C# are words; \\ before a word, or quotes
around words, keep them as they are. The draft holds references as typed: who "dana" is, the caller finds out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from fu_tui.core.capture_words import QUOTES, Word, split
from fu_tui.core.dates import VagueDate, When, find_in, monday_to_friday
from fu_tui.core.dates_terms import Asked, Working
from fu_tui.core.errors import UsageError
from fu_tui.core.recurring import recurring
from fu_tui.core.terms import Priority
from fu_tui.core.text import clean_text

PRIVATE = "!private"
"""The mark of a reminder that shows in nobody else's queue."""
_SLOTS = {"@": "contact", "#": "link", "+": "owner", "!": "priority", "~": "cadence"}
_MANY = {
    "contact": "contacts",
    "link": "deals or cases",
    "owner": "owners",
    "priority": "priorities",
    "private": "private marks",
    "cadence": "cadences",
}
_PAUSES = ",;:"
_ENDS = ",;:.!?)"
_LOOSE_ENDS = " ,;:–—-"


class Span(NamedTuple):
    """A part of the line that was understood; `end` is exclusive."""

    start: int
    end: int
    kind: str
    """contact, link, owner, priority, private, cadence, body or when."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a line says. None and "" mean: not said."""

    action: str
    contact: str | None = None
    """An id, an e-mail address or a name, as typed; or an account's name."""
    link: str | None = None
    """A deal or a case."""
    owner: str | None = None
    priority: Priority | None = None
    cadence: str | None = None
    private: bool = False
    body: str = ""
    when: When | None = None
    spans: tuple[Span, ...] = ()
    """What was understood where, in the order of the line."""
    told: str = field(default="", compare=False)
    """The line without its marks and its body, but with its day: what a note says."""


class Repeats(UsageError):
    """Words that ask for the same thing again and again (R118)."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What can be said of a line while it is typed."""

    draft: Draft | None = None
    """What was understood so far, also beside a problem; None for an empty line."""
    vague: VagueDate | None = None
    """The refused phrase with its three offers. With a day from elsewhere it is only words."""
    problem: str = ""
    """Why the line can't be saved as it stands, with the remedy; vagueness is not repeated here."""
    repeats: bool = False
    """Whether that is because it repeats: it may be a series."""

    @property
    def when(self) -> When | None:
        """The day the line names."""
        return self.draft.when if self.draft else None


def parse_line(
    text: str,
    *,
    today: date,
    now: time,
    day_first: bool = True,
    is_working: Working = monday_to_friday,
) -> Draft:
    """The draft that `text` says. Lines after the first belong to the body.

    `today` and `now` are the wall clock of the user's zone. Raises UsageError for a sigil said twice, an unknown
    priority or an open quote, and VagueDate or BadDate as `find_when` does. Whether the wording is fit to save is
    `lint`'s matter, and whether a day is needed the caller's.
    """
    draft, slip, date_slip = _read(text, Asked(text, today, now, day_first, is_working, whole=False))
    if problem := slip or date_slip:
        raise problem
    return draft


def understand(
    text: str,
    *,
    today: date,
    now: time,
    day_first: bool = True,
    is_working: Working = monday_to_friday,
) -> Understanding:
    """`parse_line` for a line that is still being typed: it says what is wrong instead of raising."""
    if not text.strip():
        return Understanding()
    draft, slip, date_slip = _read(text, Asked(text, today, now, day_first, is_working, whole=False))
    if isinstance(date_slip, VagueDate):
        return Understanding(draft, date_slip, str(slip or ""), isinstance(slip, Repeats))
    return Understanding(draft, None, str(slip or date_slip or ""), isinstance(slip, Repeats))


def _read(text: str, asked: Asked) -> tuple[Draft, UsageError | None, UsageError | None]:
    """The draft as far as it goes, the first thing wrong with a word, and what is wrong with the date."""
    words = split(text)
    marks: dict[str, Word] = {}
    slip: UsageError | None = None
    for word in words:
        if word.kind != "mark":
            continue
        slot = "private" if word.low == PRIVATE else _SLOTS[text[word.start]]
        first = marks.setdefault(slot, word)
        slip = slip or (_quote_slip(text, word) if first is word else _twice(text, slot, first, word))
    spans = [Span(word.start, word.end, slot) for slot, word in marks.items()]

    priority, priority_slip = _priority(text, marks.get("priority"))
    line_end = text.find("\n") if "\n" in text else len(text)
    body = text[line_end:]
    if words and words[-1].kind == "body":
        body = f"{text[words[-1].start + 2 : line_end]}{body}"
        spans.append(Span(words[-1].start, len(text), "body"))
    elif body.strip():
        spans.append(Span(line_end, len(text), "body"))

    when: When | None = None
    date_slip: UsageError | None = None
    try:
        when = find_in(words, asked)
    except UsageError as error:
        date_slip = error
    if when:
        spans.append(Span(when.start, when.end, "when"))
    spans.sort()

    draft = Draft(
        action=_action(text[:line_end], spans, words),
        contact=_reference(text, marks.get("contact")),
        link=_reference(text, marks.get("link")),
        owner=_reference(text, marks.get("owner")),
        priority=priority,
        cadence=_reference(text, marks.get("cadence")),
        private="private" in marks,
        body=clean_text(body, one_line=False).strip(),
        when=when,
        spans=tuple(spans),
        told=_action(text[:line_end], [span for span in spans if span.kind != "when"], words),
    )
    return draft, slip or priority_slip or _repeats(text, words), date_slip


def _reference(text: str, mark: Word | None) -> str | None:
    """The name after a sigil, without quotes and genitive."""
    if mark is None:
        return None
    name = re.sub(r"['’]s$", "", text[mark.start + 1 : mark.end]).strip(QUOTES)
    return clean_text(name).strip() or None


def _priority(text: str, mark: Word | None) -> tuple[Priority | None, UsageError | None]:
    if mark is None:
        return None, None
    try:
        return Priority.from_label(mark.low[1:]), None
    except KeyError:
        return None, _unknown_priority(text[mark.start : mark.end])


def _unknown_priority(said: str) -> UsageError:
    from difflib import get_close_matches

    labels = [*(priority.label for priority in Priority), PRIVATE[1:]]
    near = get_close_matches(said[1:].lower(), labels, n=1, cutoff=0.4)
    known = f"Did you mean !{near[0]}?" if near else "There are !high, !normal, !low and !private."
    return UsageError(f'"{said}" is no priority.', f"{known} \\{said} keeps it as a word.")


def _repeats(text: str, words: list[Word]) -> UsageError | None:
    found = recurring(words)
    if found is None:
        return None
    said = text[found[0] : found[1]]
    kept = " ".join(f"\\{word}" for word in said.split())
    return Repeats(
        f'"{said}" repeats, and a follow-up is one step.',
        "Name its first day: the next comes when you close it. A ~cadence plans several; fixed days are a series"
        f" (fu series). {kept} keeps the words.",
    )


def _quote_slip(text: str, mark: Word) -> UsageError | None:
    sigil, name = text[mark.start], text[mark.start + 1 : mark.end]
    remedy = f'Write {sigil}"Dana Reed", with both quotes.'
    if name[0] not in QUOTES:
        return None
    if len(name) < 2 or name.rstrip("'’s")[-1] not in QUOTES:
        return UsageError(f"The quote after {sigil} is not closed.", remedy)
    return (
        None
        if name.strip(f"{QUOTES} ")
        else UsageError(f"Nothing stands in the quotes after {sigil}.", remedy)
    )


def _twice(text: str, slot: str, first: Word, second: Word) -> UsageError:
    one, other = text[first.start : first.end], text[second.start : second.end]
    return UsageError(
        f"Two {_MANY[slot]} are named: {one} and {other}.",
        f"A follow-up has one; \\{other} keeps the second as a word.",
    )


def _action(line: str, spans: list[Span], words: list[Word]) -> str:
    """The line without what was understood, and without the backslashes that kept words."""
    cuts = [(start, end, True) for start, end, _ in spans]
    cuts += [(word.start, word.start + 1, False) for word in words if word.kind == "escaped"]
    cuts.append((len(line), len(line), False))
    action, at, seam = "", 0, False
    for start, end, is_seam in sorted(cuts):
        piece = line[at:start]
        action = _join(action, piece) if seam else action + piece
        at, seam = end, is_seam
    return clean_text(" ".join(action.split())).strip(_LOOSE_ENDS)


def _join(left: str, right: str) -> str:
    """Both sides of a cut as one text, with one space and no doubled punctuation."""
    left, right = left.rstrip(), right.lstrip()
    if left.endswith("(") and right.startswith(")"):
        return _join(left[:-1], right[1:])
    if right[:1] and right[0] in _ENDS:
        return left.rstrip(_PAUSES) + right
    return f"{left} {right}"
