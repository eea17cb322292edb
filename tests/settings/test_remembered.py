"""What the desk remembers between runs, and that a broken memory is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.settings.remembered import SIZE_LIMIT, Remembered


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "desk.json"


def test_what_was_set_is_there_at_the_next_run(file: Path) -> None:
    Remembered(file).set("card.why", True)
    Remembered(file).set("list.order", "priority")
    again = Remembered(file)
    assert (again.get("card.why", False), again.get("list.order", "day")) == (True, "priority")


def test_what_was_never_set_is_the_default(file: Path) -> None:
    assert Remembered(file).get("card.why", False) is False
    assert not file.exists()


def test_it_is_for_its_owner_alone(file: Path) -> None:
    Remembered(file).set("card.why", True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["desk.json"]


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"[1]", b"\xff\xfe", b"null", b'{"card.why": 3}', b"[" * 5000, b" " * (SIZE_LIMIT + 1)],
)
def test_a_broken_file_is_the_defaults_and_is_mended_by_the_next_value(file: Path, broken: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(broken)
    memory = Remembered(file)
    assert memory.get("card.why", False) is False
    memory.set("card.why", True)
    assert Remembered(file).get("card.why", False) is True


def test_a_value_of_another_type_is_the_default(file: Path) -> None:
    Remembered(file).set("card.why", "yes")
    assert Remembered(file).get("card.why", False) is False


def test_two_desks_do_not_forget_each_others(file: Path) -> None:
    one, other = Remembered(file), Remembered(file)
    one.set("card.why", True)
    other.set("card.load", True)
    assert Remembered(file).get("card.why", False) is True


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    memory = Remembered(tmp_path / "state" / "desk.json")
    memory.set("card.why", True)
    assert memory.get("card.why", False) is True
