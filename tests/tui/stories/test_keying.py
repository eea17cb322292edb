"""A person gives an action another key, from inside the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.settings import paths
from fu_tui.settings.config import load
from tests.tui.driver import DeskDriver, at_the_desk


async def choose(desk: DeskDriver, typed: str) -> None:
    """Find an action by typing."""
    await desk.press("app.keys")
    await desk.type(typed)
    await desk.key("enter")


def effective(action_id: str) -> tuple[str, ...]:
    """The keys that the settings file gives an action."""
    return dict(load(paths.config_file())[0].bindings)[action_id]


async def test_a_free_key_works_at_once_and_is_named_everywhere(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    assert " s snooze…" in desk.footer()
    await choose(desk, "snooze")
    assert "It has s." in desk.modal()
    await desk.key("r", "f5")
    assert desk.modal() == ""
    assert "“snooze…” has f5 now." in desk.footer()
    await desk.key("f5")
    assert "Snooze" in desk.modal()
    await desk.key("escape", "s")
    assert desk.modal() == "", "the old key does nothing"
    desk.app.screen.query("DeskFooter").first().fall_silent()  # type: ignore[attr-defined]
    assert " f5 snooze…" in desk.footer()
    assert effective("task.snooze") == ("f5",)
    await desk.press("app.help")
    assert "f5" in desk.modal()


@pytest.mark.parametrize("width", [120, 80])
async def test_the_line_of_what_no_reply_does_names_the_new_key(
    demo: Path, clock: FixedClock, width: int
) -> None:
    async with at_the_desk(demo, clock, size=(width, 30)) as desk:
        await choose(desk, "no reply yet: the")
        await desk.key("r", "f7")
        assert "f7" in (desk.card() if width == 120 else desk.hint())


async def test_a_key_that_is_taken_says_whose_it_is_and_can_be_taken(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await choose(desk, "snooze")
    await desk.key("a", "n")
    assert "n already does “no reply”, which would have no key." in desk.modal()
    await desk.key("p", "v", "escape")
    assert effective("task.snooze") == ("s",), "escape changes nothing"
    await desk.key("a", "n", "t")
    assert "“snooze…” has s n now. “no reply” has no key now." in desk.footer()
    assert (effective("task.snooze"), effective("task.no_reply")) == (("s", "n"), ())
    await desk.key("n")
    assert "Snooze" in desk.modal()


async def test_the_default_comes_back(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await choose(desk, "snooze")
    await desk.key("u")
    assert "“snooze…” has no key now." in desk.footer()
    await desk.key("s")
    assert desk.modal() == ""
    await choose(desk, "snooze")
    await desk.key("d")
    assert "“snooze…” has s now." in desk.footer()
    await desk.key("s")
    assert "Snooze" in desk.modal()
    assert "snooze" not in paths.config_file().read_text()


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
async def test_keys_that_windows_use_can_be_given_too(demo_desk: DeskDriver, key: str) -> None:
    desk = demo_desk
    await choose(desk, "snooze")
    await desk.key("r", key)
    if desk.modal():
        await desk.key("t")
    assert effective("task.snooze") == (key,)


async def test_a_key_that_never_arrives_says_why_and_asks_again(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await choose(desk, "snooze")
    await desk.key("r", "ctrl+at")
    assert "That can't be:" in desk.modal()
    await desk.key("f6")
    assert effective("task.snooze") == ("f6",)


async def test_escape_goes_back_step_by_step(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await choose(desk, "snooze")
    await desk.key("r", "escape")
    assert "replace its keys" in desk.modal()
    await desk.key("escape")
    assert "╭ Keys" in desk.modal()
    await desk.key("escape")
    assert desk.modal() == ""
    assert not paths.config_file().exists()


@pytest.mark.parametrize("content", [b"[keys\n", b"\xff\xfe"])
async def test_a_broken_file_is_not_touched_and_says_why(
    demo_desk: DeskDriver, content: bytes, fresh_machine: Path
) -> None:
    file = paths.config_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    await demo_desk.press("app.keys")
    assert demo_desk.modal() == ""
    said = demo_desk.footer() + " ".join(demo_desk.toasts())
    assert "fu config validate" in said
    assert file.read_bytes() == content


async def test_a_disk_that_refuses_changes_nothing_and_the_desk_goes_on(
    demo_desk: DeskDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = paths.config_file()
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("a file where the folder should be")
    await choose(demo_desk, "snooze")
    await demo_desk.key("r", "f5")
    assert "can't be" in demo_desk.footer() + " ".join(demo_desk.toasts())
    await demo_desk.key("s")
    assert "Snooze" in demo_desk.modal()
