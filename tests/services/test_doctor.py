"""The doctor: nothing to report about what the verbs made, and every broken promise seen, whatever broke it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fu_tui.core.schedule import by_hand
from fu_tui.queries.audit import wrong_days
from fu_tui.queries.doctor import LISTS, VIOLATIONS, Finding, examine, repair_caches
from fu_tui.services.spawn import Links
from fu_tui.store.backup import keep_backup
from fu_tui.store.database import SCHEMA
from fu_tui.store.models import Contact, Deal, Enrollment, Task, User, WorkCalendar
from tests.world import World

LATER = date(2026, 12, 14)


@pytest.fixture
def lived_in(world: World) -> World:
    """A world in which every verb was used. Its open tasks: 1 step, 1 try, 1 check back."""
    task = world.enroll("standard").task_id
    for outcome in ("no_reply", "left_voicemail"):
        task = world.spawn(task, outcome).task_id
    world.moves.snooze([task], date(2026, 12, 4))
    world.moves.reassign([task], "sam", following=True)
    other = world.enroll("proposal", deal=world.make_deal("Other")).task_id
    world.close([other], "replied")
    world.journal.undo()
    world.close([other], "check_back", until=LATER)
    plain = world.make_task()
    world.close([plain], "no_reply")
    world.journal.undo()
    world.journal.redo()
    world.moves.hide([world.open_tasks()[-1]["id"]], date(2026, 11, 25))
    return world


def seen(world: World) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(found.code, found.entity, found.ids) for found in examine(world.db).violations]


def spoil(world: World, *statements: str) -> None:
    """Change the file past its own rules."""
    for pragma in ("foreign_keys = 0", "ignore_check_constraints = 1"):
        world.db.execute_sql(f"PRAGMA {pragma}")
    for statement in statements:
        world.db.execute_sql(statement)


def test_what_the_verbs_make_keeps_every_promise(lived_in: World) -> None:
    report = examine(lived_in.db)
    assert report.violations == ()
    assert report.lists == (), "every deal has its next step"
    assert len(lived_in.open_tasks()) == 3


def test_the_facts_say_how_the_file_is_kept(world: World) -> None:
    backup = keep_backup(world.path, "daily")
    facts = examine(world.db).facts
    assert (facts.path, facts.schema, facts.backups) == (world.path, SCHEMA, (backup,))
    assert facts.journal_mode == world.db.durability()[0]
    assert facts.sqlite in facts.journal_why or "disk" in facts.journal_why
    assert facts.synchronous == "OFF", "this test's own choice; elsewhere EXTRA"


# --- lists


def test_what_waits_for_a_decision_is_counted_and_no_error(world: World) -> None:
    step = world.enroll("standard").task_id
    alone = world.make_deal("Alone")
    nobodys = world.make_contact("Kim Moe", owner=None)
    unlinked = world.make_task(links=Links())
    world.make_task(links=Links(), kind="private")
    world.change(Task, step, status="cancelled")
    report = examine(world.db)
    assert report.violations == ()
    assert report.lists == (
        Finding("I3", 1, "are linked to no contact, deal or account", "task", (unlinked,)),
        Finding("I4", 1, "are stalled: running without an open task", "enrollment", (1,)),
        Finding("I8", 1, "have no next step", "deal", (alone,)),
        Finding("I9", 1, "have no owner", "contact", (nobodys,)),
    )


def test_a_parked_or_closed_deal_has_no_next_step_to_miss(world: World) -> None:
    for stage in ("Won", "Lost"):
        world.make_deal(stage, stage=stage)
    world.change(Deal, world.deal, parked_until=LATER, park_reason="budget")
    assert examine(world.db).lists == ()


def test_many_are_counted_and_a_few_are_named(world: World) -> None:
    contacts = [world.make_contact(f"Person {n}", owner=None) for n in range(7)]
    (_, unowned) = examine(world.db).lists
    assert (unowned.count, unowned.ids) == (7, tuple(contacts[:5]))


# --- each promise, broken


def test_every_invariant_is_asked_for(world: World) -> None:
    asked = {code for code, *_ in (*VIOLATIONS, *LISTS, *wrong_days(world.db))}
    assert asked - {"removed"} == {f"I{number}" for number in range(1, 16)}


def test_i1_two_open_tasks(lived_in: World) -> None:
    spoil(
        lived_in,
        "DROP INDEX task_one_open",
        "UPDATE task SET status = 'held' WHERE enrollment_id = 1 AND step_no = 2",
    )
    assert ("I1", "enrollment", (1,)) in seen(lived_in)


def test_i2_the_same_attempt_twice(lived_in: World) -> None:
    spoil(
        lived_in,
        "DROP INDEX task_spawn_key",
        "UPDATE task SET step_no = 1 WHERE enrollment_id = 1 AND step_no = 2",
    )
    assert ("I2", "task", (1,)) in seen(lived_in)


def test_i3_nobody_who_works_here(world: World) -> None:
    task = world.make_task(owner=world.sam)
    world.change(User, world.sam, active=False)
    assert seen(world) == [("I3", "task", (task,))]


def test_i3_whoever_stands_in_works_here_too(world: World) -> None:
    task = world.make_task()
    world.change(Task, task, acting_owner=world.sam)
    assert seen(world) == []
    world.change(User, world.sam, active=False)
    assert seen(world) == [("I3", "task", (task,))]


@pytest.mark.parametrize("column", ["outcome", "closed_at", "closed_by_id"])
def test_i5_done_without_saying_so(lived_in: World, column: str) -> None:
    spoil(lived_in, f"UPDATE task SET {column} = NULL WHERE id = 1")
    assert ("I5", "task", (1,)) in seen(lived_in)


def test_i5_done_without_a_note(lived_in: World) -> None:
    spoil(lived_in, "UPDATE task SET outcome_note = '' WHERE id = 1")
    assert ("I5", "task", (1,)) in seen(lived_in)
    lived_in.db.execute_sql("PRAGMA ignore_check_constraints = 0")
    (found,) = [found for found in examine(lived_in.db).violations if found.code == "file"]
    assert found.text == "are not sound: CHECK constraint failed in task"


def test_i6_ended_with_a_task_open(lived_in: World) -> None:
    spoil(
        lived_in,
        "UPDATE enrollment SET state = 'ended', end_reason = 'stopped', ended_at = '2026-11-23T09:00:00Z' WHERE id = 1",
    )
    assert ("I6", "enrollment", (1,)) in seen(lived_in)


def test_i6_ended_for_no_reason(lived_in: World) -> None:
    spoil(lived_in, "UPDATE enrollment SET end_reason = NULL WHERE id = 2")
    assert ("I6", "enrollment", (2,)) in seen(lived_in)


def test_i6_taken_back_with_a_task_open(lived_in: World) -> None:
    spoil(lived_in, "UPDATE enrollment SET removed_by = 1 WHERE id = 1")
    assert ("I6", "enrollment", (1,)) in seen(lived_in)


def forge(world: World, task: int, day: date, **inputs: str) -> None:
    """Give a task another day and a trace that leads there."""
    trace = replace(world.trace(task), due_on=day, off={})
    trace = replace(trace, inputs={**trace.inputs, **inputs})
    world.change(Task, task, due_on=day, first_due_on=day, trace=trace.to_json())


def test_i7_a_step_on_a_day_off(world: World) -> None:
    """Its trace leads there, but the calendar it was made with has that day off."""
    task = world.enroll("standard").task_id
    forge(world, task, date(2026, 11, 28), anchor_on="2026-11-28")
    assert ("I7", "task", (task,)) in seen(world)


@pytest.mark.parametrize("changing", ["calendar", "user", "assignee"])
def test_i7_is_about_the_day_it_was_made(world: World, changing: str) -> None:
    """What became a day off since is no error."""
    task = world.enroll("standard").task_id
    other = world.context.me.calendar_id
    with world.context.unit("setup") as work:
        strange = work.insert(WorkCalendar, name="No Mondays", weekdays="1234")
    if changing == "calendar":
        world.change(WorkCalendar, other, weekdays="1234")
    elif changing == "user":
        world.change(User, world.dana, calendar=strange)
    else:
        world.change(User, world.sam, calendar=strange)
        world.moves.reassign([task], "sam", following=True)
    assert seen(world) == []


def test_i7_a_day_set_by_hand_is_exempt(world: World) -> None:
    world.moves.snooze([world.enroll("standard").task_id], date(2026, 11, 28))
    assert seen(world) == []


def test_i10_two_cadences_for_one_conversation(world: World) -> None:
    world.enroll("negotiation")
    other = world.enroll("proposal", deal=world.make_deal("Other"), contact=world.contact)
    spoil(
        world,
        "DROP INDEX enrollment_pair",
        f"UPDATE enrollment SET deal_id = {world.deal} WHERE id = {other.enrollment_id}",
    )
    assert ("I10", "enrollment", (1,)) in seen(world)


def test_i10_two_outreaches_to_one_contact(world: World) -> None:
    world.enroll("standard")
    kim = world.make_contact("Kim Moe")
    other = world.enroll("inbound", contact=kim)
    spoil(
        world,
        "DROP INDEX enrollment_exclusive_contact",
        f"UPDATE enrollment SET contact_id = {world.contact} WHERE id = {other.enrollment_id}",
    )
    assert ("I10", "enrollment", (1,)) in seen(world)


def test_i10_copies_that_disagree_with_the_version(world: World) -> None:
    world.enroll("standard")
    spoil(world, "UPDATE enrollment SET exclusive = 0")
    assert ("I10", "enrollment", (1,)) in seen(world)


@pytest.mark.parametrize(
    "values", [{"do_not_contact": True}, {"opted_out": ("mail",)}], ids=["nothing", "no mail"]
)
def test_i11_outreach_to_who_does_not_want_it(world: World, values: dict[str, object]) -> None:
    task = world.enroll("standard").task_id
    world.change(Contact, world.contact, **values)
    assert seen(world) == [("I11", "task", (task,))]


def test_i11_another_channel_is_fine(world: World) -> None:
    world.enroll("standard")
    world.change(Contact, world.contact, opted_out=("call",))
    assert seen(world) == []


def test_i12_an_owner_changed_on_the_way(world: World) -> None:
    task = world.make_task()
    world.moves.reassign([task], "sam")
    world.journal.undo()
    assert seen(world) == []
    world.change(Task, task, owner=world.sam)
    assert seen(world) == [("I12", "task", (task,))]


def test_i12_another_assignee_on_the_way(world: World) -> None:
    began = world.enroll("standard")
    world.moves.reassign([began.task_id], "sam", following=True)
    world.journal.undo()
    assert seen(world) == []
    world.change(Enrollment, began.enrollment_id, assignee=world.sam)
    assert seen(world) == [("I12", "enrollment", (began.enrollment_id,))]


def test_i13_a_successor_made_apart(world: World) -> None:
    first = world.enroll("standard").task_id
    second = world.make_task(spawned_by=first)
    assert seen(world) == [("I13", "task", (second,))]


def test_i13_a_touch_logged_apart(world: World) -> None:
    world.close([world.make_task()], "no_reply")
    spoil(world, f"UPDATE activity SET task_id = {world.make_task()}")
    assert ("I13", "activity", (1,)) in seen(world)


def test_i14_a_day_that_does_not_explain_itself(world: World) -> None:
    task = world.enroll("standard").task_id
    world.change(Task, task, due_on=date(2026, 11, 24))
    assert seen(world) == [("I14", "task", (task,))]


@pytest.mark.parametrize(
    "trace",
    [
        '{"rule":"guess","inputs":{},"off":{},"lines":[],"due_on":"2026-11-23"}', '{"rule":"first"}', '{"',
        '{"rule":"first","inputs":{"anchor_on":"soon"},"off":{},"lines":[],"due_on":"2026-11-23"}',
        by_hand(LATER).trace.to_json(),
    ],
    ids=["unknown rule", "half", "torn", "no date", "another day"],
)  # fmt: skip
def test_i14_a_trace_that_says_nothing(world: World, trace: str) -> None:
    task = world.enroll("standard").task_id
    world.change(Task, task, trace=trace)
    assert seen(world) == [("I14", "task", (task,))]


def test_i15_a_close_that_brought_a_day_that_was_past(world: World) -> None:
    second = world.spawn(world.enroll("standard").task_id).task_id
    day = date(2026, 11, 20)
    with world.context.unit("setup") as work:
        work.update(Task, second, due_on=day, first_due_on=day, trace=by_hand(day).trace.to_json())
    assert seen(world) == [("I15", "task", (second,))]


def test_i15_yesterday_in_the_zone_of_whoever_closed(world: World) -> None:
    """By its own trace the day was past when it was made, though not yet by the clock of the file."""
    second = world.spawn(world.enroll("standard").task_id).task_id
    trace = world.task(second)["trace"].replace('"today":"2026-11-23"', '"today":"2026-11-28"')
    world.change(Task, second, trace=trace)
    assert ("I14", "task", (second,)) in seen(world), "the trace would have moved it"


# --- the file, its references, its journal


def test_what_was_taken_back_stands_open(lived_in: World) -> None:
    spoil(lived_in, "UPDATE task SET removed_by = 1 WHERE id = 3")
    assert ("removed", "task", (3,)) in seen(lived_in)


def test_a_reference_to_nowhere(lived_in: World) -> None:
    spoil(lived_in, "UPDATE contact SET account_id = 99 WHERE id = 1")
    assert ("keys", "contact", (1,)) in seen(lived_in)


def test_a_page_that_is_damaged(world: World) -> None:
    for number in range(100):
        world.make_task(f"Call about matter {number}")
    root, size = (
        world.db.value("SELECT rootpage FROM sqlite_master WHERE name = 'task_contact'"),
        world.db.value("PRAGMA page_size"),
    )
    world.db.close()
    with world.path.open("r+b") as file:
        file.seek((root - 1) * size + 12)
        file.write(b"\0" * 28)
    found, *_ = examine(world.db).violations
    assert (found.code, found.entity) == ("file", "page")
    assert found.text.startswith("are not sound: ")


def test_what_can_not_be_read_for_damage_does_not_hide_the_damage(world: World) -> None:
    for number in range(400):
        world.make_task(f"Call about matter {number}")
    root, size = (
        world.db.value("SELECT rootpage FROM sqlite_master WHERE name = 'task'"),
        world.db.value("PRAGMA page_size"),
    )
    world.db.close()
    with world.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    report = examine(world.db)
    assert {found.code for found in report.violations} == {"file"}
    assert report.lists == ()
    assert report.facts.path == world.path


def test_a_row_that_changed_without_the_journal(lived_in: World) -> None:
    spoil(lived_in, "UPDATE deal SET product = 'x', owner_id = 2 WHERE id = 1")
    entry = lived_in.db.value("SELECT entry_id FROM change WHERE entity = 'deal' AND entity_id = 1")
    assert seen(lived_in) == [("journal", "entry", (entry,))]


def test_a_row_that_is_gone(lived_in: World) -> None:
    spoil(lived_in, "DELETE FROM activity WHERE id = 1")
    entry = lived_in.db.value("SELECT entry_id FROM change WHERE entity = 'activity' AND entity_id = 1")
    assert ("journal", "entry", (entry,)) in seen(lived_in)


def test_an_entry_that_does_not_begin_where_the_last_one_ended(lived_in: World) -> None:
    number, entry = lived_in.db.row(
        "SELECT id, entry_id FROM change WHERE entity = 'task' AND before LIKE '%moved_count%'"
    ) or (0, 0)
    spoil(lived_in, f"UPDATE change SET before = replace(before, '2026-11', '2025-11') WHERE id = {number}")
    assert ("journal", "entry", (entry,)) in seen(lived_in)


def test_a_record_that_was_made_twice(lived_in: World) -> None:
    spoil(
        lived_in,
        "INSERT INTO change (entry_id, entity, entity_id, before, after)"
        " SELECT entry_id, entity, entity_id, before, after FROM change WHERE entity = 'deal' AND entity_id = 1",
    )
    assert [code for code, _, _ in seen(lived_in)] == ["journal"]


def test_a_change_of_something_unknown(lived_in: World) -> None:
    spoil(lived_in, "INSERT INTO change (entry_id, entity, entity_id, after) VALUES (3, 'ship', 1, '{}')")
    assert seen(lived_in) == [("journal", "entry", (3,))]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET undone_by = NULL WHERE seq = (SELECT undoes FROM journal_entry WHERE verb = 'undo')",
        "UPDATE journal_entry SET undoes = NULL WHERE verb = 'undo'",
    ],
    ids=["not marked", "of nothing"],
)
def test_an_undo_that_does_not_fit_what_it_undid(world: World, statement: str) -> None:
    world.make_task()
    world.journal.undo()
    assert seen(world) == []
    spoil(world, statement)
    assert [code for code, _, _ in seen(world)] == ["journal"]


# --- caches


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE contact SET last_outbound_at = NULL WHERE id = 1", ("cache", "contact", (1,))),
        ("UPDATE contact SET last_inbound_at = '2026-11-23T09:00:00Z' WHERE id = 1", ("cache", "contact", (1,))),
        ("UPDATE deal SET last_touch_at = '2020-01-01T00:00:00Z' WHERE id = 1", ("cache", "deal", (1,))),
        ("UPDATE open_load SET n = n + 1 WHERE user_id = 2", ("cache", "user", (2,))),
        ("DELETE FROM open_load WHERE user_id = 1", ("cache", "user", (1,))),
        ("INSERT INTO open_load VALUES (2, '2030-01-01', 0, 1)", ("cache", "user", (2,))),
        ("INSERT INTO open_load VALUES (2, '2030-01-01', 0, -1)", ("cache", "user", (2,))),
    ],
)  # fmt: skip
def test_a_cache_that_is_wrong_is_seen_and_repaired(
    lived_in: World, statement: str, found: tuple[str, str, tuple[int, ...]]
) -> None:
    before = lived_in.dump()
    spoil(lived_in, statement)
    assert seen(lived_in) == [found]
    repair_caches(lived_in.db)
    assert seen(lived_in) == []
    assert lived_in.dump() == before


def test_repairing_touches_nothing_but_caches(lived_in: World) -> None:
    before = lived_in.dump()
    repair_caches(lived_in.db)
    assert lived_in.dump() == before
    spoil(lived_in, "UPDATE deal SET title = 'Renamed' WHERE id = 1")
    repair_caches(lived_in.db)
    assert [code for code, _, _ in seen(lived_in)] == ["journal"]


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("INSERT INTO contact_search (rowid, name, rest) VALUES (99, 'Nobody', '')", 1),
        ("INSERT INTO account_search (account_search) VALUES ('delete-all')", 2),
        ("UPDATE deal SET title = 'Renamed past the unit'", 3),
        ("INSERT INTO task_search (task_search) VALUES ('delete-all')", 4),
    ],
)
def test_a_search_that_does_not_know_its_records_is_seen_and_mended(
    lived_in: World, statement: str, number: int
) -> None:
    spoil(lived_in, statement)
    lists = [finding for finding in seen(lived_in) if finding[1] == "word_list"]
    assert [(code, entity) for code, entity, _ in lists][-1] == ("cache", "word_list")
    assert len(lists) == (2 if number == 3 else 1), "a deal's title is in its tasks' words too"
    repair_caches(lived_in.db)
    assert [finding for finding in seen(lived_in) if finding[1] == "word_list"] == []
