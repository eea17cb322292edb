"""What a captured line means, and one line out of several fields. One rule: what a field says wins over what the line
says of the same thing.

Nothing is understood here: the caller tells what a line means, and where in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.core.capture import PRIVATE, Span
from fu_tui.core.capture_keep import keep
from fu_tui.core.capture_words import QUOTES
from fu_tui.core.text import number_of

if TYPE_CHECKING:
    from fu_tui.core.lint_better import Better

SIGILS = {"contact": "@", "link": "#", "owner": "+", "priority": "!", "cadence": "~"}
_KINDS = {sigil: kind for kind, sigil in SIGILS.items()}
_MARK = re.compile(r'(?:^|(?<=\s))([@#+!~])(["“][^"”]*|[^\s"“]*)$')
YES = ("yes", "y", "private", "x")
"""What the private field says where it says anything but no."""
BREAK = " ⏎ "
"""A line break of a body, in its one-line field."""


class Same(NamedTuple):
    """A task that is there already."""

    task_id: int
    text: str
    """Whose it is, what it says and when it is due."""
    alike: bool
    """Whether it says nearly the same; else it is only what comes next with that contact."""


class Look(NamedTuple):
    """What a line means. Empty: it says nothing of it."""

    action: str = ""
    who: str = ""
    """ "Dana Reed · Isdom · GTX Plus" """
    when: str = ""
    """ "Fri 27 Nov 2026, 14:00, in 3 days" """
    owner: str = ""
    link: str = ""
    """The deal or case."""
    priority: str = ""
    cadence: str = ""
    private: str = ""
    body: str = ""
    spans: tuple[Span, ...] = ()
    """Where in the line each of these stands."""
    new: tuple[tuple[str, str], ...] = ()
    """What nobody has yet and saving makes: ("contact", "Kim Long")."""
    same: Same | None = None
    """A task that may be the same, and whose it is."""
    problem: str = ""
    """Why it can't be saved, as long as this stands there."""
    unsure: bool = False
    """Whether a name in it could be several."""
    missing: str = ""
    """What it lacks; said only when it is to be saved."""
    vague: str = ""
    """A phrase in the line that names no day."""
    offers: tuple[tuple[str, date], ...] = ()
    """Exact days instead of it, in words that the line understands."""
    refused: str = ""
    """Why the wording is no action."""
    hints: tuple[str, ...] = ()
    """What could be worded better; it is saved on a second enter."""
    better: Better | None = None
    """The better wording."""
    series: str = ""
    """How often it repeats, where it could be a series: "every month on the 1st"."""
    note_on: str = ""
    """Whom it could be a note about instead."""


class Mark(NamedTuple):
    """A name after a sigil that is being typed."""

    start: int
    """Where the sigil stands."""
    kind: str
    typed: str


def compose(what: str, spans: Sequence[Span], said: Mapping[str, str]) -> str:
    """The line `what` with what the fields said, in the grammar of a captured line.

    spans: what was understood in `what`, and where. said: kind → a field's text; the kinds of the spans and `when`.
    The body, which takes the rest of a line, stays at its end.
    """
    body_at = next((span.start for span in spans if span.kind == "body"), len(what))
    line = what[:body_at]
    for span in sorted(spans, reverse=True):
        if span.kind in said and span.end <= body_at:
            line = f"{line[: span.start].rstrip()} {line[span.end :].lstrip()}"
    tokens = (_token(kind, text) for kind, text in said.items() if kind != "body")
    body = f"// {said['body'].strip()}" if "body" in said else what[body_at:]
    return " ".join(part for part in (line.strip(), *tokens, body) if part)


def _token(kind: str, text: str) -> str:
    """A field's text as the line writes it; the "on" keeps a day from being read with the word before it."""
    text = text.strip()
    if kind == "when":
        return f"on {text}" if text else ""
    if kind == "private":
        return PRIVATE if text.lower() in YES else ""
    sigil = SIGILS[kind]
    return mark(sigil, text.removeprefix(sigil))


def mark(sigil: str, name: str) -> str:
    """`@dana`, `@"Dana Reed"`; empty for an empty name."""
    name = "".join(letter for letter in name if letter not in QUOTES).strip()
    if sigil == SIGILS["priority"]:
        return sigil + "".join(name.split()) if name else ""
    bare = name.isalpha() or (sigil in "@#" and number_of(name) is not None)
    return f"{sigil}{name}" if bare else f'{sigil}"{name}"' if name else ""


def replace_phrase(text: str, phrase: str, words: str) -> str | None:
    """`text` with the first `phrase` that stands as words of its own replaced; None where it does not stand there."""
    found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) if phrase else None
    return text[: found.start()] + words + text[found.end() :] if found else None


def reword(what: str, spans: Sequence[Span], action: str, body: str = "") -> str:
    """The line `what` with another action; what was understood in it follows, the day last but for the body.

    body: what goes before the body that is there.
    """
    parts = {span.kind: what[span.start : span.end].strip() for span in spans}
    old, when = parts.pop("body", "").removeprefix("//").strip(), parts.pop("when", "")
    bodies = "; ".join(part for part in (body, old) if part)
    return " ".join(filter(None, (keep(action), *parts.values(), when, f"// {bodies}" if bodies else "")))


def mark_at(text: str, cursor: int) -> Mark | None:
    """The mark that ends at the cursor."""
    found = _MARK.search(text[:cursor])
    return Mark(found.start(1), _KINDS[found[1]], found[2].lstrip(QUOTES)) if found else None
