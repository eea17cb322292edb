"""Why an action can't be done here: pure. One rule: what is disabled says why."""

from __future__ import annotations

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
NEED_NO_TASK = frozenset({"task.add"})


def why_disabled(action_id: str, kinds: tuple[TaskKind, ...]) -> str:
    """Why an action can't be done to the targets, whose kinds are given; empty where it can.

    The targets are the marked tasks, else the one under the cursor, else none.
    """
    if not action_id.startswith("task.") or action_id in NEED_NO_TASK:
        return ""
    if not kinds:
        return "There is no task under the cursor."
    if action_id in ONE_TASK and len(kinds) > 1:
        return "Several rows are marked, and only one can be edited at a time: escape clears the marks."
    code = OUTCOME_OF.get(action_id)
    if code is None:
        return ""
    reasons = (why_not(outcome(code), is_decide=kind is TaskKind.DECIDE) for kind in kinds)
    return next((reason for reason in reasons if reason), "")
