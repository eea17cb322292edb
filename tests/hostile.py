"""A database as an old import, another program or a colleague may have left it: the worst text in every column that
people fill. One rule: the columns are found in the schema, so one that is added later is filled too.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from peewee import TextField

from fu_tui.services.cadences import Cadences
from fu_tui.services.spawn import Links
from fu_tui.store.fields import WordsField
from fu_tui.store.lookup import find_cadence
from fu_tui.store.models import BY_TABLE, Change, JournalEntry
from fu_tui.store.plans import newest_version, plan_of
from fu_tui.store.sqlite import sqlite3
from tests.world import World

PIECES = {
    "closing tag": "[/] hi",
    "click": "[@click=app.bell]x[/]",
    "markup": "[bold red]Acme[/bold red]",
    "variable": "$who {name} %s ${field}",
    "clipboard": "\x1b]52;c;aGVsbG8=\x07Acme",
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;title\x1b\\",
    "c1": "a\x9b31mb\x9d0;title\x9c",
    "bidi": "user\u202egnp.exe\u2066x\u2069\u200f",
    "nul": "a\x00b\x7fc",
    "breaks": "one\r\ntwo\tthree\u2028four\x0b\x0c\x85",
    "bell": "\x07\x08\x0e",
    "family": "👨‍👩‍👧‍👦 call 👩🏽‍💻 done ⚠️",
    "flags": "🇩🇪🇫🇷🇯🇵🇧🇷🇮🇳",
    "marks": "z" + "\u0301" * 40,
    "nothing seen": "\u200b\u200d\ufe0f\ufeff\u00ad",
    "wide": "株式会社東京支店長代理",
    "arabic": "اتصل بالعميل غدا",
    "tags": "\U000e0041\U000e0042\ufff9\ufffb\U0001d173",
}
"""What text may hold, each short enough to stand beside others."""
LONG = "".join(PIECES.values()) + "very " * 2000
"""Ten thousand characters."""
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, or what turns the reading direction."""
OF_THE_PROGRAM = {
    "cadence.key", "work_calendar.weekdays", "work_calendar.work_start", "work_calendar.work_end",
    "task.trace", "task.outcome", "user.tz", "contact.tz", "account.tz", "stage.cadence_key", "trigger_rule.key",
    "trigger_rule.cadence_key", "firing.dedup_key", "notification.kind", "notification.dedup_key", "series.rule",
    "import.counts", "import.rejected", "journal_entry.verb", "change.entity", "change.before", "change.after",
}  # fmt: skip
"""Text columns in which the program writes its own words, or whose values it checks wherever they are read."""
MODELS = BY_TABLE | {"journal_entry": JournalEntry, "change": Change}


def mixture(turn: int) -> str:
    """All the pieces, another one first with each turn."""
    pieces = list(PIECES.values())
    at = turn % len(pieces)
    return " ".join([*pieces[at:], *pieces[:at]])


def columns() -> list[tuple[str, str, bool]]:
    """(table, column, whether it is a list) of every column that people fill."""
    return [
        (table, field.column_name, isinstance(field, WordsField))
        for table, model in MODELS.items()
        for field in model._meta.sorted_fields
        if type(field) in (TextField, WordsField)
        and f"{table}.{field.column_name}" not in OF_THE_PROGRAM
        and field.column_name != "opted_out"
    ]


def furnish(world: World, tasks: int = 12) -> None:
    """Something in every table: tasks of every bucket, a cadence, notes, touches, an import, holidays."""
    world.enroll("standard")
    first = world.open_tasks()[0]["id"]
    world.close([first], "no_reply", note="She asked for the list")
    plan = plan_of(world.db, newest_version(world.db, find_cadence(world.db, "standard").id))
    Cadences(world.context).save_cadence(replace(plan, warn_at=3))  # what runs goes on with the older version
    for number in range(tasks):
        who = world.make_contact(f"Person {number}", title="Buyer", phones=("+1 212 555 0100",))
        day = world.today.fromordinal(world.today.toordinal() + number % 3 - 1)
        world.make_task(due=day, links=Links(who, world.deal, world.account), body="At length")
    world.make_task(due=world.today, owner=world.sam)
    run = world.db.execute_sql
    run("INSERT INTO note (body, author_id, at, contact_id) VALUES ('x', ?, '2026-11-20T10:00:00Z', ?)",
        (world.dana, world.contact))  # fmt: skip
    run(
        "INSERT INTO deal_contact (deal_id, contact_id, role) VALUES (?, ?, 'x')", (world.deal, world.contact)
    )
    run(
        "INSERT INTO import (kind, file_name, file_hash, at) VALUES ('leads', 'x', 'y', '2026-11-20T10:00:00Z')"
    )
    run("INSERT INTO case_record (title, contact_id, account_id, owner_id, opened_at)"
        " VALUES ('x', ?, ?, ?, '2026-11-20T10:00:00Z')", (world.contact, world.account, world.dana))  # fmt: skip
    run("INSERT INTO absence (user_id, from_on, to_on, cover_user_id, note, auto_reply)"
        " VALUES (?, '2026-12-14', '2026-12-18', ?, 'x', 'y')", (world.sam, world.dana))  # fmt: skip
    run("INSERT INTO firing (trigger_id, dedup_key, at) VALUES (1, 'activity:1', '2026-11-20T10:00:00Z')")
    run("INSERT INTO notification (user_id, kind, dedup_key, text, at)"
        " VALUES (?, 'today', 'x', 'y', '2026-11-20T10:00:00Z')", (world.dana,))  # fmt: skip
    run("INSERT INTO series (action, rule, start_on, owner_id, created_at)"
        " VALUES ('x', 'FREQ=MONTHLY', '2026-11-20', ?, '2026-11-20T10:00:00Z')", (world.dana,))  # fmt: skip
    run("UPDATE deal SET parked_until = NULL, amount = 1200")


def poison(world: World, text: str | None = None) -> None:
    """Write hostile text into every column that people fill, behind the back of everything that would clean it.

    text: the same everywhere; without it every row gets a mixture that begins with another piece.
    """
    with world.db.atomic():  # a change at a time would be a write to the disk each
        for table, column, is_list in columns():
            rows = world.db.rows(f'SELECT rowid FROM "{table}"')
            assert rows, f"no row of {table}: let furnish make one, so that the walks see its {column}"
            for (rowid,) in rows:
                worst = (mixture(rowid) if text is None else text).encode("utf-8", "replace").decode()
                stored = json.dumps([worst, worst]) if is_list else worst
                try:
                    world.db.execute_sql(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (stored, rowid)
                    )
                except sqlite3.IntegrityError:  # no two of them have the same
                    world.db.execute_sql(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (f"{stored}{rowid}", rowid)
                    )
