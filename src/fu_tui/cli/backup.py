"""`fu backup` and `fu restore`: copies that were opened again and checked before they count."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.core.clock import to_zone, utc_text


@click.command(epilog=params.examples("fu backup", "fu backup ~/fu-monday.db"))
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@params.as_json
@click.pass_obj
def backup(session: Session, file: Path | None, in_json: bool) -> None:
    """Make a verified copy of the database.

    It goes to FILE, or into the folder of the backups, which keeps the newest ten. It overwrites nothing.
    """
    from fu_tui.store.backup import keep_backup, verify, write_backup

    path = session.db.path
    if file is None:
        made = keep_backup(path, "by-hand")
        tasks = verify(made)
    else:
        made = file.expanduser().absolute()
        tasks = write_backup(path, made)
    if in_json:
        out.answer_json({"file": str(made), "tasks": tasks})
    else:
        out.line(f"Backed up {tasks:,} tasks to {made}")


@click.command(epilog=params.examples("fu restore", "fu restore fu.db.000003.by-hand.bak"))
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@params.as_json
@click.pass_obj
def restore(session: Session, file: Path | None, in_json: bool) -> None:
    """Put a backup in the database's place.

    The database is backed up first. Without FILE the backups are listed.
    """
    from fu_tui.bootstrap import place
    from fu_tui.store import backup as backups

    path = place(session.db_name)
    if file is None:
        _list(backups.list_backups(path), in_json)
        return
    beside = backups.folder_of(path) / file.name
    chosen = file.expanduser().absolute()
    if not chosen.exists() and file.parent == Path() and beside.exists():
        chosen = beside
    tasks = backups.restore(chosen, path)
    if in_json:
        out.answer_json({"file": str(path), "from": str(chosen), "tasks": tasks})
    else:
        out.line(f"Restored {tasks:,} tasks from {chosen}")


def _list(files: tuple[Path, ...], in_json: bool) -> None:
    made = [(file, file.stat()) for file in files]
    times = [datetime.fromtimestamp(about.st_mtime, UTC) for _, about in made]
    if in_json:
        out.answer_json([
            {"file": str(file), "at": utc_text(at), "bytes": about.st_size}
            for (file, about), at in zip(made, times, strict=True)
        ])  # fmt: skip
        return
    lines = [
        f"{to_zone(at, 'local'):%Y-%m-%d %H:%M}  {file.name}"
        for (file, _), at in zip(made, times, strict=True)
    ]
    out.lines(map(out.styled, lines) if lines else ["There are no backups. `fu backup` makes one."])
