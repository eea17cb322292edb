"""Themes at the desk: trying on, keeping, and a file of one's own that changes while one looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fu_tui.core.clock import FixedClock
from fu_tui.settings import paths
from fu_tui.settings.config import Settings, load
from fu_tui.settings.themes import shipped_folder
from tests.tui.driver import DeskDriver, at_the_desk

NIGHT = (shipped_folder() / "night.toml").read_text()
GROUNDS = {"night": "#15161e", "day": "#fbfaf6", "beacon": "#13171b"}


def ground(desk: DeskDriver) -> str:
    """What most of the desk is painted on."""
    strips = desk.desk._compositor.render_strips()
    inks = [style.bgcolor.name for strip in strips for _, style, _ in strip if style and style.bgcolor]
    return max(set(inks), key=inks.count)


@pytest.fixture
def mine(fresh_machine: Path) -> Path:
    """A theme of one's own, a copy of night."""
    file = paths.config_dir() / "themes" / "mine.toml"
    file.parent.mkdir(parents=True)
    file.write_text(NIGHT)
    return file


def save(file: Path, text: str) -> None:
    """Save as an editor does, a moment later than before."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    file.write_text(text)
    os.utime(file, ns=(before + 10**9, before + 10**9))


def delete(file: Path) -> None:
    """It is gone."""
    file.unlink()


async def test_a_theme_is_tried_on_and_kept(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    assert ground(desk) == GROUNDS["night"]
    await desk.press("app.theme")
    assert "✓ night" in desk.modal()
    await desk.key("home")
    assert ground(desk) == GROUNDS["beacon"], "the desk itself shows it"
    shown = {
        style.color.name
        for strip in desk.app.screen._compositor.render_strips()
        for _, style, _ in strip
        if style
    }
    assert "#f0803c" in shown, "and no veil is over it"
    await desk.key("j", "k", "enter")
    assert desk.modal() == ""
    assert ground(desk) == GROUNDS["beacon"]
    assert load(paths.config_file())[0].theme == "beacon"
    assert "Theme beacon" in desk.footer()


async def test_escape_takes_off_what_was_tried_on(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("app.theme")
    await desk.key("home", "escape")
    assert ground(desk) == GROUNDS["night"]
    assert not paths.config_file().exists()


async def test_settings_that_cant_be_written_are_told_and_the_theme_stays(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    paths.config_dir().mkdir(parents=True)
    paths.config_file().write_text("[ui\n")
    await desk.press("app.theme")
    await desk.key("home", "enter")
    assert ground(desk) == GROUNDS["beacon"]
    assert any("can't be edited" in toast for toast in desk.toasts())
    assert paths.config_file().read_text() == "[ui\n"


async def test_a_settings_folder_that_cant_be_written_ends_nothing(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    save(paths.config_dir().parent, "a file where the folder belongs")
    await desk.press("app.theme")
    await desk.key("home", "enter")
    assert ground(desk) == GROUNDS["beacon"], "for now it is worn"
    assert any("can't be written" in told for told in [*desk.toasts(), desk.footer()])


async def test_a_broken_theme_is_listed_with_its_reason_and_cant_be_kept(
    demo_desk: DeskDriver, mine: Path
) -> None:
    desk = demo_desk
    save(mine, NIGHT.replace('accent = "#7aa2f7 bold"', 'acent = "blue"'))
    await desk.press("app.theme")
    await desk.key("end", "enter")
    assert "mine" in desk.modal()
    assert "[inks] lacks accent." in desk.modal()
    assert ground(desk) == GROUNDS["night"]
    await desk.key("escape")


async def test_a_theme_of_ones_own_changes_as_it_is_saved(demo: Path, clock: FixedClock, mine: Path) -> None:
    async with at_the_desk(demo, clock, settings=Settings(theme="mine"), theme="night") as desk:
        save(mine, NIGHT.replace("#15161e", "#000000"))
        await desk.look_again()
        assert ground(desk) == "#000000"
        assert "Theme mine, as saved just now." in desk.footer()
        save(mine, NIGHT.replace("#15161e", "#ff0000"))
        await desk.look_again()
        assert "Hard to read: dim on background has 1.5 : 1" in desk.footer()
        save(mine, NIGHT.replace("#15161e", "black").replace("bold", "loud"))
        await desk.look_again()
        assert ground(desk) == "#ff0000", "the last good one stays"
        (told,) = (toast for toast in desk.toasts() if "can't be used" in toast)
        assert "background is 'black'" in told
        assert "accent is '#7aa2f7 loud'" in told
        save(mine, "")
        await desk.look_again()
        assert ground(desk) == "#ff0000", "an editor may be between two steps of a save"
        assert sum("can't be used" in toast for toast in desk.toasts()) == 1
        delete(mine)
        await desk.look_again()
        save(mine, NIGHT.replace("#15161e", "#101010"))
        await desk.look_again()
        assert ground(desk) == "#101010"


async def test_a_new_file_can_be_picked_and_is_followed_from_then_on(
    demo_desk: DeskDriver, mine: Path
) -> None:
    desk = demo_desk
    await desk.press("app.theme")
    assert "yours · dark" in desk.modal()
    await desk.key("k")  # night, before it mine
    assert "enter keep it" in desk.modal()
    await desk.key("enter")
    assert load(paths.config_file())[0].theme == "mine"
    save(mine, NIGHT.replace("#15161e", "#000000"))
    await desk.look_again()
    assert ground(desk) == "#000000"


async def test_what_is_tried_on_is_left_alone_by_a_save(demo: Path, clock: FixedClock, mine: Path) -> None:
    async with at_the_desk(demo, clock, settings=Settings(theme="mine"), theme="night") as desk:
        await desk.press("app.theme")
        await desk.key("home")
        save(mine, NIGHT.replace("#15161e", "#000000"))
        await desk.look_again()
        assert ground(desk) == GROUNDS["beacon"]
        await desk.key("escape")
        await desk.look_again()
        assert ground(desk) == "#000000"


async def test_a_copy_is_made_in_one_key_and_followed(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    await desk.press("app.theme")
    await desk.key("home", "c")
    file = paths.config_dir() / "themes" / "my-beacon.toml"
    assert "my-beacon.toml is yours" in desk.footer()
    text = file.read_text()
    assert text == (shipped_folder() / "beacon.toml").read_text(), "comments and all"
    assert load(paths.config_file())[0].theme == "my-beacon"
    save(file, text.replace("#13171b", "#000000"))
    await desk.look_again()
    assert ground(desk) == "#000000"
    await desk.press("app.theme")
    assert "✓ my-beacon" in desk.modal()
    await desk.key("home", "c")
    assert (file.parent / "my-beacon-2.toml").exists(), "nothing is written over"


async def test_where_no_copy_can_be_written_nothing_changes(demo_desk: DeskDriver) -> None:
    desk = demo_desk
    paths.config_dir().mkdir(parents=True)
    save(paths.config_dir() / "themes", "a file where the folder belongs")
    await desk.press("app.theme")
    await desk.key("home", "c")
    assert ground(desk) == GROUNDS["night"]
    assert any("can't be written" in toast for toast in [*desk.toasts(), desk.footer()])
    assert not paths.config_file().exists()
