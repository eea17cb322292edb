"""Undo and redo: what a verb did is taken back byte by byte, or it is said who came in between and nothing is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from fu_tui.core.capture import Draft
from fu_tui.core.dates import When
from fu_tui.core.errors import Conflict, Refused, TouchedSuccessor
from fu_tui.core.events import Redone, Undone
from fu_tui.core.terms import Priority, Touched
from fu_tui.services.capturing import Capturing
from fu_tui.services.editing import Changes, Day, Editing
from fu_tui.services.enroll import Target
from fu_tui.services.resolving import Resolving
from fu_tui.store.models import Account, Contact, Deal, DealContact, Note, Task, User
from tests.world import World

LATER = date(2026, 12, 14)


def enroll(world: World) -> None:
    world.enroll("standard")


def enroll_many(world: World) -> None:
    targets = [Target(None, world.make_deal(f"Deal {n}")) for n in range(5)]
    world.enrolling.enroll("proposal", targets, spread=3)


def close_step(world: World) -> None:
    world.close([world.enroll("standard").task_id], "no_reply")


def close_with_reply(world: World) -> None:
    world.close([world.enroll("standard").task_id], "replied")


def close_try(world: World) -> None:
    world.close([world.make_task()], "left_voicemail", note="Called twice.")


def close_many(world: World) -> None:
    world.close([world.make_task(f"Call about matter {n}") for n in range(4)], "no_reply")


def call_back(world: World) -> None:
    world.close([world.enroll("standard").task_id], "call_back", until=LATER)


def close_file(world: World) -> None:
    world.close([world.enroll("standard").task_id], "close_file")


def not_needed(world: World) -> None:
    world.close([world.enroll("standard").task_id], "not_needed")


def nurture(world: World) -> None:
    world.close([decision(world)], "nurture")


def lose(world: World) -> None:
    world.enroll("negotiation", deal=world.deal, contact=world.make_contact("Ben Ode"))
    world.close([decision(world)], "lost")


def decision(world: World) -> int:
    return world.spawn(world.enroll(world.make_cadence("asks", (0,))).task_id).task_id


def snooze(world: World) -> None:
    world.moves.snooze([world.make_task(), world.make_task()], LATER)


def hide(world: World) -> None:
    world.moves.hide([world.make_task()], LATER)


def unhide(world: World) -> None:
    task = world.make_task()
    world.moves.hide([task], LATER)
    world.moves.unhide([task])


def reassign(world: World) -> None:
    world.moves.reassign([world.enroll("standard").task_id], "sam", following=True)


def priority(world: World) -> None:
    world.moves.priority([world.make_task()], Priority.HIGH)


def add(world: World) -> None:
    capturing = Capturing(world.context)
    draft = Draft("Call Kim about the seats", contact="Kim Moe", when=When(LATER, None, 0, 0))
    capturing.add(Resolving(world.context).resolve(draft), create=True)


def note(world: World) -> None:
    Capturing(world.context).note(
        Resolving(world.context).resolve(Draft("", contact="Kim at Newco", told="Away until May")),
        create=True,
    )


def edit(world: World) -> None:
    about = Resolving(world.context).resolve(Draft("x", contact="Kim at Newco", link="Seats"))
    changes = Changes(action="Send it", due=Day(LATER), owner="sam", about=about, private=True)
    Editing(world.context).edit(world.make_task(), changes, create=True)


VERBS = (
    enroll, enroll_many, close_step, close_with_reply, close_try, close_many, call_back, close_file, not_needed,
    nurture, lose, snooze, hide, unhide, reassign, priority, add, note, edit,
)  # fmt: skip


def before_last(world: World, verb: Callable[[World], None]) -> tuple[dict[str, object], dict[str, object]]:
    """The world before and after the last thing a verb's story does."""
    states: list[dict[str, object]] = []
    unit = type(world.context).unit

    def keep(context: object, *words: object) -> object:
        states.append(dict(world.dump()))
        return unit(context, *words)  # type: ignore[arg-type]

    type(world.context).unit = keep  # type: ignore[assignment, method-assign]
    try:
        verb(world)
    finally:
        type(world.context).unit = unit  # type: ignore[method-assign]
    return states[-1], dict(world.dump())


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_an_undo_restores_everything_and_a_redo_does_it_again(
    world: World, verb: Callable[[World], None]
) -> None:
    before, after = before_last(world, verb)
    assert before != after
    for _ in range(2):
        (undone,) = world.journal.undo()
        assert isinstance(undone, Undone)
        assert world.dump() == before
        (redone,) = world.journal.redo()
        assert isinstance(redone, Redone)
        assert (redone.entry, redone.summary) == (undone.entry, undone.summary)
        assert world.dump() == after


def test_several_are_undone_one_after_the_other_and_redone_in_order(world: World) -> None:
    task = world.enroll("standard").task_id
    states = [world.dump()]
    for _ in range(4):
        task = world.spawn(task).task_id
        states.append(world.dump())
    for state in reversed(states[:-1]):
        world.journal.undo()
        assert world.dump() == state
    for state in states[1:]:
        world.journal.redo()
        assert world.dump() == state
    with pytest.raises(Refused, match="nothing to redo"):
        world.journal.redo()
    for state in reversed(states[:-1]):
        world.journal.undo()
        assert world.dump() == state


def test_a_redo_in_the_middle_is_undone_by_itself(world: World) -> None:
    first = world.enroll("standard").task_id
    start = world.dump()
    second = world.spawn(first)
    one = world.dump()
    world.spawn(second.task_id)
    world.journal.undo()
    world.journal.undo()
    world.journal.redo()
    assert world.dump() == one
    world.journal.undo()
    assert world.dump() == start


def test_a_new_verb_clears_what_could_be_redone(world: World) -> None:
    task = world.make_task()
    world.close([task], "no_reply")
    world.journal.undo()
    world.moves.priority([task])
    with pytest.raises(Refused, match="nothing to redo"):
        world.journal.redo()
    world.journal.undo()
    assert world.task(task)["priority"] == 2


def test_there_is_nothing_to_undo_at_first(world: World) -> None:
    world.act_as(world.sam)
    before = world.dump()
    with pytest.raises(Refused, match=r"nothing to undo\. `fu journal`"):
        world.journal.undo()
    assert world.dump() == before


def test_an_undo_takes_ones_own_last_entry_and_not_anothers(world: World) -> None:
    mine, theirs = world.make_task(), world.make_task()
    world.moves.priority([mine])
    with world.acting(world.sam):
        world.moves.priority([theirs])
    world.journal.undo()
    assert (world.task(mine)["priority"], world.task(theirs)["priority"]) == (2, 1)
    with world.acting(world.sam):
        world.journal.undo()
    assert world.task(theirs)["priority"] == 2


def test_anothers_verb_does_not_clear_my_redo(world: World) -> None:
    mine, theirs = world.make_task(), world.make_task()
    world.moves.priority([mine])
    world.journal.undo()
    with world.acting(world.sam):
        world.moves.priority([theirs])
    world.journal.redo()
    assert world.task(mine)["priority"] == 1


def test_a_step_that_was_withdrawn_is_spawned_again_as_the_next_attempt(world: World) -> None:
    first = world.enroll("standard").task_id
    gone = world.spawn(first).task_id
    world.journal.undo()
    assert (world.task(gone)["status"], world.task(first)["status"]) == ("withdrawn", "open")
    again = world.task(world.spawn(first).task_id)
    assert (again["step_no"], again["attempt"]) == (2, 2)


# --- somebody came in between


def touch(world: World, task_id: int) -> None:
    with world.acting(world.sam):
        world.moves.snooze([task_id], LATER)


def hide_it(world: World, task_id: int) -> None:
    with world.acting(world.sam):
        world.moves.hide([task_id], LATER)


def raise_it(world: World, task_id: int) -> None:
    with world.acting(world.sam):
        world.moves.priority([task_id])


def snooze_and_back(world: World, task_id: int) -> None:
    with world.acting(world.sam):
        world.moves.priority([task_id], Priority.HIGH)
        world.moves.priority([task_id], Priority.NORMAL)


@pytest.mark.parametrize("touching", [touch, hide_it, raise_it, snooze_and_back], ids=lambda f: f.__name__)
def test_a_successor_that_somebody_touched_is_asked_about(
    world: World, touching: Callable[[World, int], None]
) -> None:
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    touching(world, second)
    before = world.dump()
    with pytest.raises(
        TouchedSuccessor, match=r"changed since it was spawned: Sam Hill .*--touched withdraw"
    ) as asked:
        world.journal.undo()
    assert asked.value.task_id == second
    assert world.dump() == before


def test_a_touched_successor_may_go(world: World) -> None:
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    touch(world, second)
    world.journal.undo(Touched.WITHDRAW)
    assert [task["id"] for task in world.open_tasks()] == [first]
    assert world.task(second)["status"] == "withdrawn"
    assert world.record("enrollment", 1)["current_step"] == 1


def test_a_touched_successor_may_stay_without_its_cadence(world: World) -> None:
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    touch(world, second)
    kept_out = world.dump()
    (undone,) = world.journal.undo(Touched.KEEP)
    assert isinstance(undone, Undone)
    assert undone.task_ids == (first,)
    task = world.task(second)
    assert (task["status"], task["enrollment_id"], task["step_no"], task["origin"]) == (
        "open",
        None,
        None,
        "user",
    )
    assert [task["id"] for task in world.open_tasks()] == [first, second]
    world.journal.redo()
    assert world.dump() == kept_out


def test_a_step_after_a_kept_one_has_a_key_of_its_own(world: World) -> None:
    """Two attempts were made, the first was detached: counting the rows that are left would give 2 again."""
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    with world.acting(world.sam):
        world.spawn(second, "call_back", until=LATER)
        world.journal.undo()
    touch(world, second)
    world.journal.undo(Touched.KEEP)
    again = world.task(world.spawn(first).task_id)
    assert (again["step_no"], again["attempt"]) == (2, 3)


def test_a_touch_that_was_undone_is_none(world: World) -> None:
    first = world.enroll("standard").task_id
    before = world.dump()
    second = world.spawn(first).task_id
    touch(world, second)
    with world.acting(world.sam):
        world.journal.undo()
    world.journal.undo()
    assert world.dump() == before


def test_a_successor_that_was_closed_since_is_not_taken_away(world: World) -> None:
    """Sam did the next step: undoing Dana's close would tear his out of the middle."""
    first = world.enroll("standard").task_id
    second = world.spawn(first).task_id
    with world.acting(world.sam):
        third = world.spawn(second).task_id
    before = world.dump()
    for touched in Touched:
        with pytest.raises(
            Conflict, match=r'Task .* was changed since: Sam Hill closed "Ask one question'
        ) as told:
            world.journal.undo(touched)
        assert not isinstance(told.value, TouchedSuccessor)
        assert world.dump() == before
    assert [task["id"] for task in world.open_tasks()] == [third]


def test_a_cadence_that_somebody_went_on_with_is_not_taken_away(world: World) -> None:
    first = world.enroll("standard").task_id
    with world.acting(world.sam):
        world.close([first], "replied")
    before = world.dump()
    with pytest.raises(Conflict, match=r"was changed since: Sam Hill closed"):
        world.journal.undo()
    assert world.dump() == before


@pytest.mark.parametrize("later", [touch, raise_it, hide_it], ids=lambda f: f.__name__)
def test_a_record_that_somebody_changed_later_is_left_and_they_are_named(
    world: World, later: Callable[[World, int], None]
) -> None:
    task = world.make_task()
    world.moves.snooze([task], date(2026, 12, 1))
    later(world, task)
    before = world.dump()
    with pytest.raises(Conflict, match=r"was changed since: Sam Hill .*Undo that first, or leave both"):
        world.journal.undo()
    assert world.dump() == before
    with world.acting(world.sam):
        world.journal.undo()
    world.journal.undo()
    assert world.task(task)["due_on"] == "2026-11-23"


def test_a_redo_is_refused_where_somebody_was_there_since(world: World) -> None:
    task = world.make_task()
    world.moves.snooze([task], LATER)
    world.journal.undo()
    raise_it(world, task)
    before = world.dump()
    with pytest.raises(Conflict, match="Sam Hill changed the priority"):
        world.journal.redo()
    assert world.dump() == before


def test_what_changed_without_the_journal_is_not_overwritten(world: World) -> None:
    task = world.make_task()
    world.moves.snooze([task], LATER)
    world.db.execute_sql("UPDATE task SET due_on = '2026-12-24' WHERE id = ?", (task,))
    with pytest.raises(Conflict, match="changed since: by another program"):
        world.journal.undo()
    assert world.task(task)["due_on"] == "2026-12-24"


# --- what leans on what was made


LEANING = {
    "a task on a deal": lambda made, work: work.update(Task, 1, deal=made["deal"]),
    "a deal on an account": lambda made, work: work.update(Deal, 1, account=made["account"]),
    "a contact on an account": lambda made, work: work.insert(Contact, name="Kim", account=made["account"]),
    "a deal on a user": lambda made, work: work.update(Deal, 1, owner=made["user"]),
    "an account on a user": lambda made, work: work.update(Account, 1, owner=made["user"]),
    "a contact on a user": lambda made, work: work.update(Contact, 1, owner=made["user"]),
    "a user on a user": lambda made, work: work.update(User, 2, manager=made["user"]),
    "a role on a contact": lambda made, work: work.insert(DealContact, deal=1, contact=made["contact"]),
    "a note on a deal": lambda made, work: work.insert(
        Note, body="x", author=1, at=work.at, deal=made["deal"]
    ),
    "a note on an account": lambda made, work: work.insert(
        Note, body="x", author=1, at=work.at, account=made["account"]
    ),
}


@pytest.mark.parametrize("leaning", LEANING)
def test_a_record_on_which_a_later_one_leans_is_not_taken_away(world: World, leaning: str) -> None:
    world.make_task()
    with world.context.unit("import") as work:
        user = work.insert(User, handle="kim", name="Kim Moe", calendar=world.context.me.calendar_id)
        made = {
            "user": user,
            "account": work.insert(Account, name="Codehow"),
            "contact": work.insert(Contact, name="Kim"),
            "deal": work.insert(
                Deal,
                title="Seats",
                stage=world.stage("Qualified"),
                owner=world.dana,
                stage_entered_at=work.at,
            ),
        }
    with world.acting(world.sam), world.context.unit("edit") as work:
        LEANING[leaning](made, work)
    before = world.dump()
    with pytest.raises(Conflict, match=r"leans on|was changed since"):
        world.journal.undo()
    assert world.dump() == before


def test_what_comes_back_does_not_lean_on_what_is_gone(world: World) -> None:
    """Dana took her contact back, so Sam could take its account back; now hers has nothing to lean on."""
    with world.acting(world.sam), world.context.unit("add") as work:
        account = work.insert(Account, name="Codehow")
    with world.context.unit("add") as work:
        work.insert(Contact, name="Kim", account=account)
    world.journal.undo()
    with world.acting(world.sam):
        world.journal.undo()
    with pytest.raises(Conflict, match="The contact 2 leans on the account that would be gone"):
        world.journal.redo()


def test_what_somebody_made_anew_meanwhile_is_not_made_twice(world: World) -> None:
    world.change(User, world.sam, role="manager")
    world.enroll("standard")
    world.journal.undo()
    with world.acting(world.sam):
        world.enroll("standard")
    before = world.dump()
    with pytest.raises(Conflict, match="has been made anew since"):
        world.journal.redo()
    assert world.dump() == before


def test_an_import_is_undone_as_one(world: World) -> None:
    before = world.dump()
    with world.context.unit("import") as work:
        for number in range(50):
            account = work.insert(Account, name=f"Account {number}")
            work.insert(Contact, name=f"Person {number}", account=account)
        work.summary = "imported 50 accounts"
    world.journal.undo()
    assert world.dump() == before


def test_the_journal_tells_what_was_done_undone_and_redone(world: World) -> None:
    task = world.make_task()
    world.moves.priority([task])
    world.journal.undo()
    world.journal.redo()
    world.journal.undo()
    told = [(entry.verb, entry.summary, entry.undone) for entry in world.journal.entries(4)]
    assert told == [
        ("undo", 'undid: changed the priority of "Call Ana about the seats"', False),
        ("redo", 'did again: changed the priority of "Call Ana about the seats"', False),
        ("undo", 'undid: changed the priority of "Call Ana about the seats"', True),
        ("priority", 'changed the priority of "Call Ana about the seats"', True),
    ]
    assert {entry.actor for entry in world.journal.entries(4)} == {"Dana Okafor"}


def test_what_undo_and_redo_would_take_up_is_what_they_take_up(world: World) -> None:
    with world.acting(world.sam):
        assert world.journal.standing() == (None, None)
    task = world.make_task(due=LATER)
    world.moves.priority([task], Priority.HIGH)
    assert world.journal.standing() == ('changed the priority of "Call Ana about the seats"', None)
    world.journal.undo()
    assert world.journal.standing() == ("", 'changed the priority of "Call Ana about the seats"')
    world.journal.redo()
    assert world.journal.standing()[1] is None
    world.journal.undo()
    world.moves.hide([task], LATER)
    assert world.journal.standing()[1] is None, "what is done after an undo clears the redo"
    with world.acting(world.sam):
        assert world.journal.standing() == (None, None), "everybody has their own"


# --- what time alone did since


def covered_since(world: World) -> tuple[int, dict[str, object]]:
    """Dana closes on Monday; from Tuesday on she is away, and tick gives what follows to Sam."""
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 12, 4), cover="sam")
    first = world.enroll("standard").task_id
    before = world.dump()
    second = world.spawn(first).task_id
    world.go_to(date(2026, 11, 24))
    assert world.come_back()
    assert world.task(second)["acting_owner_id"] == world.sam
    return second, before


def test_what_time_alone_did_to_a_successor_is_no_touch(world: World) -> None:
    second, before = covered_since(world)
    world.journal.undo()
    assert world.dump() == before
    assert world.task(second)["status"] == "withdrawn"
    world.journal.redo()
    assert (world.task(second)["status"], world.task(second)["acting_owner_id"]) == ("open", world.sam)


def test_a_successor_that_a_person_changed_after_time_did_is_asked_about(world: World) -> None:
    second, _ = covered_since(world)
    with world.acting(world.sam):
        world.moves.priority([second])
    with pytest.raises(TouchedSuccessor, match="Sam Hill changed the priority"):
        world.journal.undo()


def test_a_day_that_moved_with_a_wait_is_not_moved_back(world: World) -> None:
    """The snooze's own day is gone: the days that were left of it count from Dana's return."""
    task = world.make_task()
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 12, 4))
    world.moves.snooze([task], date(2026, 11, 30))
    for day in (date(2026, 11, 24), date(2026, 12, 7)):
        world.go_to(day)
        world.come_back()
    before = world.dump()
    with pytest.raises(Conflict, match=r"changed since: fu-tui brought tasks .*\. Leave both as they are"):
        world.journal.undo()
    assert world.dump() == before


def test_a_change_beside_what_time_did_is_taken_back(world: World) -> None:
    task = world.make_task(due=date(2026, 11, 25))
    world.absences.add_absence("dana", date(2026, 11, 24), date(2026, 12, 4), cover="sam")
    world.moves.priority([task])
    world.go_to(date(2026, 11, 24))
    world.come_back()
    world.journal.undo()
    assert (world.task(task)["priority"], world.task(task)["acting_owner_id"]) == (2, world.sam)
