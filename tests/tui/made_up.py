"""Made-up rows for looking at the desk and for its tests: believable ones, and hostile ones for every column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from fu_tui.core.terms import Channel, Direction, Priority, StepKind, TaskKind
from fu_tui.queries.rows import Card, Counts, HistoryLine, Left, QueueRow, StripStep
from fu_tui.tui.present.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 10, 14, tzinfo=UTC)
MOMENT = Moment(TODAY, NOW, "UTC")
COUNTS = Counts(overdue=4, today=12, upcoming=31, later=12, hidden=2, done_today=9, left=Left(deals=3))

HOSTILE = {
    "closing tag": "[/] hi",
    "click": "[@click=app.bell]x[/]",
    "markup": "[bold red]Acme[/bold red]",
    "clipboard": "\x1b]52;c;aGVsbG8=\x07Acme",
    "colour": "\x1b[31mred\x1b[0m",
    "c1": "a\x9b31mb\x9d0;title\x9c",
    "bidi": "user\u202egnp.exe\u2066x\u2069\u200f",
    "nul": "a\x00b\x7fc",
    "breaks": "one\r\ntwo\tthree\u2028four",
    "long": "very " * 2000,
    "marks": "z" + "\u0301" * 9000,
    "nothing seen": "\u200b\u200d\ufe0f",
    "family": "👨‍👩‍👧‍👦 family 👨‍👩‍👧‍👦 call 👩🏽‍💻 done ⚠️",
    "flags": "🇩🇪🇫🇷🇯🇵🇧🇷🇮🇳🇨🇦🇺🇸🇬🇧🇪🇸🇮🇹",
    "wide": "株式会社東京支店長代理補佐に見積書を送って返事を待つこと",
    "arabic": "اتصل بالعميل غدا",
    "surrogate": "a\ud83db",
}
"""What an import may bring in any column."""


def row(task_id: int, action: str, days: int = 0, **more: object) -> QueueRow:
    """A row due `days` after today; `more` replaces its other columns."""
    plain = QueueRow(
        id=task_id,
        version=1,
        action=action,
        due_on=TODAY + timedelta(days=days),
        due_at=None,
        window_end_on=None,
        hidden_until=None,
        priority=Priority.NORMAL,
        kind=TaskKind.FOLLOW_UP,
        channel=Channel.MAIL,
        contact_id=1,
        contact=None,
        account=None,
        deal_id=None,
        deal=None,
        owner_id=1,
        owner="Dana Okafor",
        enrollment_id=None,
        step_no=None,
        steps=None,
        attempt=1,
        moved_count=0,
        last_contact_at=None,
    )
    return plain._replace(**more)


def _line(
    task_id: int, days: int, action: str, who: str, where: str, how: str, steps: str = "", at: str = ""
) -> QueueRow:
    step, _, of = steps.partition("/")
    hour = {}
    if at:
        clock = datetime.strptime(at, "%H:%M").time()
        hour["due_at"] = datetime.combine(TODAY + timedelta(days=days), clock, UTC)
    return row(
        task_id,
        action.removeprefix("!"),
        days,
        contact=who or None,
        account=where or None,
        channel=Channel(how) if how else None,
        step_no=int(step) if of else None,
        steps=int(of) if of else None,
        enrollment_id=task_id if of else None,
        priority=Priority.HIGH if action.startswith("!") else Priority.NORMAL,
        **hour,
    )


def overdue() -> list[QueueRow]:
    """Four late rows."""
    return [
        _line(1, -3, "!Call Dana, confirm approval, resend quote", "Dana Reed", "Isdom", "call", "2/5"),
        _line(2, -1, "!Answer Ravi on the seat count", "Ravi Shah", "Zoomlab", "mail"),
        _line(3, -1, "Send legal the redlined contract", "Mona Lind", "Betasoloin", "mail")._replace(
            attempt=2
        ),
        _line(4, 0, "Call Okoro back about the invoice", "S. Okoro", "Cancity", "call", at="09:02"),
    ]


def today() -> list[QueueRow]:
    """Twelve rows due today."""
    return [
        _line(11, 0, "!Send the pricing recap", "Ana Ruiz", "Betatech", "mail", "1/5", at="11:00")._replace(
            deal="GTX Plus · Betatech", deal_id=7, moved_count=2
        ),
        _line(12, 0, "Ask which rollout date works", "Ben Ode", "Kan-code", "call", "3/5", at="14:00"),
        _line(13, 0, "Share the retail case study", "Li Wen", "Treequote", "mail", "2/5"),
        _line(14, 0, "Offer two alternative slots", "Jo Marsh", "Hatfan", "mail", "3/3"),
        _line(15, 0, "Confirm the delivery went well", "P. Anand", "Warephase", "call", "1/2"),
        _line(16, 0, "Ask for feedback on the lost bid", "Kai Berg", "Rangreen", "linkedin", "1/1"),
        _line(17, 0, "Collect the signed order form", "Rosa Diaz", "Sumace", "mail"),
        _line(
            18,
            0,
            "Discuss the timeline with procurement and the works council",
            "T. Novak",
            "Codehow",
            "call",
            "3/5",
        ),
        _line(19, 0, "Introduce Sam as the new owner", "Uma Rao", "Bioholding", "meeting"),
        _line(20, 0, "Get the tax form from accounts payable", "", "Finjob", "mail"),
        _line(21, 0, "Send the volume tiers", "Bo Lund", "Plexzap", "mail", "2/5"),
        _line(22, 0, "Call about the pilot results", "Ivy Chen", "Konex", "call", "4/5"),
    ]


def upcoming() -> list[QueueRow]:
    """Thirty-one rows in the coming fourteen days."""
    named = [
        _line(31, 1, "Discuss decision factors", "E. Holt", "Singletechno", "call", "4/5", at="09:30"),
        _line(32, 1, "Review usage before the renewal", "Fay Ng", "Finhigh", "call", "1/3"),
        _line(33, 1, "Share the security whitepaper", "Omar Aziz", "Donquadtech", "mail", "2/5"),
        _line(34, 3, "Call about the onboarding checklist", "Ida Moe", "Labdrill", "call", "1/2"),
        _line(35, 3, "Offer alternatives", "Max Roy", "Goodsilron", "mail", "3/3"),
        _line(36, 6, "Try another angle: support costs", "Zoe Falk", "Opentech", "call", "3/5"),
        _line(37, 6, "Prepare the proposal", "Nil Vega", "Statholdings", "", ""),
        _line(38, 7, "Last check before closing the file", "Ed Poe", "Xx-zobam", "mail", "4/5"),
        _line(39, 9, "Answer the legal questions", "Amy Tan", "Nam-zim", "mail"),
    ]
    rest = [
        _line(
            40 + n,
            9 + n // 5,
            f"Ask about the budget for line {n + 1}",
            "Ulf Sand",
            "Scotfind",
            "mail",
            "2/5",
        )
        for n in range(22)
    ]
    return named + rest


def hostile() -> list[QueueRow]:
    """One row for each kind of hostile text, the same text in every column that people fill."""
    return [
        row(900 + n, text, contact=text, account=text, deal=text, owner=text)
        for n, text in enumerate(HOSTILE.values())
    ]


def strip(current: int, days: Sequence[int] = (0, 3, 7, 14, 21)) -> tuple[StripStep, ...]:
    """Steps on these days, the last of them a question, `current` being the one that is due."""
    kinds = [StepKind.TOUCH] * (len(days) - 1) + [StepKind.DECIDE]
    states = ["done"] * (current - 1) + ["current"] + ["ahead"] * (len(days) - current)
    return tuple(StripStep(no, *step) for no, step in enumerate(zip(days, kinds, states, strict=True), 1))


def card(of: QueueRow, text: str = "") -> Card:
    """The card of a row; `text` stands in every field that people fill."""
    return Card(
        row=of,
        body=text or "Numbers for 40, 80 and 200 seats; she compares with last year's offer.",
        note=text,
        contact_title=text or "Head of Ops",
        deal_stage=text or "Proposal sent",
        deal_amount=4514.0,
        deal_currency="USD",
        phones=(text or "+1 312 555 0142",),
        emails=(text or "ana@betatech.example",),
        last_contact_at=NOW - timedelta(days=12),
        last_contact_channel=Channel.MAIL,
        last_contact_direction=Direction.OUT,
        alerts=(text or "high case open: invoices unreadable",),
        cadence=text or "Proposal",
        strip=strip(of.step_no or 1),
        purpose=text or "Send it, with the one number she asked for on top",
        unanswered=2,
        after_no_reply=text or "Call: open questions, Fri 27 Nov",
        history=(
            HistoryLine(NOW - timedelta(days=12), Channel.MAIL, Direction.OUT, text or "Pricing questions"),
            HistoryLine(NOW - timedelta(days=13), Channel.CALL, Direction.IN, text or "asked for tiers"),
            HistoryLine(
                NOW - timedelta(days=20), Channel.MEETING, Direction.OUT, text or "discovery, 45 min"
            ),
            HistoryLine(
                NOW - timedelta(days=400), None, Direction.INTERNAL, text or "met at the fair in Ulm"
            ),
        ),
    )


class Rows:
    """Rows in a list, fetched as a pane's window fetches them; `calls` counts the fetches."""

    def __init__(self, rows: Sequence[QueueRow]) -> None:
        self.rows = list(rows)
        self.calls = 0

    def first(self, limit: int) -> list[QueueRow]:
        """The first rows."""
        self.calls += 1
        return self.rows[:limit]

    def last(self, limit: int) -> list[QueueRow]:
        """The last rows."""
        self.calls += 1
        return self.rows[-limit:]

    def page_after(self, row: QueueRow, limit: int) -> list[QueueRow]:
        """The rows after `row`, by id."""
        self.calls += 1
        return [r for r in self.rows if r.id > row.id][:limit]

    def page_before(self, row: QueueRow, limit: int) -> list[QueueRow]:
        """The rows before `row`, by id."""
        self.calls += 1
        return [r for r in self.rows if r.id < row.id][-limit:]
