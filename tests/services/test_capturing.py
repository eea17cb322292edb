"""What a line refers to, and writing several lines, new records and notes in one go."""

from __future__ import annotations

from datetime import date, time

import pytest

from fu_tui.core.capture import parse_line
from fu_tui.core.errors import FuError, NotFound, Refused
from fu_tui.core.events import AccountAdded, ContactAdded, DealAdded, NoteAdded, TaskAdded
from fu_tui.queries.existing import deals_of, open_about
from fu_tui.services.capturing import Capturing
from fu_tui.services.resolving import Resolved, Resolving
from fu_tui.services.spawn import Links
from fu_tui.store.models import Account, Contact
from tests.world import World


def resolved(world: World, line: str) -> Resolved:
    return Resolving(world.context).resolve(parse_line(line, today=world.today, now=time(9)))


def add(world: World, *lines: str, create: bool = True) -> list[object]:
    return list(Capturing(world.context).add_all([resolved(world, line) for line in lines], create=create))


def account(world: World, name: str) -> int:
    with world.context.unit("setup") as work:
        return work.insert(Account, name=name)


def test_a_name_that_no_contact_has_may_be_an_accounts(world: World) -> None:
    found = resolved(world, "Send the tender @betatech fri")
    assert (found.contact, found.account and found.account.name, found.new) == (None, "Betatech", ())
    add(world, "Send the tender @betatech fri")
    assert world.open_tasks()[0]["account_id"] == world.account


def test_an_account_of_that_very_name_goes_before_a_part_of_a_contacts(world: World) -> None:
    support = world.make_contact("Betatech Support")
    assert resolved(world, "Call @betatech fri").contact is None
    found = resolved(world, "Call @beta fri").contact
    assert found is not None
    assert found.id == support


def test_a_contact_at_an_account(world: World) -> None:
    other = account(world, "Isdom")
    ana = world.make_contact("Ana Ruiz", account=other)
    assert isinstance(resolved(world, 'Call @"Ana Ruiz" fri').problems[0], NotFound)
    found = resolved(world, 'Call @"Ana Ruiz at Isdom" fri').contact
    assert found is not None
    assert found.id == ana
    new = resolved(world, 'Call @"Kim Long at Isdom" fri')
    assert (new.new_contact, new.account and new.account.id, new.new_account) == ("Kim Long", other, "")


def test_contact_account_and_deal_are_made_with_one_verb_and_go_with_one_undo(world: World) -> None:
    before = world.dump()
    line = 'Call Kim about the offer @"Kim Long at Newco" #"Newco seats" fri'
    assert resolved(world, line).new == ('account "Newco"', 'contact "Kim Long"', 'deal "Newco seats"')
    with pytest.raises(NotFound, match='There is no account "Newco"'):
        add(world, line, create=False)
    events = add(world, line)
    assert [type(event) for event in events] == [AccountAdded, ContactAdded, DealAdded, TaskAdded]
    task = world.open_tasks()[0]
    deal = world.record("deal", task["deal_id"])
    assert (deal["title"], deal["stage_id"]) == ("Newco seats", world.stage("New lead"))
    assert (
        deal["account_id"] == task["account_id"] == world.record("contact", task["contact_id"])["account_id"]
    )
    assert (
        world.db.value("SELECT contact_id FROM deal_contact WHERE deal_id = ?", (deal["id"],))
        == task["contact_id"]
    )
    world.journal.undo()
    assert world.dump() == before


def test_a_deal_of_nobody_is_not_made(world: World) -> None:
    with pytest.raises(NotFound, match='There is no deal "newco"'):
        add(world, "Send the offer #newco fri")


def test_several_lines_are_one_entry_and_one_undo_and_a_new_name_is_made_once(world: World) -> None:
    before = world.dump()
    lines = ('Call Kim @"Kim Long" fri', 'Send the deck @"kim long" +3d', "Book the room tomorrow")
    events = add(world, *lines)
    assert len([event for event in events if isinstance(event, ContactAdded)]) == 1
    assert len(world.open_tasks()) == 3
    assert world.journal.entries(1)[0].summary == "added 3 follow-ups"
    world.journal.undo()
    assert world.dump() == before


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("Call Kim", "Line 2: When is it due"),
        ("Follow up fri", "Line 2: .*says no action"),
        ("Call +nobody fri", 'Line 2: There is no user "nobody"'),
        ("Send it #gtx ~proposal fri @ana !private", "Line 2: A private task has no cadence"),
    ],
)
def test_one_bad_line_is_named_and_nothing_is_written(world: World, bad: str, why: str) -> None:
    before = world.dump()
    for _ in range(2):
        with pytest.raises(FuError, match=f"^{why}"):
            add(world, "Call Ana @ana fri", bad)
    assert world.dump() == before


def test_what_a_name_means_is_asked_again_when_something_was_written(world: World) -> None:
    reads = Resolving(world.context)
    draft = parse_line("Call @kim fri", today=world.today, now=time(9))
    assert reads.resolve(draft).new_contact == "kim"
    world.make_contact("Kim Long")
    found = reads.resolve(draft).contact
    assert found is not None
    assert found.name == "Kim Long"


def test_a_line_without_an_action_is_kept_as_a_note_day_and_all(world: World) -> None:
    before = world.dump()
    line = "Ana is away until fri @ana #gtx // says her assistant"
    [event] = Capturing(world.context).note(resolved(world, line))
    assert isinstance(event, NoteAdded)
    assert (event.text, event.about) == ("Ana is away until fri", "Ana Ruiz")
    note = world.record("note", event.note_id)
    assert note["body"] == "Ana is away until fri\nsays her assistant"
    assert (note["contact_id"], note["deal_id"]) == (world.contact, world.deal)
    world.journal.undo()
    assert world.dump() == before


def test_a_note_about_nobody_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="A note is about somebody"):
        Capturing(world.context).note(resolved(world, "The office is closed"))


def test_what_is_open_about_a_contact_a_deal_or_an_account(world: World) -> None:
    nobody = Links(None, None, world.account)
    mine, sams = (
        world.make_task("Call Ana"),
        world.make_task("Send it", owner=world.sam, due=date(2026, 11, 27)),
    )
    firms = world.make_task("Send the tender", links=nobody, due=date(2026, 12, 1))
    for row_ids, links in (
        ([mine, sams], (world.contact, None, None)),
        ([mine, sams], (world.contact, world.deal, None)),
        ([mine, sams, firms], (None, None, world.account)),
        ([], (None, None, None)),
    ):
        assert [row.id for row in open_about(world.db, world.dana, *links)] == row_ids


def test_the_open_deals_of_an_account(world: World) -> None:
    world.make_deal("Other deal")
    assert [(deal.name, deal.aside) for deal in deals_of(world.db, world.account, "")] == [
        ("GTX Plus · Betatech", "Betatech")
    ]
    assert deals_of(world.db, world.account, "plus")[0].id == world.deal
    assert deals_of(world.db, world.account, "zz") == []


def test_a_cadence_does_not_begin_over_a_channel_that_they_opted_out_of(world: World) -> None:
    world.change(Contact, world.contact, opted_out=("call",))
    with pytest.raises(Refused, match="they opted out of call"):
        add(world, "Call @ana about the seats ~standard fri")
    assert world.open_tasks() == []
