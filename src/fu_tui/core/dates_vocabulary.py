"""The words of the date grammar. One rule: a word not listed here is no part of a date."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday",
            "tue tues tuesday",
            "wed weds wednesday",
            "thu thur thurs thursday",
            "fri friday",
            "sat saturday",
            "sun sunday",
        )
    )
    for name in names.split()
}
"""Monday = 0."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}

NAMELIKE_MONTHS = _set("jan mar march april may june august")
"""Months that are also names or verbs: with a day number they need a date's surroundings too."""
NAMELIKE_DAYS = _set("mon wed")
"""Weekdays that are also words: they need a date's surroundings."""
STRICT_DAYS = _set("sat sun")
"""Weekdays that are also names and rarely meant: only at the line's end, before an hour, or after "by" and the like."""

_NUMBER_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_NUMBER_WORDS, start=1)}

UNITS = {
    name: unit
    for unit, names in {
        "d": "d day days",
        "w": "w wk wks week weeks",
        "m": "m month months",
        "q": "quarter quarters",
        "y": "y year years",
        "wd": "wd bd workday workdays",
        "h": "h hr hrs hour hours",
        "min": "min mins minute minutes",
    }.items()
    for name in names.split()
}

LEADS = _set("on by until till due for")
"""Words before a date that are swallowed with it."""
AROUND = _set("before after around circa")
"""Words before a date that make it vague."""
BELONGS = _set(
    "the a an our my your his her their every each last past first second third fourth of from since about "
    "re regarding"
)
"""After these a day is a description ("the Friday call", "minutes of 27 Nov"), not a due day."""
GOES_ON = _set(
    "to about with for and or then re regarding on at by via before after from if so because & but as in per until "
    "till while when due"
)
"""Words with which a line goes on after a date; anything else may be what the date's words describe."""
LABELS = _set(
    "step part page phase option item version room unit suite floor no nr number invoice order ticket case po quote "
    "lot chapter section line row"
)
"""After these 3/12 is a number of theirs."""
