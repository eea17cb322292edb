"""`fu config`: where the files lie, which settings count and why, what is wrong with them. One rule: it reads settings
alone; no database is opened or made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from fu_tui.cli import out, params
from fu_tui.cli.cells import table
from fu_tui.cli.session import Session
from fu_tui.core.errors import NotFound, UsageError
from fu_tui.core.text import for_terminal
from fu_tui.settings import paths
from fu_tui.settings.config import File, read

if TYPE_CHECKING:
    from fu_tui.settings.in_force import Keys, Setting

PLACES = ("settings", "themes", "database", "backups", "log", "state")


class Complaint(NamedTuple):
    """One thing that is wrong, and where."""

    file: Path
    line: int | None
    text: str


@click.group(
    epilog=params.examples("fu config show", "fu config validate", "$EDITOR $(fu config path settings)")
)
def config() -> None:
    """Look at the settings: where they come from, what is wrong in them."""


@config.command("path", epilog=params.examples("fu config path", "$EDITOR $(fu config path settings)"))
@click.argument("what", type=click.Choice(PLACES), required=False)
@params.as_json
@click.pass_obj
def path(session: Session, what: str | None, in_json: bool) -> None:
    """Say where the files lie, whether they are there yet or not.

    With WHAT only that path is printed.
    """
    places = {name: place for name, place in _places(session).items() if what in (None, name)}
    if in_json:
        out.answer_json({name: {"path": str(at), "exists": at.exists()} for name, at in places.items()})
    elif what:
        out.line(str(places[what]))
    else:
        rows = [
            (name, for_terminal(str(at)), "" if at.exists() else "not there yet")
            for name, at in places.items()
        ]
        out.lines(table(rows, most=None))


@config.command("show", epilog=params.examples("fu config show", "NO_COLOR=1 fu config show"))
@params.as_json
@click.pass_obj
def show(session: Session, in_json: bool) -> None:
    """Show the settings in force and where each comes from.

    Below them the keys that differ from the defaults.
    """
    from fu_tui.settings.in_force import keys_in_force, settings_in_force

    file = read(paths.config_file())
    settings = settings_in_force(file, os.environ, db=session.db_name, user=session.user)
    keys = keys_in_force(file)
    if in_json:
        out.answer_json(_json(settings, keys))
        return
    rows = [(each.name, _value(each.value), _source(each)) for each in settings]
    out.lines(table(rows, most=out.terminal_width(), give=(1,)))
    if keys:
        out.lines(["", *table([_keys(each) for each in keys], most=out.terminal_width())])
    wrong = len(_problems(file))
    if wrong:
        out.talk(
            f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong: `fu config validate` says what."
        )


@config.command("validate", epilog=params.examples("fu config validate", "fu config validate --json"))
@params.as_json
@click.pass_obj
def validate(session: Session, in_json: bool) -> int:
    """Say everything that is wrong with settings and themes.

    Each problem stands with its line. Exit code 0 where nothing is, else 1.
    """
    at = paths.config_file()
    found = _problems(read(at))
    if in_json:
        out.answer_json([each._asdict() | {"file": str(each.file)} for each in found])
    elif found:
        out.lines(out.styled(_told(each)) for each in found)
    else:
        out.line(f"{at} is right." if at.exists() else f"There is no {at}: the defaults count.")
    return 1 if found else 0


def _places(session: Session) -> dict[str, Path]:
    from fu_tui.store.backup import folder_of

    database = paths.place(session.db_name)
    return dict(zip(PLACES, (
        paths.config_file(), paths.config_dir() / "themes", database, folder_of(database),
        paths.state_dir() / "fault.log", paths.state_dir(),
    ), strict=True))  # fmt: skip


def _problems(file: File) -> list[Complaint]:
    """What is wrong with the settings file, with the theme it names, and with themes of one's own."""
    from fu_tui.settings.themes import BadTheme, load_theme, load_themes

    at, themes = paths.config_file(), paths.config_dir() / "themes"
    found = [Complaint(at, problem.line, problem.text) for problem in file.problems]
    try:
        load_theme(file.settings.theme, themes)
    except BadTheme:
        pass  # told below with the others
    except (NotFound, UsageError) as error:
        found.append(Complaint(at, file.lines.get("ui.theme"), f"[ui] theme: {error}"))
    found.sort(key=lambda complaint: complaint.line or 0)
    return [
        *found,
        *(Complaint(each.path, None, why) for each in load_themes(themes).listed for why in each.problems),
    ]


def _told(complaint: Complaint) -> str:
    line = "" if complaint.line is None else f", line {complaint.line}"
    return f"{complaint.file}{line}: {complaint.text}"


def _value(value: str | bool | None) -> str:
    if value is None:
        return "–"
    return for_terminal(value) if isinstance(value, str) else str(value).lower()


def _source(setting: Setting) -> str:
    return f"line {setting.line}" if setting.source == "file" else setting.where or setting.source


def _keys(keys: Keys) -> tuple[str, str, str, str]:
    from fu_tui.settings.keys import written

    now, default = (" ".join(map(written, each)) or "none" for each in (keys.keys, keys.default))
    return f"keys.{keys.action_id}", now, f"instead of {default}", _line(keys)


def _line(keys: Keys) -> str:
    return "by the profile" if keys.line is None else f"line {keys.line}"


def _json(settings: list[Setting], keys: list[Keys]) -> dict[str, Any]:
    from fu_tui.settings.keys import written

    return {
        "file": str(paths.config_file()),
        "settings": [
            {"name": each.name, "value": each.value, "default": each.default, "source": each.source,
             "where": each.where or None, "line": each.line}
            for each in settings
        ],
        "keys": [
            {"action": each.action_id, "keys": [*map(written, each.keys)], "default": [*map(written, each.default)],
             "line": each.line}
            for each in keys
        ],
    }  # fmt: skip
