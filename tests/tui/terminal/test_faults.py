"""Whatever goes wrong inside, and wherever: the terminal is whole, one sentence says where the log is, the log holds
nothing of the person's, and what was typed is there the next time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.terminal.pty_desk import ALTERNATE_ON, Terminal, desk

SECRET = "Dana Reed"  # noqa: S105 - a person, who must not be told
FAULTS = {
    "a key's action": ("fu_tui.tui.screens.verbs:Verbs.do", "RuntimeError"),
    "drawing a line": ("fu_tui.tui.panes.hint:HintLine.line_spans", "ValueError"),
    "drawing a question": ("fu_tui.tui.modals.close:CloseModal.rows", "ValueError"),
    "composing": ("fu_tui.tui.screens.desk:DeskScreen.compose", "TypeError"),
    "composing a question": ("fu_tui.tui.modals.question:Question.compose", "TypeError"),
    "mounting a question": ("fu_tui.tui.modals.question:Question.on_mount", "KeyError"),
    "a conversation": ("fu_tui.tui.screens.closing:Closing.close", "RuntimeError"),
    "a message": ("fu_tui.tui.modals.question:Question.on_key", "RuntimeError"),
    "opening": ("fu_tui.tui.screens.desk:DeskScreen.reload", "LookupError"),
    "a timer": ("fu_tui.tui.screens.desk:DeskScreen._look_again", "RuntimeError"),
    "what runs after the paint": ("fu_tui.tui.screens.desk:DeskScreen._warm_up", "RuntimeError"),
    "the app itself": ("fu_tui.tui.app:FuApp.on_mount", "RuntimeError"),
    "the app before it runs": ("fu_tui.tui.app:FuApp.get_default_screen", "RuntimeError"),
    "making the app": ("fu_tui.tui.app:FuApp.__init__", "RuntimeError"),
    "the thread that hears keys": ("fu_tui.tui.driver:PromptDriver._read", "RuntimeError"),
    "no memory": ("fu_tui.tui.screens.verbs:Verbs.do", "MemoryError"),
}
"""Where something may go wrong."""
INJURY = """
from importlib import import_module
module, _, place = "{place}".partition(":")
home, _, method = place.partition(".")
def boom(*given, **named):
    secret = "{secret}"
    raise {kind}("the wheel of " + secret + " came off")
setattr(getattr(import_module(module), home), method, boom)
"""
OTHER_FAULTS = {
    "a module that is loaded late": "import sys\nsys.modules['fu_tui.tui.screens.closing'] = None",
    "a thread of its own": "import threading\nfrom fu_tui.tui.screens.desk import DeskScreen\n"
    f"def boom(name='{SECRET}'):\n from fu_tui.tui import app\n raise KeyError(app, name)\n"
    "def started(self): threading.Thread(target=boom).start()\nDeskScreen._warm_up = started",
    "a recursion": "from fu_tui.tui.screens.verbs import Verbs\n"
    f"def boom(self, action_id, name='{SECRET}'):\n return boom(self, action_id, name)\nVerbs.do = boom",
}
INJURIES = {
    what: INJURY.format(place=place, kind=kind, secret=SECRET) for what, (place, kind) in FAULTS.items()
} | OTHER_FAULTS


def said_after(shown: Terminal) -> str:
    """What stands in the terminal once the desk's screen is gone."""
    return " ".join(shown.raw.rpartition(b"\x1b[?1049l")[2].decode().split())


@pytest.mark.parametrize("injury", INJURIES.values(), ids=INJURIES.keys())
def test_a_fault_leaves_the_terminal_whole_and_a_log(demo: Path, fresh_machine: Path, injury: str) -> None:
    with desk(demo, injury=injury) as shown:
        shown.until(lambda: "? help" in shown.text or "had to stop" in shown.text)
        shown.type("dqq")
        assert shown.exit_code() == 70
        assert shown.is_whole() or ALTERNATE_ON not in shown.raw
        assert shown.echoes
        said = said_after(shown)
    log = fresh_machine / ".local/state/fu-tui/fault.log"
    assert re.search(rf"fu-tui had to stop: \w+\. What is known about it is in {log}\.", said)
    assert "Traceback" not in shown.raw.decode()
    told = log.read_text()
    assert "fu_tui/tui/" in told
    assert re.search(r"^(?:\w+Error)", told, re.MULTILINE)
    assert log.stat().st_mode & 0o777 == 0o600
    for text in (said, told):
        assert SECRET not in text


def test_what_stumbles_on_the_way_out_is_told_too(demo: Path) -> None:
    injury = INJURY.format(
        place="fu_tui.tui.screens.desk:DeskScreen.on_unmount", kind="RuntimeError", secret=SECRET
    )
    with desk(demo, injury=injury) as shown:
        shown.until_text("? help")
        shown.type("q")
        assert shown.exit_code() == 70
        assert shown.is_whole()
        assert "fu-tui had to stop: RuntimeError." in said_after(shown)


def test_a_log_that_cannot_be_written_is_no_second_fault(demo: Path, fresh_machine: Path) -> None:
    state = fresh_machine / ".local/state"
    state.parent.mkdir()
    state.write_text("no folder")
    with desk(demo, injury=INJURIES["a key's action"]) as shown:
        shown.until_text("? help")
        shown.type("n")
        assert shown.exit_code() == 70
        assert shown.is_whole()
        assert "It went wrong at tui/screens/desk.py:" in said_after(shown).replace("fu_tui/", "")
        assert "the log could not be written: " in said_after(shown)


def test_a_fault_in_a_verb_that_wrote_nothing_ends_nothing(demo: Path, fresh_machine: Path) -> None:
    """The unit is rolled back, so the desk goes on; the note that was typed is offered again."""
    injury = INJURY.format(place="fu_tui.store.unit:Unit.finish", kind="RuntimeError", secret=SECRET)
    with desk(demo, size=(120, 40), injury=injury) as shown:
        shown.until_text("? help")
        shown.type("N")
        shown.until_text("╭ No reply")
        shown.type("She asked for the price list\r")
        shown.until_text("nothing was written")
        shown.until_text("fault.log")
        shown.type("N")
        shown.until_text("She asked for the price list")
        shown.type("\x1b")
        shown.until_text_gone("╭ No reply")
        shown.type("s")
        shown.until_text("╭ Snooze")
        shown.type("\x11")
        assert shown.exit_code() == 0
    assert SECRET not in (fresh_machine / ".local/state/fu-tui/fault.log").read_text()


def test_ctrl_c_says_what_leaves(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        shown.type("\x03")
        shown.until_text("q leaves; everything is saved")
        shown.type("d")
        shown.until_text("╭ Close")
        shown.type("\x03")
        shown.type("v")
        shown.until_text("left a message →")  # it still asks
        shown.type("\x11")
        assert shown.exit_code() == 0
        assert shown.is_whole()
