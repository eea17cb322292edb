"""A group of commands that stands alone. One rule: what is named without saying what to do with it is shown."""

from __future__ import annotations

from typing import Any

import click


class Alone(click.Group):
    """`fu triggers` is `fu triggers list`, its options too; `--help` tells of it."""

    def __init__(self, *args: Any, alone: str = "list", **kwargs: Any) -> None:
        """alone: the command below that runs where none is named."""
        super().__init__(*args, **kwargs)
        self.alone = alone

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As ever; without a command, the one that shows. A shell that completes words gets all of them offered."""
        unnamed = not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names)
        if unnamed and not ctx.resilient_parsing:
            args = [self.alone, *args]
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, and which command it is when none is named."""
        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"Alone it is `{ctx.command_path} {self.alone}`.")
