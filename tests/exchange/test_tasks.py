"""A spreadsheet of follow-ups: action, due, owner, contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from fu_tui.core.terms import Channel, Priority
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.mapping import load_map
from fu_tui.exchange.plan import ImportPlan
from tests.exchange.conftest import Writer, adds_up

Planner = Callable[..., ImportPlan]
HEADER = "Action,Due,Owner,Contact,Company,Priority,Type,Status,Notes,Phone\n"


def test_a_whole_row(plan: Planner) -> None:
    found = plan(
        HEADER
        + 'Send the recap,2026-11-27 14:00,Sam,Dana Reed,Isdom,urgent,phone,open,"two\nlines",555 123 4567\n'
    )
    (task,) = found.tasks
    assert (task.action, task.due_on, task.due_time) == ("Send the recap", date(2026, 11, 27), time(14))
    assert (task.owner, task.contact, task.account) == ("Sam", "Dana Reed", "Isdom")
    assert (task.priority, task.channel, task.note) == (Priority.HIGH, Channel.CALL, "two\nlines")
    (contact,) = found.contacts
    assert (contact.name, contact.account, contact.phones, contact.implied) == (
        "Dana Reed",
        "Isdom",
        ("555 123 4567",),
        True,
    )
    assert [account.name for account in found.accounts] == ["Isdom"]
    assert found.notes == ()
    assert found.files[0].kind is Kind.TASKS


@pytest.mark.parametrize(
    ("cells", "action"),
    [
        (",2026-11-27,,Dana Reed,Isdom", "Decide the next step for Dana Reed"),
        (",2026-11-27,,,Isdom", "Decide the next step for Isdom"),
        (
            ",2026-11-27,,,The Very Long Name Of Some Company Ltd",
            "Decide the next step for The Very Long Name Of",
        ),
    ],
)
def test_a_date_without_an_action_becomes_a_decision(plan: Planner, cells: str, action: str) -> None:
    found = plan(HEADER + cells + ",,,,,\n")
    assert found.tasks[0].action == action
    assert len(action.split()) <= 10
    assert [repair.what for repair in found.repairs] == [
        "a due date without an action: it becomes “Decide the next step for …”"
    ]


def test_an_action_that_says_nothing_becomes_a_decision_too(plan: Planner) -> None:
    found = plan(
        HEADER + "Follow up,2026-11-27,,Dana Reed,,,,,,\nFollow up on the quote,2026-11-27,,Dana Reed,,,,,,\n"
    )
    assert [task.action for task in found.tasks] == [
        "Decide the next step for Dana Reed",
        "Follow up on the quote",
    ]
    assert [(repair.what, repair.line) for repair in found.repairs] == [
        ("“Follow up” says nothing to do: it becomes “Decide the next step for …”", 2)
    ]


def test_a_mail_stands_in_for_a_name_and_a_phone_does_not(plan: Planner) -> None:
    found = plan(
        "Action,Due,Contact,Email,Phone\nCall,2026-11-27,,d@x.org,555 123 4567\nMail,2026-11-27,,,555 123 4567\n"
    )
    assert [task.contact for task in found.tasks] == ["d@x.org", ""]
    assert [(contact.name, contact.phones) for contact in found.contacts] == [("d@x.org", ("555 123 4567",))]
    assert [(repair.what, repair.line) for repair in found.repairs] == [
        ("no name: the e-mail address stands in", 2),
        ("a follow-up without contact, account or deal: it is marked “no link”", 3),
        ("a phone number left out, as no contact is named", 3),
    ]


def test_the_channel_is_the_files_or_the_first_words(plan: Planner) -> None:
    found = plan(HEADER + "Call Dana,2026-11-27,,Dana,,,mail,,,\nCall Dana,2026-11-28,,Dana,,,,,,\n")
    assert [task.channel for task in found.tasks] == [Channel.MAIL, Channel.CALL]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("Call her,,,Dana Reed,,,,,,", "no due date: when is it to be done?"),
        ("Call her,-,,Dana Reed,,,,,,", "no due date: when is it to be done?"),
        ("Call her,next week,,Dana Reed,,,,,,", "“next week” is no exact date; write 2026-11-27"),
        (",2026-11-27,,,,,,,,", "a due date, but nothing to do and nobody named"),
        ("Follow up,2026-11-27,,,,,,,,", "“Follow up” says nothing to do"),
        ("Call her,2026-11-27,,Dana Reed,,,,Done,,", "it is done already (“Done”)"),
        ("Call her,2026-11-27,,Dana Reed", "4 fields where the header has 10"),
        ("Call her,2026-11-27,,Dana Reed,,,,,,,,x", "12 fields where the header has 10"),
    ],
)
def test_what_can_not_be_a_task_is_rejected_with_its_line(plan: Planner, cells: str, reason: str) -> None:
    found = plan(HEADER + "Call Ravi,2026-11-26,,Ravi Shah,,,,,,\n" + cells + "\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(3, reason)]
    assert found.rejects[0].cells == tuple(cells.split(","))
    assert [task.action for task in found.tasks] == ["Call Ravi"]
    assert [contact.name for contact in found.contacts] == ["Ravi Shah"]
    assert adds_up(found)


def test_empty_cells_beyond_the_header_are_no_matter(plan: Planner) -> None:
    assert len(plan(HEADER + "Call her,2026-11-27,,Dana Reed,,,,,,,,\n").tasks) == 1


def test_what_is_doubtful_is_taken_and_said(plan: Planner) -> None:
    found = plan(
        HEADER
        + "Call her and ask whether she wants the quote again,2026-11-27,,Dana,,soon,,,,\n"
        + "Water the plants,2026-11-27,,,,,,,,\n"
        + "Call her and then ask whether she wants the quote again,2026-11-27,,Dana,,,,,,\n"
    )
    assert [(repair.what, repair.line) for repair in found.repairs] == [
        ("priority “soon” taken as normal", 2),
        ("a follow-up without contact, account or deal: it is marked “no link”", 3),
        ("an action of more than 10 words taken as it is; shorten it at the desk", 4),
    ]


def test_the_same_row_twice_is_merged(plan: Planner) -> None:
    found = plan(HEADER + "Call her,2026-11-27,,Dana,,,,,,\n" * 3)
    assert (len(found.tasks), found.files[0].taken, found.files[0].merged) == (1, 1, 2)
    assert adds_up(found)


def test_a_contact_without_an_account_is_the_only_one_of_that_name(write: Writer) -> None:
    contacts = write(
        "First Name,Last Name,Company,Email\nDana,Reed,Isdom,d@x.org\nLi,Wen,A,\nLi,Wen,B,\n", "c.csv"
    )
    tasks = write(
        "Action,Due,Contact,Phone\nCall,2026-11-27,dana reed,555 123 4567\nMail,2026-11-27,Li Wen,\n", "t.csv"
    )
    found = plan_import([tasks, contacts])
    assert [(task.contact, task.account) for task in found.tasks] == [("Dana Reed", "Isdom"), ("Li Wen", "")]
    dana, *_, implied = found.contacts
    assert (dana.emails, dana.phones, dana.file, dana.implied) == (
        ("d@x.org",),
        ("555 123 4567",),
        "c.csv",
        False,
    )
    assert (implied.name, implied.account, implied.implied) == ("Li Wen", "", True)


def test_a_deal_is_found_by_its_id_or_its_title(write: Writer) -> None:
    deals = write(
        "Deal ID,Deal name,Company,Stage\nD1,Seats,Isdom,New\nD2,Audit,Isdom,New\nD3,Audit,Betatech,New\n",
        "d.csv",
    )
    tasks = write(
        "Action,Due,Deal\nCall,2026-11-27,D2\nMail,2026-11-27,seats\nWrite,2026-11-27,Audit\nAsk,2026-11-27,Other\n",
        "t.csv",
    )
    assert [task.deal for task in plan_import([tasks, deals]).tasks] == [
        "d.csv:3",
        "d.csv:2",
        "Audit",
        "Other",
    ]


def test_owners_are_found_by_name_or_mail(write: Writer) -> None:
    users = write("Name,Email,Manager\nSam Lee,sam@x.org,Ida Moe\n", "users.csv")
    tasks = write(
        "Action,Due,Owner,Contact\nCall,2026-11-27,SAM@x.org,Dana\nMail,2026-11-27,sam  lee,Dana\n"
        "Ask,2026-11-27,Bo,Dana\nTell,2026-11-27,,Dana\n",
        "tasks.csv",
    )
    found = plan_import([tasks, users])
    assert [task.owner for task in found.tasks] == ["Sam Lee", "Sam Lee", "Bo", ""]
    assert found.unknown_owners() == {"Bo": 1, "": 1}


def test_a_map_brings_a_spreadsheet_in_another_language(write: Writer) -> None:
    sheet = write(
        "Aufgabe;Fällig;Verantwortlich;Ansprechpartner;Firma\n"
        "Angebot nachfassen;03.12.2026;Jörg Weiß;Käthe Groß;Müller & Söhne\n"
        "Rückruf, dringend;;Jörg Weiß;Käthe Groß;Müller & Söhne\n",
        "liste.csv",
        "cp1252",
    )
    chosen = load_map(
        write(
            'kind = "tasks"\ndate_order = "dmy"\n[columns]\naction = "Aufgabe"\ndue = "Fällig"\n'
            'owner = "Verantwortlich"\nname = "Ansprechpartner"\naccount = "Firma"\n'
            '[defaults]\ndue = "2026-12-01"\n',
            "map.toml",
        )
    )
    found = plan_import([sheet], encoding="cp1252", columns=chosen)
    assert [(task.action, task.due_on, task.contact, task.account) for task in found.tasks] == [
        ("Angebot nachfassen", date(2026, 12, 3), "Käthe Groß", "Müller & Söhne"),
        ("Rückruf, dringend", date(2026, 12, 1), "Käthe Groß", "Müller & Söhne"),
    ]
    assert adds_up(found)
