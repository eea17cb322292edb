"""A person starts fu for the first time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fu_tui import bootstrap
from fu_tui.core.clock import FixedClock
from fu_tui.core.errors import StorageError
from fu_tui.exchange.batch import Progress
from fu_tui.settings import paths
from tests.tui.driver import DeskDriver
from tests.tui.first_start import asked, at_the_first_start

CRM = (
    "id,title,account,stage,owner\n"
    "1,GTX Plus,Isdom,Prospecting,Dana Okafor\n"
    "2,GTX Pro,Betatech,Engaging,Dana Okafor\n"
    "3,MG Special,Cancity,Engaging,Sam Hill\n"
)
Golden = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def called(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system calls the person so."""
    monkeypatch.setattr(bootstrap, "person_name", lambda: "Dana Okafor")


@pytest.fixture
def crm(tmp_path: Path) -> Path:
    file = tmp_path / "crm" / "deals.csv"
    file.parent.mkdir()
    file.write_text(CRM)
    return file


async def to_the_desk(desk: DeskDriver) -> None:
    """Wait for the desk, with the keys over it."""
    await asked(desk, "Twelve keys")


def nothing_made() -> bool:
    return not paths.data_dir().exists() or not list(paths.data_dir().glob("*.db*"))


async def test_enter_enter_enter_and_any_key(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        assert "Dana Okafor" in desk.modal()
        assert nothing_made()
        await desk.key("enter", "enter", "enter")
        await to_the_desk(desk)
        assert desk.keys_pressed == 3
        await desk.key("n")
        assert desk.modal() == ""
        assert desk.header().startswith(" fu Dana Okafor · mine")
        await desk.press("task.add")
        assert "╭ Add" in desk.modal()
        await desk.key("escape")
    assert not paths.config_file().exists(), "defaults need no file"
    assert not bootstrap.is_first_start(None, {})


async def test_what_is_said_counts(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        for _ in "Dana Okafor":
            await desk.key("backspace")
        await desk.key("enter")
        assert "Type the name that others see." in desk.modal()
        await desk.type("Zoë Müller")
        await desk.key("enter", "up")
        await desk.type("germ")
        assert "▌Germany  DE" in desk.seen()
        await desk.key("enter", "enter")
        await to_the_desk(desk)
        assert " o " not in desk.modal()
        assert "q " in desk.modal()
        await desk.key("escape")
        assert desk.header().startswith(" fu Zoë Müller  "), "who works alone needs no scope"
        assert "owner" not in desk.footer()
        await desk.key("at")
        assert desk.modal() == ""
        holidays = desk.desk.desk.calendar.holidays
        assert "German Unity Day" in holidays.values()
        assert "The public holidays of Germany are days off; g h changes that." in desk.footer()
    assert paths.config_file().read_text() == '[desk]\nprofile = "solo"\n'


async def test_going_back_loses_nothing(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.type(" Reed")
        await desk.key("enter", "down")
        await desk.type("xyz")
        await desk.key("enter")
        assert 'No country has "xyz" in its name' in desk.modal()
        await desk.key("backspace", "backspace", "backspace")
        await desk.type("united ki")
        await desk.key("enter", "shift+tab")
        assert "United Kingdom  GB" in desk.modal()
        await desk.key("shift+tab")
        assert "Dana Okafor Reed" in desk.modal()
        await desk.key("enter", "tab", "up", "enter", "enter")
        await to_the_desk(desk)
        assert "Boxing Day" in desk.desk.desk.calendar.holidays.values()
        assert desk.desk.desk.me.name == "Dana Okafor Reed"
    assert not paths.config_file().exists(), "office, and up again to team"


async def test_escape_takes_the_defaults_and_keeps_what_was_said(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.type(" Reed")
        await desk.key("enter", "escape")
        await to_the_desk(desk)
        assert desk.desk.desk.me.name == "Dana Okafor Reed"
        assert desk.desk.desk.calendar.holidays == {}


async def test_the_questions_and_the_keys_fit_on_every_screen(clock: FixedClock, golden: Golden) -> None:
    for size in ((80, 24), (40, 15)):
        async with at_the_first_start(clock, size=size) as desk:
            seen = [desk.seen()]
            await desk.key("enter")
            await desk.type("ger")
            seen.append(desk.seen())
            await desk.key("enter")
            seen.append(desk.seen())
            golden("first-{}x{}".format(*size), "\n".join(seen))
            await desk.key("ctrl+q")


async def test_leaving_in_the_middle_leaves_nothing(clock: FixedClock) -> None:
    for keys in (
        ("ctrl+q",),
        ("enter", "ctrl+c"),
        ("enter", "enter", "ctrl+q"),
        ("enter", "enter", "i", "ctrl+q"),
    ):
        async with at_the_first_start(clock) as desk:
            await desk.key(*keys)
            assert not desk.is_open
        assert nothing_made()


async def test_files_come_in_at_once(clock: FixedClock, crm: Path) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.key("enter", "enter", "i")
        await desk.type(f"{crm.parent}/none.csv")
        await desk.key("enter")
        await asked(desk, "There is no file")
        assert nothing_made()
        for _ in "none.csv":
            await desk.key("backspace")
        await desk.type("d")
        await desk.key("tab", "enter")
        await asked(desk, "Which of the owners are you?")
        assert "deals.csv (deals): 3 rows, 3 taken" in desk.modal()
        assert "▌Dana Okafor" in desk.seen(), "the name that was typed is found"
        await desk.key("escape")
        assert "/crm/deals.csv" in desk.modal(), "the path is still there"
        await desk.key("escape")
        assert "How do you begin?" in desk.modal()
        await desk.key("enter", "enter")
        await asked(desk, "Which of the owners are you?")
        await desk.key("enter")
        await to_the_desk(desk)
        await desk.key("escape")
        assert "Imported 1 user, 2 stages, 3 accounts, 3 deals." in desk.footer()
        owners = desk.desk.desk.db.rows(
            "SELECT u.name, count(*) FROM deal d JOIN user u ON u.id = d.owner_id"
            " WHERE d.removed_by IS NULL GROUP BY u.name"
        )
        assert owners == [("Dana Okafor", 2), ("Sam Hill", 1)]
        await desk.press("journal.undo")
        assert desk.desk.desk.db.value("SELECT count(*) FROM deal WHERE removed_by IS NULL") == 0


async def test_who_works_alone_gets_all_of_it(clock: FixedClock, crm: Path) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.key("enter", "up", "enter", "i")
        await desk.type(str(crm))
        await desk.key("enter")
        await asked(desk, "you work alone")
        await desk.key("enter")
        await to_the_desk(desk)
        assert desk.desk.desk.db.rows("SELECT DISTINCT owner_id FROM deal") == [(desk.desk.desk.me.id,)]


def until_stopped(begun: list[str]) -> Callable[..., str]:
    """Something long that ends only when it is stopped."""

    def work(*_: object, progress: Progress, **__: object) -> str:
        begun.append("begun")
        while True:
            progress(1, 2)

    return work


async def test_an_import_that_is_stopped_leaves_an_empty_desk(
    clock: FixedClock, crm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(bootstrap, "take_in", until_stopped(begun))
    async with at_the_first_start(clock) as desk:
        await desk.key("enter", "enter", "i")
        await desk.type(str(crm))
        await desk.key("enter")
        await asked(desk, "Which of the owners")
        await desk.key("enter")
        await asked(desk, "50%")
        assert begun
        await desk.key("escape")
        await to_the_desk(desk)
        await desk.key("escape")
        assert "The import was stopped" in desk.footer() + " ".join(desk.toasts())
        assert desk.pane("today").count == 0


async def test_the_demo_is_looked_at_and_the_questions_come_again(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.type(" Reed")
        await desk.key("enter", "up")
        await desk.type("germ")
        await desk.key("enter", "d")
        await to_the_desk(desk)
        assert "fu --demo comes back here" in " ".join(desk.modal().split())
        await desk.key("x")
        assert "DEMO" in desk.header()
        assert desk.pane("overdue").count > 0
        await desk.press("app.quit")
    assert nothing_made()
    assert not paths.config_file().exists()
    async with at_the_first_start(clock) as desk:
        await desk.key("enter", "enter", "d")
        await desk.until(lambda: desk.app.desk, "the demo can be looked at again")
    async with at_the_first_start(clock) as desk:
        assert "Dana Okafor Reed" in desk.modal()
        await desk.key("enter")
        assert "▌● solo" in desk.seen()
        assert "Germany" in desk.modal()
        await desk.key("enter", "enter")
        await desk.until(lambda: "Nothing to do." in desk.seen())
        assert desk.modal() == "", "the keys were shown with the demo"
        assert "German Unity Day" in desk.desk.desk.calendar.holidays.values()


async def test_where_nothing_can_be_made_it_says_so_and_makes_nothing(clock: FixedClock) -> None:
    paths.data_dir().parent.mkdir(parents=True)
    paths.data_dir().write_text("a file where the folder should be")

    async def begin() -> None:
        async with at_the_first_start(clock) as desk:
            await desk.key("enter", "enter")
            desk._post("enter", None)
            await desk.until(lambda: not desk.is_open)

    with pytest.raises(StorageError, match="Can't make"):
        await begin()
    assert not (paths.state_dir() / bootstrap.MARKER).exists()


async def test_a_settings_file_that_cannot_be_edited_stops_nothing(clock: FixedClock) -> None:
    paths.config_dir().mkdir(parents=True)
    paths.config_file().write_text("[ui\n")
    async with at_the_first_start(clock) as desk:
        await desk.key("enter", "up", "enter", "enter")
        await to_the_desk(desk)
        await desk.key("x")
        assert "How you work could not be kept" in desk.footer() + " ".join(desk.toasts())
    assert paths.config_file().read_text() == "[ui\n"


async def test_another_process_that_was_faster_gets_the_answers(clock: FixedClock) -> None:
    async with at_the_first_start(clock) as desk:
        await desk.type(" Reed")
        await desk.key("enter", "enter")
        bootstrap.first_day(paths.default_database(), clock)
        await desk.key("enter")
        await to_the_desk(desk)
        assert desk.desk.desk.me.name == "Dana Okafor Reed"
