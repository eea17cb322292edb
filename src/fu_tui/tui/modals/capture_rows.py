"""The capture card's rows: its fields, and what has to be said about a line. One rule: they show the form and decide
nothing."""

from __future__ import annotations

from fu_tui.tui.modals.capture_form import WHAT, WHEN, WHO, CaptureForm
from fu_tui.tui.modals.rows import Line, Row, Target, columns, label, says, words

LABELS = {
    WHAT: "What",
    WHO: "Who",
    WHEN: "When",
    "owner": "Owner",
    "link": "Deal",
    "priority": "Priority",
    "cadence": "Cadence",
    "body": "More",
    "private": "Private",
}
EMPTY = {
    WHAT: "what to do, verb first · @who and the day may stand here too",
    WHO: "@contact, or their account",
    WHEN: "fri · 27 nov · tomorrow 14:00 · +3d",
    "owner": "+owner",
    "link": "#deal",
    "priority": "!high",
    "cadence": "~cadence",
    "body": "// what else to know",
    "private": "type yes, and nobody else sees it",
}
"""What an empty field shows: what belongs there, and how the line writes it."""
GO = "go:"
"""Before a field's kind: what a click on its row chooses."""
_SHORT, _LONG = 6, 10


def field_rows(form: CaptureForm, width: int) -> list[Row]:
    """The fields that are shown, and what the line says of the others."""
    room = _LONG if form.more else _SHORT
    seen = form.seen
    also = () if form.more else (seen.owner, seen.priority, seen.cadence, seen.private, seen.body)
    extras = " · ".join(part for part in also if part)
    return [
        *(_field(form, kind, room, width) for kind in form.fields),
        *([Row([label("Also", room), words(extras, "text", width - room)])] if extras else []),
    ]


def said_rows(form: CaptureForm, error: str, width: int, *, note: bool, series: bool = False) -> list[Row]:
    """Duplicates and problems as they arise; what is lacking, and hints, once enter was pressed.

    error: why it could not be saved. note: whether the line may be kept as a note instead.
    series: whether it may become one.
    """
    seen, told = form.seen, form.lacking if form.told else form.problem
    hints = seen.hints if form.hinted and not form.lacking else ()
    if form.list and seen.unsure:
        told = ""  # the list says who it could be
    rows = [
        *says(error, "overdue", width, 6),
        *says(told, "overdue" if form.told else "dim", width),
        *(row for hint in hints for row in says(hint, "today", width)),
        *says(form.vague, "dim", width),
    ]
    if seen.same and not form.list:
        rows += _with_key(seen.same.text, "ctrl+g shows it", "today" if seen.same.alike else "dim", width)
    if seen.better and not form.list:
        second = f" + {seen.better.second}" if seen.better.second else ""
        body = f" // {seen.better.body}" if seen.better.body else ""
        rows += _with_key(f"Better: {seen.better.action}{body}{second}", "ctrl+t takes it", "text", width)
    if seen.series and series:
        rows += _with_key(f"A series, {seen.series}?", "ctrl+r makes it one", "text", width)
    if note and seen.note_on and not form.list and (seen.refused or (form.told and form.lacking)):
        rows += _with_key(f"Nothing to do? Keep it as a note on {seen.note_on}", "ctrl+n", "text", width)
    return rows


def _with_key(text: str, key: str, role: str, width: int) -> list[Row]:
    """A sentence with its key at the right edge, or below it where there is no room."""
    if len(text) + len(key) + 2 <= width:
        return [Row(columns([words(text, role, width)], (key, "accent"), width))]
    return [*says(text, role, width, 2), Row([(key, "accent")])]


def _field(form: CaptureForm, kind: str, room: int, width: int) -> Row:
    here = kind == form.here
    name = label(LABELS[kind], room, here=here)
    target = (Target(0, width, GO + kind),)
    if not here:
        return Row([name, *_understood(form, kind)], targets=target)
    if not form.values[kind]:
        return Row([name, ("  ", "dim"), *_understood(form, kind)], field_at=room, field_width=1)
    if kind in (WHAT, "body"):
        return Row([name], field_at=room)
    half = (width - room) // 2
    meant = _understood(form, kind) if form.understands(kind) else []
    return Row([name, (" " * half, "text"), *meant], field_at=room, field_width=half - 1)


def _understood(form: CaptureForm, kind: str) -> Line:
    """What the line says of it; else what was typed; else what belongs there."""
    seen = form.seen
    if kind == WHAT:
        return [words(form.values[WHAT], "text", 400)] if form.values[WHAT] else [(EMPTY[WHAT], "dim")]
    if kind == WHO:
        return _who(form)
    if kind == "link" and (new := dict(seen.new).get("deal")):
        return _new("deal", new)
    meant = getattr(seen, kind)
    if meant:
        return [words(meant, "text", 200)]
    typed = form.values[kind]
    return [words(typed, "dim", 80) if typed else (EMPTY[kind], "dim")]


def _who(form: CaptureForm) -> Line:
    """ "Kim Long · new contact · Newco · new account"."""
    line: Line = [words(form.seen.who, "text", 200)] if form.seen.who else []
    for kind, name in form.seen.new:
        line += [(" · ", "dim") if line else ("", "dim"), *_new(kind, name)]
    typed = form.values[WHO]
    return line or [words(typed, "dim", 80) if typed else (EMPTY[WHO], "dim")]


def _new(kind: str, name: str) -> Line:
    return [words(name, "text", 80), (f" · new {kind}", "today")]
