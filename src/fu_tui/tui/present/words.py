"""The short words of a row and a card. One rule: a word says what it means without a colour."""

from __future__ import annotations

from datetime import date

from fu_tui.core.dates_words import late_words, short_day
from fu_tui.core.terms import Bucket, Channel, Direction, Priority, TaskKind
from fu_tui.core.touch_words import touch_words as core_words
from fu_tui.queries.rows import QueueRow
from fu_tui.tui.present.moment import Moment

NO_LINK = "no link"
NO_STEPS = "–"

_SHORT_CHANNEL = {Channel.LINKEDIN: "lnkd", Channel.MEETING: "meet"}


def plural(count: int, one: str, many: str = "") -> str:
    """`1 row`, `1,204 rows`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def due_words(row: QueueRow, bucket: Bucket, moment: Moment, first_of_day: bool) -> str:
    """What stands under Due: "3d late" in Overdue, "11:00" or nothing today, the day once in Upcoming.

    From a hundred days on lateness is told in whole weeks, then years: the column has no room, and a day more or
    less no weight. The card still gives the day itself.
    """
    if bucket is Bucket.OVERDUE:
        days = (moment.today - row.due_on).days
        if days >= 100:
            return f"{days // 7}w late" if days < 700 else f"{days // 365}y late"
        return late_words(row.due_on, row.due_at, moment.today, moment.now)
    if bucket is Bucket.TODAY:
        return moment.hour(row.due_at) if row.due_at else ""
    return near_day(row.due_on, moment.today) if first_of_day else ""


def near_day(day: date, today: date) -> str:
    """A coming or a past day without its year where there is no doubt: "Wed 25", "1 Dec"; else "Nov 2025"."""
    words = short_day(day, today)
    if day.year == today.year:
        return words
    month_and_day = words.removesuffix(f" {day.year}")
    return month_and_day if abs((day - today).days) < 300 else f"{month_and_day.split()[-1]} {day.year}"


def action_words(row: QueueRow, bucket: Bucket, moment: Moment) -> str:
    """The action; where Due shows a coming day, an hour promised on it leads the action."""
    if row.due_at and bucket not in (Bucket.OVERDUE, Bucket.TODAY):
        return f"{moment.hour(row.due_at)} {row.action}"
    return row.action


def link_words(row: QueueRow) -> tuple[str, str]:
    """Who it is about: (contact, account); without a contact the account, else the deal, else "no link" (R21)."""
    if row.contact:
        return row.contact, row.account or ""
    if row.account or row.deal:
        return row.account or row.deal or "", ""
    return ("private" if row.kind is TaskKind.PRIVATE else NO_LINK), ""


def channel_word(channel: Channel | None, width: int) -> str:
    """The channel in a word of at most `width` cells."""
    if channel is None:
        return ""
    return channel.value if len(channel.value) <= width else _SHORT_CHANNEL[channel]


def steps_words(row: QueueRow) -> str:
    """`2/5` is the second of five steps; without a cadence ×2 is the second try, – the first.

    A question after the last step is none of the steps.
    """
    if row.step_no and row.steps and row.step_no <= row.steps:
        return f"{row.step_no}/{row.steps}"
    return f"×{row.attempt}" if row.attempt > 1 else NO_STEPS


def owner_word(name: str, width: int) -> str:
    """A person's name in `width` letters: whole if it fits, else "Dana O."."""
    if len(name) <= width:
        return name
    first, _, rest = name.partition(" ")
    short = f"{first} {rest.split()[-1][0]}." if rest.split() else first
    return short if len(short) <= width else first


def is_high(row: QueueRow) -> bool:
    """Whether the row carries the ! of high priority."""
    return row.priority is Priority.HIGH


def touch_words(channel: Channel | None, direction: Direction | None) -> str:
    """`mail out`, `call in`, `met`, `note`: what a line of history was."""
    return core_words(channel, direction, channel_word(channel, 4))
