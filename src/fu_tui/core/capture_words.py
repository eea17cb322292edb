"""A captured line cut into words. One rule: every word knows where it stands, so that nothing is looked for twice.

Both readers of a line, the sigils (`capture`) and the dates (`dates`), work on these words. A word in quotes or
after a backslash is only a word: neither a sigil nor a date begins there.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["word", "mark", "escaped", "body"]

SIGILS = "@#+!~"
OPENING = "([{"
CLOSING = ",;:.!?)]}…"
QUOTES = '"“”'
# A sigil's quoted name may be followed by a possessive: @"Dana Reed"'s.
_TOKEN = re.compile(r"""\\?[@#+~]?(?:"[^"\n]+"|“[^“”\n]+”)(?:['’]s\b)?|\S+""")
_HOUR = re.compile(r"@[0-9]{1,2}(?::[0-9]{2}(?:am|pm)?|am|pm)", re.IGNORECASE)
_ESCAPABLE = f'{SIGILS}/"“'


class Word(NamedTuple):
    """One word without the punctuation around it."""

    low: str
    """The word in lower case; "@" before an hour is "at"."""
    start: int
    end: int
    """Where it stands in the text; `end` is exclusive."""
    kind: Kind
    """A plain word, or several in their quotes; a mark (sigil and name); a word after a backslash; the body after `//`
    to the end of the line."""
    opens: bool
    """Punctuation other than a full stop stands before it."""
    closes: bool
    """Punctuation stands after it."""


def split(text: str) -> list[Word]:
    """The words of the first line of `text`; `//` at the start of a word makes the rest of the line the body."""
    words: list[Word] = []
    line_end = text.find("\n")
    line_end = len(text) if line_end < 0 else line_end
    opens = False
    for token in _TOKEN.finditer(text, 0, line_end):
        raw = token.group()
        if raw.startswith("//"):
            words.append(Word("", token.start(), line_end, "body", opens, False))
            break
        inner = raw.lstrip(OPENING)
        opens = opens or len(inner) < len(raw)
        start = token.end() - len(inner)
        core = inner.rstrip(CLOSING)
        if not _speaks(core):
            # Punctuation or an emoji alone: a stop between its neighbours.
            if words:
                words[-1] = words[-1]._replace(closes=True)
            opens = True
            continue
        tail, low, kind = inner[len(core) :], core.lower(), _kind(core)
        if core == "@" or _HOUR.fullmatch(core):
            # "@ 14:00" and "@14:00" are an hour, not somebody called so.
            low, kind = low[1:] or "at", "word"
        words.append(Word(low, start, start + len(core), kind, opens, bool(tail)))
        opens = bool(tail.strip("."))
    return words


def low_at(words: list[Word], i: int, loose: bool = False) -> str:
    """The plain word at `i` that follows its neighbour without a stop, else ""; `loose` allows a stop."""
    if not 0 <= i < len(words):
        return ""
    word = words[i]
    return word.low if word.kind == "word" and (loose or not word.opens) else ""


def _speaks(core: str) -> bool:
    return core in ("&", "@") or (len(core) > 1 and core[0] in f"\\{SIGILS}") or any(map(str.isalnum, core))


def _kind(core: str) -> Kind:
    first, second = core[0], core[1:2]
    if first == "\\" and (second.isalnum() or (second and second in _ESCAPABLE)):
        return "escaped"
    if first in "@#" and (second.isalnum() or (second and second in '_"“')):
        return "mark"
    if first in "+~" and (second.isalpha() or (second and second in '"“')):
        return "mark"
    if first == "!" and second.isalpha():
        return "mark"
    return "word"
