"""Whether two actions may be the same (R54). One rule: plain words against plain words, cheap enough for every letter
that is typed."""

from __future__ import annotations

import re

from fu_tui.core.channels import FIRST_WORDS
from fu_tui.core.lint_words import ARTICLES

ALIKE = 0.6
"""From this share of common words on two actions may be the same."""
_WORD = re.compile(r"[^\W_]+")
_LITTLE = "about on of for to with and or in at by from re regarding again please then up it them him her"
_NOTHING = ARTICLES | frozenset(_LITTLE.split())
_STEM = 6


def is_alike(one: str, other: str, names: str = "") -> bool:
    """Whether `one` and `other` say nearly the same thing.

    names: whom both are about; those words make no difference. Channels count as one word: to call is to phone.
    """
    said = _stems(names)
    here, there = _stems(one) - said, _stems(other) - said
    if not here or not there:
        return _stems(one) == _stems(other) != set()
    return 2 * len(here & there) / (len(here) + len(there)) >= ALIKE


def _stems(text: str) -> set[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {_stem(word) for word in words if word not in _NOTHING}


def _stem(word: str) -> str:
    """The beginning of a word that its forms share: quotes and quote, calling and call."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending)
            break
    channel = FIRST_WORDS.get(word) or FIRST_WORDS.get(f"{word}e")
    return channel.value if channel else word.removesuffix("e")[:_STEM]
