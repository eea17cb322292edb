"""A better wording for an action that could be read faster (R3, R8, R86, R152). One rule: what stands in the better one
stood in the old one; nothing is made up but a verb."""

from __future__ import annotations

import re
from typing import NamedTuple

from fu_tui.core.lint import Verdict
from fu_tui.core.lint_words import CHANNELS, TOPICS


class Better(NamedTuple):
    """What one key makes of an action."""

    action: str
    body: str = ""
    """What goes from the action behind `//`."""
    second: str = ""
    """What becomes a follow-up of its own."""


_FIRST = ("two", "long", "question", "verb")
"""Which hint is mended first, by its code."""
_LEAD = (
    r"(?:(?:just|please|need to|i should|i need to)\s+)*"
    r"(?:follow(?:ing)?[ -]?up|check(?:ing)?[ -]in|touch(?:ing)? base|circl(?:e|ing) back|catch(?:ing)?[ -]up"
    r"|ping(?:ing)?|reach(?:ing)? out)"
)
_BY = rf"(?:\s+(?:on|by|via|over)\s+(?:{'|'.join(sorted(map(re.escape, CHANNELS)))}))?"
_WHO = r"(?P<who>(?!(?:to|on|with|about|for)\b)[^\s,;:]+(?:\s+[^\s,;:]+){0,3}?)"
_ABOUT = r"(?:about|on|re|regarding|concerning|over|for)"
_PLAIN = tuple(
    (re.compile(f"{_LEAD}{rest}$", re.IGNORECASE), said)
    for rest, said in (
        (rf"\s+(?:with\s+|to\s+)?{_WHO}{_BY}\s+{_ABOUT}\s+(?P<what>[^,;]+)", "Ask {who} about {what}"),
        (rf"\s+(?:with\s+)?{_WHO}{_BY}\s+to\s+(?P<what>[^,;]+)", "Ask {who} to {what}"),
        (rf"{_BY}\s+to\s+(?P<what>[^,;]+)", "{what}"),
        (rf"{_BY}:?\s+{_ABOUT}\s+(?P<what>[^,;]+)", "Ask about {what}"),
    )
)


def better_wording(action: str, verdict: Verdict) -> Better | None:
    """How `action`, of which the rules said `verdict`, could be worded better; None where that can't be computed."""
    if verdict.refused:
        return None
    mendable = {hint.code: hint.better for hint in verdict.hints if hint.better}
    for code in _FIRST:
        said = mendable.get(code)
        if isinstance(said, tuple):
            return Better(said[0], second=said[1])
        if said and code == "long" and action.startswith(said):
            return Better(said, body=action[len(said) :].strip(" ,;:–—-"))
        if said:
            return Better(said)
    plain = _plainly(action)
    return Better(plain) if plain else None


def _plainly(action: str) -> str:
    """The act and its purpose instead of "follow up with": "Ask Dana about the quote"; empty for any other action."""
    for pattern, said in _PLAIN:
        found = pattern.match(action.strip())
        if found:
            parts = {name: text.strip() for name, text in found.groupdict().items()}
            if "about" in said and parts["what"].lower() in TOPICS:
                parts["what"] = f"the {parts['what']}"
            told = said.format(**parts)
            return told[:1].upper() + told[1:]
    return ""
