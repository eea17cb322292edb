"""The input thread on a terminal of its own: it hands keys on, and ends when it is told to."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from textual.app import App
from textual.events import Key
from textual.message import Message

from fu_tui.tui import driver as module
from fu_tui.tui.driver import PromptDriver

LONG = 3600.0
PATIENCE = 20.0


class Typed:
    """A driver that reads a terminal in its thread, and the keys that it handed on."""

    def __init__(self) -> None:
        self.hand, terminal = os.openpty()
        tty.setraw(terminal)
        self.driver = PromptDriver(App[None](), mouse=False)
        self.driver.fileno = terminal
        self.keys: list[str] = []
        self.came = Event()
        self.driver.process_message = self._take  # type: ignore[method-assign]
        self.start()

    def start(self) -> None:
        """Begin to read, as the framework does."""
        self.thread = Thread(target=self.driver.run_input_thread, daemon=True)
        self.driver._key_thread = SimpleNamespace(join=lambda: self.thread.join(PATIENCE))  # type: ignore[assignment]
        self.thread.start()

    def press(self, typed: str) -> None:
        """Type, and wait until a key was handed on."""
        self.came.clear()
        os.write(self.hand, typed.encode())
        assert self.came.wait(PATIENCE)

    def _take(self, message: Message) -> None:
        if isinstance(message, Key):
            self.keys.append(message.key)
            self.came.set()


@pytest.fixture
async def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    monkeypatch.setattr(module, "TICK", LONG)
    terminal = Typed()
    yield terminal
    terminal.driver.disable_input()
    os.close(terminal.hand)
    os.close(terminal.driver.fileno)


async def test_it_ends_when_it_is_told_to_and_not_when_it_looks_next(typed: Typed) -> None:
    typed.driver.disable_input()
    assert not typed.thread.is_alive()


async def test_keys_are_handed_on(typed: Typed) -> None:
    for key in "jé":
        typed.press(key)
    assert typed.keys == ["j", "é"]


async def test_it_can_be_put_to_sleep_and_woken(typed: Typed) -> None:
    for _ in range(3):
        typed.driver.disable_input()
        typed.driver.disable_input()  # once more than there was anything to end
        typed.start()
        typed.press("k")
    assert typed.keys == ["k"] * 3


async def test_a_lone_escape_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK", 0.01)
    typed = Typed()
    typed.press("\x1b")
    typed.driver.disable_input()
    assert typed.keys == ["escape"]


async def test_a_terminal_that_is_gone_is_told(typed: Typed) -> None:
    typed.driver.disable_input()
    other, terminal = os.openpty()
    kept, typed.driver.fileno = typed.driver.fileno, terminal
    os.close(other)
    with pytest.raises(OSError, match=r"."):
        typed.driver.run_input_thread()
    typed.driver.fileno = kept
