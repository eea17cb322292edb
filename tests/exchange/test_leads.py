"""Leads: one row is a contact, an account, a deal and a note at once."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from fu_tui.core.terms import Channel, Lifecycle, StageKind
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.plan import ImportPlan
from tests.exchange.conftest import DATA, Writer, adds_up

Planner = Callable[..., ImportPlan]
LEADS = DATA / "leads-100.csv"


@pytest.fixture(scope="module")
def leads() -> ImportPlan:
    return plan_import([LEADS])


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with LEADS.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_is_four_records(leads: ImportPlan) -> None:
    (file,) = leads.files
    assert (file.kind, file.read, file.taken, file.ignored) == (Kind.LEADS, 100, 100, ("Index",))
    assert adds_up(leads)
    parts = (leads.accounts, leads.contacts, leads.deals, leads.notes)
    assert [len(part) for part in parts] == [100] * 4
    assert all([record.line for record in part] == list(range(2, 102)) for part in parts)
    assert (leads.users, leads.tasks, leads.rejects) == ((), (), ())


def test_the_records_are_the_rows(leads: ImportPlan, rows: list[dict[str, str]]) -> None:
    records = zip(rows, leads.accounts, leads.contacts, leads.deals, leads.notes, strict=True)
    for row, account, contact, deal, note in records:
        name = f"{row['First Name']} {row['Last Name']}"
        assert (account.name, account.external_id, account.owner) == (
            row["Company"],
            row["Account Id"],
            row["Lead Owner"],
        )
        assert (contact.name, contact.account, contact.owner) == (name, row["Company"], row["Lead Owner"])
        assert contact.emails == (row["Email 1"], row["Email 2"])
        assert contact.phones == (row["Phone 1"], row["Phone 2"])
        assert (deal.title, deal.account, deal.contact) == (row["Company"], row["Company"], name)
        assert deal.external_id == contact.external_id == f"{row['Account Id']} · {name}"
        assert note.body == f"{row['Notes']}\nWebsite: {row['Website']} · Source: {row['Source']}"
        assert (note.contact, note.account, note.deal) == (name, row["Company"], deal.key)
        assert (contact.lifecycle is Lifecycle.CUSTOMER) == (row["Deal Stage"] == "Closed Won")
    assert leads.accounts[0].name == "Grimes, Madden and Huff"


def test_every_stage_has_its_kind_and_place(leads: ImportPlan, rows: list[dict[str, str]]) -> None:
    assert [(stage.name, stage.kind) for stage in leads.stages] == [
        ("New lead", StageKind.OPEN),
        ("Contacted", StageKind.OPEN),
        ("Qualified", StageKind.OPEN),
        ("Proposal sent", StageKind.OPEN),
        ("Negotiation", StageKind.OPEN),
        ("On Hold", StageKind.OPEN),
        ("Re-engagement", StageKind.OPEN),
        ("Won", StageKind.WON),
        ("Lost", StageKind.LOST),
        ("Disqualified", StageKind.LOST),
    ]
    assert {word: stage.deals for stage in leads.stages for word in stage.words} == Counter(
        row["Deal Stage"] for row in rows
    )


def test_the_hundred_owners_are_named(leads: ImportPlan, rows: list[dict[str, str]]) -> None:
    assert leads.unknown_owners() == {row["Lead Owner"]: 2 for row in rows}
    assert len(leads.unknown_owners()) == 100


def test_deals_on_hold_stay_open_and_that_is_said(leads: ImportPlan) -> None:
    assert [(repair.what, repair.count) for repair in leads.repairs][1:] == [
        ("“On Hold” stays an open stage: the file names no day to look again; park such deals", 5)
    ]


HEADER = "Lead ID,Name,Company,Owner,Stage,Email,Phone,Notes,Next step,Next step date,Do not contact,Unsubscribed\n"


def test_a_next_step_with_a_day_becomes_a_task_of_its_deal(plan: Planner) -> None:
    found = plan(
        HEADER + "7,Dana Reed,Isdom,Sam,Qualified,d@x.org,,met at fair,Send the price list,2026-11-27,,\n"
    )
    (task,) = found.tasks
    assert (task.action, task.due_on, task.owner, task.contact, task.account, task.deal, task.note) == (
        "Send the price list", date(2026, 11, 27), "Sam", "Dana Reed", "Isdom", "file.csv:2", "",
    )  # fmt: skip
    assert found.notes[0].body == "met at fair"


def test_a_next_step_without_a_day_joins_the_note(plan: Planner) -> None:
    found = plan(HEADER + "7,Dana Reed,Isdom,Sam,Qualified,d@x.org,,met at fair,Send the price list,,,\n")
    assert found.tasks == ()
    assert found.notes[0].body == "met at fair\nNext step: Send the price list"
    assert "a next step without a date kept as a note" in {repair.what for repair in found.repairs}


def test_a_lost_deal_needs_no_next_step(plan: Planner) -> None:
    found = plan(HEADER + "7,Dana Reed,Isdom,Sam,Closed Lost,d@x.org,,,Send the price list,2026-11-27,,\n")
    assert found.tasks == ()
    assert "the next step of a won or lost deal left out" in {repair.what for repair in found.repairs}


def test_a_lead_without_a_stage_is_a_contact(plan: Planner) -> None:
    found = plan(HEADER + "7,Dana Reed,Isdom,Sam,,d@x.org,,,Call her,2026-11-27,,\n")
    assert (len(found.contacts), len(found.accounts), found.deals) == (1, 1, ())
    assert (found.tasks[0].contact, found.tasks[0].deal) == ("Dana Reed", "")


def test_a_lead_without_a_company_has_a_deal_by_its_name(plan: Planner) -> None:
    found = plan(HEADER + "7,Dana Reed,,Sam,Qualified,d@x.org,,,,,,\n")
    assert found.accounts == ()
    assert (found.deals[0].title, found.deals[0].contact) == ("Dana Reed", "Dana Reed")


def test_who_does_not_want_to_be_contacted_stays_so(plan: Planner) -> None:
    found = plan(
        HEADER
        + "7,Dana Reed,Isdom,Sam,Qualified,d@x.org,,,,,yes,no\n"
        + "8,Ravi Shah,Betatech,Sam,Qualified,r@x.org,,,,,,true\n"
        + "9,Li Wen,Treequote,Sam,Qualified,l@x.org,,,,,perhaps,\n"
    )
    assert [(c.name, c.do_not_contact, c.opted_out) for c in found.contacts] == [
        ("Dana Reed", True, ()),
        ("Ravi Shah", False, (Channel.MAIL,)),
    ]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (4, "“perhaps” is neither yes nor no")
    ]
    assert [account.name for account in found.accounts] == ["Isdom", "Betatech"]
    assert len(found.deals) == 2


def test_phones_and_mails_that_are_none_are_left_out_and_counted(plan: Planner) -> None:
    found = plan(HEADER + "7,Dana Reed,Isdom,Sam,Qualified,dana at isdom,-2237,,,,,\n")
    assert (found.contacts[0].emails, found.contacts[0].phones) == ((), ())
    assert {repair.what: repair.count for repair in found.repairs}.items() >= {
        "an e-mail address left out that isn't one": 1,
        "a phone number left out that has fewer than seven digits": 1,
    }.items()


ACCOUNTS = "Account Id,Name,Company,Stage,Email\n"


def test_two_people_of_one_account(plan: Planner) -> None:
    found = plan(ACCOUNTS + "A1,Dana Reed,Isdom,Qualified,d@x.org\nA1,Ravi Shah,ISDOM,Qualified,r@x.org\n")
    assert [(account.name, account.external_id) for account in found.accounts] == [("Isdom", "A1")]
    assert [(contact.account, contact.external_id) for contact in found.contacts] == [
        ("Isdom", "A1 · Dana Reed"),
        ("Isdom", "A1 · Ravi Shah"),
    ]
    assert len(found.deals) == 2


def test_one_account_id_for_two_companies_is_rejected_and_leaves_nothing(plan: Planner) -> None:
    found = plan(ACCOUNTS + "A1,Dana Reed,Isdom,Qualified,d@x.org\nA1,Ravi Shah,Betatech,Qualified,r@x.org\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, "the id “A1” is on line 2 already")
    ]
    assert [len(part) for part in (found.accounts, found.contacts, found.deals)] == [1, 1, 1]


def test_one_person_with_two_leads_is_one_contact_with_two_deals(plan: Planner) -> None:
    found = plan(
        HEADER + "7,Dana Reed,Isdom,Sam,Qualified,d@x.org,,,,,,\n8,Dana Reed,Isdom,Sam,Won,e@x.org,,,,,,\n"
    )
    assert [(c.external_id, c.emails, c.lifecycle) for c in found.contacts] == [
        ("7", ("d@x.org",), Lifecycle.CUSTOMER)
    ]
    assert [deal.external_id for deal in found.deals] == ["7", "8"]
    assert found.files[0].taken == 2


def test_the_numbers_of_two_lists_are_not_the_same_people(write: Writer) -> None:
    contacts = write(
        "ID,Name,Company,Email\n7,Li Wen,Treequote,l@x.org\n8,Dana Reed,Isdom,\n", "contacts.csv"
    )
    deals = write("ID,Deal name,Company,Stage\n7,Seats,Isdom,New\n", "deals.csv")
    leads = write("ID,Name,Company,Stage,Email\n7,Dana Reed,Isdom,New,d@x.org\n", "leads.csv")
    found = plan_import([leads, deals, contacts])
    assert found.rejects == ()
    assert [(contact.name, contact.external_id, contact.emails) for contact in found.contacts] == [
        ("Li Wen", "7", ("l@x.org",)),
        ("Dana Reed", "8", ("d@x.org",)),
    ]
    assert [(deal.file, deal.external_id, deal.key) for deal in found.deals] == [
        ("deals.csv", "7", "deals.csv:2"),
        ("leads.csv", "7", "leads.csv:2"),
    ]
