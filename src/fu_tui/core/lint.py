"""The wording rules of an action (R1–R8, R152). One rule: refused is only what names no action; all else is a hint.

A refusal needs `--force`, a hint only a second enter. Each hint carries a better wording where one can be computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fu_tui.core.lint_words import (
    ARTICLES,
    ASKING_VERBS,
    CHANNELS,
    FILLERS,
    NOT_VERBS,
    NOUNISH,
    PEOPLE,
    POLITE,
    PREFIXES,
    PRONOUNS,
    PURPOSE,
    QUESTION_WORDS,
    TARGETS,
    TOPICS,
    VAGUE,
    VERB_ENDINGS,
    VERBS,
)

MAX_WORDS = 10
"""So many words are read in one glance (R6, R7)."""
_PUNCTUATION = ".,;:!?…()[]\"“”'’–—-"
_STOPS = (",", ";", ":", "–", "—")
_ACTING = VERBS | NOUNISH
_SAYS_NOTHING = CHANNELS | ARTICLES | PURPOSE | FILLERS
_OBJECTS = ARTICLES | PRONOUNS
_JOINERS = frozenset({"and", "then", "also"})
_BREAKS = frozenset(
    {"because", "since", "so", "before", "after", "when", "at", "if", "as", "which", "who", "while"}
)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that makes an action hard to read; it may be saved nevertheless."""

    code: str
    """long, verb, question or two."""
    text: str
    """What and why, one sentence."""
    better: str | tuple[str, str]
    """The action worded better; two of them where it was two actions; "" where that can't be computed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of an action."""

    refused: str = ""
    """The reason and the remedy; empty if the action may be saved."""
    hints: tuple[Hint, ...] = ()


class _Token(NamedTuple):
    text: str
    """As typed, with its punctuation."""
    low: str
    """Without it, in lower case; empty for punctuation alone."""


def check(action: str) -> Verdict:
    """What the wording rules say of `action`."""
    tokens = [_Token(text, _low(text)) for text in action.split()]
    if not any(token.low for token in tokens):
        return Verdict('No action stands here. Say what to do, verb first: "Send the pricing recap".')
    if _is_bare(tokens):
        said = action.strip().rstrip(_PUNCTUATION)
        return Verdict(
            f'"{said}" says no action. Say what you will do and why: "Call Dana about the signed quote".'
        )
    found = (_long(tokens), _question(tokens) or _verb(tokens), _two(tokens))
    return Verdict("", tuple(hint for hint in found if hint))


# Refused: "follow up" and its like without a purpose.


def _is_bare(tokens: list[_Token]) -> bool:
    """Whether the action is only "follow up", perhaps with whom, but not what for."""
    start = _skip_polite(tokens)
    words = tokens[start:]
    size = next((n for n in (2, 1) if tuple(token.low for token in words[:n]) in VAGUE), 0)
    if not size:
        return False
    rest = [token for token in words[size:] if token.low]
    while rest and rest[0].low in FILLERS:
        rest = rest[1:]
    return not _has_purpose(rest)


def _has_purpose(rest: list[_Token]) -> bool:
    """Whether the words after "follow up" say what for."""
    lead = rest[0].low if rest else ""
    if lead == "to" and len(rest) > 1 and _is_verb(rest[1].low):
        return True
    if lead in PURPOSE and lead not in TARGETS:
        return _says_something(rest[1:])
    whom = rest
    while whom and whom[0].low in TARGETS:
        lead, whom = whom[0].low, whom[1:]
    for i, token in enumerate(whom[1:], start=1):
        after = whom[i + 1 :]
        joined = token.low in _JOINERS or token.text == "&" or whom[i - 1].text.endswith(_STOPS)
        if joined and any(_is_verb(t.low) and t.text.islower() for t in (token, *after[:1])):
            return True
        if token.low in PURPOSE and _says_something(after):
            return True
    return _is_topic(whom, on=lead == "on")


def _says_something(words: Sequence[_Token]) -> bool:
    """Whether the words after "about", "on", "for" name a matter, not a channel or a day."""
    return any(token.low not in _SAYS_NOTHING for token in words)


def _is_topic(words: list[_Token], on: bool) -> bool:
    """Whether the words right after "follow up (with/on)" are a matter rather than somebody.

    After "on" a word in lower case gets the benefit of the doubt; elsewhere it is taken for a name.
    """
    words = [token for token in words if token.low not in CHANNELS and token.low not in FILLERS]
    if not words or words[-1].low in PEOPLE:
        return False
    lows = [token.low for token in words]
    if any(low.removesuffix("s") in TOPICS or low in TOPICS or low.isdigit() for low in lows):
        return True
    if lows[0] in ARTICLES:
        return True
    if any(token.text.isupper() and len(token.low) > 1 for token in words):
        return True
    return on and any(token.text[0].islower() for token in words)


# Hinted.


def _long(tokens: list[_Token]) -> Hint | None:
    spoken = [i for i, token in enumerate(tokens) if token.low]
    if len(spoken) <= MAX_WORDS:
        return None
    text = f"{len(spoken)} words: a row is read in one glance with {MAX_WORDS}. Put the rest behind //."
    return Hint("long", text, _cut(tokens, spoken[MAX_WORDS]))


def _cut(tokens: list[_Token], end: int) -> str:
    """The first words, up to the last pause before token `end`, or all of them."""
    for i in range(end, 3, -1):
        if tokens[i].low in _BREAKS or not tokens[i].low or tokens[i - 1].text.endswith(_STOPS):
            end = i
            break
    return _joined(tokens[:end])


def _question(tokens: list[_Token]) -> Hint | None:
    first = tokens[0].low
    asks = tokens[-1].text.endswith("?")
    if not asks and first not in QUESTION_WORDS and not (first in ASKING_VERBS and len(tokens) > 2):
        return None
    said = _joined(tokens)
    if not asks or not _acts(tokens, 0):
        initials = tokens[0].text[1:2].isupper()
        said = f"Find out: {said if initials else said[0].lower() + said[1:]}"
    return Hint("question", "A question is no action: say what you will do to get the answer.", said)


def _verb(tokens: list[_Token]) -> Hint | None:
    if _begins_with_verb(tokens):
        return None
    return Hint("verb", "Begin with a verb, so that the row says what to do.", _verb_first(tokens))


def _begins_with_verb(tokens: list[_Token]) -> bool:
    first = tokens[0].low
    if first in POLITE or _is_verb(first):
        return first not in POLITE
    # An unknown word before "the" or "him" can hardly be anything else, unless it ends like "calling".
    second = tokens[1].low if len(tokens) > 1 and not tokens[0].text.endswith(_STOPS) else ""
    return first not in NOT_VERBS and second in _OBJECTS and not _base(first)


def _verb_first(tokens: list[_Token]) -> str:
    """The action turned so that its verb comes first, or ""."""
    start = _skip_polite(tokens)
    if start and start < len(tokens) and _is_verb(tokens[start].low):
        return _sentence(tokens[start:])
    base = _base(tokens[0].low)
    if base:
        return _joined([tokens[0]._replace(text=base.capitalize()), *tokens[1:]])
    for i in range(1, len(tokens)):
        if _is_verb(tokens[i].low) and (tokens[i - 1].text.endswith(_STOPS) or tokens[i - 1].text == "-"):
            topic = _joined(tokens[:i])
            return f"{_sentence(tokens[i:])} ({topic})" if topic else _sentence(tokens[i:])
    return ""


def _two(tokens: list[_Token]) -> Hint | None:
    """Two verbs joined by "and", "then", "&", ";" or "."; "draft and send" is one, so are commas (R8)."""
    if not _begins_with_verb(tokens):
        return None
    for i in range(2, len(tokens)):
        k = i
        while k < len(tokens) and (tokens[k].low in _JOINERS or tokens[k].text == "&"):
            k += 1
        if (k > i or tokens[i - 1].text.endswith((";", "."))) and k < len(tokens) and _acts(tokens, k):
            text = f'Two actions are two follow-ups: add "{_joined(tokens[k:])}" as its own.'
            return Hint("two", text, (_joined(tokens[:i]), _sentence(tokens[k:])))
    return None


def _acts(tokens: list[_Token], i: int) -> bool:
    """Whether the word after "and" is a verb: surely one, or a thing-like one before "the", a name or "him"."""
    low = tokens[i].low
    if low not in NOUNISH:
        return low in VERBS or _prefixed(low)
    if i and tokens[i].text[0].isupper():  # "Call Dana and Mark Lee"
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is not None and (after.low in _OBJECTS or after.text[0].isupper())


# Words.


def _low(text: str) -> str:
    """A word in lower case without punctuation; "" where there is no letter or figure."""
    return text.strip(_PUNCTUATION).lower() if any(map(str.isalnum, text)) else ""


def _is_verb(low: str) -> bool:
    """Whether `low`, in lower case, may begin an action."""
    return low in _ACTING or _prefixed(low) or (low.endswith(VERB_ENDINGS) and len(low) > 5)


def _prefixed(low: str) -> bool:
    return any(low.startswith(prefix) and low[len(prefix) :] in _ACTING for prefix in PREFIXES)


def _base(low: str) -> str:
    """The verb of "calling" or "called", or ""."""
    for ending in ("ing", "ed"):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low.removesuffix(ending)
            for base in (stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else ""):
                if base and _is_verb(base):
                    return base
    return ""


def _skip_polite(tokens: list[_Token]) -> int:
    start = 0
    while start < len(tokens) and (tokens[start].low in POLITE or not tokens[start].low):
        start += 1
    return start


def _joined(tokens: Sequence[_Token]) -> str:
    """The tokens as typed, without punctuation at the end."""
    return " ".join(token.text for token in tokens).rstrip(" .,;:!?…–—-")


def _sentence(tokens: Sequence[_Token]) -> str:
    said = _joined(tokens)
    return said[:1].upper() + said[1:]
