"""The root of the command line. One rule: whatever goes wrong below is told once, here, with its exit code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click
from click.core import ParameterSource

from fu_tui import __version__
from fu_tui.cli.errors import INTERRUPTED, of_fault, of_system, tell
from fu_tui.cli.registry import COMMANDS, SECTIONS
from fu_tui.cli.session import Session
from fu_tui.core.errors import FuError, NotFound, UsageError
from fu_tui.core.text import for_terminal

GLOBAL = ("--db", "--as", "--demo", "--version")


class Root(click.Group):
    """Finds commands by the registry, and turns every failure into a sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"fu_tui.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises NoSuchCommand with the nearest names."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands under their headings."""
        for heading, names in SECTIONS.items():
            with formatter.section(heading):
                found = ((name, self.get_command(ctx, name)) for name in names)
                formatter.write_dl(
                    [(name, command.get_short_help_str(limit=70)) for name, command in found if command]
                )

    def main(  # type: ignore[override]  # it always ends the process, so it takes no mode
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run a command and end the process with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        sys.exit(self._run(words, in_json="--json" in words, **extra))

    def _run(self, words: list[str], in_json: bool, **extra: Any) -> int:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a letter that the terminal lacks is no reason to fail
        try:
            _look_at(words)
            code = super().main(words, "fu", standalone_mode=False, **extra)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except FuError as error:
            return tell(error, in_json)
        except click.Abort:
            return INTERRUPTED
        except click.ClickException as error:
            return tell(_of_click(error), in_json)
        except OSError as error:
            return tell(of_system(error), in_json)
        except Exception as error:
            return tell(of_fault(error), in_json)


def _look_at(words: Sequence[str]) -> None:
    """A shell hands on bytes that are no letters, which can't be stored; a file may have such a name.

    Raises UsageError.
    """
    for word in words:
        if not word.isascii() and re.search("[\ud800-\udfff]", word) and not os.path.lexists(word):
            shown = for_terminal(word)
            raise UsageError(f'"{shown}" holds bytes that are no letters.', "Write it in UTF-8.")


def _of_click(error: click.ClickException) -> UsageError:
    """What click says about the words, with where to look it up."""
    message = error.format_message()
    ctx = getattr(error, "ctx", None)
    option = getattr(error, "option_name", "")
    if option in GLOBAL:
        return UsageError(f"{option} stands before the command.", f"Write `fu {option} …`, then the command.")
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return UsageError(message)
    return UsageError(message, f"See `{ctx.command_path} --help`." if ctx else "")


def _play(ctx: click.Context, session: Session) -> None:
    """Turn to the demo's file, and to its user unless --as says whom; FU_DB and FU_USER mean one's own.

    Raises UsageError beside --db, NotFound where no demo was made yet.
    """
    from fu_tui.bootstrap import DEMO_USER, demo_file

    said = {
        name for name in ("db_name", "user") if ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE
    }
    if "db_name" in said:
        raise UsageError("--demo and --db name two files.", "Leave one of them out.")
    if not demo_file().exists():
        raise NotFound("There is no demo yet.", "`fu demo` makes one.")
    session.db_name = str(demo_file())
    if "user" not in said:
        session.user = DEMO_USER


@click.command(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n  fu                              the desk\n  fu list\n"
    '  fu add "Call Dana about the quote @dana fri 14:00"\n  fu close 12 no_reply\n',
)
@click.option("--db", "db_name", metavar="FILE", envvar="FU_DB", help="The database file (or FU_DB).")
@click.option("--as", "user", metavar="USER", envvar="FU_USER", help="Who acts (or FU_USER).")
@click.option("--demo", is_flag=True, help="The demo's data instead of your own: what `fu demo` shows.")
@click.version_option(__version__, prog_name="fu", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, db_name: str | None, user: str | None, demo: bool) -> None:
    """A follow-up queue: every open conversation has one next action, one owner and one due day.

    Without a command the desk opens.
    """
    session = ctx.ensure_object(Session)
    session.db_name, session.user = db_name, user
    if demo:
        _play(ctx, session)
    ctx.call_on_close(session.shut)
