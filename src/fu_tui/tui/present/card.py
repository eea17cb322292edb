"""The card beside the panes as lines. One rule: what decides the next key stands highest; history takes what is left.

Order: the action in full, when and whose, how to reach the person, alerts, the strip of steps, what `n` and `r` do,
history. Everything people typed is wrapped and clipped to the card.
"""

from __future__ import annotations

from rich.cells import cell_len

from fu_tui.core.dates_words import late_words, short_day
from fu_tui.core.terms import Bucket, TaskKind
from fu_tui.queries.rows import Card
from fu_tui.tui.present.cells import clip, wrap
from fu_tui.tui.present.hint import DEFAULT_KEYS, CloseKeys
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.money import amount_words
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.steps import strip_lines
from fu_tui.tui.present.words import NO_LINK, near_day, plural, touch_words

Line = list[Span]

NOTHING = "No task under the cursor."
ALERT = "⚠"
_TITLE_LINES = 3
_SIDES = 3
"""Cells that the frame takes: the line at the left and a blank on both sides."""


def card_lines(
    card: Card, width: int, height: int, moment: Moment, me: int | None, keys: CloseKeys = DEFAULT_KEYS
) -> list[Line]:
    """The card, `width` cells wide with its frame, at most `height` lines; `me` is the viewer's user id, `keys` are
    those in force."""
    inner = width - _SIDES
    if inner < 8 or height < 1:
        return []
    title, *rest = wrap(card.row.action, inner - 2, _TITLE_LINES) or [""]
    head: list[Line] = [*([(f" {line}", "accent")] for line in rest), *_due(card, inner, moment, me)]
    person, alerts, then = _person(card, inner, moment), _alerts(card, inner), _next(card, inner, keys)
    words, steps, purpose = _words(card, inner, height), _steps(card, inner), _purpose(card, inner)
    history = _history(card, inner, moment)
    room = height - 1
    lines = _joined([head, person, words, alerts, [*steps, *purpose], then, history])
    # On a low screen: first without what the row or the next card says again, then without the blanks between.
    for blocks in ([head, person, words, alerts, steps, then], [head, person, alerts, steps, then]):
        if len(lines) - len(history) - bool(history) > room:
            lines = _joined([*blocks, history])
    if len(lines) - len(history) - bool(history) > room:
        lines = [*head, *person, *alerts, *steps, *then, *history]
    if len(lines) - len(history) > room:
        lines = [*head, *alerts, *then, *person, *steps]
    return [_top(title, width), *([("│ ", "faint"), *_cut(line, inner)] for line in lines[:room])]


def _joined(blocks: list[list[Line]]) -> list[Line]:
    """The blocks that say something, a blank line between each two."""
    lines: list[Line] = []
    for block in blocks:
        if block:
            lines += [[], *block] if lines else block
    return lines


def blank_lines(sentence: str, width: int, height: int) -> list[Line]:
    """The card where there is no task under the cursor."""
    inner = width - _SIDES
    if inner < 8 or height < 1:
        return []
    body: list[Line] = [[(line, "dim")] for line in wrap(sentence, inner, 4)]
    return [_top("", width), *([("│ ", "faint"), *line] for line in body[: height - 1])]


def _top(title: str, width: int) -> Line:
    if not title:
        return [("┌" + "─" * (width - 1), "faint")]
    return [("┌─ ", "faint"), (title, "accent"), (" " + "─" * max(0, width - 4 - cell_len(title)), "faint")]


def _cut(line: Line, inner: int) -> Line:
    """`line` without what would stand outside the card."""
    kept: Line = []
    for text, role in line:
        text = clip(text, inner)
        inner -= cell_len(text)
        if text:
            kept.append((text, role))
    return kept


def _due(card: Card, inner: int, moment: Moment, me: int | None) -> list[Line]:
    """When and whose: one line, or two where it is much."""
    row = card.row
    hour = f" {moment.hour(row.due_at)}" if row.due_at else ""
    if row.due_on < moment.today or (row.due_at and row.due_at < moment.now):
        day = "today" if row.due_on == moment.today else short_day(row.due_on, moment.today)
        line: Line = [
            (late_words(row.due_on, row.due_at, moment.today, moment.now), Bucket.OVERDUE.value),
            (f"  {day}{hour}", "dim"),
        ]
    elif row.due_on == moment.today:
        line = [(f"today{hour}", Bucket.TODAY.value)]
    else:
        line = [
            (f"{short_day(row.due_on, moment.today)}{hour}", "strong"),
            (f"  in {plural((row.due_on - moment.today).days, 'day')}", "dim"),
        ]
    if row.window_end_on and row.window_end_on > row.due_on:
        line.append((f" – {short_day(row.window_end_on, moment.today)}", "dim"))
    if row.priority.label != "normal":
        line.append((f"  {row.priority.label}", "strong" if row.priority.label == "high" else "dim"))
    owner = f"owner {'you' if row.owner_id == me else row.owner}"
    if row.moved_count:
        owner += f" · moved ×{row.moved_count}"
    if sum(cell_len(text) for text, _ in line) + 2 + cell_len(owner) <= inner:
        return [[*line, (f"  {owner}", "dim")]]
    return [line, [(owner, "dim")]]


def _person(card: Card, inner: int, moment: Moment) -> list[Line]:
    row = card.row
    block: list[Line] = []
    if row.contact:
        block.append(
            [(row.contact, "strong"), (f"  {card.contact_title}" if card.contact_title else "", "dim")]
        )
    deal = row.deal or ""
    if row.account:
        deal = deal.removesuffix(f" · {row.account}")
        if deal == row.account:
            deal = ""
    place = " · ".join(part for part in (row.account, deal) if part)
    if place:
        block += [[(line, "text")] for line in wrap(place, inner, 2)]
    amount = amount_words(card.deal_amount, card.deal_currency)
    stage = " · ".join(part for part in (card.deal_stage, amount) if part)
    if stage:
        block.append([(stage, "dim")])
    block += [[(line, "text")] for line in (*card.phones[:2], *card.emails[:2])]
    if not block:
        block.append([("private" if row.kind is TaskKind.PRIVATE else NO_LINK, "dim")])
    if row.contact:
        block.append(_last_contact(card, moment))
    return block


def _last_contact(card: Card, moment: Moment) -> Line:
    if card.last_contact_at is None:
        return [("not contacted yet", "dim")]
    days = (moment.today - moment.day(card.last_contact_at)).days
    when = "today" if days <= 0 else "yesterday" if days == 1 else f"{plural(days, 'day')} ago"
    how = touch_words(card.last_contact_channel, card.last_contact_direction)
    return [("last contact ", "dim"), (when, "text"), (f", {how}", "dim")]


def _words(card: Card, inner: int, height: int) -> list[Line]:
    """Body and note, one line each on a low screen, more on a high one."""
    most = min(6, max(1, (height - 26) // 2))
    body: list[Line] = [[(line, "text")] for line in wrap(card.body, inner, most)]
    return body + [[(line, "dim")] for line in wrap(card.note, inner, most)]


def _alerts(card: Card, inner: int) -> list[Line]:
    block: list[Line] = []
    for alert in card.alerts[:3]:
        first, *rest = wrap(alert, inner - 2, 2) or [""]
        block.append([(f"{ALERT} ", "overdue"), (first, "overdue")])
        block += [[(f"  {line}", "overdue")] for line in rest]
    return block


def _steps(card: Card, inner: int) -> list[Line]:
    if not card.cadence:
        return (
            [[(plural(card.unanswered, "touch", "touches") + " unanswered", "dim")]]
            if card.unanswered
            else []
        )
    row = card.row
    where = f"  {row.step_no} of {row.steps}" if row.step_no and row.steps else ""
    if card.unanswered:
        where += f" · {card.unanswered} unanswered"
    name = clip(card.cadence, inner - len(where))
    return [[(name, "strong"), (where, "dim")], *strip_lines(card.strip, inner)]


def _purpose(card: Card, inner: int) -> list[Line]:
    return [[(line, "dim")] for line in wrap(card.purpose, inner, 2)]


def _next(card: Card, inner: int, keys: CloseKeys) -> list[Line]:
    asked = card.row.kind is TaskKind.DECIDE
    block: list[Line] = [
        [(keys.no_reply, "dim" if asked else "accent"), (" done, no reply", "dim" if asked else "text")]
    ]
    first, *rest = wrap(card.after_no_reply, inner - 4, 2) or [""]
    block.append([(f"  → {first}", "dim")])
    block += [[(f"    {line}", "dim")] for line in rest]
    return [*block, [(keys.replied, "accent"), (" replied", "text")], [("  → asks the next step", "dim")]]


def _history(card: Card, inner: int, moment: Moment) -> list[Line]:
    if not card.history:
        return []
    days = [near_day(moment.day(entry.at), moment.today) for entry in card.history]
    hows = [touch_words(entry.channel, entry.direction) for entry in card.history]
    day_cells, how_cells = max(map(len, days)), max(map(len, hows))
    room = inner - day_cells - how_cells - 4
    block: list[Line] = [[("history", "strong")]]
    for day, how, entry in zip(days, hows, card.history, strict=True):
        block.append([(f"{day:>{day_cells}}  {how:<{how_cells}}  ", "dim"), (clip(entry.text, room), "text")])
    return block
