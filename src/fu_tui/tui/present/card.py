"""The card beside the panes as lines. One rule: what decides the next key stands highest; history takes what is left.

Order: the action in full, when and whose, how to reach the person, alerts, the strip of steps, what `n` and `r` do,
history. Everything people typed is wrapped and clipped to the card. What is longer than the screen is scrolled.
"""

from __future__ import annotations

from rich.cells import cell_len

from fu_tui.core.dates_words import late_words, short_day
from fu_tui.core.terms import Bucket, TaskKind
from fu_tui.queries.rows import Card, OtherTask, Why
from fu_tui.tui.present.cells import clip, fit_right, wrap
from fu_tui.tui.present.hint import DEFAULT_KEYS, NO_BREAK, CloseKeys, done_words
from fu_tui.tui.present.moment import Moment
from fu_tui.tui.present.money import amount_words
from fu_tui.tui.present.reach import PREFERRED, missing, prefers, ways
from fu_tui.tui.present.row import Span
from fu_tui.tui.present.steps import strip_lines, strip_words
from fu_tui.tui.present.words import NO_LINK, near_day, plural, touch_words

Line = list[Span]

NOTHING = "No task under the cursor."
ALERT = "⚠"
_TITLE_LINES = 3
_SIDES = 3
"""Cells that the frame takes: the line at the left and a blank on both sides."""
_TWO_FROM = 72
"""Cells inside the frame from which there are two columns: the person on the left, what happened on the right."""
_BETWEEN = 3
_NAME = 12
"""Cells of a cadence's name before its place in the plan goes to a line of its own."""
_HIGH = 30
"""Lines from which a card has room for the person and for more than that."""
_WAYS = 3
"""Numbers and addresses on a card; a high or a wide one shows all."""


def card_lines(
    card: Card, width: int, height: int, moment: Moment, me: int | None, keys: CloseKeys = DEFAULT_KEYS
) -> list[Line]:
    """What of the card is seen at first: `width` cells wide with its frame, at most `height` lines; `me` is the
    viewer's user id, `keys` are those in force."""
    return scrolled(card_body(card, width, height, moment, me, keys), width, height)


def card_body(
    card: Card, width: int, height: int, moment: Moment, me: int | None, keys: CloseKeys = DEFAULT_KEYS
) -> list[Line]:
    """The whole card, its title first, as many lines as it takes; `height` decides what stands highest."""
    inner = width - _SIDES
    if inner < 8 or height < 1:
        return []
    title, *rest = wrap(card.row.action, inner - 2, _TITLE_LINES) or [""]
    wide = inner >= _TWO_FROM
    left = (inner - _BETWEEN) // 2 if wide else inner
    head: list[Line] = [*([(f" {line}", "accent")] for line in rest), *_due(card, left, moment, me)]
    person = _person(card, left, moment, all_ways=wide or height >= _HIGH)
    alerts = [*_alerts(card, left), *_others(card, left, moment, me)]
    then = _follows(card.why, left) if card.why else _next(card, left, keys)
    steps, purpose = _steps(card, left), _purpose(card, left)
    if wide:
        right = inner - _BETWEEN - left
        told = [_words(card, right, 10), _reasons(card.why, right), _history(card, right, moment)]
        lines = _beside(_joined([head, person, alerts, [*steps, *purpose], then]), _joined(told), left)
    elif card.why:
        words, why, history = _words(card, inner, 6), _reasons(card.why, inner), _history(card, inner, moment)
        first = [person, alerts, why, then] if height >= _HIGH else [why, then, alerts, person]
        lines = _joined([head, *first, [*steps, *purpose], words, history])
    else:
        lines = _stacked(
            head, person, alerts, steps, purpose, then, _history(card, inner, moment),
            _words(card, inner, min(6, max(1, (height - 26) // 2))), height,
        )  # fmt: skip
    return [_top(title, width), *([("│ ", "faint"), *_cut(line, inner)] for line in lines)]


def _stacked(
    head: list[Line],
    person: list[Line],
    alerts: list[Line],
    steps: list[Line],
    purpose: list[Line],
    then: list[Line],
    history: list[Line],
    words: list[Line],
    height: int,
) -> list[Line]:
    """One column. On a low screen it goes first without what the row or the next card says again, then without the
    blanks between; what had to give way stands behind the history."""
    lines = _joined([head, person, words, alerts, [*steps, *purpose], then, history])
    if not _fits(lines, history, height):
        lines = _joined([head, person, words, alerts, steps, then, history, purpose])
        history = [*history, *purpose]
    if not _fits(lines, history, height):
        lines = _joined([head, person, alerts, steps, then, history, words])
        history = [*history, *words]
    if not _fits(lines, history, height):
        lines = [*head, *person, *alerts, *steps, *then, *history]
    if len(lines) > height - 1 and len(lines) - len(history) > height - 2:
        lines = [*head, *alerts, *then, *person, *steps, *history]
    return lines


def scrolled(lines: list[Line], width: int, height: int, top: int = 0) -> list[Line]:
    """The title and the `height` - 1 lines from line number `top` of the rest on; what is not shown is counted."""
    if len(lines) <= height and not top:
        return lines
    title, body = lines[0], lines[1:]
    room = max(0, height - 1)
    top = min(top, furthest(lines, height))
    shown = [title if not top else _with_above(title, top, width), *body[top : top + room]]
    below = len(body) - top - room
    if below > 0 and room > 1:
        shown[-1] = [("│", "faint"), (fit_right(f"{below + 1} more ↓ ", width - 1), "dim")]
    return shown[:height]


def furthest(lines: list[Line], height: int) -> int:
    """How many lines the card can be scrolled."""
    return max(0, len(lines) - height)


def _with_above(title: Line, top: int, width: int) -> Line:
    """The title, its rule ending in what is scrolled out above."""
    said = f" {top} more ↑ ─"
    *words, (rule, role) = title
    room = width - len(said) - sum(cell_len(text) for text, _ in words)
    kept = [*words, (rule[:room], role)] if room >= 2 else _cut(words, width - len(said))
    return [*kept, (said, role)]


def _fits(lines: list[Line], history: list[Line], height: int) -> bool:
    """Whether all but the history is seen at once, with the title, and the line that counts what is not shown."""
    seen = len(lines) - len(history) - bool(history)
    return len(lines) <= height - 1 or seen <= height - 2


def _beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Two columns, the left one filled up to `width`."""
    lines: list[Line] = []
    for at in range(max(len(left), len(right))):
        line = _cut(left[at], width) if at < len(left) else []
        blank = width - sum(cell_len(text) for text, _ in line) + _BETWEEN
        lines.append([*line, (" " * blank, "dim"), *(right[at] if at < len(right) else [])])
    return lines


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


def _person(card: Card, inner: int, moment: Moment, *, all_ways: bool) -> list[Line]:
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
    block += _ways(card, inner, all_ways=all_ways)
    if not block:
        block.append([("private" if row.kind is TaskKind.PRIVATE else NO_LINK, "dim")])
    if row.contact:
        block.append(_last_contact(card, moment))
    return block


def _ways(card: Card, inner: int, *, all_ways: bool) -> list[Line]:
    """Numbers and addresses, the best first; a long one is broken, as half an address reaches nobody."""
    known = ways(card)
    most = len(known) if all_ways or len(known) == _WAYS + 1 else _WAYS
    block: list[Line] = []
    for way in known[:most]:
        lines = wrap(way.text, inner, 3)
        block += [[(line, "text")] for line in lines]
        if way.note and lines:
            role = "accent" if way.note == PREFERRED else "today"
            note: Span = (f"  {way.note}", role)
            if cell_len(lines[-1]) + cell_len(note[0]) <= inner:
                block[-1].append(note)
            else:
                block.append([note])
    if len(known) > most:
        block.append([(f"and {len(known) - most} more", "dim")])
    block += [[(words, "dim")] for words in (prefers(card), missing(card)) if words]
    return block


def _last_contact(card: Card, moment: Moment) -> Line:
    if card.last_contact_at is None:
        return [("tried, channel unknown" if card.unanswered else "not contacted yet", "dim")]
    days = (moment.today - moment.day(card.last_contact_at)).days
    when = "today" if days <= 0 else "yesterday" if days == 1 else f"{plural(days, 'day')} ago"
    how = touch_words(card.last_contact_channel, card.last_contact_direction)
    return [("last contact ", "dim"), (when, "text"), (f", {how}", "dim")]


def _words(card: Card, inner: int, most: int) -> list[Line]:
    """Body and note, `most` lines each."""
    body: list[Line] = [[(line, "text")] for line in wrap(card.body, inner, most)]
    return body + [[(line, "dim")] for line in wrap(card.note, inner, most)]


def _alerts(card: Card, inner: int) -> list[Line]:
    block: list[Line] = []
    for alert in card.alerts[:3]:
        first, *rest = wrap(alert, inner - 2, 2) or [""]
        block.append([(f"{ALERT} ", "overdue"), (first, "overdue")])
        block += [[(f"  {line}", "overdue")] for line in rest]
    return block


def _others(card: Card, inner: int, moment: Moment, me: int | None) -> list[Line]:
    """What else is open with the same person, and whose it is."""
    block: list[Line] = []
    for task in card.others:
        first, *rest = wrap(_other(task, moment, me), inner - 2, 2) or [""]
        block += [[("· ", "dim"), (first, "text")], *([(f"  {line}", "text")] for line in rest)]
    if card.others_more:
        block.append([(f"· and {plural(card.others_more, 'more open task')}", "dim")])
    return block


def _other(task: OtherTask, moment: Moment, me: int | None) -> str:
    who = "you have" if task.owner_id == me else f"{task.owner} has"
    late = (moment.today - task.due_on).days
    day = short_day(task.due_on, moment.today).replace(" ", NO_BREAK)
    when = f"{late}d late" if late > 0 else f"due {day}"
    return f'{who} "{task.action}" {when}'


def _steps(card: Card, inner: int) -> list[Line]:
    if not card.cadence:
        return (
            [[(plural(card.unanswered, "touch", "touches") + " unanswered", "dim")]]
            if card.unanswered
            else []
        )
    row = card.row
    where = ""
    if row.step_no and row.steps:
        where = f"  {row.step_no} of {row.steps}" if row.step_no <= row.steps else "  after its last step"
    if card.unanswered:
        where += f" · {card.unanswered} unanswered"
    name = clip(card.cadence, inner)
    if cell_len(name) + len(where) > inner and inner - len(where) < _NAME:
        head: list[Line] = [[(name, "strong")], [(where.strip(" ·"), "dim")]]
    else:
        head = [[(clip(card.cadence, inner - len(where)), "strong"), (where, "dim")]]
    said = strip_words(card.strip)
    return [*head, *strip_lines(card.strip, inner), *([(line, "dim")] for line in wrap(said, inner, 2))]


def _purpose(card: Card, inner: int) -> list[Line]:
    return [[(line, "dim")] for line in wrap(card.purpose, inner, 2)]


def _next(card: Card, inner: int, keys: CloseKeys) -> list[Line]:
    asked = card.row.kind is TaskKind.DECIDE
    block: list[Line] = [
        [
            (keys.no_reply, "dim" if asked else "accent"),
            (f" {done_words(card.row)}", "dim" if asked else "text"),
        ]
    ]
    first, *rest = wrap(card.after_no_reply, inner - 4, 2) or [""]
    block.append([(f"  → {first}", "dim")])
    block += [[(f"    {line}", "dim")] for line in rest]
    return [*block, [(keys.replied, "accent"), (" replied", "text")], [("  → asks the next step", "dim")]]


def _reasons(why: Why | None, inner: int) -> list[Line]:
    """Why the task is due on its day and where it comes from."""
    if why is None:
        return []
    block: list[Line] = [[("why this day", "strong")]]
    for sentence in (*why.reasons, why.verdict):
        block += _hanging(sentence, inner, "overdue" if sentence.startswith("VIOLATION") else "text")
    block.append([("where it comes from", "strong")])
    for sentence in why.origin:
        block += _hanging(sentence, inner, "dim")
    if why.history:
        block.append([("what happened since", "strong")])
    for sentence in why.history:
        block += _hanging(sentence, inner, "dim")
    return block


def _follows(why: Why, inner: int) -> list[Line]:
    """What each outcome would bring; those that bring the same stand together."""
    block: list[Line] = [[("what each outcome brings", "strong")]]
    for then in dict.fromkeys(then for _, then in why.follows):
        labels = ", ".join(label for label, brings in why.follows if brings == then)
        block += _hanging(labels, inner, "text")
        block += [[("  ", "dim"), *line] for line in _hanging(f"→ {then}", inner - 2, "dim")]
    return block if why.follows else []


def _hanging(sentence: str, inner: int, role: str) -> list[Line]:
    """A sentence whose further lines are indented."""
    lines = wrap(sentence, inner, 1) if cell_len(sentence) <= inner else wrap(sentence, inner - 2, 4)
    first, *rest = lines or [""]  # of text that has no width nothing is left
    return [[(first, role)], *([(f"  {line}", role)] for line in rest)]


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
