"""What stands around a date. One rule: a form that is also a name, a verb or a number needs a date's surroundings.

Three strengths of a phrase:
- a form that is nothing but a date counts anywhere: tomorrow, friday, 27 nov, 2026-11-27, in 2 weeks, +3d, eom;
- a form that is also a name, a verb or a number (mon, 3 may, jan 3, 27th, 3/12) counts where the line ends or pauses
  after it or goes on with a little word ("about", "to"), before an hour, or after "on", "by", "until", "for", "due";
- a bare number, a lone month and a number word are never a date.
After "the", "our", "last", "from", "about", "2nd" or a genitive a day describes something ("the Friday call") and is
left alone.
"""

from __future__ import annotations

import re

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_terms import Asked
from fu_tui.core.dates_vocabulary import BELONGS, GOES_ON, LEADS, WEEKDAYS

_ORDINAL = re.compile("[0-9]{1,2}(st|nd|rd|th)")


def belongs(words: list[Word], i: int) -> bool:
    """Whether a date at `i` describes what is spoken of: "the Friday call", "Dana's 2pm", "minutes of 27 Nov"."""
    before = before_at(words, i)
    return before in BELONGS or before.endswith(("'s", "’s")) or _ORDINAL.fullmatch(before) is not None


def before_at(words: list[Word], i: int, loose: bool = False) -> str:
    """The plain word just before `i`, else ""; `loose` allows a comma between."""
    return low_at(words, i - 1, loose=True) if loose or not words[i].opens else ""


def led(words: list[Word], i: int, asked: Asked) -> bool:
    """Whether something before `i` announces a date: "by", a weekday, an hour; a whole text needs nothing."""
    return (
        asked.whole
        or asked.hour_before
        or before_at(words, i) in LEADS
        or before_at(words, i, True) in WEEKDAYS
    )


def line_goes_on(words: list[Word], j: int) -> bool:
    """Whether a date may end before word `j`: the line ends, pauses, or goes on with "about", "to", a sigil …"""
    if j >= len(words) or words[j - 1].closes:
        return True
    return words[j].kind in ("mark", "body") or low_at(words, j) in GOES_ON


def line_ends(words: list[Word], j: int) -> bool:
    """Whether nothing but sigils or the body follows."""
    return j == len(words) or words[j].kind in ("mark", "body")
