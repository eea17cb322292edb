"""What is meant by a few letters: ranked, forgiving, harmless, and quick among a hundred thousand."""

from __future__ import annotations

import json
import time
from random import Random
from typing import Any

import pytest

from fu_tui.store.database import Database, create, open_existing
from fu_tui.store.lookup import Found
from fu_tui.store.models import Contact, Deal, User
from fu_tui.store.search import bring_up, stale_indexes
from fu_tui.store.suggest import suggest
from tests.world import World


def names(world: World, typed: str, kind: str = "contact", limit: int = 5) -> list[str]:
    return [found.name for found in suggest(world.db, kind, typed, limit, today=world.today)]


def test_names_that_begin_so_come_first_then_words_then_anything_else(world: World) -> None:
    world.make_contact("Priti Anand", account=None)
    world.make_contact("Zed Moe", account=None, emails=("an@house.example",))
    world.make_contact("Ann Lee", account=None)
    assert names(world, "an") == ["Ana Ruiz", "Ann Lee", "Priti Anand", "Zed Moe"]
    assert names(world, "ana") == ["Ana Ruiz", "Priti Anand"]
    assert names(world, "bet") == ["Ana Ruiz"], "by the account"
    assert names(world, "ruiz ana") == ["Ana Ruiz"]


def test_the_whole_name_comes_before_longer_ones_and_the_last_touched_before_others(world: World) -> None:
    for name, at in (
        ("Dana Reed", "2026-11-01"),
        ("Dana", None),
        ("Dana Abel", None),
        ("Dana Zoll", "2026-11-20"),
    ):
        contact = world.make_contact(name)
        at and world.db.execute_sql("UPDATE contact SET last_outbound_at = ? WHERE id = ?", (at, contact))
    assert names(world, "dana") == ["Dana", "Dana Zoll", "Dana Reed", "Dana Abel"]


def test_accents_and_case_do_not_matter(world: World) -> None:
    world.make_contact("Zoë Müller")
    for typed in ("zoe", "ZOË", "muller", "MÜLL", "zoe mu"):
        assert names(world, typed) == ["Zoë Müller"], typed


@pytest.mark.parametrize("typed", ["Danna", "Dnaa", "dan", "Dana Rede", "Dina", "Dana Ree", "danaa r"])
def test_one_slip_is_forgiven(world: World, typed: str) -> None:
    world.make_contact("Dana Reed")
    world.make_contact("Anna Berg")
    assert names(world, typed) == ["Dana Reed"]


def test_too_far_off_finds_nothing(world: World) -> None:
    for typed in ("Rodriguez", "xyz", "Anatole", "aq"):
        assert names(world, typed) == [], typed


@pytest.mark.parametrize("kind", ["contact", "link", "deal", "account", "owner", "cadence"])
@pytest.mark.parametrize(
    "typed",
    [
        "c++",
        '"',
        "'",
        "*",
        "(",
        "AND",
        "NEAR(",
        "name:",
        "^a",
        "-",
        "\ue000a",
        "🚀",
        "x" * 10_000,
        "\0",
        "|%_",
    ],
)
def test_whatever_is_typed_is_no_syntax(world: World, kind: str, typed: str) -> None:
    assert isinstance(suggest(world.db, kind, typed), list)


def test_signs_alone_mean_nobody_and_nothing_typed_whoever_was_touched_last(world: World) -> None:
    world.make_contact("c++ Guild", account=None)
    assert names(world, "c++") == ["c++ Guild"]
    assert names(world, "++") == []
    world.close([world.make_task()], "no_reply")
    assert names(world, "") == ["Ana Ruiz"]


def test_the_aside_tells_namesakes_apart(world: World) -> None:
    world.make_task(due=world.today)
    assert suggest(world.db, "contact", "ana") == [
        Found(world.contact, "Ana Ruiz", "Betatech · ana@betatech.example")
    ]
    assert suggest(world.db, "link", "gtx") == [
        Found(world.deal, "GTX Plus · Betatech", "Betatech · New lead")
    ]
    assert suggest(world.db, "account", "beta") == [Found(world.account, "Betatech", "1 open deal")]
    owner = suggest(world.db, "owner", "dana", today=world.today)
    assert owner == [Found(world.dana, "Dana Okafor", "dana · 1 today")]
    assert suggest(world.db, "cadence", "standard")[0].aside.endswith(" steps")
    world.change(User, world.sam, active=False)
    assert suggest(world.db, "owner", "sam") == []


def test_what_is_removed_or_undone_is_not_found_and_comes_back_with_the_redo(world: World) -> None:
    contact = world.make_contact("Zed Moe")
    world.change(Contact, contact, removed_by=1)
    assert names(world, "zed") == []
    world.change(Contact, contact, removed_by=None)
    assert names(world, "zed") == ["Zed Moe"]
    world.change(Deal, world.deal, title="Ramp")
    assert (names(world, "gtx", "deal"), names(world, "ramp", "deal")) == ([], ["Ramp"])


def test_many_written_at_once_and_changed_in_the_same_unit_are_found_as_they_then_are(world: World) -> None:
    with world.context.unit("import") as work:
        ids = work.insert_many(Contact, ("name", "account"), [("Zed Moe", None), ("Yan Poe", world.account)])
        work.update(Contact, ids[0], name="Zoe Moe")
        work.insert(Contact, name="Xia Woe")
        work.update(Contact, world.contact, name="Ann Ruiz")
    assert [names(world, typed) for typed in ("zed", "zoe", "xia", "ana r", "ann")] == [
        [], ["Zoe Moe"], ["Xia Woe"], ["Ann Ruiz"], ["Ann Ruiz"],
    ]  # fmt: skip
    assert stale_indexes(world.db) == []


PEOPLE = 100_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A hundred thousand contacts, a twelfth of them called Dana, all with the same title and one domain."""
    path = tmp_path_factory.mktemp("crowd") / "fu.db"
    create(path)
    db, dice = open_existing(path), Random(3)
    first = ("Dana", "Ravi", "Ana", "Li", "Edda", "Ida", "Omar", "Jun", "Mia", "Noor", "Tom", "Zoe")
    last = ["".join(dice.choices("aeioubdfgklmnprst", k=6)).title() for _ in range(3000)]
    db.execute_sql("PRAGMA cache_size = -100000")
    with db.atomic():
        db.connection().executemany(
            "INSERT INTO contact (id, name, emails, title) VALUES (?, ?, ?, 'Head of Ops')",
            (
                (n, f"{first[n % 12]} {dice.choice(last)}", json.dumps([f"p{n}@house.example"]))
                for n in range(1, PEOPLE + 1)
            ),
        )
        bring_up(db)
    return db


@pytest.mark.parametrize(
    "typed", ["d", "da", "dana", "e", "example", "head", "ops", "p777", "danna", "dana b"]
)
def test_a_letter_is_quick_among_very_many(crowd: Database, typed: str) -> None:
    found, took = suggest(crowd, "contact", typed), []
    for _ in range(5):
        at = time.perf_counter()
        assert suggest(crowd, "contact", typed) == found
        took.append(time.perf_counter() - at)
    whole = time.perf_counter()
    crowd.rows("SELECT id FROM contact WHERE name LIKE '%d%' OR emails LIKE '%q%'")
    assert min(took) < (time.perf_counter() - whole) / 2, "far less than looking at every row"
    assert len(found) == 5
    if typed[0] == "d":
        assert all(each.name.startswith("Dana") for each in found)


def test_the_crowd_is_read_a_few_hundred_at_most(crowd: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    read = Database.rows

    def counted(self: Database, *asked: Any) -> list[tuple[Any, ...]]:
        found = read(self, *asked)
        seen.append(len(found))
        return found

    monkeypatch.setattr(Database, "rows", counted)
    suggest(crowd, "contact", "e")
    assert 0 < sum(seen) < 1000
