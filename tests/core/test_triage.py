"""Why a key does nothing here: every reason, and that there is none where it can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fu_tui.core.outcomes import BY_CODE
from fu_tui.core.terms import TaskKind
from fu_tui.core.triage import (
    NO_TASK,
    OUTCOME_OF,
    REASONS,
    TO_ONE_PERSON,
    Situation,
    needs_task,
    why_disabled,
)
from fu_tui.settings.actions import ACTIONS, BY_ID

STEP, DECIDE = TaskKind.FOLLOW_UP, TaskKind.DECIDE
HERE = Situation(kinds=(STEP,))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_without_a_task_only_what_is_done_to_tasks_is_disabled(action) -> None:
    reason = why_disabled(action.id, Situation())
    assert reason == (NO_TASK if needs_task(action.id) else "")


def test_capture_and_moving_need_no_task() -> None:
    assert not needs_task("task.add")
    assert not needs_task("cursor.down")
    assert needs_task("task.snooze")
    assert needs_task("card.copy"), "the row's menu has it"


def test_what_the_reasons_are_about_exists() -> None:
    assert {*REASONS, *TO_ONE_PERSON} <= set(BY_ID)
    assert set(OUTCOME_OF) <= set(BY_ID)
    assert set(OUTCOME_OF.values()) <= set(BY_CODE)


def test_a_decision_among_the_marked_tasks_is_enough() -> None:
    mixed = Situation(kinds=(STEP, DECIDE))
    assert "is a decision" in why_disabled("task.no_reply", mixed)
    assert "is a decision" in why_disabled("task.voicemail", mixed)
    assert why_disabled("task.no_reply", mixed).startswith("1 of the 2 marked rows can't be closed so. This")
    assert why_disabled("task.no_reply", Situation(kinds=(DECIDE,))).startswith("This step is a decision")
    assert why_disabled("task.replied", mixed) == ""
    assert why_disabled("task.no_reply", HERE) == ""


def test_the_dot_repeats_what_was_done_where_that_can_be_done() -> None:
    assert "nothing to repeat" in why_disabled("task.repeat", HERE)
    closes = replace(HERE, repeats="task.close", repeats_outcome="no_reply")
    assert why_disabled("task.repeat", closes) == ""
    assert "is a decision" in why_disabled("task.repeat", replace(closes, kinds=(DECIDE,)))
    assert why_disabled("task.repeat", replace(closes, kinds=())) == NO_TASK
    moves = Situation(kinds=(DECIDE,), repeats="task.snooze")
    assert why_disabled("task.repeat", moves) == ""


@pytest.mark.parametrize("action", TO_ONE_PERSON)
def test_one_person_is_reached_and_one_who_is_known(action: str) -> None:
    ana = replace(HERE, contact="Ana Ruiz")
    assert why_disabled(action, ana) == ""
    assert why_disabled(action, HERE) == "This task has no contact."
    assert "rows are marked: escape clears" in why_disabled(action, replace(ana, marks=1))
    assert why_disabled(action, replace(ana, kinds=())) == NO_TASK
    assert "one person" in why_disabled(action, replace(ana, marks=2, kinds=(STEP, STEP)))


def test_a_mail_needs_an_address_and_a_copy_does_not() -> None:
    nowhere = replace(HERE, contact="Ana Ruiz", mails=0)
    assert why_disabled("card.mail", nowhere) == "No e-mail address of Ana Ruiz is known."
    assert why_disabled("card.mail", replace(nowhere, mails=1)) == ""
    assert why_disabled("card.copy", nowhere) == "", "the name is copied"


def test_undo_and_redo_say_that_there_is_nothing() -> None:
    nothing = replace(HERE, can_undo=False, can_redo=False)
    assert why_disabled("journal.undo", nothing) == "There is nothing to undo."
    assert why_disabled("journal.redo", nothing).startswith("There is nothing to redo.")
    assert why_disabled("journal.undo", HERE) == why_disabled("journal.redo", HERE) == ""
