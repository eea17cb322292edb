"""A tiny app to ask a modal on, and made-up questions for it: no desk, no database, one Tuesday morning."""

from __future__ import annotations

from datetime import UTC, date, datetime

from textual.app import App
from textual.geometry import Region

from fu_tui.core.calendar import WorkCalendar
from fu_tui.core.capture import understand
from fu_tui.core.dates_words import say_when
from fu_tui.settings.themes import load_themes
from fu_tui.tui import filters, themes
from fu_tui.tui.modals.capture_form import Look
from fu_tui.tui.modals.date_field import Days
from fu_tui.tui.modals.pick import Item
from fu_tui.tui.modals.question import Question
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


class Stage(App[None]):
    """Shows one modal, and keeps what it answered."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, modal: Question[object], theme: str = "night") -> None:
        super().__init__()
        themes.register(self, load_themes().themes.values())
        self.theme = theme
        self.modal = modal
        self.answers: list[object] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's inks."""
        return themes.variable_defaults()

    def get_line_filters(self) -> list[object]:  # type: ignore[override]
        """The desk's gate."""
        return filters.desk_filters(super().get_line_filters(), ansi=self.native_ansi_color)  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Ask at once."""
        self.push_screen(self.modal, self.answers.append)

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, line by line."""
        width, height = self.size
        self.screen._compositor.reflow(self.screen, self.size)
        strips = self.screen._compositor.render_strips(Region(0, 0, width, height).size)
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.lines)


class Memory:
    """A caller of the capture modal: it knows two contacts, and keeps what was saved."""

    def __init__(self, error: str = "") -> None:
        self.saved: list[tuple[str, bool]] = []
        self.seen: list[str] = []
        self.error = error

    def look(self, line: str) -> Look:
        """What the line means, by the real grammar."""
        self.seen.append(line)
        found = understand(line, today=TUESDAY, now=DAYS.now, is_working=CALENDAR.is_working)
        draft = found.draft
        if draft is None:
            return Look(missing="What is the next action?")
        who = CONTACTS.get((draft.contact or "").lower(), "")
        duplicate = 'Sam has "Call Dana about the quote" due Tue' if "quote" in line and who else ""
        return Look(
            who=who,
            when=say_when(draft.when.day, draft.when.at, TUESDAY) if draft.when else "",
            owner=f"owner {draft.owner}" if draft.owner else "",
            link=draft.link or "",
            priority=draft.priority.label if draft.priority else "",
            cadence=draft.cadence or "",
            body=f"// {draft.body}" if draft.body else "",
            spans=draft.spans,
            new_contact="" if who else draft.contact or "",
            duplicate=duplicate,
            problem=found.problem,
            missing="" if draft.when else "When is it due? Add an exact day.",
            vague=found.vague.phrase if found.vague else "",
            offers=found.vague.offers if found.vague and not draft.when else (),
            refused='"Follow up" says no action.' if draft.action == "Follow up" else "",
            hints=("No verb stands first.",) if draft.action.startswith("Quote") else (),
        )

    def save(self, line: str, create: bool) -> str:
        """Keep it, or say why not."""
        if not self.error:
            self.saved.append((line, create))
        return self.error

    def complete(self, kind: str, typed: str) -> list[Item]:
        """Names that begin so."""
        return [
            Item(n.title(), c)
            for n, c in CONTACTS.items()
            if kind == "contact" and n.startswith(typed.lower())
        ]
