"""Words that ask for the same thing again and again (R118). One rule: on a follow-up they are the wrong tool, so they
are said, not obeyed: its next step comes when it is closed."""

from __future__ import annotations

from fu_tui.core.capture_words import Word, low_at
from fu_tui.core.dates_vocabulary import WEEKDAYS

_EACH = frozenset({"every", "each"})
_STEPS = "other second third single working business few two three four"
_BETWEEN = frozenset(_STEPS.split())
_SPANS = "day days week weeks month months quarter quarters year years fortnight morning afternoon evening"
_UNITS = frozenset(f"{_SPANS} weekday weekdays workday".split())
_OFTEN = "daily weekly biweekly fortnightly monthly quarterly yearly annually"
_ADVERBS = frozenset(_OFTEN.split())
_PLURALS = frozenset(f"{day}s" for day in WEEKDAYS if day.endswith("day"))


def recurring(words: list[Word]) -> tuple[int, int] | None:
    """Where a line says "every Monday", "each month", "on Mondays" or ends in "weekly"; None where it does not.

    "The weekly report" and "a monthly fee" only describe something.
    """
    for i, word in enumerate(words):
        if word.kind != "word":
            continue
        if word.low in _EACH:
            k = i + 1
            while low_at(words, k) in _BETWEEN or low_at(words, k).isdigit():
                k += 1
            unit = low_at(words, k)
            if unit in _UNITS or unit in WEEKDAYS:
                return word.start, words[k].end
        last = word.closes or i + 1 == len(words) or words[i + 1].kind in ("mark", "body")
        if word.low in _PLURALS and (last or low_at(words, i - 1) == "on"):
            return word.start, word.end
        if word.low in _ADVERBS and last and i > 0:
            return word.start, word.end
    return None
