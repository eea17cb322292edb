"""What several commands take. One rule: an option of the same name means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from fu_tui.core.text import number_of

F = TypeVar("F", bound=Callable[..., Any])

PAGE = 50
"""Rows of a list that are printed unless told otherwise; JSON has them all."""
ALL = -1
"""SQLite's word for no limit."""


class TaskNumber(click.ParamType[int]):
    """A task's number: 12 or #12."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Fails on anything else, where a day of several words is the likely slip."""
        number = number_of(str(value).removeprefix("#"))
        if number is None:
            self.fail(
                f'"{value}" is no task number. Put what has several words in quotes: "27 nov".', param, ctx
            )
        return number


ID = TaskNumber()


def examples(*lines: str) -> str:
    """An epilogue with examples, kept as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


as_json = click.option("--json", "in_json", is_flag=True, help="Answer in JSON.")
one_task = click.argument("task_id", type=ID, metavar="ID")
many_tasks = click.argument(
    "task_ids", type=ID, nargs=-1, required=True, metavar="ID…",
    callback=lambda ctx, param, ids: tuple(dict.fromkeys(ids)),  # a number said twice is one task
)  # fmt: skip
owner = click.option("--owner", metavar="NAME", help="Whose: me, a user, team, or all.")
words = click.option(
    "--filter", "words", metavar="WORDS", default="", help="Only what holds all these words."
)
limit = click.option(
    "--limit", type=click.IntRange(min=0), metavar="N",
    help=f"How many at most ({PAGE} of each unless told; 0 for all; JSON has all).",
)  # fmt: skip


def page_size(asked: int | None, in_json: bool) -> int:
    """How many rows a list may have; -1 for all of them."""
    if asked is None:
        return ALL if in_json else PAGE
    return asked or ALL
