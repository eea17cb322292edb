"""What a key and a start may cost, counted: statements, frames, lines, modules. Seconds are for the bench."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from fu_tui.core.clock import Clock
from fu_tui.tui import typeahead
from fu_tui.tui.panes.queue_pane import QueuePane
from tests.tui.driver import DeskDriver, at_the_desk

SLOW = {"peewee", "playhouse", "click", "pendulum", "holidays", "rapidfuzz", "tomlkit", "markdown_it"}
FIRST_FRAME = """
import sys
import fu_tui.tui.early
from fu_tui.bootstrap import peek
from fu_tui.tui.present.frame import FirstFrame
from fu_tui.settings.config import Settings
assert FirstFrame(peek({path!r}, "dana"), Settings(), "", 120, 40).lines()
print(*{{name.partition(".")[0] for name in sys.modules}})
"""
OPEN = """
import sys
from fu_tui.bootstrap import open_desk
from fu_tui.tui.app import FuApp
from fu_tui.settings.config import Settings
from fu_tui.settings.themes import load_theme
def drawn(self):
    print(*{{name.partition(".")[0] for name in sys.modules}})
    sys.exit()
FuApp.post_display_hook = drawn
FuApp(open_desk({path!r}, "dana"), Settings(), load_theme("night"), patient=None).run(headless=True)
"""


def loaded(code: str, path: Path) -> set[str]:
    """The packages that are loaded when this has run."""
    run = subprocess.run(
        [sys.executable, "-c", code.format(path=str(path))], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_the_first_frame_needs_nothing_but_sqlite(demo: Path) -> None:
    found = loaded(FIRST_FRAME, demo)
    assert "sqlite3" in found
    assert found & (SLOW | {"textual", "asyncio", "calendar", "locale"}) == set()


def test_the_app_draws_before_what_only_verbs_need_is_loaded(demo: Path) -> None:
    found = loaded(OPEN, demo)
    assert "textual" in found
    assert found & SLOW == set()


@pytest.mark.parametrize(
    ("keys", "most"),
    [("j", 18), ("n", 60), ("nnnnnnnnnn", 220)],
)
async def test_a_key_runs_few_statements(
    demo: Path, clock: Clock, keys: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`n`: the close is some thirty, what follows and the card of the next row, where it is shown, another twenty."""
    monkeypatch.setattr(typeahead, "FRAME_EVERY", 60.0)
    async with at_the_desk(demo, clock) as desk:
        said: list[str] = []
        desk.desk.desk.db.connection().set_trace_callback(said.append)
        await desk.burst(*keys)
        desk.desk.desk.db.connection().set_trace_callback(None)
    # What SQLite says to itself in triggers and in the index of words is not counted.
    ours = [one for one, before in zip(said, ["", *said], strict=False) if one != before and one[:2] != "--"]
    assert 0 < len(ours) <= most


def frames(desk: DeskDriver) -> Counter[str]:
    """Counts what is drawn from now on."""
    count: Counter[str] = Counter()
    hook = desk.app.post_display_hook

    def drawn() -> None:
        count["frames"] += 1
        hook()

    desk.app.post_display_hook = drawn  # type: ignore[method-assign]
    return count


async def test_few_frames_are_drawn_while_keys_wait(
    demo: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeahead, "FRAME_EVERY", 60.0)
    async with at_the_desk(demo, clock) as desk:
        count = frames(desk)
        await desk.burst(*"nnnnnnnnnnnnnnnnnnnn")
        assert 0 < count["frames"] <= 4
        assert not desk.app.hurries
        assert "a decision" in desk.footer(), "the last frame is drawn"


async def test_a_close_draws_only_the_panes_that_it_touched(
    demo: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: Counter[str] = Counter()
    was = QueuePane.render_line

    def counted(pane: QueuePane, y: int) -> object:
        drawn[pane.bucket.value] += 1
        return was(pane, y)

    async with at_the_desk(demo, clock) as desk:
        await desk.look_again()
        monkeypatch.setattr(QueuePane, "render_line", counted)
        await desk.press("task.no_reply")
    assert drawn["overdue"] > 2
    assert drawn["today"] <= 2
