"""A plan becomes records: all of it or nothing, once, and it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fu_tui.core.errors import Conflict, Refused, UsageError
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.publish import Published, preview, publish
from fu_tui.queries.doctor import examine
from fu_tui.store.backup import list_backups, verify
from fu_tui.store.models import Account, Deal, User
from tests.exchange.conftest import DATA, Writer
from tests.world import World

DEALS = "Deal ID,Deal Name,Account,Owner,Stage,Amount,Contact,Notes\n"
ONE = "1,Seats,Isdom,Sam Hill,Qualified,100.5,Dana Reed,met at fair\n"
TWO = "2,Support,Isdom,Sam Hill,Qualified,,,\n"
TASKS = "Action,Due,Owner,Contact,Company,Deal\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def bring(world: World, *paths: Path, **options: Any) -> Published:
    """Import files; the database is sound afterwards."""
    published = publish(world.context, plan_import(paths), **options)
    assert examine(world.db).violations == ()
    return published


def count(world: World, table: str) -> int:
    return int(world.db.value(f'SELECT count(*) FROM "{table}" WHERE removed_by IS NULL'))


def last(world: World, table: str) -> dict[str, Any]:
    return world.record(table, world.db.value(f'SELECT max(id) FROM "{table}"'))


# --- what is written


def test_leads_become_contacts_accounts_deals_and_notes_that_know_each_other(world: World) -> None:
    assert bring(world, DATA / "leads-100.csv", create_users=True).created == {
        "users": 100, "stages": 4, "accounts": 100, "contacts": 100, "deals": 100, "notes": 100, "tasks": 0,
    }  # fmt: skip
    together = world.db.value(
        "SELECT count(*) FROM deal d JOIN deal_contact x ON x.deal_id = d.id JOIN contact c ON c.id = x.contact_id"
        " JOIN note n ON n.deal_id = d.id AND n.contact_id = c.id AND n.account_id = d.account_id"
        " JOIN account a ON a.id = d.account_id AND a.id = c.account_id AND a.owner_id = c.owner_id"
        " WHERE d.owner_id = c.owner_id AND n.author_id = ?", (world.dana,),
    )  # fmt: skip
    assert together == 100
    victor = world.record("contact", world.db.value("SELECT id FROM contact WHERE name = 'Victor Cochran'"))
    assert json.loads(victor["emails"]) == ["hatkinson@mclaughlin.com", "ygibbs@guzman.com"]
    assert json.loads(victor["phones"]) == ["+1-532-344-1362", "2754733370"]
    assert (victor["source"], victor["external_id"]) == ("csv:leads", "0970F99ED4a2CE4 · Victor Cochran")


def test_a_follow_up_has_its_day_hour_owner_links_and_trace(world: World, write: Writer) -> None:
    world.change(User, world.sam, tz="Europe/Berlin")
    bring(world, write(
        "Action,Due,Owner,Contact,Company,Notes\n"
        "Send the recap,2026-11-27 14:00,Sam Hill,Dana Reed,Isdom,two seats\n,2026-11-30,Sam Hill,Dana Reed,Isdom,\n"
    ))  # fmt: skip
    first, second = world.open_tasks()
    contact, account = last(world, "contact"), last(world, "account")
    assert (contact["name"], account["name"]) == ("Dana Reed", "Isdom")
    expected = {
        "action": "Send the recap", "due_on": "2026-11-27", "due_at": "2026-11-27T13:00:00Z", "owner_id": world.sam,
        "assigner_id": world.dana, "origin": "import", "contact_id": contact["id"], "account_id": account["id"],
        "note": "two seats",
    }  # fmt: skip
    assert {key: first[key] for key in expected} == expected
    assert (second["action"], second["due_at"]) == ("Decide the next step for Dana Reed", None)
    assert world.trace(second["id"]).lines == ("imported from file.csv: Mon 30 Nov",)


def test_a_follow_up_about_a_deal_that_is_there_already(world: World, write: Writer) -> None:
    bring(world, write(TASKS + "Call about the seats,2026-11-27,Sam Hill,,,GTX Plus · Betatech\n"))
    assert last(world, "task")["deal_id"] == world.deal


def test_what_nobody_owns(world: World, write: Writer) -> None:
    deals = write("Deal Name,Account,Owner,Stage,Contact\nSeats,Isdom,,Qualified,Dana Reed\n", "deals.csv")
    tasks = write(TASKS + "Call,2026-11-27,,Omar Aziz,,\n", "tasks.csv")
    published = bring(world, deals, tasks)
    assert published.given == {"": 2, "Dana Okafor": 2}
    assert [last(world, table)["owner_id"] for table in ("contact", "deal", "task")] == [
        None, world.dana, world.dana,
    ]  # fmt: skip


def test_two_lists_may_number_their_contacts_alike(world: World, write: Writer) -> None:
    contacts = write("Contact ID,Name,Company\n7,Ana Lim,Isdom\n,Bo Lund,Isdom\n", "contacts.csv")
    leads = write(
        "Lead ID,Name,Company,Stage,Owner,Email\n7,Bo Lund,Isdom,Qualified,Sam Hill,b@x.org\n", "leads.csv"
    )
    assert bring(world, contacts, leads).created["contacts"] == 2


def test_amounts_come_back_to_the_last_digit(world: World, write: Writer) -> None:
    """SQLite's own JSON keeps 15 digits; an undo compares all of them."""
    bring(world, write(DEALS + "1,Seats,Isdom,Sam Hill,Qualified,1234567890123.4567,,\n"))
    assert last(world, "deal")["amount"] == 1234567890123.4567
    world.journal.undo()
    assert count(world, "deal") == 1


# --- all or nothing


def test_a_follow_up_about_an_unknown_deal_stops_everything(world: World, write: Writer) -> None:
    before = world.path.read_bytes()
    plan = plan_import(
        [write(DEALS + ONE, "deals.csv"), write(TASKS + "Call,2026-11-27,,,,Nobody's deal\n", "t.csv")]
    )
    for attempt in (preview, publish):
        with pytest.raises(
            UsageError, match=r't.csv, line 2: There is no deal "Nobody\'s deal"\. Import the deals first'
        ):
            attempt(world.context, plan)
    assert world.path.read_bytes() == before


@pytest.mark.parametrize("at", [1, 2])
def test_an_interrupt_half_way_leaves_the_file_as_it_was(world: World, at: int) -> None:
    before, calls = world.path.read_bytes(), []

    def stop(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) == at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(world.context, plan_import([DATA / "leads-100.csv"]), create_users=True, progress=stop)
    assert calls[-1] == ((256, 400), (400, 400))[at - 1]
    assert world.path.read_bytes() == before
    assert bring(world, DATA / "leads-100.csv", create_users=True).created["deals"] == 100


def test_a_preview_counts_the_same_and_writes_nothing(world: World, write: Writer) -> None:
    bring(world, write(DEALS + ONE, "first.csv"))
    before = world.path.read_bytes()
    again = write(DEALS + ONE + TWO, "second.csv")
    said = preview(world.context, plan_import([again]))
    assert world.path.read_bytes() == before
    published = bring(world, again)
    assert (said.created, said.known, said.me) == (published.created, published.known, published.me)


def test_a_backup_of_what_was_there_comes_first(world: World, write: Writer) -> None:
    world.make_task()
    bring(world, write(DEALS + ONE))
    (backup,) = list_backups(world.path)
    assert backup.name == "fu.db.000001.before-import.bak"
    assert verify(backup) == 1


# --- once


def test_the_same_file_twice_is_refused_until_it_is_undone(world: World, write: Writer) -> None:
    before = world.dump()
    plan = plan_import([write(DEALS + ONE, "deals.csv")])
    renamed = plan_import([write(DEALS + ONE, "other.csv")])
    publish(world.context, plan)
    with pytest.raises(
        Refused, match=r"deals\.csv was imported on 2026-11-23 already; nothing was written\."
    ):
        publish(world.context, plan)
    for attempt in (publish, preview):
        with pytest.raises(Refused, match=r"other\.csv was imported on 2026-11-23 already \(as deals\.csv\)"):
            attempt(world.context, renamed)
    world.journal.undo()
    assert world.dump() == before
    publish(world.context, renamed)
    assert count(world, "deal") == 2


def test_an_updated_file_brings_only_what_is_new(world: World, write: Writer) -> None:
    day = "2026-11-27"
    bring(
        world,
        write(DEALS + ONE, "one.csv"),
        write(TASKS + f"Send the recap,{day},,Dana Reed,Isdom,\n", "t1.csv"),
    )
    world.change(Deal, last(world, "deal")["id"], title="Renamed since")
    world.close([last(world, "task")["id"]], "done")
    before = world.dump()
    published = bring(
        world, write(DEALS + ONE.replace("Seats", "Chairs") + TWO, "two.csv"),
        write(TASKS + f"Send the recap,{day},,Dana Reed,Isdom,\nSend the offer,{day},,Dana Reed,Isdom,\n", "t2.csv"),
    )  # fmt: skip
    assert published.created == {
        "users": 0, "stages": 0, "accounts": 0, "contacts": 0, "deals": 1, "notes": 0, "tasks": 1,
    }  # fmt: skip
    assert published.known == {
        "users": 0, "stages": 1, "accounts": 1, "contacts": 1, "deals": 1, "notes": 1, "tasks": 1,
    }  # fmt: skip
    after = world.dump()
    for table in ("account", "contact", "deal", "note", "task"):
        kept = [row for row in after[table] if row[0] in {row[0] for row in before[table]}]
        assert kept == before[table], table


def test_what_is_known_by_name_is_not_made_anew(world: World, write: Writer) -> None:
    path = write(
        "Name,Company,Email\nana ruiz,BETATECH,ana@betatech.example\nAna Ruiz,Isdom,a@isdom.example\n"
    )
    published = bring(world, path)
    assert (published.created["contacts"], published.known["contacts"]) == (1, 1)
    assert (published.created["accounts"], published.known["accounts"]) == (1, 1)


def test_an_account_is_known_by_its_number_in_whatever_list(world: World, write: Writer) -> None:
    bring(world, write("Account ID,Account Name\n77,Isdom\n", "accounts.csv"))
    account = last(world, "account")["id"]
    world.change(Account, account, name="Isdom Ltd")
    bring(
        world,
        write("Account ID,Name,Company,Stage,Owner,Email\n77,Bo Lund,Isdom,Qualified,Sam Hill,b@x.org\n"),
    )
    assert [last(world, table)["account_id"] for table in ("contact", "deal")] == [account, account]


# --- undo


def test_undo_and_redo_put_everything_in_its_place(world: World, write: Writer) -> None:
    paths = [
        write(DEALS + ONE + TWO, "d.csv"),
        write(TASKS + "Call,2026-11-27,,,,1\n", "t.csv"),
        DATA / "leads-100.csv",
    ]
    before = world.dump()
    bring(world, *paths, me="Bethany Dixon", create_users=True)
    after = world.dump()
    assert next(entry.verb for entry in world.journal.entries()) == "import"
    for verb, there in (
        (world.journal.undo, before),
        (world.journal.redo, after),
        (world.journal.undo, before),
    ):
        verb()
        assert world.dump() == there
        assert examine(world.db).violations == ()


def test_undo_is_refused_while_somebody_works_with_an_imported_deal(world: World, write: Writer) -> None:
    bring(world, write(DEALS + ONE))
    with world.acting(world.sam):
        world.enroll("proposal", deal=last(world, "deal")["id"])
    before = world.dump()
    with pytest.raises(Conflict, match="leans on the deal"):
        world.journal.undo()
    assert world.dump() == before
    with world.acting(world.sam):
        world.journal.undo()
    world.journal.undo()
    assert count(world, "deal") == 1


# --- what was not taken


def test_rejected_rows_are_kept_with_line_and_reason(world: World, write: Writer) -> None:
    bring(world, write(TASKS + "Call,2026-11-27,,Dana Reed,,\nWrite,,,Dana Reed,,\n"))
    kept = last(world, "import")
    assert (kept["kind"], kept["file_name"]) == ("tasks", "file.csv")
    assert json.loads(kept["counts"]) == {"read": 2, "taken": 1, "merged": 0, "rejected": 1}
    assert json.loads(kept["rejected"]) == [{
        "file": "file.csv", "line": 3, "reason": "no due date: when is it to be done?",
        "cells": ["Write", "", "", "Dana Reed", "", ""],
    }]  # fmt: skip
