"""Whose the imported records become: users of the files, of the database, or an answer to a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fu_tui.core.errors import FuError, NotFound, Refused, UsageError
from fu_tui.core.terms import Role
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.publish import Published, publish
from fu_tui.queries.doctor import examine
from fu_tui.services.journal import Journal
from fu_tui.store.lookup import people, person_by_login
from fu_tui.store.models import Account, Contact, Deal, User
from tests.exchange.conftest import DATA, Writer
from tests.world import World

DEALS = "Deal Name,Account,Owner,Stage\n"
TEAM = "Sales agent,Manager,Email,User ID\nLi Wen,Mo Katz,li@isdom.example,7\nMia Lund,Mo Katz,,8\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.change(User, world.dana, login="dana")
    return world


def bring(world: World, *paths: Path, **options: Any) -> Published:
    """Import files; the database is sound afterwards."""
    published = publish(world.context, plan_import(paths), **options)
    assert examine(world.db).violations == ()
    return published


def owners(world: World) -> dict[str, str]:
    """The owner's name by the deal's title."""
    return dict(world.db.rows(
        "SELECT d.title, u.name FROM deal d JOIN user u ON u.id = d.owner_id WHERE d.removed_by IS NULL"
    ))  # fmt: skip


def user(world: World, name: str) -> dict[str, Any]:
    return world.record(
        "user", world.db.value("SELECT id FROM user WHERE name = ? AND removed_by IS NULL", (name,))
    )


# --- owners who are no users


def test_a_hundred_strangers_are_asked_about(world: World) -> None:
    before = world.path.read_bytes()
    with pytest.raises(UsageError) as refusal:
        bring(world, DATA / "leads-100.csv")
    assert str(refusal.value) == (
        "100 owners in the files are no users: Bethany Dixon, Andres Callahan, Angel Ortega, Dana Mcdonald,"
        " Sharon Cruz …. Make them users with --create-users, or give their records to one with --owner NAME."
    )
    assert world.path.read_bytes() == before


def test_they_become_users(world: World) -> None:
    published = bring(world, DATA / "leads-100.csv", create_users=True)
    assert (published.created["users"], published.given) == (100, {})
    bethany = user(world, "Bethany Dixon")
    assert (bethany["handle"], bethany["role"], bethany["active"], bethany["login"]) == (
        "bethany",
        "rep",
        1,
        None,
    )
    assert owners(world)["Grimes, Madden and Huff"] == "Bethany Dixon"
    assert len({handle for (handle,) in world.db.rows("SELECT handle FROM user")}) == 102


@pytest.mark.parametrize(
    ("owner", "name"), [("sam", "Sam Hill"), ("me", "Dana Okafor"), ("Dana Okafor", "Dana Okafor")]
)
def test_or_one_user_gets_what_is_theirs(world: World, owner: str, name: str) -> None:
    published = bring(world, DATA / "leads-100.csv", owner=owner)
    assert (published.created["users"], published.given[name]) == (0, 200)
    assert set(owners(world).values()) == {name, "Dana Okafor"}
    assert world.db.value(
        "SELECT count(*) FROM contact c JOIN account a ON a.id = c.account_id AND a.owner_id = c.owner_id"
        " JOIN user u ON u.id = c.owner_id WHERE u.name = ? AND c.source = 'csv:leads'", (name,),
    ) == 100  # fmt: skip


def test_a_user_of_the_files_may_get_it(world: World, write: Writer) -> None:
    bring(
        world,
        write(TEAM, "team.csv"),
        write(DEALS + "Seats,Isdom,Nobody Known,Qualified\n"),
        owner="Mia Lund",
    )
    assert owners(world)["Seats"] == "Mia Lund"


def test_an_account_s_owner_is_asked_about_too(world: World, write: Writer) -> None:
    path = write("Account Name,Account Owner\nIsdom,Nobody Known\n")
    with pytest.raises(UsageError, match="1 owner in the files is no user: Nobody Known"):
        bring(world, path)
    bring(world, path, owner="sam")
    assert world.db.value("SELECT owner_id FROM account WHERE name = 'Isdom'") == world.sam


@pytest.mark.parametrize("written", ["sam  HILL", "sam@isdom.example", "sam"])
def test_a_user_is_known_by_name_mail_or_handle(world: World, write: Writer, written: str) -> None:
    world.change(User, world.sam, email="Sam@isdom.example")
    bring(world, write(DEALS + f"Seats,Isdom,{written},Qualified\n"))
    assert owners(world)["Seats"] == "Sam Hill"


def test_an_unknown_user_to_give_it_to(world: World) -> None:
    with pytest.raises(NotFound, match='There is no user "zoe"'):
        bring(world, DATA / "leads-100.csv", owner="zoe")


# --- users who are there already


def test_known_users_stay_as_they_are(world: World, write: Writer) -> None:
    bring(world, write(TEAM, "a.csv"))
    world.change(User, user(world, "Mia Lund")["id"], name="Mia Katz", manager=world.dana, role=Role.ADMIN)
    before = world.db.rows("SELECT * FROM user")
    published = bring(world, write(TEAM + "Noor Aziz,Mo Katz,,9\n", "b.csv"))
    assert (published.created["users"], published.known["users"]) == (1, 3)
    assert world.db.rows("SELECT * FROM user WHERE name <> 'Noor Aziz'") == before
    assert user(world, "Noor Aziz")["manager_id"] == user(world, "Mo Katz")["id"]


# --- who I am


def test_me_in_the_files_takes_my_user_s_place(world: World, write: Writer) -> None:
    files = (write(TEAM, "team.csv"), write(DEALS + "Seats,Isdom,Li Wen,Qualified\nDesks,Isdom,,Qualified\n"))
    before = world.dump()
    published = bring(world, *files, me="li wen")
    assert (published.me, published.created["users"], published.given["Li Wen"]) == ("Li Wen", 2, 1)
    me = world.record("user", world.dana)
    expected = {
        "name": "Li Wen", "handle": "li", "login": "dana", "role": "admin", "email": "li@isdom.example",
        "manager_id": user(world, "Mo Katz")["id"], "source": "csv:users", "external_id": "7",
    }  # fmt: skip
    assert {key: me[key] for key in expected} == expected
    assert (owners(world)["Seats"], owners(world)["Desks"]) == ("Li Wen", "Li Wen")
    assert world.db.value("SELECT count(*) FROM user WHERE name = 'Li Wen'") == 1
    world.journal.undo()
    assert world.dump() == before


def test_me_may_be_an_owner_who_is_in_no_list_of_users(world: World) -> None:
    bring(world, DATA / "leads-100.csv", me="Bethany", owner="sam")
    assert world.record("user", world.dana)["name"] == "Bethany Dixon"
    assert sorted(set(owners(world).values())) == ["Bethany Dixon", "Sam Hill"]


def test_me_by_my_own_name_changes_nothing(world: World, write: Writer) -> None:
    before = world.db.rows("SELECT * FROM user")
    bring(world, write(DEALS + "Seats,Isdom,Dana Okafor,Qualified\n"), me="dana")
    assert world.db.rows("SELECT * FROM user") == before


def test_an_unknown_or_ambiguous_me_names_who_there_is(world: World, write: Writer) -> None:
    files = (write(TEAM, "team.csv"), write(DEALS + "Seats,Isdom,Li Berg,Qualified\n"))
    with pytest.raises(NotFound, match=r'No owner in the files is called "zoe"\. There are: ') as unknown:
        bring(world, *files, me="zoe", create_users=True)
    assert unknown.value.candidates == (
        "Dana Okafor", "Li Berg", "Li Wen", "Mia Lund", "Mo Katz", "Sam Hill",
    )  # fmt: skip
    with pytest.raises(NotFound, match='"li" could be several owners') as several:
        bring(world, *files, me="li", create_users=True)
    assert several.value.candidates == ("Li Berg", "Li Wen")


def test_me_who_was_imported_earlier_gets_my_login_and_role(world: World, write: Writer) -> None:
    """The first day's user, who owns nothing, has no use any more."""
    bring(world, write(TEAM, "team.csv"))
    world.change(Deal, world.deal, owner=world.sam)
    world.change(Contact, world.contact, owner=world.sam)
    world.change(Account, world.account, owner=world.sam)
    before = world.dump()
    published = bring(
        world, write(DEALS + "Seats,Isdom,Li Wen,Qualified\nDesks,Isdom,,Qualified\n"), me="Li Wen"
    )
    li = user(world, "Li Wen")
    assert published.me == "Li Wen"
    assert (li["login"], li["role"], li["handle"]) == ("dana", "admin", "li")
    assert (owners(world)["Seats"], owners(world)["Desks"]) == ("Li Wen", "Li Wen")
    assert "Dana Okafor" not in {person.name for person in people(world.db)}
    now_me = person_by_login(world.db, "dana")
    assert now_me is not None
    assert now_me.id == li["id"]
    world.act_as(li["id"])
    after = world.dump()
    for verb, there in ((Journal.undo, before), (Journal.redo, after), (Journal.undo, before)):
        verb(world.journal)
        assert world.dump() == there
        assert examine(world.db).violations == ()


def test_my_former_user_stays_while_it_owns_something_and_i_keep_the_higher_role(
    world: World, write: Writer
) -> None:
    bring(world, write(TEAM, "team.csv"))
    world.change(User, world.dana, role=Role.REP)
    world.act_as(world.dana)
    bring(world, write(DEALS + "Seats,Isdom,,Qualified\n"), me="Mo Katz")
    dana, mo = world.record("user", world.dana), user(world, "Mo Katz")
    assert (dana["active"], dana["login"]) == (1, None)
    assert (mo["login"], mo["role"]) == ("dana", "manager")


@pytest.mark.parametrize(
    ("logins", "refusal"),
    [
        (
            {"sam": "samh"},
            'Sam Hill is the user of somebody with the login "samh". Leave --me out, or name another',
        ),
        (
            {"dana": None},
            "You act as Dana Okafor by name, not by your login. Act as Sam Hill instead: fu --as sam import",
        ),
    ],
)
def test_nobody_becomes_somebody_else(
    world: World, write: Writer, logins: dict[str, str | None], refusal: str
) -> None:
    for name, login in logins.items():
        world.change(User, getattr(world, name), login=login)
    before = world.path.read_bytes()
    with pytest.raises(Refused) as error:
        bring(world, write(DEALS + "Seats,Isdom,Sam Hill,Qualified\n"), me="Sam Hill")
    assert str(error.value).startswith(refusal)
    assert isinstance(error.value, FuError)
    assert world.path.read_bytes() == before
