"""Copying, seen from outside: the terminal is told once, tmux is told too, and nothing else is written."""

from __future__ import annotations

import os
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest

from fu_tui.store.models import Contact
from tests.tui.made_up import HOSTILE
from tests.tui.recorder import SEQUENCE, obeyed
from tests.tui.terminal.pty_desk import desk
from tests.tui.test_reaching import program
from tests.world import World

OSC_52 = b"\x1b]52;c;"


@pytest.mark.parametrize("kind", ["clipboard", "c1", "breaks", "nul"])
def test_a_copy_reaches_the_terminal_and_tmux_and_nothing_of_the_data_is_obeyed(
    world: World, tmp_path: Path, kind: str
) -> None:
    folder, told = tmp_path / "bin", tmp_path / "told"
    folder.mkdir()
    program(
        folder,
        "tmux",
        f'echo noise; echo more >&2; echo "$@" >{told}.args; cat >{told}.new; mv {told}.new {told}',
    )
    world.change(Contact, world.contact, emails=(), phones=("+1 312 555 0142",))
    world.db.execute_sql("UPDATE contact SET phones = json_array(?)", (HOSTILE[kind],))
    world.make_task(due=date(2020, 1, 1))
    environ = {"FU_USER": str(world.dana), "TMUX": "/somewhere,1,0", "PATH": f"{folder}:{os.environ['PATH']}"}
    with desk(world.path, size=(120, 40), environ=environ) as shown:
        shown.until_text("? help")
        shown.type("y")
        shown.until_text("Copied")
        shown.until(told.exists)
        shown.type("q")
        assert shown.exit_code() == 0
        raw = shown.raw
    copies = [one[0] for one in SEQUENCE.finditer(raw) if one[0].startswith(OSC_52)]
    assert len(copies) == 1
    copied = b64decode(copies[0].removeprefix(OSC_52).rstrip(b"\x07"))
    assert copied == told.read_bytes()
    assert not any(byte < 32 or byte == 127 for byte in copied)
    assert Path(f"{told}.args").read_text() == "load-buffer -w -\n"
    assert obeyed(raw.replace(copies[0], b"")) == []
    assert b"noise" not in raw
