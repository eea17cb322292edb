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
    WAIT = "wait"
    """The cadence waits until somebody found where to write; then the same step comes again."""
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
    asks_hour: bool = False
    """Whether that day needs an hour too."""
    may_be_past: bool = False
    """Whether that day may lie before today."""
    touch: bool = False
    """Whether the contact was really written to, called or met."""
    heard: bool = False
    """Whether the contact spoke: what went unanswered is counted from here on."""
    proposes: bool = False
    """Whether the next step is asked when the task is closed."""
    decides: bool = False
    """Whether it answers a decide step, and only that."""
    answers_decision: bool = True
    """Whether a decide step can be closed with it: a question to the owner is not answered by waiting (R100–R103)."""
    needs_deal: str = ""
    """Why a task without a deal can't be closed with it; empty where it can."""
    warns: str = ""
    """What it does beyond this task, said before it is done; empty where an undo is warning enough."""
    note: str = ""
    """The note that is made where the person wrote none."""

    @property
    def told(self) -> str:
        """What a close with it is called once it is done: an answer to a question is told as what was decided."""
        return self.note if self.decides else self.label


TABLE: tuple[Outcome, ...] = (
    Outcome(
        "no_reply", "n", "no reply yet", Effect.NEXT, ReplyClass.NONE, touch=True, answers_decision=False,
        note="no reply yet",
    ),
    Outcome(
        "left_voicemail", "v", "left a voicemail", Effect.NEXT, ReplyClass.NONE, touch=True, answers_decision=False,
        note="left a voicemail",
    ),
    Outcome(
        "replied", "r", "replied", Effect.END, ReplyClass.SUBSTANTIVE, EndReason.REPLIED, touch=True, heard=True,
        proposes=True, note="replied",
    ),
    Outcome(
        "meeting_booked", "m", "booked a meeting", Effect.END, ReplyClass.SUBSTANTIVE, EndReason.MEETING,
        asks="the day and hour of the meeting", asks_hour=True, touch=True, heard=True, note="booked a meeting",
    ),
    Outcome(
        "call_back", "c", "call back on a day", Effect.SAME, ReplyClass.LATER, asks="the day to call back", touch=True,
        note="asked to be called back",
    ),
    Outcome("done", "d", "done", Effect.NEXT, touch=True, proposes=True, answers_decision=False, note="done"),
    Outcome(
        "acknowledged", "k", 'only "thanks"', Effect.NEXT, ReplyClass.ACK, touch=True, answers_decision=False,
        note="acknowledged, no answer yet",
    ),
    Outcome(
        "out_of_office", "o", "out of office", Effect.NEXT, ReplyClass.AUTO, asks="the day they return", touch=True,
        answers_decision=False, note="out of office",
    ),
    Outcome(
        "meeting_held", "h", "held the meeting", Effect.END, ReplyClass.SUBSTANTIVE, EndReason.MEETING, touch=True,
        heard=True, note="held the meeting",
    ),
    Outcome(
        "no_show", "y", "they did not show up", Effect.NEXT, ReplyClass.NONE, touch=True, answers_decision=False,
        note="they did not show up",
    ),
    Outcome(
        "check_back", "a", "check back later", Effect.END, ReplyClass.TERMINAL, EndReason.CHECK_BACK,
        asks="the day to check back", heard=True, note="asked to check back later",
    ),
    Outcome(
        "won", "w", "won", Effect.END, ReplyClass.TERMINAL, EndReason.DEAL_WON, asks="the day of delivery",
        may_be_past=True, heard=True, needs_deal="There is no deal to win.", note="won",
        warns="The deal is won, and its other cadences end.",
    ),
    Outcome(
        "lost", "l", "lost", Effect.END, ReplyClass.TERMINAL, EndReason.DEAL_LOST, note="lost",
        needs_deal="There is no deal to lose.", warns="The deal is lost, and everything open on it ends.",
    ),
    Outcome(
        "close_file", "f", "close the file", Effect.END, ReplyClass.TERMINAL, EndReason.CLOSED_FILE,
        note="file closed",
    ),
    Outcome(
        "not_needed", "z", "not needed", Effect.END, ReplyClass.TERMINAL, EndReason.STOPPED, note="not needed",
    ),
    Outcome(
        "bounced", "b", "it did not get through", Effect.WAIT, ReplyClass.FAILED, answers_decision=False,
        note="it did not get through",
    ),
    Outcome(
        "wrong_person", "p", "the wrong person", Effect.WAIT, ReplyClass.FAILED, answers_decision=False,
        note="the wrong person",
    ),
    Outcome(
        "opted_out", "x", "wants no more of it", Effect.END, ReplyClass.TERMINAL, EndReason.OPTED_OUT, heard=True,
        note="opted out", warns="Every cadence of this contact ends, and nobody is to write or call again.",
    ),
    Outcome(
        "nurture", "t", "nurture: try again in months", Effect.END, ReplyClass.TERMINAL,
        EndReason.EXHAUSTED_NURTURE, decides=True, note="moved to nurture",
    ),
    Outcome("extend", "e", "extend: one more try", Effect.NEXT, decides=True, note="extended by one more try"),
    Outcome(
        "start_again", "s", "start outreach again", Effect.END, ReplyClass.TERMINAL, EndReason.REPLACED,
        decides=True, note="outreach started again",
    ),
)  # fmt: skip
BY_CODE: dict[str, Outcome] = {row.code: row for row in TABLE}
FIRST_LINE = ("no_reply", "left_voicemail", "replied", "meeting_booked", "call_back", "done")
MEETING_LINE = ("meeting_held", "no_show", "meeting_booked", "replied", "call_back", "done")
"""The first line where the task is a meeting."""
DECISIONS = ("nurture", "extend", "lost", "close_file")
AGAIN = "start_again"
TOUCHES = tuple(row.code for row in TABLE if row.touch)
"""Outcomes that say the contact was really written to, called or met."""
FAILED = tuple(row.code for row in TABLE if row.effect is Effect.WAIT)
"""Outcomes after which an address is searched for."""
SEARCHES_ON = tuple(
    row.code for row in TABLE if row.effect in (Effect.NEXT, Effect.SAME) and row.code != "done"
)
"""Outcomes after which what follows a search is the same search still."""


def outcome(code: str) -> Outcome:
    """The row of `code` (dashes and spaces count as underscores). Raises UsageError naming what there is."""
    row = BY_CODE.get(code.strip().lower().replace("-", "_").replace(" ", "_"))
    if row is None:
        raise UsageError(f'There is no outcome "{code}".', f"Use one of: {', '.join(BY_CODE)}.")
    return row


DECIDE_HOW = "choose nurture, extend, lost or close the file."
"""The end of the sentence that refuses anything else for a decision; the desk puts the key before it."""


def why_not(row: Outcome, *, is_decide: bool, has_deal: bool = True, after_nurture: bool = True) -> str:
    """Why a task can't be closed with this outcome; empty where it can.

    has_deal: whether the task is about a deal. after_nurture: whether it ends a pause of months, after which the
    outreach may begin anew (R100, R101).
    """
    if is_decide and not row.answers_decision:
        return f"This step is a decision: {DECIDE_HOW}"
    if row.decides and not is_decide:
        return f'"{row.label}" answers a decision, and this task is none.'
    if row.needs_deal and not has_deal:
        return row.needs_deal
    if row.code == AGAIN and not after_nurture:
        return "Outreach starts again after months of rest: choose nurture first."
    return ""
