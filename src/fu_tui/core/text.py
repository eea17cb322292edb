"""Text on its way in and out. One rule: no control character is ever stored in a one-line field or printed.

Cleaning is for what is stored; `for_terminal` is for what is shown, whatever the store may hold.
"""

from __future__ import annotations

import re
import unicodedata

# C0 without TAB, LF and CR; DEL and C1; lone surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
# On a terminal: tones, variants, tags, joiners and what nobody sees; piles of accents; emoji that are joined to one.
_UNSEEN = "\xad\u200b\u2060-\u2065\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_VARIANTS = re.compile(f"[{_UNSEEN}\U0001f3fb-\U0001f3ff]")
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILES = re.compile(f"({_MARKS}{{4}}){_MARKS}+")
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_JOINED = re.compile(f"({_PICTURE})(?:\u200d{_PICTURE})+")
_UNEVEN = re.compile(f"[\u200d{_UNSEEN}\U0001f3fb-\U0001f3ff]|{_MARKS}{{5}}")


LONGEST_NUMBER = 18
"""Digits that always fit into the database's whole numbers."""


def number_of(text: str) -> int | None:
    """The number that `text` writes in plain digits, as a record's id is written; None for anything else.

    Python takes more for a digit ("²") and reads longer numbers than a database holds.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def clean_text(text: str, one_line: bool = True) -> str:
    """`text` as it may be stored: composed (NFC), without control characters, NULs and lone surrogates.

    In a line (`one_line`) tabs and breaks become spaces, and the marks that turn the reading direction go; in a
    body breaks become LF, and both stay. Emoji joiners stay everywhere. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    # Dropped first, composed last: a letter and its accent may meet only once what stood between is gone.
    text = _CONTROLS.sub("", text)
    if one_line:
        text = _DIRECTION.sub("", text)
    return unicodedata.normalize("NFC", _breaks(text, one_line))


def for_terminal(text: str, one_line: bool = True) -> str:
    """`text` as it may be printed: what a terminal would obey is shown as "�", marks of direction go.

    Tabs and breaks become spaces; with `one_line` off they stay, a lone CR becomes LF. What one terminal draws in two
    cells and the next in eight (a family of emoji, a tone of skin) is drawn as the picture it begins with.
    """
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():
        text = _CONTROLS.sub("\ufffd", _breaks(_DIRECTION.sub("", text), one_line))
    return _even(text) if _UNEVEN.search(text) else text


def _even(text: str) -> str:
    """`text` in which every character has a width of its own, whatever stands beside it."""
    text = _JOINED.sub(r"\1", _VARIANTS.sub("", text)).replace("\u200d", "")
    return _PILES.sub(r"\1", text)


def _breaks(text: str, one_line: bool) -> str:
    """Every kind of line break as LF; in a line those and tabs as spaces."""
    text = _BREAKS.sub("\n", text)
    return text.replace("\n", " ").replace("\t", " ") if one_line else text
