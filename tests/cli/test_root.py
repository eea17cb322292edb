"""What holds for every command: help with an example, exit codes, refusals in words or JSON, the way to the desk."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fu_tui import __main__ as entry
from fu_tui import __version__
from fu_tui.cli.app import cli
from fu_tui.cli.registry import COMMANDS
from fu_tui.cli.session import Session
from tests.cli.conftest import Answer, Fu
from tests.world import World


def every_command() -> Iterator[tuple[str, click.Command]]:
    """All commands, those of groups too, by their words."""
    ctx = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(ctx, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", command.commands[sub]) for sub in command.commands)


COMMAND_LIST = list(every_command())


@pytest.mark.parametrize(("name", "command"), COMMAND_LIST, ids=[name for name, _ in COMMAND_LIST])
def test_help_has_an_example_and_one_short_line(fu: Fu, name: str, command: click.Command) -> None:
    text = fu.ok(*name.split(), "--help").out
    assert f"  fu {name}" in text[text.index("Examples:") :] or "fu --db" in text
    assert not command.get_short_help_str(limit=70).endswith("...")
    if name != "demo" and not isinstance(command, click.Group):  # the demo answers with a desk
        assert "--json" in text


def test_the_root_lists_every_command_in_sections(fu: Fu) -> None:
    text = fu.ok("--help").out
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []
    assert text.index("The queue:") < text.index("Cadences:")
    assert fu.ok("-h").out == text


def test_the_version(fu: Fu) -> None:
    assert fu.ok("--version").lines == [f"fu {__version__}"]


def test_a_slip_of_the_finger_is_answered_with_what_was_meant(fu: Fu) -> None:
    refused = fu("lst")
    assert refused.code == 2
    assert "Did you mean 'list'?" in refused.err
    assert "--owner" in fu("list", "--ownr", "sam").err


def test_a_global_option_after_the_command_is_told_its_place(fu: Fu) -> None:
    refused = fu("list", "--as", "sam")
    assert refused.code == 2
    assert refused.err == "--as stands before the command. Write `fu --as …`, then the command.\n"


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (("add", "follow up @ana fri"), 1, "refused"),
        (("add", "Call Ana soon @ana"), 2, "vague_date"),
        (("list", "nonsense"), 2, "usage_error"),
        (("show", "99"), 3, "not_found"),
        (("close", "1", "no_reply"), 4, "conflict"),
    ],
)
def test_a_refusal_for_programs(fu: Fu, world: World, words: tuple[str, ...], code: int, kind: str) -> None:
    world.make_task()
    fu.ok("close", 1, "not_needed")
    refused = fu(*words, "--json")
    assert refused.code == code
    assert (refused.error["exit_code"], refused.error["kind"]) == (code, kind)
    assert list(refused.error) == ["kind", "exit_code", "message", "remedy", "candidates"]
    assert refused.error["message"]
    assert fu(*words).err.startswith(refused.error["message"])


def run(*words: str) -> Answer:
    """Run `fu` with these words alone."""
    return Answer(CliRunner().invoke(cli, list(words), obj=Session()))


def test_a_file_of_something_else_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("hello, hello, hello")
    refused = run("--db", str(tmp_path / "text.db"), "list")
    assert (refused.code, refused.out) == (5, "")


def test_what_the_system_says_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused = run("--db", str(tmp_path / "file" / "below.db"), "init")
    assert (refused.code, refused.out) == (5, "")
    assert refused.err


def test_a_fault_of_our_own_is_logged_and_says_where(
    world: World, fresh_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("ana".title())

    monkeypatch.setattr("fu_tui.cli.records.records.contacts", broken)
    result = CliRunner().invoke(cli, ["--db", str(world.path), "--as", "dana", "contacts"], obj=Session())
    answer = Answer(result, fault_is_meant=True)
    log = fresh_machine / ".local/state/fu-tui/fault.log"
    assert (answer.code, answer.out) == (70, "")
    assert answer.err == f"fu-tui had to stop: KeyError. What is known about it is in {log}.\n"
    assert "KeyError" in log.read_text()
    assert "Ana" not in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_unknown_user(fu: Fu) -> None:
    refused = fu("list", user="nobody")
    assert (refused.code, refused.out) == (3, "")


def test_the_settings_say_who_i_am_and_how_dates_read(fu: Fu, world: World, fresh_machine: Path) -> None:
    settings = fresh_machine / ".config/fu-tui/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[user]\nas = "sam"\n[dates]\nday_first = false\n')
    database = ("--db", str(world.path))
    made = Answer(CliRunner().invoke(
        cli, [*database, "add", "Call Ana about the seats @ana by 3/4/2027", "--json"], obj=Session(world.clock)
    ))  # fmt: skip
    assert (made.json["owner"], made.json["due_on"]) == ("sam", "2027-03-04")
    assert fu.ok("add", "Call Ana about the logo @ana by 3/4/2027", "--json").json["owner"] == "dana"
    settings.unlink()
    assert fu.ok("add", "Call Ana @ana by 3/4/2027", "--json").json["due_on"] == "2027-04-03"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], {"db": None, "user": None}),
        (["--db", "x.db"], {"db": "x.db", "user": None}),
        (["--as=sam", "--db=x.db"], {"db": "x.db", "user": "sam"}),
        (["--db"], None),
        (["--db", "x.db", "list"], None),
        (["--help"], None),
        (["list"], None),
    ],
)
def test_which_words_open_the_desk(words: list[str], named: dict[str, str | None] | None) -> None:
    assert entry.desk_of(words) == named


def test_the_environment_names_file_and_user_for_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FU_DB", "env.db")
    monkeypatch.setenv("FU_USER", "sam")
    assert entry.desk_of([]) == {"db": "env.db", "user": "sam"}
    assert entry.desk_of(["--as", "dana"]) == {"db": "env.db", "user": "dana"}


def test_the_commands_take_the_environment(fu: Fu, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.make_task(owner=world.sam)
    monkeypatch.setenv("FU_DB", str(world.path))
    monkeypatch.setenv("FU_USER", "sam")
    answer = Answer(CliRunner().invoke(cli, ["list", "--json"], obj=Session(world.clock)))
    assert [task["owner"] for task in answer.json] == ["sam"]


SHOWN_ALONE = {
    "cadence": "list", "series": "list", "triggers": "list", "cases": "list", "absence": "list",
    "calendar": "show", "users": "list",
}  # fmt: skip


@pytest.mark.parametrize(("name", "command"), SHOWN_ALONE.items())
def test_what_is_named_alone_is_shown(fu: Fu, name: str, command: str) -> None:
    fu.ok("cases", "add", "The export fails", "--contact", "ana")
    fu.ok("absence", "add", "2026-12-07", "2026-12-11")
    fu.ok("series", "add", "Inspect the doors", "--every", "month")
    alone = fu.ok(name)
    assert alone.out
    assert "Usage" not in alone.out
    assert alone.out == fu.ok(name, command).out
    assert fu.ok(name, "--json").json == fu.ok(name, command, "--json").json
    assert "\nCommands:" in fu.ok(name, "--help").out
    assert fu(name, "nonsense").code == 2
