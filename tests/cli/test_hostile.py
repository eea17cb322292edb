"""The worst text in every column, and in every word that is given: a walk over every command with each of its options.

The commands and their options are found in the registry, so those that are added later are walked too.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from tests.cli.conftest import Answer
from tests.cli.test_root import COMMAND_LIST
from tests.hostile import FORBIDDEN, furnish, mixture, poison
from tests.world import World

WORST = mixture(4).replace("\0", "") + "\udc9b\udcff"
"""A word as a shell may hand it over: bytes that are no letters come as lone surrogates."""
VALUES: dict[str, tuple[str, ...]] = {
    "text": ("Call Ana @1 tomorrow", f"Call {WORST} tomorrow", f"Call @{WORST} fri"), "task_id": ("2",),
    "task_ids": ("2",), "outcome": ("no_reply",), "when": ("tomorrow",), "user": ("2",), "owner": ("2", "all"),
    "cadence": ("standard",), "key": ("standard",), "references": ("@1",), "words": ("acme",), "on": ("today",),
    "until": ("fri",), "start": ("fri",), "due": ("fri",), "stage": ("1",), "contact": ("1",), "deal": ("1",),
    "me": ("Acme",), "encoding": ("latin-1",), "tz": ("UTC",), "country": ("US",), "work_days": ("mon-fri",),
    "which": ("list",), "to": ("sam",), "name": ("sam",), "first": ("tomorrow",), "last": ("fri",),
    "absence_id": ("1",),
    "case_id": ("1",), "title": ("The export fails",), "reason": ("no budget",), "reference": ("1",),
    "days": ("27 nov",), "weekdays": ("mon-fri",), "span": ("9-17",), "whose": ("sam",),
    "note": ("Ana waits for the offer",),
    "series_id": ("1",), "action": ("Inspect the doors",), "every": ("3 months",),
}  # fmt: skip
"""What parameters are given beside the worst, by their name; every argument that a command needs is here."""
EXPECTED_CODES = {0, 1, 2, 3, 4, 5}


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A database with the worst in it; copied for each command."""
    world = World(tmp_path_factory.mktemp("poisoned"))
    furnish(world)
    poison(world)
    return world


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """Files of the worst: their names, their headings and their cells."""
    folder = tmp_path_factory.mktemp("files")
    file = folder / "\x1b]0;x\x07\u202e\x9b[b] deals.csv"
    worst = mixture(4).replace('"', "").replace("\0", "")
    file.write_text(
        f'id,title,account,stage,owner,"{worst}"\n1,"{worst}","{worst}",Engaging,"{worst}",x\n'
        f'2,"{mixture(8)}",{"long " * 2000},"{worst}",Dana,x\n',
        "utf-8", "surrogateescape",
    )  # fmt: skip
    maps = folder / "map\x1b[2J.toml"
    maps.write_text('title = "\\u001b[2J"\n')
    return {"paths": (str(file),), "file": (str(folder / "made\x1b[2J.bak"),), "map_file": (str(maps),)}


def given(param: click.Parameter, files: dict[str, tuple[str, ...]]) -> list[str]:
    """What a parameter is tried with: every choice, else what it expects, and the worst."""
    assert param.name
    if isinstance(param.type, click.Choice):
        return [*map(str, param.type.choices), WORST]
    if isinstance(param.type, click.IntRange):
        return ["1", WORST]
    return [*(VALUES | files).get(param.name, ()), WORST]


def calls(name: str, command: click.Command, files: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The command as it is meant, then with each option, and each word, at its worst."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    needed = {param.name: given(param, files)[0] for param in arguments if param.required}
    assert WORST not in needed.values(), f"say in VALUES what {name} is to be given"
    words = name.split()
    yield [*words, *needed.values()]
    for param in command.params:
        if isinstance(param, click.Argument):
            yield from ([*words, *(needed | {param.name: value}).values()] for value in given(param, files))
        elif isinstance(param, click.Option) and param.is_flag:
            yield [*words, *needed.values(), param.opts[0]]
        else:
            yield from ([*words, *needed.values(), param.opts[0], value] for value in given(param, files))


@pytest.mark.parametrize(("name", "command"), COMMAND_LIST, ids=[name for name, _ in COMMAND_LIST])
def test_no_command_prints_what_a_terminal_obeys(
    poisoned: World, files: dict[str, tuple[str, ...]], tmp_path: Path, name: str, command: click.Command
) -> None:
    path = tmp_path / "fu.db"
    has_json = any(param.name == "in_json" for param in command.params)
    for words in calls(name, command, files):
        for extra in ([], ["--json"]) if has_json and "--json" not in words else ([],):
            shutil.copy(poisoned.path, path)
            call = ["--db", str(path), "--as", str(poisoned.dana), *words, *extra]
            result = CliRunner().invoke(cli, call, obj=Session(poisoned.clock))
            answer = Answer(result)
            said = answer.out + answer.err
            assert answer.code in EXPECTED_CODES, (words, answer.code)
            assert not [each for each in FORBIDDEN.findall(said) if each not in "\n\t"], (words, extra, said)
            if "--json" in (*words, *extra):
                json.loads(answer.out or answer.err)
