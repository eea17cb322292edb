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

    Tabs and breaks become spaces; with `one_line` off they stay, a lone CR becomes LF.
    """
    if text.isprintable():
        return text
    return _CONTROLS.sub("\ufffd", _breaks(_DIRECTION.sub("", text), one_line))


def _breaks(text: str, one_line: bool) -> str:
    """Every kind of line break as LF; in a line those and tabs as spaces."""
    text = _BREAKS.sub("\n", text)
    return text.replace("\n", " ").replace("\t", " ") if one_line else text
