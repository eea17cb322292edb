"""An import in steps: what a person types as a path, what they are told, and whose it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.core.errors import FuError, NotFound, UsageError
from fu_tui.exchange.incoming import complete, paths_of, read
from tests.world import World

DEALS = (
    "id,title,stage,owner\n"
    "1,GTX,Engaging,Sam Hill\n"
    "2,MG,Engaging,Zoe Reed\n"
    "3,XL,Engaging,Zoe Reed\n"
    "4,XS,Engaging,\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a few files, in which the person is."""
    for name in ("deals.csv", "deal notes.csv", "Users.TSV", "readme.txt", ".hidden.csv"):
        (tmp_path / name).write_text(DEALS)
    (tmp_path / "depot").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_line_is_paths_as_a_shell_takes_them(folder: Path, fresh_machine: Path) -> None:
    assert paths_of("deals.csv") == [Path("deals.csv")]
    assert paths_of(" deal notes.csv ") == [Path("deal notes.csv")], "as it stands, where there is one"
    assert paths_of("'deal notes.csv' Users.TSV") == [Path("deal notes.csv"), Path("Users.TSV")]
    assert paths_of(r"deal\ notes.csv") == [Path("deal notes.csv")], (
        "as a terminal writes what is dropped on it"
    )
    assert paths_of("~/crm") == [fresh_machine / "crm"]


@pytest.mark.parametrize("typed", ["", "  ", "'deals"])
def test_a_line_that_names_nothing_says_so(folder: Path, typed: str) -> None:
    with pytest.raises(UsageError):
        paths_of(typed)


@pytest.mark.parametrize(
    "typed", ["none.csv", "depot", "readme.txt none", "\0", "x" * 5000, "~nobody-here/x.csv"]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(folder: Path, typed: str) -> None:
    with pytest.raises(FuError):
        read(typed)


@pytest.mark.parametrize(
    ("typed", "text", "ways"),
    [
        ("dea", "deal", ("deal notes.csv", "deals.csv")),
        ("deals", "deals.csv", ()),
        ("dep", "depot/", ()),
        ("U", "Users.TSV", ()),
        (".h", ".hidden.csv", ()),
        ("~nobody-here/x", "~nobody-here/x", ()),
        ("", "", ("Users.TSV", "deal notes.csv", "deals.csv", "depot/")),
        ("re", "re", ("nothing here begins so",)),
        ("none/x", "none/x", ()),
        ("\0", "\0", ("nothing here begins so",)),
        ("\0/x", "\0/x", ()),
    ],
)
def test_a_path_is_completed_as_far_as_it_goes(
    folder: Path, typed: str, text: str, ways: tuple[str, ...]
) -> None:
    assert complete(typed) == (text, ways)
    if not typed.startswith("~"):
        assert complete(f"{folder}/{typed}") == (f"{folder}/{text}", ways)


def test_home_is_completed(fresh_machine: Path) -> None:
    (fresh_machine / "deals.csv").write_text(DEALS)
    assert complete("~") == ("~/deals.csv", ())


def test_it_tells_what_is_in_the_files_and_whose(folder: Path) -> None:
    incoming = read("deals.csv")
    assert incoming.lines[0] == "deals.csv (deals): 4 rows, 4 taken"
    assert incoming.owners == (("Zoe Reed", 2), ("Sam Hill", 1))


@pytest.mark.parametrize(
    ("me", "alone", "owners"),
    [
        ("", False, {"Dana Okafor": 1, "Sam Hill": 1, "Zoe Reed": 2}),
        ("", True, {"Dana Okafor": 3, "Sam Hill": 1}),  # Sam is a user there already
        ("Zoe Reed", False, {"Zoe Reed": 3, "Sam Hill": 1}),
        ("Zoe Reed", True, {"Zoe Reed": 3, "Sam Hill": 1}),
    ],
)
def test_whose_it_becomes(folder: Path, tmp_path: Path, me: str, alone: bool, owners: dict[str, int]) -> None:
    world = World(tmp_path)
    before = world.db.value("SELECT max(id) FROM deal")
    said = read("deals.csv").write(world.context, me=me, alone=alone)
    assert "4 deals" in said
    found = world.db.rows(
        "SELECT u.name, count(*) FROM deal d JOIN user u ON u.id = d.owner_id WHERE d.id > ? GROUP BY 1",
        (before,),
    )
    assert dict(found) == owners


def test_an_owner_that_is_none_is_refused(folder: Path, tmp_path: Path) -> None:
    world = World(tmp_path)
    with pytest.raises(NotFound):
        read("deals.csv").write(world.context, me="Nobody", alone=False)
