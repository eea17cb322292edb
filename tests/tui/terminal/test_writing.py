"""What reaches the terminal: colours only where they are wanted, and nothing from the data that it would obey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fu_tui.settings.themes import shipped_folder
from tests.hostile import furnish, poison
from tests.tui.recorder import obeyed
from tests.tui.terminal.pty_desk import desk
from tests.world import World


def test_the_finder_finds_what_must_not_be_written() -> None:
    assert obeyed(b"\x1b[1;1H\x1b[38;2;1;2;3mhi\x1b[0m\r\n") == []
    for bad in (b"\x1b]52;c;aGVsbG8=\x07", b"\x1b]0;title\x1b\\", b"\x1bP+q\x1b\\", b"\x9b31m".decode("latin1").encode(),  # noqa: E501
                b"\x07", "\u202e".encode(), b"\x1bc", b"\x00"):  # fmt: skip
        assert obeyed(b"a" + bad + b"b"), bad


def test_no_escape_of_the_data_reaches_the_terminal(world: World) -> None:
    """On a real one; what the walk of the stories sees everywhere is looked at here from outside."""
    furnish(world)
    poison(world)
    with desk(world.path, size=(120, 40), environ={"FU_USER": str(world.dana)}) as shown:
        shown.until_text("? help")
        for key, title in (
            ("d", "╭ Close"),
            ("o", "╭ Owner"),
            ("@", "╭ Whose"),
            ("N", "╭ No reply"),
            ("r", "╭ What is"),
        ):
            shown.type(key)
            shown.until_text(title)
            shown.type("\x1b")
            shown.until_text_gone(title)
        shown.type("u")
        shown.until_text("Undone")
        shown.type("q")
        assert shown.exit_code() == 0
        assert shown.is_whole()
        assert obeyed(shown.raw) == []


def colours(raw: bytes) -> set[bytes]:
    """The codes of all colour sequences."""
    return {code for run in re.findall(rb"\x1b\[([0-9;]*)m", raw) for code in run.split(b";")}


@pytest.mark.parametrize("value", ["1", "true"])
def test_no_color_writes_no_colour(demo: Path, value: str) -> None:
    with desk(demo, environ={"NO_COLOR": value}) as shown:
        shown.until_text("? help")
        shown.type("j *d")
        shown.until_text("╭ Close")
        shown.type("\x1b")
        shown.until_text_gone("╭ Close")
        shown.type("q")
        assert shown.exit_code() == 0
        assert colours(shown.raw) <= {b"", b"0", b"1", b"2", b"3", b"4", b"7", b"22", b"27", b"39", b"49"}, (
            "39 and 49 are the terminal's own"
        )
        assert b"1" in colours(shown.raw), "weight is no colour"


def test_colours_are_there_without_it(demo: Path) -> None:
    with desk(demo) as shown:
        shown.until_text("? help")
        assert b"38" in colours(shown.raw)


def test_an_unknown_theme_falls_back_and_says_so(demo: Path, fresh_machine: Path) -> None:
    settings = fresh_machine / ".config/fu-tui/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[ui]\ntheme = "nigth"\n[keys]\n"task.no_repli" = "z"\n')
    with desk(demo, size=(120, 40)) as shown:
        shown.until_text('no action is called "task.no_repli"')
        shown.until_text("nigth")
        shown.type("q")
        assert shown.exit_code() == 0


def test_a_broken_theme_is_told_whole_with_its_file(demo: Path, fresh_machine: Path) -> None:
    mine = fresh_machine / ".config/fu-tui/themes/mine.toml"
    mine.parent.mkdir(parents=True)
    night = (shipped_folder() / "night.toml").read_text()
    mine.write_text(night.replace("accent", "acent").replace("#959dc4", "grey"))
    (mine.parent.parent / "settings.toml").write_text('[ui]\ntheme = "mine"\n')
    with desk(demo, size=(120, 40)) as shown:
        shown.until_text("The desk opens in night.")
        for words in ("mine.toml", "no role 'acent'", "[inks] lacks accent.", "dim is 'grey'"):
            shown.until_text(words)
        mine.write_text(night.replace("#15161e", "#010203"))
        shown.until(lambda: b"48;2;1;2;3" in shown.raw, "the mended theme")
        shown.type("q")
        assert shown.exit_code() == 0


@pytest.mark.parametrize("term", ["xterm", "linux", "screen"])
def test_a_terminal_of_sixteen_colours_gets_its_own(demo: Path, term: str) -> None:
    with desk(demo, environ={"TERM": term, "COLORTERM": ""}) as shown:
        shown.until_text("? help")
        assert not {b"38", b"48"} & colours(shown.raw)
        assert {b"7", b"31", b"35"} <= colours(shown.raw), "the cursor's row, late, today"
        shown.type("T")
        shown.until_text("╭ Theme")
        shown.type("kk")
        shown.until_text("It needs 256 colours")
        shown.type("\r\x1b")
        shown.until_text_gone("╭ Theme")
        shown.type("q")
        assert shown.exit_code() == 0


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color"])
def test_a_terminal_of_256_gets_the_nearest_ones(demo: Path, term: str) -> None:
    with desk(demo, environ={"TERM": term, "COLORTERM": ""}) as shown:
        shown.until_text("? help")
        shown.type(" ")
        for ground, what in (
            (b"233", "the screen"),
            (b"235", "a marked row"),
            (b"236", "the one under the cursor"),
        ):
            shown.until(lambda wanted=b"48;5;" + ground: wanted in shown.raw, what)
        assert b"38;2;" not in shown.raw
        assert b"48;2;" not in shown.raw
        shown.type("q")
        assert shown.exit_code() == 0


def test_an_empty_no_color_means_nothing(demo: Path) -> None:
    with desk(demo, environ={"NO_COLOR": ""}) as shown:
        shown.until_text("? help")
        shown.until(lambda: b"38;2;247;118;142" in shown.raw, "night's red")
