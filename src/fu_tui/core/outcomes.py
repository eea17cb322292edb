"""The table of outcomes: what closing a task can say, and what follows. One rule: every fact about an outcome
stands in its row, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fu_tui.core.errors import UsageError
from fu_tui.core.terms import EndReason, ReplyClass


class Effect(StrEnum):
    """What a close does to the conversation."""

    NEXT = "next"
    """The next step of the cadence, or the next try."""
    SAME = "same"
    """The same step again, on the day asked for."""
    END = "end"
    """The cadence ends with the row's reason."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of the table."""

    code: str
    key: str
    """Its letter in the close modal."""
    label: str
    effect: Effect
    reply: ReplyClass | None = None
    end: EndReason | None = None
    asks: str = ""
    """The day that has to be named, in words; empty where none is asked."""
    proposes: bool = False
    """Whether the next step is asked when the task is closed."""
    decides: bool = False
    """Whether it answers a decide step, and only that."""
    note: str = ""
    """The note that is made where the person wrote none."""


TABLE: tuple[Outcome, ...] = (
    Outcome("no_reply", "n", "no reply yet", Effect.NEXT, ReplyClass.NONE, note="no reply yet"),
    Outcome("left_voicemail", "v", "left a voicemail", Effect.NEXT, ReplyClass.NONE, note="left a voicemail"),
    Outcome(
        "replied", "r", "replied", Effect.END, ReplyClass.SUBSTANTIVE, EndReason.REPLIED,
        proposes=True, note="replied",
    ),
    Outcome(
        "call_back", "c", "call back on a day", Effect.SAME, ReplyClass.LATER,
        asks="the day to call back", note="asked to be called back",
    ),
    Outcome("done", "d", "done", Effect.NEXT, proposes=True, note="done"),
    Outcome("acknowledged", "k", 'only "thanks"', Effect.NEXT, ReplyClass.ACK, note="acknowledged, no answer yet"),
    Outcome(
        "out_of_office", "o", "out of office", Effect.NEXT, ReplyClass.AUTO,
        asks="the day they return", note="out of office",
    ),
    Outcome(
        "check_back", "b", "check back later", Effect.END, ReplyClass.TERMINAL, EndReason.CHECK_BACK,
        asks="the day to check back", note="asked to check back later",
    ),
    Outcome(
        "close_file", "f", "close the file", Effect.END, ReplyClass.TERMINAL, EndReason.CLOSED_FILE,
        note="file closed",
    ),
    Outcome(
        "not_needed", "z", "not needed", Effect.END, ReplyClass.TERMINAL, EndReason.STOPPED, note="not needed",
    ),
    Outcome(
        "nurture", "t", "nurture: try again in months", Effect.END, ReplyClass.TERMINAL,
        EndReason.EXHAUSTED_NURTURE, decides=True, note="moved to nurture",
    ),
    Outcome("extend", "e", "extend: one more try", Effect.NEXT, decides=True, note="extended by one more try"),
    Outcome(
        "lost", "l", "lost", Effect.END, ReplyClass.TERMINAL, EndReason.DEAL_LOST, decides=True, note="lost",
    ),
)  # fmt: skip
BY_CODE: dict[str, Outcome] = {row.code: row for row in TABLE}
FIRST_LINE = ("no_reply", "left_voicemail", "replied", "call_back", "done")
DECISIONS = ("nurture", "extend", "lost", "close_file")
BRINGS = {
    "replied": "asks the next step",
    "call_back": "the same step on the day you name",
    "done": "asks the next step",
    "out_of_office": "the next step after they are back",
    "check_back": "a task on the day you name",
    "close_file": "ends here; the file is closed",
    "not_needed": "ends here",
    "nurture": "a message in three months",
    "lost": "the deal is lost; asks for feedback",
}
"""What an outcome brings, where no day can be reckoned before it is chosen."""
NO_ANSWER_TO_A_DECISION = frozenset({"no_reply", "left_voicemail", "done", "acknowledged", "out_of_office"})


def outcome(code: str) -> Outcome:
    """The row of `code` (dashes and spaces count as underscores). Raises UsageError naming what there is."""
    row = BY_CODE.get(code.strip().lower().replace("-", "_").replace(" ", "_"))
    if row is None:
        raise UsageError(f'There is no outcome "{code}".', f"Use one of: {', '.join(BY_CODE)}.")
    return row


def why_not(row: Outcome, *, is_decide: bool) -> str:
    """Why a task can't be closed with this outcome; empty where it can.

    A decide step is a question to the owner, so "no reply" does not answer it (R100–R103).
    """
    if is_decide and row.code in NO_ANSWER_TO_A_DECISION:
        return "This step is a decision: choose nurture, extend, lost or close the file."
    if row.decides and not is_decide:
        return f'"{row.label}" answers a decision, and this task is none.'
    return ""
