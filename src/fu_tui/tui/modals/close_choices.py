"""Which outcomes a close offers, without a screen. One rule: the table of outcomes says what there is and what can't
be; only the months and the channels are added here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from fu_tui.core import outcomes
from fu_tui.core.outcomes import AGAIN, BY_CODE, IN_MONTHS, MONTHS, TABLE, Outcome, Subject, offered, why_not
from fu_tui.core.terms import Channel, TaskKind
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.pick import Letter

CHECK_BACK = "check_back"
NURTURE = "nurture"
CHANNELS = (("m", Channel.MAIL, "mail"), ("c", Channel.CALL, "calls"), ("t", Channel.TEXT, "text messages"),
            ("l", Channel.LINKEDIN, "LinkedIn"))  # fmt: skip
EVERYTHING = "x"
SHORT = {
    "left_voicemail": "message", "meeting_booked": "booked", "call_back": "call back", "meeting_held": "they met",
    "no_show": "no-show", CHECK_BACK: "back on a day", "close_file": "close file", "bounced": "bounced",
    "wrong_person": "wrong person", "opted_out": "opted out", "extend": "one more try", AGAIN: "start again",
}  # fmt: skip
"""Labels that stand side by side on a telephone."""


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """What is to be closed."""

    count: int
    action: str
    """The task's action; of several the first one's."""
    is_decide: bool
    lines: Mapping[str, str]
    """Outcome, or the key of months → what would follow, in words: "Call: open questions, Fri 27 Nov"."""
    after: Callable[[str, date, time | None], str] | None = None
    """What would follow an outcome that asks a day, once that day (and its hour) is known."""
    note: str = ""
    """What was typed before and not saved."""
    day: str = ""
    """The day in words that was typed before and not saved."""
    is_meeting: bool = False
    """Whether it is a meeting: then the first line asks whether it took place."""
    has_deal: bool = True
    after_nurture: bool = False
    """Whether it ends months of rest."""
    channel: Channel | None = None
    """How they are reached, where it is the same for all."""
    reaches: bool = True
    """Whether somebody could reply."""

    @property
    def subject(self) -> Subject:
        """What the words of the outcomes hang on."""
        other = TaskKind.MEETING if self.is_meeting else TaskKind.FOLLOW_UP
        return Subject(TaskKind.DECIDE if self.is_decide else other, self.channel, self.reaches)


def choices(question: CloseQuestion) -> tuple[list[Letter], list[Letter]]:
    """The outcomes of the first line, a decision's answers first where it is one, and those under "more"."""
    codes = offered(question.subject, after_nurture=question.after_nurture)
    first = [letter for code in codes for letter in _letters(BY_CODE[code], question)]
    more = [letter for row in TABLE if row.code not in codes for letter in _letters(row, question)]
    return first, [letter for letter in more if not letter.why_not]


def unlisted(question: CloseQuestion) -> list[Letter]:
    """The outcomes that are not shown; their letters tell why they can't be chosen, if that is why."""
    listed = {letter.key for group in choices(question) for letter in group}
    return [_letter(row, question) for row in TABLE if row.key not in listed]


def channels(question: CloseQuestion) -> list[Letter]:
    """What a contact may want no more of: everything, or one channel."""
    rest = "its steps are passed over, the rest goes on"
    return [
        Letter(EVERYTHING, "", "everything", question.lines.get("opted_out", "")),
        *(Letter(key, channel.value, f"{name} only", rest) for key, channel, name in CHANNELS),
    ]


def months_ahead(days: Days, key: str) -> date:
    """The working day three or six months from today, for the keys 3 and 6 (R101)."""
    return outcomes.months_ahead(key, days.today, days.calendar)


def _letters(row: Outcome, question: CloseQuestion) -> list[Letter]:
    """An outcome's letter; nurture has one for each number of months, checking back has them too."""
    if row.code == NURTURE and question.is_decide:
        return _by_months(row, question, IN_MONTHS, "nurture {} mo.")
    if row.code == CHECK_BACK and not question.is_decide:
        on_a_day = _letter(row, question)._replace(label="check back on a day")
        return [*_by_months(row, question, "check back in {} months", "back {} months"), on_a_day]
    return [_letter(row, question)]


def _by_months(row: Outcome, question: CloseQuestion, label: str, short: str) -> list[Letter]:
    return [
        Letter(
            key,
            row.code,
            label.format(months),
            question.lines.get(key, ""),
            short=short.format(months),
        )
        for key, months in MONTHS.items()
    ]


def _letter(row: Outcome, question: CloseQuestion) -> Letter:
    why = why_not(
        row, is_decide=question.is_decide, has_deal=question.has_deal, after_nurture=question.after_nurture
    )
    then = question.lines.get(row.code) or (f"asks {row.asks}" if row.asks else "")
    label = row.label_for(question.subject)
    return Letter(row.key, row.code, label, "" if why else then, why, SHORT.get(row.code, ""))
