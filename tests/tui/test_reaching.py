"""The clipboard and the mail program, tried with programs that are really run."""

from __future__ import annotations

import stat
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from fu_tui.core.terms import Channel
from fu_tui.queries.rows import Card
from fu_tui.tui import clipboard, mailing
from fu_tui.tui.clipboard import copy, tools
from fu_tui.tui.mailing import mailto, open_mail, openers
from fu_tui.tui.present.reach import missing, prefers, ways
from tests.tui import made_up

RECAP = made_up.today()[0]


class App:
    """Hears what the terminal would be told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def copy_to_clipboard(self, text: str) -> None:
        self.told.append(text)


def program(folder: Path, name: str, does: str) -> None:
    """A program of that name, as a shell script."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize("name", made_up.HOSTILE)
def test_what_is_copied_is_one_line_that_no_terminal_obeys(programs: Path, name: str) -> None:
    app = App()
    line = copy(app, made_up.HOSTILE[name])
    assert app.told == [line]
    assert not any(
        ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or 0xD800 <= ord(letter) < 0xE000 for letter in line
    )
    line.encode("utf-8")


def test_inside_tmux_its_buffer_is_loaded(programs: Path, tmp_path: Path) -> None:
    said, log = tmp_path / "said", tmp_path / "log"
    program(programs, "tmux", f'echo "$@" >>{log}; test "$2" = -w && exit 1; read line; echo "$line" >{said}')
    environ = {"TMUX": "/somewhere,1,0", "PATH": str(programs)}
    told = tools(environ, "linux")
    assert told == [[("tmux", "load-buffer", "-w", "-"), ("tmux", "load-buffer", "-")]]
    clipboard._tell(told, "+1 312 555 0142\n")
    assert log.read_text().split("\n")[:2] == ["load-buffer -w -", "load-buffer -"], "an old tmux knows no -w"
    assert said.read_text() == "+1 312 555 0142\n"


def test_the_display_of_this_machine_is_told_where_there_is_one(programs: Path) -> None:
    for name in ("pbcopy", "wl-copy", "xclip", "xsel"):
        program(programs, name, "cat >/dev/null")
    path = {"PATH": str(programs)}
    assert tools(path, "linux") == []
    assert tools({**path, "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux")[0][0] == ("wl-copy",)
    assert tools({**path, "DISPLAY": ":0"}, "linux") == [
        [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    ]
    assert tools(path, "darwin") == [[("pbcopy",)]]


def test_a_clipboard_program_that_fails_harms_nothing(programs: Path) -> None:
    program(programs, "xclip", "echo noise; echo more >&2; exit 3")
    clipboard._tell([[("xclip",), ("not-there",)]], "text")


def test_a_mail_link_holds_one_address_and_one_subject() -> None:
    link = mailto("ana@betatech.example?bcc=x@evil.example&body=hi\r\nBcc: y", "Call & ask, 100%\r\nBcc: z")
    parts = urlsplit(link)
    assert parse_qs(parts.query) == {"subject": ["Call & ask, 100% Bcc: z"]}
    assert unquote(parts.path).startswith("ana@betatech.example?bcc=")
    assert "\n" not in unquote(link)
    assert "\r" not in unquote(link)


def test_without_a_display_no_desktop_opener_is_tried(programs: Path) -> None:
    for name in ("xdg-open", "gio", "open", "firefox", "wslview"):
        program(programs, name, "exit 0")
    path = {"PATH": str(programs)}
    assert openers(path, "linux") == []
    assert openers({**path, "BROWSER": "firefox --new-tab:missing:'broken"}, "linux") == [
        ("firefox", "--new-tab")
    ]
    assert openers({**path, "DISPLAY": ":0"}, "linux") == [("xdg-open",), ("gio", "open")]
    assert openers(path, "darwin") == [("open",)]
    assert openers({**path, "WSL_DISTRO_NAME": "Debian"}, "linux") == [("wslview",)]


def test_the_first_program_that_takes_the_link_opens_it(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(mailing.sys, "platform", "linux")
    got = tmp_path / "got"
    program(programs, "xdg-open", "exit 3")
    assert not open_mail("mailto:a@b")
    program(programs, "gio", f'echo "$@" >{got}; test -t 0 || test -t 1 || echo detached >>{got}')
    assert open_mail("mailto:a@b?subject=$(reboot)")
    assert got.read_text() == "open mailto:a@b?subject=$(reboot)\ndetached\n"


def test_a_browser_with_a_place_for_the_link(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = tmp_path / "got"
    program(programs, "browse", f'echo "$@" >{got}')
    monkeypatch.setenv("BROWSER", "browse %s --quiet")
    assert open_mail("mailto:a@b")
    assert got.read_text() == "mailto:a@b --quiet\n"


def test_an_opener_that_keeps_running_has_opened(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "mailer", "exec sleep 5")
    (programs / "sleep").symlink_to("/bin/sleep")
    monkeypatch.setattr(mailing, "ANSWERS_WITHIN", 0.05)
    monkeypatch.setenv("BROWSER", "mailer")
    assert open_mail("mailto:a@b")


def reach(**more: object) -> Card:
    return made_up.card(RECAP)._replace(phones=("+1", "+2"), emails=("a@x",), **more)


def test_the_best_way_stands_first() -> None:
    assert [way.text for way in ways(reach())] == ["a@x", "+1", "+2"], "the step is a mail"
    assert [way.text for way in ways(reach(preferred=Channel.CALL))] == ["+1", "+2", "a@x"]
    assert [(way.text, way.note) for way in ways(reach(opted_out=frozenset({Channel.MAIL})))] == [
        ("+1", ""), ("+2", ""), ("a@x", "opted out"),
    ]  # fmt: skip
    assert ways(reach(opted_out=frozenset({Channel.CALL})))[1].note == "no calls"
    assert ways(reach(preferred=Channel.TEXT))[0].note == "preferred"


def test_what_is_missing_for_the_step_is_said() -> None:
    assert missing(reach()) == ""
    assert missing(reach()._replace(emails=())) == "no e-mail address known"
    assert prefers(reach(preferred=Channel.LINKEDIN)) == "prefers linkedin"
