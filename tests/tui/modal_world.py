"""What modals are tried with: one Tuesday morning, a few people, and a caller that keeps what was saved. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.capture import understand
from fu_tui.core.dates_words import say_when
from fu_tui.core.lint import check
from fu_tui.core.lint_better import better_wording
from fu_tui.tui.modals.capture_line import Look, Same
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.present.moment import Moment

TUESDAY = date(2026, 11, 24)
MOMENT = Moment(TUESDAY, datetime(2026, 11, 24, 10, 14, tzinfo=UTC), "UTC")
CALENDAR = WorkCalendar(holidays={date(2026, 11, 26): "Thanksgiving"})
DAYS = Days.of(MOMENT, CALENDAR)
PEOPLE = (
    ("dana", "Dana Okafor", 12),
    ("sam", "Sam Hill", 4),
    ("jose", "José Àlvarez", 0),
    ("weird", "[@click=app.bell]O'Dana[/]", 1),
)
CONTACTS = {"dana": "Dana Reed · Isdom · GTX Plus", "ana ruiz": "Ana Ruiz · Betatech"}


class Memory:
    """A caller of the capture modal: it knows two contacts, and keeps what was saved."""

    def __init__(self, error: str = "") -> None:
        self.saved: list[tuple[str, bool]] = []
        self.seen: list[str] = []
        self.noted: list[str] = []
        self.error = error

    def look(self, line: str) -> Look:
        """What the line means, by the real grammar."""
        self.seen.append(line)
        found = understand(line, today=TUESDAY, now=DAYS.now, is_working=CALENDAR.is_working)
        draft = found.draft
        if draft is None:
            return Look(missing="What is the next action?")
        who = CONTACTS.get((draft.contact or "").lower(), "")
        same = (
            Same(7, 'Sam has "Call Dana about the quote" due Tue', True) if "quote" in line and who else None
        )
        verdict = check(draft.action)
        return Look(
            action=draft.action,
            who=who,
            when=say_when(draft.when.day, draft.when.at, TUESDAY) if draft.when else "",
            owner=f"owner {draft.owner}" if draft.owner else "",
            link=draft.link or "",
            priority=draft.priority.label if draft.priority else "",
            cadence=draft.cadence or "",
            private="private" if draft.private else "",
            body=f"// {draft.body}" if draft.body else "",
            spans=draft.spans,
            new=(("contact", draft.contact),) if draft.contact and not who else (),
            same=same,
            problem=found.problem,
            missing="" if draft.when else "When is it due? Add an exact day.",
            vague=found.vague.phrase if found.vague else "",
            offers=found.vague.offers if found.vague and not draft.when else (),
            refused='"Follow up" says no action.' if draft.action == "Follow up" else "",
            hints=("No verb stands first.",) if draft.action.startswith("Quote") else (),
            better=better_wording(draft.action, verdict),
            note_on=draft.contact or "",
        )

    def save(self, lines: Sequence[str], create: bool) -> str:
        """Keep them, or say why not."""
        if not self.error:
            self.saved.append(("\n".join(lines), create))
        return self.error

    def note(self, line: str, create: bool) -> str:
        """Keep a note, or say why not."""
        if not self.error:
            self.noted.append(line)
        return self.error

    def complete(self, kind: str, typed: str) -> list[Item]:
        """Names that begin so."""
        return [
            Item(n.title(), c)
            for n, c in CONTACTS.items()
            if kind == "contact" and n.startswith(typed.lower())
        ]
