"""An action written so that a captured line reads it back word for word. One rule: what it wrote, the grammar of the
line has read; a backslash stands only where it is needed."""

from __future__ import annotations

from datetime import date, time

from fu_tui.core.capture import Understanding, understand
from fu_tui.core.capture_words import split

_DAY, _HOUR = date(2026, 11, 24), time(10, 14)
"""Any: which words are a date does not hang on it."""


def keep(action: str) -> str:
    """`action` as a line that says this action and nothing else: "Send the \\@dana deck \\friday".

    A word that already begins with a backslash can't be kept; then the nearest that can be written is returned.
    """
    text = " ".join(action.split())
    for _ in range(len(text.split()) + 1):
        if _is_kept(_read(text), text):
            return text
        starts = [word.start for word in split(text) if word.kind in ("mark", "body")] or _dated(text)
        if not starts:
            break
        at = starts[0]
        text = f"{text[:at]}\\{text[at:]}"
    return text


def _read(text: str) -> Understanding:
    return understand(text, today=_DAY, now=_HOUR)


def _is_kept(read: Understanding, text: str) -> bool:
    draft = read.draft
    return draft is None or not (draft.spans or read.problem or read.vague)


def _dated(text: str) -> list[int]:
    """The first word that can't stay as it is: of a day, a vague phrase, or words that repeat."""
    read = _read(text)
    if read.when:
        return [_word_at(text, read.when.start)]
    words = [word.start for word in split(text) if word.kind == "word"]
    return [at for at in words if _helps(text, at, read)] or words[:1]


def _helps(text: str, at: int, read: Understanding) -> bool:
    kept = _read(f"{text[:at]}\\{text[at:]}")
    return (kept.problem, kept.vague and kept.vague.phrase, kept.when) != (
        read.problem,
        read.vague and read.vague.phrase,
        read.when,
    )


def _word_at(text: str, start: int) -> int:
    return next(word.start for word in split(text) if word.kind == "word" and word.end > start)
