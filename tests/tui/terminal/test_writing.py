"""What reaches the terminal: colours only where they are wanted, and nothing from the data that it would obey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.made_up import HOSTILE
from tests.tui.stories.test_hostile import FORBIDDEN, fill
from tests.tui.terminal.pty_desk import desk
from tests.world import World

SEQUENCE = re.compile(
    rb"\x1b\[(?P<csi>[0-9;:<>=?]*[ $]?[@-~])|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b[P_^](?P<dcs>[^\x1b]*)\x1b\\|\x1b(?P<other>.)",  # noqa: E501
    re.DOTALL,
)
OURS = re.compile(
    rb"[0-9;]*[mHJKhlu]|\?[0-9;]+(?:\$p|h|l)|[<>=][0-9]*u|\?u|c|[0-9]+n|[0-9]* ?q|[0-9]+;[0-9]+H"
)
"""Sequences that the framework itself writes: colours, places, modes and questions about them."""

POINTER = (b"\x1b]22;default\x07", b"\x1b]22;text\x07", b"\x1b]22;pointer\x07")
"""The shape of the mouse pointer over a field."""


def obeyed(raw: bytes) -> list[bytes]:
    """Everything in the output that a terminal would obey and that the app itself would never write."""
    found = []
    for one in SEQUENCE.finditer(raw):
        if not OURS.fullmatch(one["csi"] or b"-") and one[0] not in POINTER:
            found.append(one[0])
    rest = SEQUENCE.sub(b"", raw).decode("utf-8", "replace")
    found += [each[0].encode() for each in FORBIDDEN.finditer(rest) if each[0] not in "\r\n\x1b"]
    return found


def test_the_finder_finds_what_must_not_be_written() -> None:
    assert obeyed(b"\x1b[1;1H\x1b[38;2;1;2;3mhi\x1b[0m\r\n") == []
    for bad in (b"\x1b]52;c;aGVsbG8=\x07", b"\x1b]0;title\x1b\\", b"\x1bP+q\x1b\\", b"\x9b31m".decode("latin1").encode(),  # noqa: E501
                b"\x07", "\u202e".encode(), b"\x1bc", b"\x00"):  # fmt: skip
        assert obeyed(b"a" + bad + b"b"), bad


KINDS = ("clipboard", "colour", "c1", "bidi", "nul", "click", "breaks")


@pytest.mark.parametrize("kind", KINDS)
def test_no_escape_of_the_data_reaches_the_terminal(world: World, kind: str) -> None:
    fill(world, HOSTILE[kind])
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
