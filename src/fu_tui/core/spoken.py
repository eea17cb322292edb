"""The words of a text, as a search takes them. One rule: pure; signs divide words and are none, so nothing that is
typed can mean anything but itself."""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 16
"""Words of a search that count."""
LONGEST = 64
"""Letters of a word that count."""
_RUNS = re.compile(r"[^\W_]+")
_OLD = unicodedata.ucd_3_2_0


def spoken(text: str) -> tuple[str, ...]:
    """The words that are looked for when `text` is typed: runs of letters and digits, each once, in order.

    Letters younger than Unicode 3.2 divide words as signs do: the index may not know them as letters.
    """
    if not text.isascii():
        text = "".join(sign if _OLD.category(sign) != "Cn" else " " for sign in text[: MOST_WORDS * LONGEST])
    found = (run[0][:LONGEST].lower() for run in _RUNS.finditer(text, 0, MOST_WORDS * LONGEST))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def fold(text: str) -> str:
    """`text` for comparing: small letters, no accents."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def starts(text: str) -> list[str]:
    """The words of a text, folded: what a typed word may be the beginning of."""
    return _RUNS.findall(fold(text))
