"""`fu cadence export`, `import`, `edit`, `retire`, `revive`: a cadence as a file that a person edits. One rule: what
was written by hand is never lost; a file that can't be taken stays, and its mistakes are told with their lines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.words import told
from fu_tui.core.cadence import CadencePlan
from fu_tui.core.cadence_words import differences
from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import CadenceBack, CadenceRetired, CadenceSaved, Event
from fu_tui.store.lookup import find_cadence
from fu_tui.store.plans import newest_version, plan_of


@click.command(
    epilog=params.examples("fu cadence export proposal", "fu cadence export proposal -o proposal.toml")
)
@click.argument("key")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it there.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@params.as_json
@click.pass_obj
def export(session: Session, key: str, output: Path | None, force: bool, in_json: bool) -> None:
    """Write a cadence as a file to read and edit.

    It is TOML with comments; `fu cadence import` brings it back.
    """
    from fu_tui.exchange.cadence_file import write

    plan = _newest(session, key)
    text = write(plan)
    if output is None:
        if in_json:
            out.answer_json({"key": plan.key, "version": plan.n, "text": text})
        else:
            out.lines(text.splitlines())
        return
    try:
        with output.expanduser().open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{output} is there already.", "Name another file, or say --force.") from None
    if in_json:
        out.answer_json({"key": plan.key, "version": plan.n, "file": str(output)})
    else:
        out.line(f"Wrote {output}")


@click.command(
    "import",
    epilog=params.examples("fu cadence import proposal.toml --dry-run", "fu cadence import proposal.toml"),
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@params.as_json
@click.pass_obj
def import_(session: Session, file: Path, dry_run: bool, in_json: bool) -> None:
    """Take in a cadence from a file (- for standard input).

    Its key says which: a new one is added, a known one gets a new version. What runs already keeps the version it began
    with. The same file twice changes nothing.
    """
    _take(session, _read(_text(file), str(file), in_json=in_json), dry_run=dry_run, in_json=in_json)


@click.command(epilog=params.examples("fu cadence edit proposal"))
@click.argument("key")
@params.as_json
@click.pass_obj
def edit(session: Session, key: str, in_json: bool) -> None:
    """Edit a cadence in your editor (VISUAL or EDITOR).

    Left and saved, it becomes a new version. What can't be taken is kept for the next time, with its mistakes told.
    """
    from fu_tui.exchange.cadence_file import write
    from fu_tui.settings import paths

    plan = _newest(session, key)
    kept = paths.private_folder(paths.state_dir()) / f"cadence-{plan.key}.toml"
    if kept.exists() and not in_json:
        out.talk("What you wrote the last time is open again; delete all of it to begin anew.")
    if not kept.exists():
        kept.write_text(write(plan), encoding="utf-8")
        kept.chmod(0o600)
    click.edit(filename=str(kept))
    text = _text(kept)
    if not text.strip() or text == write(plan):
        kept.unlink()
        text = write(plan)
    _take(session, _read(text, str(kept), in_json=in_json), in_json=in_json, seen=plan)
    kept.unlink(missing_ok=True)


@click.command(epilog=params.examples("fu cadence retire chase"))
@click.argument("key")
@params.as_json
@click.pass_obj
def retire(session: Session, key: str, in_json: bool) -> None:
    """Let nobody begin a cadence any more; what runs goes on."""
    _answer(session, session.desk.retire_cadence(key), in_json)


@click.command(epilog=params.examples("fu cadence revive chase"))
@click.argument("key")
@params.as_json
@click.pass_obj
def revive(session: Session, key: str, in_json: bool) -> None:
    """Take up a retired cadence again."""
    _answer(session, session.desk.revive_cadence(key), in_json)


def _answer(session: Session, events: Sequence[Event], in_json: bool) -> None:
    for event in events:
        if not in_json:
            out.line(told(session, event))
        elif isinstance(event, CadenceRetired):
            out.answer_json({**event._asdict(), "retired": True, "named_by": list(event.named_by)})
        elif isinstance(event, CadenceBack):
            out.answer_json({**event._asdict(), "retired": False})


def _newest(session: Session, key: str) -> CadencePlan:
    return plan_of(session.db, newest_version(session.db, find_cadence(session.db, key).id))


def _known(session: Session, key: str) -> CadencePlan | None:
    found = session.db.value("SELECT id FROM cadence WHERE key = ? AND removed_by IS NULL", (key,))
    return None if found is None else plan_of(session.db, newest_version(session.db, found))


def _text(file: Path) -> str:
    from fu_tui.exchange.cadence_file import SIZE_LIMIT

    if str(file) == "-":
        raw = sys.stdin.buffer.read(SIZE_LIMIT + 1)
    else:
        try:
            with file.expanduser().open("rb") as stream:
                raw = stream.read(SIZE_LIMIT + 1)
        except FileNotFoundError:
            raise NotFound(f"There is no file {file}.", "Check its path.") from None
    if len(raw) > SIZE_LIMIT:
        raise UsageError(f"{file} is larger than {SIZE_LIMIT // 1024} KiB, so it is no cadence.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{file}, line {line}: byte 0x{raw[error.start]:02x} is not UTF-8.", "Save it as UTF-8."
        ) from None


def _read(text: str, name: str, *, in_json: bool) -> CadencePlan:
    """The cadence of a file; what could be better is said, except to a program.

    Raises UsageError with every mistake and its line.
    """
    from fu_tui.exchange.cadence_file import read

    reading = read(text)
    if reading.plan is None:
        mistakes = "".join(f"\n  {told}" for told in reading.problems)
        raise UsageError(f"{name} can't be taken:{mistakes}\nNothing was written.")
    for hint in () if in_json else reading.hints:
        out.talk(f"hint: {hint}")
    return reading.plan


def _take(
    session: Session,
    plan: CadencePlan,
    *,
    dry_run: bool = False,
    in_json: bool = False,
    seen: CadencePlan | None = None,
) -> None:
    """Save a plan, or say what saving would do. seen: the version that was opened to be edited."""
    known = _known(session, plan.key)
    changes = differences(known, plan) if known else ()
    n = known.n if known else 0
    if not dry_run:
        based_on = seen.n if seen and seen.key == plan.key else None
        for event in session.desk.save_cadence(plan, based_on=based_on):
            n = event.n if isinstance(event, CadenceSaved) else n
            if not in_json:
                out.line(told(session, event))
    elif not in_json:
        would = (
            "nothing to do" if known and not changes else "would be changed" if known else "would be added"
        )
        out.line(f"{plan.name}: {would}")
    if in_json:
        out.answer_json({
            "key": plan.key, "new": known is None, "version": n, "changes": list(changes), "written": not dry_run
            and (known is None or bool(changes)),
        })  # fmt: skip
    else:
        out.lines(out.styled(f"  {change}", out.DIM) for change in changes)
