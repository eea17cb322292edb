"""A cadence as a file: the same cadence and the same bytes again, and every mistake with its line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.cadence import CadencePlan
from fu_tui.core.cadence_fields import HEADER, STEP, Field, plan_of_fields, taken
from fu_tui.core.cadence_rules import problems
from fu_tui.core.text import clean_text
from fu_tui.exchange.cadence_file import plan_of_table, read, write
from tests.hostile import FORBIDDEN

SHIPPED = tomllib.loads(resources.files("fu_tui.shipped").joinpath("cadences.toml").read_text("utf-8"))
SMALL = """\
key = "trial"
name = "Trial"
kind = "deal"
anchor = "completion"

[[steps]]
day = 0
action = "Send the offer"
purpose = "What it costs"
"""


@pytest.mark.parametrize("key", SHIPPED)
def test_what_is_shipped_keeps_the_rules_and_comes_back_byte_for_byte(key: str) -> None:
    plan, remarks = plan_of_table(SHIPPED[key], key)
    assert plan is not None, remarks
    assert problems(plan) == ()
    text = write(plan)
    again = read(text)
    assert again.plan == plan
    assert write(again.plan) == text


def values(field: Field) -> st.SearchStrategy[object]:
    if field.type is bool:
        return st.booleans()
    if field.choices:
        return st.sampled_from(field.choices).map(lambda word: taken(field, word))
    if field.type is int:
        return st.integers(field.least, field.most)
    text = st.text(max_size=60).map(lambda t: clean_text(t).strip() or "x")
    return st.none() | text if field.optional else text


def tables(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({field.name: values(field) for field in fields})


@given(tables(HEADER), st.lists(tables(STEP), max_size=4))
def test_any_plan_comes_back(header: dict[str, object], steps: list[dict[str, object]]) -> None:
    plan = plan_of_fields("any", header, steps)
    text = write(plan)
    again, remarks = plan_of_table(tomllib.loads(text))
    assert not remarks
    assert again == plan
    assert write(again) == text


def test_a_small_file_is_enough() -> None:
    plan = read(SMALL).plan
    assert isinstance(plan, CadencePlan)
    assert (plan.max_unanswered, plan.min_gap_days, len(plan.steps)) == (5, 1, 1)


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('kind = "deal"', 'kind = "sales"', 3, "kind must be outreach, meeting"),
        ('kind = "deal"', "", None, "kind is missing"),
        ('kind = "deal"', 'kind = "outreach"', None, "Only one outreach"),
        ('anchor = "completion"', 'anchr = "completion"', 4, 'did you mean "anchor"?'),
        ("day = 0", 'day = "0"', 7, "day must be a whole number"),
        ("day = 0", "dya = 0", 7, 'did you mean "day"?'),
        ('action = "Send the offer"', 'action = "Follow up"', 8, "Step 1: "),
        ('action = "Send the offer"\n', "", 6, "action is missing"),
        ('purpose = "What it costs"', 'purpose = "Checking in"', 9, "is no purpose"),
        ('key = "trial"', 'key = "Trial users"', 1, "can't be a key"),
        ('key = "trial"', "", None, "It has no key"),
        ('name = "Trial"', "name = Trial", 2, "This is not TOML"),
        ("[[steps]]", "[steps]", 6, "write [[steps]]"),
    ],
)
def test_a_mistake_is_told_with_its_line(before: str, after: str, line: int | None, words: str) -> None:
    reading = read(SMALL.replace(before, after))
    assert reading.plan is None
    assert [told for told in reading.problems if told.line == line and words in told.text], reading.problems


def test_all_mistakes_at_once_in_the_order_of_the_lines() -> None:
    reading = read(SMALL.replace('"deal"', '"sales"').replace("day = 0", "day = 1.5"))
    assert [told.line for told in reading.problems] == [3, 7]


def test_steps_may_stand_one_a_line() -> None:
    text = SMALL[: SMALL.index("[[steps]]")] + (
        'steps = [\n  { day = 0, action = "Send the offer", purpose = "What it costs" },\n'
        '  { day = 0, action = "Call them", purpose = "What is unclear" },\n]\n'
    )
    assert [(told.line, told.text[:7]) for told in read(text).problems] == [(8, "Step 2:")]


def test_what_could_be_better_is_told_and_taken() -> None:
    reading = read(SMALL.replace("Send the offer", "What about the offer?"))
    assert reading.plan is not None
    assert [told.line for told in reading.hints] == [8]


def test_what_a_terminal_obeys_is_spelled_in_letters() -> None:
    plan, _ = plan_of_table(SHIPPED["proposal"], "proposal")
    assert plan is not None
    hostile = replace(plan, name="Prop\x1b[31m\x9b2J\u202eosal\x7f")
    text = write(hostile)
    assert not FORBIDDEN.search(text.replace("\n", ""))
    assert tomllib.loads(text)["name"] == hostile.name
    again = read(text).plan
    assert again is not None
    assert again.name == clean_text(hostile.name)
