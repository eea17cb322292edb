"""A driver for commands: each runs in this process, on a real database file, at the world's clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from fu_tui.core.errors import Fault
from fu_tui.settings import paths
from tests.world import World


class Answer:
    """What a command said, and how it ended."""

    def __init__(self, result: Result, fault_is_meant: bool = False) -> None:
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        self.code = result.exit_code
        self.out = result.stdout
        self.err = result.stderr

        if self.code == Fault.exit_code and not fault_is_meant:
            log = paths.state_dir() / "fault.log"
            raise AssertionError(log.read_text())

    @property
    def lines(self) -> list[str]:
        """The lines of the answer."""
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The refusal as JSON; nothing but it was said."""
        assert self.out == ""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


class Fu:
    """Runs commands as Dana (or somebody else) on one world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.session = Session(world.clock)

    def __call__(self, *words: str | int, user: str = "dana", stdin: str | None = None) -> Answer:
        """Run `fu` with these words, whatever comes of it."""
        arguments = ["--db", str(self.world.path), "--as", user, *map(str, words)]
        return Answer(CliRunner().invoke(cli, arguments, obj=self.session, input=stdin))

    def ok(self, *words: str | int, user: str = "dana", stdin: str | None = None) -> Answer:
        """Run `fu` with these words; it must end well."""
        answer = self(*words, user=user, stdin=stdin)
        assert answer.code == 0, answer.err
        return answer


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Dana, Sam, Ana Ruiz of Betatech and a deal, on Monday 23 November 2026, 9:00 UTC."""
    return World(tmp_path)


@pytest.fixture
def fu(world: World) -> Fu:
    """The command line on that world."""
    return Fu(world)
