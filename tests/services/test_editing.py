"""Editing: only what differs, by the rules of the verbs it stands for."""

from __future__ import annotations

from datetime import date, time

import pytest

from fu_tui.core.capture import parse_line
from fu_tui.core.errors import Conflict, FuError
from fu_tui.core.events import ContactAdded, TaskEdited
from fu_tui.core.events_life import Covered
from fu_tui.core.terms import Priority, TaskKind
from fu_tui.queries.doctor import examine
from fu_tui.services.editing import Changes, Day, Editing
from fu_tui.services.resolving import Resolved, Resolving
from fu_tui.store.models import Contact
from tests.world import World

FRIDAY = date(2026, 11, 27)


def about(world: World, line: str) -> Resolved:
    return Resolving(world.context).resolve(parse_line(line, today=world.today, now=time(9)))


def edit(world: World, task: int, changes: Changes, **more: object) -> TaskEdited:
    *_, event = Editing(world.context).edit(task, changes, **more)  # type: ignore[arg-type]
    assert isinstance(event, TaskEdited)
    return event


def test_everything_at_once_is_one_entry_and_one_undo(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    before = world.dump()
    said = edit(
        world, task,
        Changes(
            action="Send Ana the seat prices", body="net 60", note="asked twice", priority=Priority.HIGH,
            due=Day(FRIDAY), owner="sam", about=about(world, "x @betatech"),
        ),
    )  # fmt: skip
    assert said.changed == ("high priority, body, note", "Fri 27 Nov", "Betatech", "Sam Hill")
    row = world.task(task)
    assert (row["action"], row["channel"], row["priority"]) == ("Send Ana the seat prices", "mail", 1)
    assert (row["due_on"], row["moved_count"], row["first_due_on"]) == ("2026-11-27", 1, "2026-11-23")
    assert (row["owner_id"], row["assigner_id"]) == (world.sam, world.dana)
    assert (row["contact_id"], row["deal_id"], row["account_id"]) == (None, None, world.account)
    assert world.trace(task).lines[-1].startswith("moved by Dana Okafor")
    world.journal.undo()
    assert world.dump() == before


def test_what_is_said_again_changes_nothing_and_leaves_no_entry(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    before, entries = world.task(task), len(world.journal.entries())
    same = Changes(
        action="Call Ana about the seats", body="", priority=Priority.NORMAL, due=Day(world.today), owner="dana",
        about=about(world, "x @ana #gtx"), private=False,
    )  # fmt: skip
    assert Editing(world.context).edit(task, same) == ()
    assert (world.task(task), len(world.journal.entries())) == (before, entries)


def test_only_what_differs_is_written(world: World) -> None:
    task = world.make_task("Call Ana about the seats")
    before = world.task(task)
    edit(world, task, Changes(body="net 60", priority=Priority.NORMAL))
    after = world.task(task)
    assert {name for name in after if after[name] != before[name]} == {"body", "version"}


def test_a_new_contact_is_made_where_it_may_be(world: World) -> None:
    task = world.make_task()
    to_kim = Changes(about=about(world, 'x @"Kim Long"'))
    with pytest.raises(FuError, match="Add it with --create"):
        edit(world, task, to_kim)
    events = Editing(world.context).edit(task, to_kim, create=True)
    assert isinstance(events[0], ContactAdded)
    assert world.task(task)["contact_id"] == events[0].contact_id


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (Changes(action="Follow up"), "says no action"),
        (Changes(action=""), "No action stands here"),
        (Changes(due=Day(date(2026, 11, 1))), "is past"),
        (Changes(owner="nobody"), "There is no user"),
    ],
)
def test_refusals_write_nothing(world: World, changes: Changes, why: str) -> None:
    task = world.make_task()
    before = world.dump()
    with pytest.raises(FuError, match=why):
        edit(world, task, changes)
    assert world.dump() == before


def test_a_forced_wording_keeps_the_mark(world: World) -> None:
    task = world.make_task()
    edit(world, task, Changes(action="Follow up"), force=True)
    assert world.task(task)["lint_override"] == 1
    edit(world, task, Changes(action="Call Ana"))
    assert world.task(task)["lint_override"] == 0


def test_a_step_of_a_cadence_stays_with_whom_the_cadence_is_about(world: World) -> None:
    task = world.enroll("proposal").task_id
    kim = world.make_contact("Kim Long")
    for changes in (Changes(about=about(world, f"x @{kim} #gtx")), Changes(private=True)):
        with pytest.raises(FuError, match="a step of Proposal, which is about Ana Ruiz"):
            edit(world, task, changes)
    edit(
        world,
        task,
        Changes(action="Send the offer to Ana", due=Day(FRIDAY), about=about(world, "x @ana #gtx")),
    )
    assert world.task(task)["enrollment_id"] is not None


def test_a_rep_hands_over_and_hides_only_their_own(world: World) -> None:
    task = world.make_task()
    with world.acting(world.sam):
        for changes in (Changes(owner="sam"), Changes(private=True)):
            with pytest.raises(FuError, match="belongs to Dana Okafor"):
                edit(world, task, changes)
        edit(world, task, Changes(body="net 60"))


def test_another_owner_is_a_handing_over_in_the_journal_too(world: World) -> None:
    task, ivo = world.make_task(), world.make_user("ivo")
    world.absences.add_absence("sam", world.today, FRIDAY, cover="ivo")
    events = Editing(world.context).edit(task, Changes(owner="sam", body="net 60"))
    assert Covered("Sam Hill", "Ivo", (task,)) in events
    assert (world.task(task)["owner_id"], world.task(task)["acting_owner_id"]) == (world.sam, ivo)
    assert world.db.value("SELECT verb FROM journal_entry ORDER BY seq DESC LIMIT 1") == "reassign"
    assert examine(world.db).violations == (), "I12"


def test_a_step_is_not_worded_for_a_channel_that_they_opted_out_of(world: World) -> None:
    task = world.enroll("standard").task_id
    world.change(Contact, world.contact, opted_out=("call",))
    with pytest.raises(FuError, match="They opted out of call"):
        edit(world, task, Changes(action="Call Ana about the seats"))
    assert examine(world.db).violations == (), "I11"


def test_private_and_back(world: World) -> None:
    task = world.make_task()
    assert edit(world, task, Changes(private=True)).changed == ("private",)
    assert world.task(task)["kind"] == TaskKind.PRIVATE.value
    assert edit(world, task, Changes(private=False)).changed == ("no longer private",)


def test_it_is_made_against_the_version_that_was_shown(world: World) -> None:
    task = world.make_task()
    shown = world.task(task)["version"]
    edit(world, task, Changes(body="net 60"), version=shown)
    with pytest.raises(Conflict, match="changed by someone"):
        edit(world, task, Changes(body="net 30"), version=shown)
    world.close([task], "not_needed")
    with pytest.raises(Conflict, match="not open"):
        edit(world, task, Changes(body="net 30"))
