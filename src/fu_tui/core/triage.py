"""Why an action can't be done here: pure. One rule: what is disabled says why.

It is asked for every key in the footer at every move of the cursor, so a reason reads the situation and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fu_tui.core.outcomes import outcome, why_not
from fu_tui.core.terms import TaskKind

OUTCOME_OF = {
    "task.no_reply": "no_reply",
    "task.no_reply_note": "no_reply",
    "task.voicemail": "left_voicemail",
    "task.replied": "replied",
}
"""The actions that close with one fixed outcome."""
ONE_TASK = frozenset({"task.edit"})
"""Actions that are done to one task alone."""
TO_ONE_PERSON = {"card.copy": "Copying takes one person's number", "card.mail": "A mail goes to one person"}
"""Actions that reach the person whose card is shown, and how each says that this is one."""
NEED_NO_TASK = frozenset({"task.add"})
NO_TASK = "There is no task under the cursor."


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether an action can be done."""

    kinds: tuple[TaskKind, ...] = ()
    """Of the targets: the marked tasks, else the one under the cursor, else none."""
    repeats: str = ""
    """The id of the action that would be repeated; empty where nothing was done that can be."""
    repeats_outcome: str = ""
    """The outcome it closes with; empty where it closes nothing."""
    can_undo: bool = True
    can_redo: bool = True
    marks: int = 0
    """How many tasks are marked."""
    contact: str | None = None
    """Whom the task under the cursor is about."""
    mails: int | None = None
    """How many e-mail addresses of theirs are known; None where nobody has looked."""


Reason = Callable[[Situation], str]
"""Why an action can't be done there; empty where it can."""


def needs_task(action_id: str) -> bool:
    """Whether an action is done to tasks, or for one: it then stands in a row's menu."""
    return (action_id.startswith("task.") and action_id not in NEED_NO_TASK) or action_id in TO_ONE_PERSON


def why_disabled(action_id: str, situation: Situation) -> str:
    """Why an action can't be done now; empty where it can."""
    if needs_task(action_id) and not situation.kinds:
        return NO_TASK
    if action_id in ONE_TASK and len(situation.kinds) > 1:
        return "Several rows are marked, and only one can be edited at a time: escape clears the marks."
    code = OUTCOME_OF.get(action_id)
    if code is not None:
        return _closes(situation, code)
    reason = REASONS.get(action_id)
    return reason(situation) if reason else ""


def _closes(situation: Situation, code: str) -> str:
    """Why one of the targets can't be closed with an outcome."""
    row = outcome(code)
    told = [why_not(row, is_decide=kind is TaskKind.DECIDE) for kind in situation.kinds]
    reasons = [reason for reason in told if reason]
    if not reasons or len(told) == 1:
        return "".join(reasons)
    return f"{len(reasons)} of the {len(told)} marked rows can't be closed so. {reasons[0]}"


def _repeats(situation: Situation) -> str:
    if not situation.repeats:
        return "There is nothing to repeat: first close, move or give away a task."
    return _closes(situation, situation.repeats_outcome) if situation.repeats_outcome else ""


def _reaches(situation: Situation, action_id: str) -> str:
    """Why nobody can be reached."""
    if situation.marks:
        return f"{TO_ONE_PERSON[action_id]}, and rows are marked: escape clears the marks."
    return "" if situation.contact else "This task has no contact."


def _mails(situation: Situation) -> str:
    reason = _reaches(situation, "card.mail")
    if not reason and situation.mails == 0:
        return f"No e-mail address of {situation.contact} is known."
    return reason


REASONS: dict[str, Reason] = {
    "card.copy": lambda situation: _reaches(situation, "card.copy"),
    "card.mail": _mails,
    "task.repeat": _repeats,
    "task.skip": lambda situation: (
        "This step is a decision: make it, or stop the cadence." if TaskKind.DECIDE in situation.kinds else ""
    ),
    "journal.undo": lambda situation: "" if situation.can_undo else "There is nothing to undo.",
    "journal.redo": lambda situation: (
        ""
        if situation.can_redo
        else "There is nothing to redo. A redo follows an undo, before anything else is done."
    ),
}
"""Action → its own reason, beside those that all actions on tasks share."""
