"""Giving an action another key: what it clashes with is known before anything is written."""

from __future__ import annotations

import pytest

from fu_tui.settings.actions import ACTIONS
from fu_tui.settings.rebinding import Proposal, Rebinding

TEAM = Rebinding({}, "team")


def keys(proposal: Proposal, action_id: str) -> tuple[str, ...]:
    return dict(proposal.keymap.bindings)[action_id]


def test_a_free_key_is_added_or_takes_the_place() -> None:
    added, alone = TEAM.add("task.snooze", "f5"), TEAM.replace("task.snooze", "f5")
    assert added[:1] == ({"task.snooze": ("s", "f5")},)
    assert keys(alone, "task.snooze") == ("f5",)
    assert not any((added.problem, added.from_others, alone.problem, alone.from_others))


def test_a_key_that_another_action_has_can_be_taken_from_it() -> None:
    taken = TEAM.replace("task.snooze", "n")
    assert taken.changes == {"task.snooze": ("n",), "task.no_reply": ("none",)}
    assert (taken.from_others, taken.problem) == (("task.no_reply",), "")
    assert (keys(taken, "task.snooze"), keys(taken, "task.no_reply")) == (("n",), ())


def test_of_several_keys_the_other_keeps_the_rest() -> None:
    taken = TEAM.add("task.snooze", "ctrl+n")
    assert taken.changes == {"task.snooze": ("s", "ctrl+n"), "task.add": ("a",)}


def test_what_the_file_says_already_is_counted() -> None:
    mine = Rebinding({"task.snooze": ("!",), "task.priority": ("f2",)}, "team")
    assert (mine.keys("task.snooze"), mine.is_set("task.snooze"), mine.is_set("task.add")) == (
        ("!",),
        True,
        False,
    )
    taken = mine.replace("task.hide", "!")
    assert taken.changes == {"task.hide": ("!",), "task.snooze": ("none",)}
    assert taken.problem == ""


def test_unbinding_and_the_default_again() -> None:
    assert TEAM.unbind("task.snooze").changes == {"task.snooze": ("none",)}
    mine = Rebinding({"task.snooze": ("none",)}, "team")
    again = mine.reset("task.snooze")
    assert (again.changes, keys(again, "task.snooze")) == ({"task.snooze": None}, ("s",))


def test_a_default_that_another_action_has_by_now_is_taken_back_from_it() -> None:
    mine = Rebinding({"task.snooze": ("f5",), "task.hide": ("s", "S")}, "team")
    again = mine.reset("task.snooze")
    assert again.changes == {"task.snooze": None, "task.hide": ("S",)}
    assert (again.from_others, again.problem, keys(again, "task.snooze")) == (("task.hide",), "", ("s",))


@pytest.mark.parametrize(
    ("key", "why"), [("ctrl+q", "always leaves"), ("ctrl+i", "terminal sends tab"), ("ctrl+at", "not a key")]
)
def test_a_key_that_no_action_can_have_says_why(key: str, why: str) -> None:
    refused = TEAM.add("task.snooze", key)
    assert why in refused.problem
    assert refused.from_others == ()


def test_complaints_that_were_there_before_are_no_reason() -> None:
    broken = Rebinding({"task.ad": ("x",), "task.hide": ("n",)}, "team")
    assert broken.replace("task.snooze", "f5").problem == ""


def test_what_solo_hides_is_free_and_comes_with_a_key() -> None:
    solo = Rebinding({}, "solo")
    assert solo.keys("task.reassign") == ()
    assert solo.add("task.snooze", "o").from_others == ()
    assert keys(solo.add("task.reassign", "o"), "task.reassign") == ("o",)


def test_every_action_can_have_a_free_key() -> None:
    for action in ACTIONS:
        assert TEAM.add(action.id, "f23").problem == "", action.id
