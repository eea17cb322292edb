"""`fu triggers`, `fu stages`, `fu tick`, `fu notices`: what happens by itself, and what it told you."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import click

from fu_tui.cli import out, params
from fu_tui.cli.alone import Alone
from fu_tui.cli.cells import table
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.clock import to_zone, utc_text
from fu_tui.core.dates_words import moment_words
from fu_tui.core.events import Event
from fu_tui.core.text import for_terminal
from fu_tui.queries.notices import notices as notices_of
from fu_tui.queries.stages import stages as stages_of
from fu_tui.queries.triggers import TriggerRow, rule_called
from fu_tui.queries.triggers import table as triggers_of


@click.group(
    cls=Alone, epilog=params.examples("fu triggers", "fu triggers show silent", "fu triggers off silent")
)
def triggers() -> None:
    """See and switch what happens by itself.

    A trigger makes a task, starts a cadence or tells somebody. After an import those that time sets off wait until
    they are switched on.
    """


@triggers.command("list", epilog=params.examples("fu triggers list", "fu triggers list --json"))
@params.as_json
@click.pass_obj
def list_(session: Session, in_json: bool) -> None:
    """List the triggers, each with what it does."""
    rows = triggers_of(session.db)
    if in_json:
        out.answer_json([_json(row) for row in rows])
        return
    lines = [(row.rule.key, row.state, f"{row.fired:,}×" if row.fired else "", row.sentence) for row in rows]
    out.lines(
        table(
            [tuple(map(for_terminal, line)) for line in lines],
            most=out.terminal_width(),
            give=(3,),
            right=(2,),
        )
    )


@triggers.command("show", epilog=params.examples("fu triggers show meeting-held"))
@click.argument("key")
@params.as_json
@click.pass_obj
def show(session: Session, key: str, in_json: bool) -> None:
    """Say in full what a trigger does and did."""
    rule = rule_called(session.db, key)
    [row] = [row for row in triggers_of(session.db) if row.rule.id == rule.id]
    if in_json:
        out.answer_json(_json(row))
        return
    did = f"It acted {row.fired:,} times" if row.fired else "It did not act yet"
    if row.last_at:
        did += f", the last time on {moment_words(row.last_at, session.me.tz)}"
    lines = [
        out.styled(f"{rule.key}: {row.state}", out.BOLD),
        out.styled(row.sentence),
        out.styled(f"{did}."),
    ]
    if row.waits and rule.enabled:
        lines.append(
            out.styled(f"It waits since an import: `fu triggers on {rule.key}` lets it act.", out.DIM)
        )
    out.lines(lines)


@triggers.command("on", epilog=params.examples("fu triggers on silent"))
@click.argument("key")
@params.as_json
@click.pass_obj
def on(session: Session, key: str, in_json: bool) -> None:
    """Switch a trigger on; it also stops waiting after an import."""
    answer(session, session.desk.switch_trigger(key, True), in_json)


@triggers.command("off", epilog=params.examples("fu triggers off silent"))
@click.argument("key")
@params.as_json
@click.pass_obj
def off(session: Session, key: str, in_json: bool) -> None:
    """Switch a trigger off."""
    answer(session, session.desk.switch_trigger(key, False), in_json)


@click.command(epilog=params.examples("fu stages", "fu stages --json"))
@params.as_json
@click.pass_obj
def stages(session: Session, in_json: bool) -> None:
    """List the stages, what each expects, and how many deals are late."""
    rows = stages_of(session.db, session.now)
    if in_json:
        out.answer_json([row._asdict() for row in rows])
        return
    lines = [
        (
            row.name, row.expectation, f"within {row.within}" if row.within else "", row.cadence or "",
            f"{row.deals:,} deals", f"{row.late:,} late" if row.late else "",
        )
        for row in rows
    ]  # fmt: skip
    out.lines(
        table(
            [tuple(map(for_terminal, line)) for line in lines],
            most=out.terminal_width(),
            give=(1, 3),
            right=(4, 5),
        )
    )


@click.command(epilog=params.examples("fu tick", "*/5 * * * *  fu tick     (in a crontab)"))
@params.as_json
@click.pass_obj
def tick(session: Session, in_json: bool) -> None:
    """Bring what is due by time: what waited, tasks of triggers, notices.

    Parked deals return on their day, tasks go to whoever covers or back to whoever is here again.
    The desk does so by itself every minute. Any number of times, and several at once, it is made once.
    """
    answer(session, session.desk.tick(), in_json)


@click.command(epilog=params.examples("fu notices", "fu notices --read", "fu notices --all --limit 20"))
@click.option("--all", "everything", is_flag=True, help="Also those that were read.")
@click.option("--read", "mark", is_flag=True, help="They are read now.")
@params.limit
@params.as_json
@click.pass_obj
def notices(session: Session, everything: bool, mark: bool, limit: int | None, in_json: bool) -> None:
    """List what you were told and did not read yet, the newest first."""
    rows = notices_of(session.db, session.me.id, read=everything, limit=params.page_size(limit, in_json))
    if in_json:
        out.answer_json([{**row._asdict(), "at": utc_text(row.at)} for row in rows])
    else:
        lines = [
            (
                f"{to_zone(row.at, session.me.tz):%a %d %b %H:%M}",
                for_terminal(row.text),
                "read" if row.is_read else "",
            )
            for row in rows
        ]
        out.lines(table(lines, most=out.terminal_width(), give=(1,)) or ["No news."])
    if mark and rows:
        session.desk.read_notices(max(row.id for row in rows))


def answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    """Say what happened, an event a line; in JSON each with its kind."""
    if in_json:
        out.answer_json([{"event": type(event).__name__, **_plain(event)} for event in events])
        return
    for event in events:
        out.line(told(session, event).removeprefix("→ "))


def _plain(event: Event) -> dict[str, object]:
    fields: dict[str, object] = event._asdict() if isinstance(event, tuple) else vars(event)
    return {name: _said(value) for name, value in fields.items()}


def _said(value: object) -> object:
    """A day or an instant as text, all else as it is."""
    if isinstance(value, datetime):
        return utc_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _json(row: TriggerRow) -> dict[str, object]:
    rule = row.rule
    return {
        "key": rule.key,
        "name": rule.name,
        "state": row.state,
        "event": rule.event.value,
        "effect": rule.effect.value,
        "sentence": row.sentence,
        "cadence": rule.cadence_key,
        "from_step": rule.from_step,
        "action": rule.action or None,
        "channel": rule.channel.value if rule.channel else None,
        "delay": rule.delay,
        "unit": rule.unit.value,
        "fired": row.fired,
        "last_at": utc_text(row.last_at) if row.last_at else None,
    }
