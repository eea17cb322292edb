"""A cadence as a file that a person reads and edits, and back. One rule: what is written is read as the same cadence,
and written again it is the same bytes; what is wrong in a file is told with its line, all of it at once.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from textwrap import wrap
from typing import Any, NamedTuple

from fu_tui.core.cadence import CadencePlan, Step
from fu_tui.core.cadence_fields import (
    HEADER,
    OF_HEADER,
    OF_STEP,
    STEP,
    Field,
    default_of,
    plan_of_fields,
    taken,
    word_of,
)
from fu_tui.core.cadence_rules import Remark, hints, problems

SIZE_LIMIT = 256 * 1024
"""Bytes; a larger file is no cadence."""
_WIDTH = 110
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal that shows the file would obey, beside what TOML's own words have other names for."""
_INTRODUCTION = (
    "A cadence of fu-tui. Change it and bring it back: fu cadence import FILE (first with --dry-run, to see what would"
    " happen). Saved, it is a new version: what runs already keeps the version it began with."
)
_KEY = "What commands call it; another key makes another cadence."


class Told(NamedTuple):
    """Something about a line of a file."""

    line: int | None
    """From 1; None where it concerns the file as a whole."""
    text: str

    def __str__(self) -> str:
        return self.text if self.line is None else f"line {self.line}: {self.text}"


class Reading(NamedTuple):
    """What a file says."""

    plan: CadencePlan | None
    """None where something is wrong."""
    problems: tuple[Told, ...]
    hints: tuple[Told, ...] = ()


def write(plan: CadencePlan) -> str:
    """The plan as TOML, each field with what it means; of a step only what it says otherwise than usual."""
    lines = [*_comment(_INTRODUCTION), "", *_comment(_KEY), f"key = {_toml(plan.key)}"]
    for field in HEADER:
        lines += ["", *_comment(_meaning(field)), f"{field.name} = {_toml(getattr(plan, field.attribute))}"]
    lines += ["", *_comment("The steps, in their order. What a step may say:")]
    for field in STEP:
        lines += _comment(f"  {field.name}: {_meaning(field)}")
    for step in plan.steps:
        lines += ["", "[[steps]]", *_step_lines(step)]
    return "\n".join(lines) + "\n"


def read(text: str) -> Reading:
    """The cadence that `text` states, or everything that is wrong with it, in the order of its lines."""
    try:
        stated = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Reading(None, (_syntax(str(error)),))
    plan, remarks = plan_of_table(stated)
    lines = _lines(text)
    if plan is not None and not remarks:
        remarks = problems(plan)
    if remarks or plan is None:
        return Reading(None, _with_lines(remarks, lines))
    return Reading(plan, (), _with_lines(hints(plan), lines))


def plan_of_table(stated: Mapping[str, Any], key: str = "") -> tuple[CadencePlan | None, tuple[Remark, ...]]:
    """The plan of a TOML table, and what of it is no plan; the rules of cadences are not asked yet.

    key: the cadence's, where it does not stand in the table.
    """
    remarks: list[Remark] = []
    stated = {"key": key, **stated}
    found_key, steps = stated.pop("key"), stated.pop("steps", [])
    if not isinstance(found_key, str) or not found_key:
        remarks.append(Remark("key", 'It has no key. Say key = "trial-users", say.'))
    header = _values(stated, OF_HEADER, "", remarks)
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        remarks.append(Remark("steps", "steps must be tables: write [[steps]] above each."))
        steps = []
    read_steps = [_values(step, OF_STEP, f"steps.{no}.", remarks) for no, step in enumerate(steps, start=1)]
    if remarks:
        return None, tuple(remarks)
    return plan_of_fields(found_key, header, read_steps), ()


def _values(
    stated: Mapping[str, Any], fields: Mapping[str, Field], place: str, remarks: list[Remark]
) -> dict[str, Any]:
    """What a table says, field by field; what can't be is remarked."""
    values: dict[str, Any] = {}
    for name, value in stated.items():
        if name not in fields:
            close = get_close_matches(name, [*fields, *(["key", "steps"] if not place else [])], 1)
            hint = f'; did you mean "{close[0]}"?' if close else f": use {', '.join(fields)}"
            remarks.append(Remark(f"{place}{name}", f'there is no "{name}" here{hint}'))
            continue
        try:
            values[name] = taken(fields[name], value)
        except ValueError as error:
            remarks.append(Remark(f"{place}{name}", str(error)))
    for name, field in fields.items():
        if name not in stated and _is_needed(field):
            remarks.append(Remark(place.rstrip("."), f"{name} is missing: {field.means}"))
    return values


def _is_needed(field: Field) -> bool:
    try:
        default_of(field)
    except KeyError:
        return True
    return False


# Writing


def _step_lines(step: Step) -> Iterator[str]:
    for field in STEP:
        value = getattr(step, field.attribute)
        if field.name == "day" or _is_needed(field) or value != default_of(field):
            yield f"{field.name} = {_toml(value)}"


def _meaning(field: Field) -> str:
    choices = "" if field.type is bool or not field.choices else f" One of: {', '.join(field.choices)}."
    return f"{field.means}{choices}"


def _comment(text: str) -> list[str]:
    indent = "    " if text.startswith("  ") else ""
    return [f"# {line}" for line in wrap(text, _WIDTH, subsequent_indent=indent, drop_whitespace=True)]


def _toml(value: Any) -> str:
    if isinstance(value, bool) or type(value) is int:
        return word_of(value)
    return _OBEYED.sub(
        lambda letter: f"\\u{ord(letter[0]):04x}", json.dumps(word_of(value), ensure_ascii=False)
    )


# Lines


def _with_lines(remarks: Sequence[Remark], lines: Mapping[str, int]) -> tuple[Told, ...]:
    told = []
    for remark in remarks:
        place = remark.place
        while place and place not in lines:
            place = place.rpartition(".")[0]
        told.append(Told(lines.get(place), str(remark)))
    return tuple(sorted(told, key=lambda each: each.line or 0))


_ENTRY = re.compile(r"""\s*["']?([A-Za-z_]+)["']?\s*=""")
_STEPS = re.compile(r"\s*\[\[?\s*steps\s*\]")
_INLINE = re.compile(r"\s*\{")


def _lines(text: str) -> dict[str, int]:
    """Place → the line that states it, whether the steps are [[steps]] or one table a line. For text that parsed."""
    found: dict[str, int] = {}
    step, inside = 0, False
    for number, line in enumerate(text.splitlines(), 1):
        if _STEPS.match(line) or (inside and _INLINE.match(line)):
            step += 1
            found.setdefault("steps", number)
            found[f"steps.{step}"] = number
        elif match := _ENTRY.match(line):
            inside = match[1] == "steps"
            found.setdefault(f"steps.{step}.{match[1]}" if step and not inside else match[1], number)
    return found


def _syntax(message: str) -> Told:
    """tomllib's "Invalid value (at line 3, column 5)" with its line."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    what = message[: at.start()] if at else message
    return Told(int(at[1]) if at and at[1] else None, f"This is not TOML: {what}.")
