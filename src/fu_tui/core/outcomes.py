"""The table of outcomes: what closing a task can say, and what follows. One rule: every fact about an outcome
stands in its row, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fu_tui.core.errors import UsageError
from fu_tui.core.terms import Channel, EndReason, ReplyClass, Roll, TaskKind

if TYPE_CHECKING:
    from fu_tui.core.calendar import WorkCalendar


FOR_NOW = "done for now"
"""No reply yet, where nobody could give one."""


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


class Subject(NamedTuple):
    """Of a task that is closed, what the words of an outcome hang on."""

    kind: TaskKind
    channel: Channel | None = None
    reaches: bool = True
    """Whether there is somebody who could reply: a contact, a deal, or whoever its channel leads to."""

    @property
    def is_written(self) -> bool:
        """Whether it reaches them in writing, so that nobody picks up."""
        return self.channel in (Channel.MAIL, Channel.TEXT, Channel.LINKEDIN)

    @property
    def may_ring(self) -> bool:
        """Whether it is a call, or may be one."""
        return self.reaches and not self.is_written


def subject(kind: TaskKind, channel: Channel | None, contact_id: int | None, deal_id: int | None) -> Subject:
    """What the words hang on, of a task's facts."""
    return Subject(kind, channel, contact_id is not None or deal_id is not None or channel is not None)


def done_words(subject: Subject) -> str:
    """What the key for no reply says of a task: where nobody could reply, nobody is said not to have replied."""
    return "done, no reply" if subject.reaches else FOR_NOW


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
    may_have_hour: bool = False
    """Whether an hour may stand beside that day, which the task then has."""
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

    def told(self, subject: Subject) -> str:
        """What a close with it is called once it is done: an answer to a question is told as what was decided."""
        return self.note if self.decides else self.label_for(subject)

    def label_for(self, subject: Subject) -> str:
        """The label where it closes that task: a voicemail is left by a call, and a reply needs somebody."""
        return self._otherwise(subject) or self.label

    def note_for(self, subject: Subject) -> str:
        """The note that is made where it closes that task."""
        return self._otherwise(subject) or self.note

    def _otherwise(self, subject: Subject) -> str:
        if self.code == "no_reply" and not subject.reaches:
            return FOR_NOW
        return "left a message" if self.code == "left_voicemail" and subject.is_written else ""


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
        "call_back", "c", "call back on a day", Effect.SAME, ReplyClass.LATER, asks="the day to call back",
        may_have_hour=True, touch=True, note="asked to be called back",
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
        asks="the day to check back", may_have_hour=True, heard=True, note="asked to check back later",
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
        "nurture", "t", "nurture: try again in 3 to 6 months", Effect.END, ReplyClass.TERMINAL,
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
IN_MONTHS = "nurture: again in {} months"
"""What the answer nurture is called where the months are chosen with it."""
MONTHS = {"3": 3, "6": 6}
"""The keys that check back, or try again, in so many months (R101)."""
TOUCHES = tuple(row.code for row in TABLE if row.touch)
"""Outcomes that say the contact was really written to, called or met."""
FAILED = tuple(row.code for row in TABLE if row.effect is Effect.WAIT)
"""Outcomes after which an address is searched for."""
SEARCHES_ON = tuple(
    row.code for row in TABLE if row.effect in (Effect.NEXT, Effect.SAME) and row.code != "done"
)
"""Outcomes after which what follows a search is the same search still."""


def months_ahead(key: str, today: date, calendar: WorkCalendar) -> date:
    """The working day three or six months from `today`, for the keys of `MONTHS` (R101)."""
    from fu_tui.core.dates_days import (
        add_months,  # the words of a line with it, which the first frame does without
    )

    return calendar.roll(add_months(today, MONTHS[key]), Roll.FORWARD)


def offered(subject: Subject, *, after_nurture: bool = False) -> tuple[str, ...]:
    """The outcomes that a close offers first, in their order: those that answer a question where it is one; a message
    that was left stands first only where somebody might have picked up."""
    if subject.kind is TaskKind.DECIDE:
        return (*((AGAIN,) if after_nurture else ()), *DECISIONS, FIRST_LINE[0])
    if subject.kind is TaskKind.MEETING:
        return MEETING_LINE
    return tuple(code for code in FIRST_LINE if code != "left_voicemail" or subject.may_ring)


def outcome(code: str) -> Outcome:
    """The row of `code` (dashes and spaces count as underscores). Raises UsageError naming what there is."""
    row = BY_CODE.get(code.strip().lower().replace("-", "_").replace(" ", "_"))
    if row is None:
        raise UsageError(f'There is no outcome "{code}".', f"Use one of: {', '.join(BY_CODE)}.")
    return row


DECIDE_HOW = "choose nurture, extend, lost or close the file."
"""The end of the sentence that refuses anything else for a decision; the desk puts the key before it."""


def why_not_one_channel(*, is_decide: bool) -> str:
    """Why an opt-out of one channel is no way to close a task; empty where it is (R111)."""
    return "A channel less answers no decision." if is_decide else ""


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
