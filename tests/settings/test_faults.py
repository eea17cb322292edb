"""The log of faults: what helps to mend them, nothing of the person's, never too large."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from fu_tui.core.text import clean_text
from fu_tui.settings import faults


def caught(kind: type[BaseException] = ValueError, *words: object) -> BaseException:
    """An exception that was really raised, on behalf of somebody."""
    name = "Ana Ruiz"
    try:
        try:
            raise KeyError(name)
        except KeyError:
            raise kind(*(words or (f"no such contact: {name}",)))  # noqa: B904 - as it happens by itself
    except BaseException as fault:
        return fault


def log_of(home: Path) -> Path:
    return home / ".local/state/fu-tui/fault.log"


def test_it_names_kinds_and_places_and_nobody(fresh_machine: Path) -> None:
    said = faults.keep(caught())
    told = log_of(fresh_machine).read_text()
    assert said == f"What is known about it is in {log_of(fresh_machine)}."
    assert told.index("KeyError\n") < told.index("ValueError\n")
    assert "test_faults.py" in told
    assert "fu-tui 0" in told
    assert "Ana" not in told
    assert str(Path.cwd()) not in told


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (caught(AttributeError, "'NoneType' object has no attribute 'row'"), "AttributeError: 'NoneType' object has"),
        (caught(ZeroDivisionError, "division by zero"), "ZeroDivisionError: division by zero"),
        (caught(OSError, 28, "No space left on device", "/disk/ana/x"), "OSError (No space left on device)"),
        (caught(UnicodeEncodeError, "utf-8", "Ana\ud83d", 3, 4, "surrogates"), "UnicodeEncodeError\n"),
        (caught(sqlite3.IntegrityError, "UNIQUE constraint failed"), "IntegrityError\n"),
    ],
)  # fmt: skip
def test_words_are_kept_where_they_name_code(fresh_machine: Path, fault: BaseException, words: str) -> None:
    faults.keep(fault)
    told = log_of(fresh_machine).read_text()
    assert words in told
    assert "ana" not in told.lower()


def test_faults_gather_and_the_log_is_turned_over(
    fresh_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "SIZE_LIMIT", 3000)
    for _ in range(40):
        faults.keep(caught())
    log = log_of(fresh_machine)
    before = log.with_name("fault.log.1")
    assert sorted(each.name for each in log.parent.iterdir()) == ["fault.log", "fault.log.1"]
    for each in (log, before):
        assert each.stat().st_size < 4000
        assert each.stat().st_mode & 0o777 == 0o600
    assert before.read_text().count("ValueError") > 1


def test_a_recursion_is_told_from_both_its_ends(fresh_machine: Path) -> None:
    def odd(number: int) -> bool:
        return even(number + 1)

    def even(number: int) -> bool:
        return odd(number + 1)

    with pytest.raises(RecursionError) as caught_:
        odd(1)
    faults.keep(caught_.value)
    told = log_of(fresh_machine).read_text()
    assert "in test_a_recursion_is_told_from_both_its_ends" in told
    assert len(told.splitlines()) < 200, "and not from a thousand places"


def test_a_log_that_was_readable_to_all_is_closed_again(fresh_machine: Path) -> None:
    faults.keep(caught())
    log_of(fresh_machine).chmod(0o644)
    faults.keep(caught())
    assert log_of(fresh_machine).stat().st_mode & 0o777 == 0o600


def test_where_it_cannot_be_written_the_place_is_said(fresh_machine: Path) -> None:
    (fresh_machine / ".local").write_text("no folder")
    with pytest.raises(AttributeError) as of_ours:
        clean_text(None)  # type: ignore[arg-type]
    said = faults.keep(of_ours.value)
    assert said.startswith("It went wrong at fu_tui/core/text.py:")
    assert said.endswith("the log could not be written: Not a directory.")
