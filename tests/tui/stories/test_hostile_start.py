"""The worst text on the first day: the name of the person, of folders and files, and every cell of what is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from fu_tui import bootstrap
from fu_tui.core.clock import FixedClock
from tests.hostile import FORBIDDEN, PIECES, mixture
from tests.tui.first_start import asked, at_the_first_start
from tests.tui.recorder import Recorder
from tests.tui.stories.test_hostile import ELSEWHERE, Walk

IN_A_NAME = "\x1b]52;c;aGVsbG8=\x07\u202e\x9b31m[b]👨\u200d👩\u200d👧"
"""What the system lets a file be called."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the worst, in a terminal that keeps what it is told, for a person whom the system calls so."""
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver", Recorder)
    monkeypatch.setattr(bootstrap, "person_name", lambda: f"Dana {IN_A_NAME}")
    found = tmp_path / f"crm {IN_A_NAME}"
    found.mkdir()
    cells = ["".join(piece.splitlines()).replace('"', "").replace("\0", "") for piece in PIECES.values()]
    rows = [f'"{number}","{cell}","{cell}",Engaging,"Owner {cell}"' for number, cell in enumerate(cells)]
    head = f'id,title,account,stage,owner,"{cells[4]}"\n'
    (found / f"deals {IN_A_NAME}.csv").write_text(head + "\n".join(f"{row},x" for row in rows), "utf-8")
    (found / f"others {IN_A_NAME}.csv").write_text(head.replace("title", cells[2]), "utf-8")
    return found


@pytest.mark.parametrize("size", [(100, 30), (80, 24), (40, 15)])
async def test_no_text_breaks_the_first_start(clock: FixedClock, folder: Path, size: tuple[int, int]) -> None:
    async with at_the_first_start(clock, size=size) as desk:
        walk = Walk(desk)
        walk.look("the name that the system knows")
        await walk.key("f1", "escape")
        for _ in range(40):
            await desk.key("backspace")
        desk.app.post_message(events.Paste(f"Dana {mixture(3)}"))
        await desk.rest()
        walk.look("a name that was pasted")
        await walk.key("enter", "enter", "i")
        await desk.type(f"{folder.parent}/crm")
        await walk.key("tab", "tab")
        await desk.type("x")
        await walk.key("enter")
        await asked(desk, "here is no")
        walk.look("no such file")
        await walk.key("backspace", "enter")
        await asked(desk, "Which of the owners")
        await walk.key("f1", "escape", "down", "pagedown", "up", "enter")
        await asked(desk, "Twelve keys")
        walk.look("the keys")
        await walk.key("escape")
        walk.look("the desk")
        db = desk.desk.desk.db
        for table, column in (
            ("user", "name"),
            ("account", "name"),
            ("deal", "title"),
            ("import", "file_name"),
        ):
            for (text,) in db.rows(f'SELECT "{column}" FROM "{table}"'):
                assert not FORBIDDEN.search(text), (table, text)
    assert walk.seen >= ELSEWHERE - {"ProgressModal"}
