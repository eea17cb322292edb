"""What can be said of a cadence and of a step, field by field: its name in files, what it may be, what it means. One
rule: the file, the editor and the rules read this table, so that they can't disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from enum import Enum, StrEnum
from typing import Any, NamedTuple

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.terms import Anchor, CadenceKind, Channel, Count, OnExhaust, Priority, Roll, StepKind
from fu_tui.core.text import clean_text
from fu_tui.core.trace import amount_text

LONGEST = 200
"""Letters of an action, a purpose or a name."""
FURTHEST = 3650
"""Days from the start, either way: ten years."""


class Field(NamedTuple):
    """One thing a person may say."""

    name: str
    """In files."""
    attribute: str
    """In `CadencePlan` or `Step`."""
    type: type
    """str, int, bool, or a term."""
    means: str
    """A sentence for the file's comment and the editor."""
    least: int = 0
    most: int = 0
    optional: bool = False
    """Whether it may say nothing."""
    said: str = ""
    """On the screen, where that is not the name."""
    unit: str = ""
    """What a number counts, one of it."""

    @property
    def label(self) -> str:
        """What it is called on the screen."""
        return self.said or self.name

    def shown(self, value: Any) -> str:
        """A value on the screen; empty for nothing."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.unit and value is not None:
            return amount_text(value, self.unit)
        return word_of(value).replace("_", " ") if self.choices else word_of(value)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be; empty for a text or a number."""
        if issubclass(self.type, bool):
            return ("false", "true")
        return tuple(map(word_of, self.type)) if issubclass(self.type, Enum) else ()

    @property
    def expected(self) -> str:
        """What it may be, in words."""
        if self.choices:
            *others, last = self.choices
            return f"{', '.join(others)} or {last}"
        if self.type is int:
            return f"a whole number from {self.least} to {self.most}"
        return f"a text of at most {LONGEST} letters"


HEADER = (
    Field("name", "name", str, "What people see."),
    Field("kind", "kind", CadenceKind, "What it is for. Of outreach only one runs for a contact at a time."),
    Field(
        "anchor",
        "anchor",
        Anchor,
        "completion: each step counts from the day the one before was closed. planned: from the plan's start, which a"
        " late close moves.",
        said="counts from",
    ),
    Field(
        "count",
        "count",
        Count,
        "calendar: every day counts, and only the day it lands on rolls. business: working days alone.",
        said="days that count",
    ),
    Field(
        "roll",
        "roll",
        Roll,
        "A day off moves forward to the next working day, backward to the one before, or stays (none).",
        said="a day off moves",
    ),
    Field(
        "min_gap",
        "min_gap_days",
        int,
        "Working days that at least lie between closing a step and the next one.",
        0,
        30,
        said="at least apart",
        unit="working day",
    ),
    Field(
        "max_unanswered",
        "max_unanswered",
        int,
        "At so many touches without a reply you are asked how to go on.",
        1,
        50,
        said="unanswered, most",
    ),
    Field(
        "warn_at",
        "warn_at",
        int,
        "At so many a warning says that the question is near.",
        1,
        50,
        said="warns at",
    ),
    Field(
        "on_exhaust",
        "on_exhaust",
        OnExhaust,
        "When no step is left: ask, start nurture, close_file, or complete where the last step was the goal.",
        said="at the end",
    ),
    Field(
        "nurture_months",
        "nurture_months",
        int,
        "Months until a conversation that went to nurture is taken up again.",
        3,
        6,
        said="nurture rests",
        unit="month",
    ),
    Field(
        "exclusive",
        "exclusive",
        bool,
        "Whether it keeps from running beside another such one for the same contact.",
        said="only one at a time",
    ),
)
"""Of a cadence, in the order of the file."""

STEP = (
    Field(
        "day",
        "offset_days",
        int,
        "Days after the plan's start; the first day is 0, below 0 is before an end.",
        -FURTHEST,
        FURTHEST,
    ),
    Field(
        "months",
        "offset_months",
        int,
        "Months before the days are added; 31 January and one month is 28 February.",
        -120,
        120,
    ),
    Field(
        "within_hours",
        "within_hours",
        int,
        "A promise in working hours, for a first step on day 0.",
        1,
        80,
        True,
        said="within",
        unit="working hour",
    ),
    Field(
        "kind",
        "kind",
        StepKind,
        "touch: something is done. decide: you are asked how to go on; the last step only.",
    ),
    Field(
        "channel", "channel", Channel, "How they are reached; nothing for work of your own.", optional=True
    ),
    Field("action", "action", str, "What to do, verb first, ten words at most."),
    Field("purpose", "purpose", str, "Why it is worth their time; each step has its own."),
    Field("template", "template", str, "The name of the template it is written with.", optional=True),
    Field("priority", "priority", Priority, "High ones are marked in the queue."),
    Field(
        "window",
        "window_days",
        int,
        "Working days of slack after the due day.",
        0,
        30,
        said="slack",
        unit="working day",
    ),
    Field(
        "repeats",
        "repeats",
        bool,
        "Whether it comes again at this distance until the deal's stage changes.",
    ),
)
"""Of a step, in the order of the file."""

OF_HEADER: Mapping[str, Field] = {field.name: field for field in HEADER}
OF_STEP: Mapping[str, Field] = {field.name: field for field in STEP}


def word_of(value: Any) -> str:
    """A value as files and the screen spell it; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, Priority):
        return value.label
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, StrEnum) else str(value)


def taken(field: Field, value: object) -> Any:
    """The value that a file states, as the plan keeps it. Raises ValueError with what is expected instead."""
    if value is None and field.optional:
        return None
    if field.type is str and isinstance(value, str):
        text = clean_text(value).strip()
        if len(text) <= LONGEST:
            return text or None if field.optional else text
    elif field.type is int:
        if type(value) is int and field.least <= value <= field.most:
            return value
    elif field.type is bool:
        if isinstance(value, bool):
            return value
    elif field.choices and isinstance(value, str) and value in field.choices:
        return Priority.from_label(value) if field.type is Priority else field.type(value)
    raise ValueError(f"{field.name} must be {field.expected}")


def typed(field: Field, text: str) -> Any:
    """The value that a person typed. Raises ValueError with what is expected instead."""
    try:
        return _typed(field, text)
    except ValueError:
        raise ValueError(f"{field.label} must be {field.expected}") from None


def _typed(field: Field, text: str) -> Any:
    word = text.strip()
    if not word and field.optional:
        return None
    if field.type is bool:
        return taken(field, {"true": True, "false": False, "yes": True, "no": False}.get(word.lower(), word))
    if field.type is int:
        return taken(field, int(word))
    return taken(field, word.lower().replace(" ", "_") if field.choices else word)


def following(field: Field, value: Any, by: int = 1) -> Any:
    """The choice after (or before) this one, round; nothing is one of them where the field may say nothing."""
    words = (*(("",) if field.optional else ()), *field.choices)
    return typed(field, words[(words.index(word_of(value)) + by) % len(words)])


def default_of(field: Field) -> Any:
    """What a field says where nobody says anything. Raises KeyError where it has to be said."""
    if field.name == "day":
        return 0
    home = CadencePlan if field in HEADER else Step
    default = next(each.default for each in fields(home) if each.name == field.attribute)
    if default is MISSING:
        raise KeyError(field.name)
    return default


def plan_of_fields(
    key: str, header: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], n: int = 1
) -> CadencePlan:
    """A plan of values that `taken` or `typed` made, by the fields' names; what is not said has its default."""
    return CadencePlan(
        key=key, n=n,
        steps=tuple(
            Step(no=no, **{OF_STEP[name].attribute: value for name, value in {"day": 0, **step}.items()})
            for no, step in enumerate(steps, start=1)
        ),
        **{OF_HEADER[name].attribute: value for name, value in header.items()},
    )  # fmt: skip
