"""Where the database is, and when one is made: on the first day, and never in the place of a lost one."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from fu_tui import bootstrap
from fu_tui.bootstrap import is_first_start, open_desk
from fu_tui.core.clock import FixedClock
from fu_tui.core.errors import NotFound, StorageError
from fu_tui.settings import paths
from fu_tui.store.models import User
from tests.world import MONDAY

CLOCK = FixedClock(MONDAY)


def default() -> Path:
    return paths.default_database()


def test_the_first_day_makes_a_database_with_its_person(fresh_machine: Path) -> None:
    desk = open_desk(clock=CLOCK, environ={})
    assert desk.db.path == default()
    assert desk.me.name == bootstrap.person_name()
    assert desk.db.value("SELECT count(*) FROM cadence") == 11
    desk.shut()
    assert stat.S_IMODE(default().stat().st_mode) == 0o600
    assert stat.S_IMODE(default().parent.stat().st_mode) == 0o700
    again = open_desk(clock=CLOCK, environ={})
    assert again.me == desk.me
    again.shut()


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["deleted", "emptied"]
)
def test_a_lost_database_is_not_replaced_by_an_empty_one(spoil: object) -> None:
    open_desk(clock=CLOCK, environ={}).shut()
    spoil(default())  # type: ignore[operator]
    with pytest.raises(StorageError, match=r"(is gone|is empty)\. Restore a backup"):
        open_desk(clock=CLOCK, environ={})
    assert not default().exists() or default().stat().st_size == 0


def test_a_place_that_someone_named_is_never_filled(tmp_path: Path) -> None:
    missing = tmp_path / "mine.db"
    for how in ({"db": str(missing), "environ": {}}, {"environ": {"FU_DB": str(missing)}}):
        with pytest.raises(StorageError, match="There is no database at"):
            open_desk(clock=CLOCK, **how)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
    assert not default().exists()


def test_a_named_file_goes_before_the_variable_and_that_before_the_default(tmp_path: Path) -> None:
    for name in ("named", "variable"):
        bootstrap.first_day(tmp_path / f"{name}.db", CLOCK, name=name)
    environ = {"FU_DB": str(tmp_path / "variable.db")}
    with_both = open_desk(str(tmp_path / "named.db"), clock=CLOCK, environ=environ)
    with_variable = open_desk(clock=CLOCK, environ=environ)
    assert (with_both.me.name, with_variable.me.name) == ("named", "variable")
    with_both.shut()
    with_variable.shut()
    assert not default().exists()


def test_the_first_start_is_over_once_a_database_was_made_even_if_it_is_lost(tmp_path: Path) -> None:
    assert is_first_start(None, {})
    assert not is_first_start(str(tmp_path / "fu.db"), {})
    assert not is_first_start(None, {"FU_DB": str(tmp_path / "fu.db")})
    open_desk(clock=CLOCK, environ={}).shut()
    assert not is_first_start(None, {})
    default().unlink()
    assert not is_first_start(None, {})


def test_a_first_day_that_was_cut_short_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the empty file and its first records, it must not leave a file without a user."""
    from fu_tui.services import setup

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(setup, "seed", cut)
        with pytest.raises(KeyboardInterrupt):
            open_desk(clock=CLOCK, environ={})
    desk = open_desk(clock=CLOCK, environ={})
    assert desk.db.value("SELECT count(*) FROM user") == 1
    desk.shut()


def test_of_two_first_days_at_once_the_second_finds_the_firsts_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other process makes the file between this one's look and its own try."""
    first_day = bootstrap.first_day

    def late(path: Path, clock: FixedClock) -> None:
        first_day(path, clock, name="Other Process")
        first_day(path, clock)

    monkeypatch.setattr(bootstrap, "first_day", late)
    desk = open_desk(clock=CLOCK, environ={})
    assert desk.me.name == "Other Process"
    desk.shut()


def test_who_acts_is_asked_where_nobody_has_this_login(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "team.db"
    bootstrap.first_day(path, CLOCK, name="Dana Okafor")
    monkeypatch.setattr(bootstrap, "login_name", lambda: "somebody")
    desk = open_desk(str(path), clock=CLOCK, environ={})
    assert desk.me.name == "Dana Okafor"
    calendar = desk.me.calendar_id
    with desk.context.unit("test") as work:
        work.insert(User, handle="sam", name="Sam Hill", calendar=calendar)
    desk.shut()
    with pytest.raises(NotFound, match=r'login "somebody".*--as: dana, sam') as asked:
        open_desk(str(path), clock=CLOCK, environ={})
    assert asked.value.candidates == ("dana", "sam")
    sam = open_desk(str(path), clock=CLOCK, environ={"FU_USER": "sam"})
    assert sam.me.name == "Sam Hill"
    sam.shut()


def test_who_has_left_acts_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as themselves, nor as the only one who is left."""
    path = tmp_path / "team.db"
    monkeypatch.setattr(bootstrap, "login_name", lambda: "dana")
    bootstrap.first_day(path, CLOCK, name="Dana Okafor")
    desk = open_desk(str(path), clock=CLOCK, environ={})
    with desk.context.unit("test") as work:
        work.insert(User, handle="sam", name="Sam Hill", calendar=desk.me.calendar_id)
        work.update(User, desk.me.id, active=False)
    desk.shut()
    with pytest.raises(NotFound, match=r"Dana Okafor has left, and acts here no more\. .*--as: sam"):
        open_desk(str(path), clock=CLOCK, environ={})
