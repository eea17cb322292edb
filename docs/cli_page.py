"""Writes docs/cli.md from the commands themselves: `python docs/cli_page.py > docs/cli.md`. A test says when it is
stale."""

from __future__ import annotations

from collections.abc import Iterator

import click

from fu_tui.cli.app import cli
from fu_tui.cli.registry import SECTIONS

INTRODUCTION = """\
# The command line

Made from the commands by `python docs/cli_page.py > docs/cli.md`; `fu COMMAND --help` says the same.

`fu` alone opens the desk; without a terminal it prints `fu list`. Every verb of the desk is a command, with the same
rules and the same journal.

- **Answers** go to standard output, hints and refusals to standard error. A refused command prints nothing on standard
  output, and has written nothing.
- **`--json`** answers with one object, or an array where several things were asked for. A refusal is then one object on
  standard error: `{"error": {"kind", "exit_code", "message", "remedy", "candidates"}}`; the candidates are what was
  meant, perhaps: records with their numbers, or exact days instead of a vague one.
- **Exit codes**: 0 done · 1 refused by a rule · 2 the words can't be understood · 3 not found, or not unique ·
  4 someone was first · 5 the file or the disk · 70 a fault of fu-tui itself · 130
  interrupted.
- **Who and what**: a task is its number (`12` or `#12`). Contacts, deals, users and cadences are named by number,
  e-mail, handle or key, or by a name or title that only one of them has, or begins with.
- **Days** are words or numbers: `today`, `fri` (the coming one), `tomorrow 14:00`, `+3d`, `3bd` (working days),
  `27 nov`, `2026-11-27`, `in 2 weeks`, `eom`. What names no day ("next week") is refused with three that do. Several
  words need quotes.
- **The demo**: after `--demo` every command works on what `fu demo` shows, as its user Dana: `fu --demo list`. Alone,
  `fu --demo` is the demo's desk as it was left.
- **Named alone**, what has commands below it shows what there is: `fu triggers` is `fu triggers list`.
- **A list** has 50 rows of each kind unless `--limit` says otherwise (0: all); with `--json` it has all.
- **The shell** completes commands, options and lists after `eval "$(_FU_COMPLETE=bash_source fu)"` in `~/.bashrc`
  (`zsh_source` in `~/.zshrc`; for fish `_FU_COMPLETE=fish_source fu | source`).

## A task in JSON

`id action body status priority kind due_on due_at window_end_on bucket overdue_days owner acting_owner contact{id name}
account{id name} deal{id title stage} case channel note origin assigner cadence{key name step steps attempt enrollment}
outcome outcome_note closed_at closed_by spawned_by spawned hidden_until moved_count version trace[]
last_contact{days channel direction}`

Users are their handles, days ISO dates, instants ISO UTC; what there is not is `null`. `bucket` is overdue, today,
upcoming, later or hidden, and null for a closed task; `spawned_by` and `spawned` are the tasks before and after;
`trace` says in sentences how the due day came about (`fu why` has all of it). `fu close --json` answers
`{closed, spawned, proposal, end_reason}` for each task: two tasks, the proposed next step with the command that takes
it up, and why the cadence ended.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(line for text in _commands() for line in (text, ""))]).rstrip() + "\n"


def _commands() -> Iterator[str]:
    root = click.Context(cli, info_name="fu", **cli.context_settings)
    yield f"## fu\n\n{_help(cli, root)}"
    for heading, names in SECTIONS.items():
        yield f"## {heading}"
        for name in names:
            command = cli.get_command(root, name) or click.Command(name)
            ctx = click.Context(command, info_name=name, parent=root)
            yield f"### fu {name}\n\n{_help(command, ctx)}"
            for below, inner in getattr(command, "commands", {}).items():
                yield f"### fu {name} {below}\n\n{_help(inner, click.Context(inner, info_name=below, parent=ctx))}"


def _help(command: click.Command, ctx: click.Context) -> str:
    ctx.terminal_width = 100
    return f"```text\n{command.get_help(ctx).rstrip()}\n```"


if __name__ == "__main__":
    print(page(), end="")
