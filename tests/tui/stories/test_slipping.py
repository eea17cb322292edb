"""What slips: each list with a member, the key that mends it, and the undo that brings it back."""

from __future__ import annotations

from datetime import date

import pytest

from fu_tui.core.errors import StorageBusy
from fu_tui.core.terms import Role
from fu_tui.services.spawn import Links
from fu_tui.store.models import Contact, Deal, DealContact, Task, User
from tests.tui.driver import DeskDriver, at_the_desk
from tests.world import World

NOV_2 = date(2026, 11, 2)


def tabs(desk: DeskDriver) -> str:
    """The names of the lists, with their counts."""
    return desk.modal().splitlines()[1]


@pytest.fixture
def covered(world: World) -> World:
    """Nothing slips: Ana's deal has a task, due in two days."""
    world.make_task("Call Ana about the offer", due=date(2026, 11, 26))
    return world


def age(world: World, task: int) -> None:
    """Let nothing have happened to a task since 2 November."""
    world.change(Task, task, first_due_on=NOV_2, status_changed_at=world.context.now().replace(day=2))


async def test_a_day_is_done_when_every_list_is_empty(covered: World) -> None:
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.triage")
        assert tabs(desk) == "To decide   No next step   Stalled   Unowned   Parked   Hidden"
        said = []
        for _ in range(6):
            said.append(desk.modal().splitlines()[3])
            await desk.key("tab")
        assert said == [
            "Nothing waits for a decision: everything open moved within 14 days.",
            "Every open deal and everybody you talk with has a next step.",
            "Every cadence that runs has its task.", "Every contact has an owner.",
            "Nothing is parked or paused.", "Nothing is hidden.",
        ]  # fmt: skip
        await desk.key("enter", "d", "escape")
        assert desk.modal() == ""
        assert desk.pane("today").lines()[1].strip() == "Nothing due today. Next: Thu 26, 1 task."


async def test_what_slips_keeps_the_day_from_being_done(world: World) -> None:
    world.make_contact("Lost Lou", owner=None)
    async with at_the_desk(world.path, world.clock) as desk:
        assert "1 no next step" in desk.header()
        said = " ".join(" ".join(desk.pane("today").lines()[1:]).split())
        assert said == "Nothing due today, but 1 without a next step (g n) · 1 without an owner."
        await desk.click_on("1 no next step")
        assert "GTX Plus · Betatech" in desk.modal()
        assert "New lead for 1 day, and nothing is open" in desk.modal()


async def test_a_deal_gets_its_next_step_and_the_undo_brings_it_back(world: World) -> None:
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("enter")
        assert "#GTX" in desk.modal() or '#"GTX' in desk.modal(), "it is about the deal already"
        await desk.key("home")
        await desk.type("Call Ana about the seats tomorrow")
        await desk.key("enter")
        assert "Every open deal and everybody you talk with has a next step." in desk.modal()
        assert "Call Ana about the seats" in desk.modal(), "what was done is said"
        await desk.key("u")
        assert "GTX Plus · Betatech" in desk.modal()
        assert "Undone" in desk.modal()
        await desk.key("escape")
        assert world.open_tasks() == []


async def test_deals_are_marked_and_enrolled_at_once(world: World) -> None:
    world.make_deal("Second deal")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("space", "space")
        assert "2 marked" in desk.modal()
        assert "add a next step" not in desk.modal(), "that takes one"
        await desk.key("c")
        await desk.type("proposal")
        await desk.key("enter")
        assert "2 follow-ups added" in desk.modal()
        assert "has a next step" in desk.modal()
        await desk.key("u", "escape")
    assert world.open_tasks() == []


async def test_many_begin_one_after_the_other_with_what_belongs_to_their_stage(world: World) -> None:
    for number in range(6):
        world.make_deal(f"Offer {number}", stage="Proposal sent")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("/")
        await desk.type("offer")
        await desk.key("enter", "*", "c", "enter")
        assert "When do these 6 begin?" in desk.modal()
        await desk.key("w")
        assert "6 follow-ups added" in desk.modal()
    begun = world.db.rows("SELECT c.key FROM enrollment e JOIN cadence c ON c.id = e.cadence_id")
    assert begun == [("proposal",)] * 6
    assert len({task["due_on"] for task in world.open_tasks()}) >= 4


async def test_where_another_program_holds_the_file_that_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise StorageBusy("The database is in use.")

    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        assert "GTX Plus" in desk.modal()
        with monkeypatch.context() as patched:
            patched.setattr(type(desk.desk.view), "slips", busy)
            patched.setattr(type(desk.desk.view), "left", busy)
            await desk.key("tab")
            assert "Another program holds the file" in desk.modal()
            assert "No next step 1" in tabs(desk), "as it was last read"
        await desk.key("shift+tab")
        assert "GTX Plus" in desk.modal()


async def test_a_deal_is_parked_or_lost_from_the_list(world: World) -> None:
    world.make_deal("Second deal")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("P")
        await desk.type("budget in January")
        await desk.key("enter", "m", "enter")
        assert "Second deal" in desk.modal()
        assert "GTX Plus · Betatech: parked until" in desk.modal()
        await desk.key("greater_than_sign")
        await desk.type("lost")
        await desk.key("enter")
        await desk.type("too dear")
        await desk.key("enter")
        assert "Second deal: Lost" in desk.modal()
        await desk.key("5")
        assert "budget in January" in desk.modal()
        await desk.key("enter")
        assert "GTX Plus · Betatech: parked no longer" in desk.modal()
    assert world.db.value("SELECT lost_reason FROM deal WHERE title = 'Second deal'") == "too dear"


async def test_a_deal_and_a_contact_are_handed_off_from_the_list(covered: World) -> None:
    bo, deal = covered.make_contact("Bo Lund"), covered.make_deal("Second deal")
    covered.change(Contact, bo, last_inbound_at=covered.context.now())
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("O")
        assert "Hand Second deal to" in desk.modal()
        assert "Dana Okafor" not in desk.modal(), "whose it is is not offered"
        await desk.key("enter")
        assert "Stage: New lead" in desk.modal()
        await desk.type("wants a quote")
        await desk.key("enter")
        assert "Second deal → Sam Hill" in desk.modal()
        await desk.key("O", "enter")
        assert "Hand Bo Lund to Sam Hill" in desk.modal()
        await desk.type("met at the fair")
        await desk.key("enter")
        assert "Bo Lund → Sam Hill" in desk.modal()
        assert "has a next step" in desk.modal()
    owners = (covered.record("deal", deal)["owner_id"], covered.record("contact", bo)["owner_id"])
    assert owners == (covered.sam, covered.sam)


async def test_a_contact_that_was_left_open_is_followed_up_or_laid_aside(covered: World) -> None:
    bo, edda = covered.make_contact("Bo Lund"), covered.make_contact("Edda Holt")
    covered.make_contact("Never Met")
    for number, day in ((bo, 1), (edda, 3)):
        covered.change(Contact, number, last_inbound_at=covered.context.now().replace(day=day))
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.no_next_step")
        lines = desk.modal()
        assert lines.index("Bo Lund") < lines.index("Edda Holt"), "who has waited longest is first"
        assert "Never Met" not in lines
        assert "The last contact was 23 days ago" in lines
        await desk.key("f")
        assert "Bo Lund: file closed" in desk.modal()
        await desk.key("a", "home")
        await desk.type("Ask Edda about the plan fri")
        await desk.key("enter")
        assert "has a next step" in desk.modal()
    assert covered.record("contact", bo)["lifecycle"] == "closed_file"


async def test_a_contact_without_a_deal_begins_with_outreach(covered: World) -> None:
    bo = covered.make_contact("Bo Lund")
    covered.change(Contact, bo, last_inbound_at=covered.context.now())
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("c")
        assert "▌Standard outreach" in desk.seen()
        await desk.key("enter")
    begun = covered.db.rows("SELECT c.key FROM enrollment e JOIN cadence c ON c.id = e.cadence_id")
    assert begun == [("standard",)]


async def test_who_asked_not_to_be_contacted_is_named_and_what_works_is_offered_first(world: World) -> None:
    begun = world.enroll("standard")
    with world.context.unit("setup") as work:
        work.insert(DealContact, deal=world.deal, contact=world.contact)
    world.change(Contact, world.contact, do_not_contact=True)
    world.change(Task, begun.task_id, status="cancelled")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.triage")
        assert "has no task. Ana Ruiz asked not to be contacted: stop it." in " ".join(desk.modal().split())
        assert "let it go on" not in desk.modal()
        await desk.key("enter")
        await desk.type("they asked")
        await desk.key("enter")
        await desk.key("shift+tab")
        assert "Ana Ruiz asked not to be contacted: move it to lost, or ask" in " ".join(desk.modal().split())
        assert "enter stage…" in desk.modal()
        assert "start a cadence" not in desk.modal()


async def test_a_reply_that_was_left_open_is_not_forgotten(covered: World) -> None:
    bo = covered.make_contact("Bo Lund")
    covered.make_task("Call Bo about the plan", due=covered.today, links=Links(bo))
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("task.replied")
        assert "What is the next step?" in desk.modal()
        await desk.key("escape")
        desk.desk._count_left()  # as it is done once the keys rest
        await desk.rest()
        assert "1 no next step" in desk.header()
        await desk.press("go.no_next_step")
        assert "Bo Lund" in desk.modal()
        assert "The last contact was 0 days ago" not in desk.modal()
        assert "The last contact was today" in desk.modal()
        await desk.key("enter", "escape")
        assert "Bo Lund" in desk.modal(), "what was left stays on its list"
        await desk.key("u")
        assert "has a next step" in desk.modal(), "the reply is undone, so the task is open again"


async def test_what_nothing_happened_to_is_decided(covered: World) -> None:
    for action in ("Send the case study", "Ask for the logo"):
        age(covered, covered.make_task(action, due=date(2026, 12, 1)))
    plants = covered.make_task("Order more paper", due=date(2026, 12, 1), links=Links())
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.click_on("3 to decide")
        assert "Nothing has come of it for 22 days" in desk.modal()
        await desk.key("z")
        assert "not needed" in desk.modal()
        await desk.key("enter")
        assert "What came of it" in desk.modal() or "no reply" in desk.modal(), "every outcome is offered"
        await desk.key("n", "enter")
        assert "Order more paper" in desk.modal()
        assert "It is about nobody" in desk.modal()
        await desk.key("enter", "tab")
        await desk.type("Ana Ruiz")
        await desk.key("enter")
        assert "Nothing waits for a decision" in desk.modal()
        await desk.key("escape")
    assert covered.task(plants)["contact_id"] == covered.contact


async def test_a_row_leads_to_its_task(covered: World) -> None:
    age(covered, covered.make_task("Send the case study", due=date(2026, 12, 1)))
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.triage")
        await desk.key(".")
        assert desk.modal() == ""
        assert desk.cursor() == "Send the case study"


async def test_a_stalled_cadence_goes_on_where_it_stood_or_is_stopped(world: World) -> None:
    begun = world.enroll("standard")
    world.change(Task, begun.task_id, status="cancelled")
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.triage")
        assert "Standard outreach runs and has no task" in desk.modal(), "the first list with something on it"
        await desk.key("enter")
        assert "Standard outreach goes on" in desk.modal()
        await desk.key("u")
        assert "Standard outreach runs and has no task" in desk.modal()
        await desk.key("X")
        assert "Standard outreach: Ana Ruiz · GTX Plus" in desk.modal()
        await desk.type("they merged")
        await desk.key("enter")
        assert "Every cadence that runs has its task." in desk.modal()


async def test_contacts_that_nobody_owns_are_taken_or_given(covered: World) -> None:
    lou, ida = covered.make_contact("Lost Lou", owner=None), covered.make_contact("Ida Moe", owner=None)
    covered.change(User, covered.dana, role=Role.MANAGER)
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.triage")
        await desk.key("o")
        await desk.type("sam")
        await desk.key("enter")
        assert "Ida Moe → Sam Hill" in desk.modal()
        await desk.key("t")
        assert "Lost Lou → Dana Okafor" in desk.modal()
        assert "Every contact has an owner." in desk.modal()
    assert (covered.record("contact", ida)["owner_id"], covered.record("contact", lou)["owner_id"]) == (
        covered.sam, covered.dana,
    )  # fmt: skip


async def test_a_refusal_is_said_beside_the_row(covered: World) -> None:
    covered.make_contact("Lost Lou", owner=None)
    covered.change(User, covered.dana, role=Role.REP)
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("go.triage")
        await desk.key("o")
        await desk.type("sam")
        await desk.key("enter")
        assert "Only a manager or an admin gives contacts to others." in desk.modal()
        assert "Lost Lou" in desk.modal()


async def test_what_is_hidden_comes_back(covered: World) -> None:
    covered.make_task("Ask for the logo", due=date(2026, 11, 27), hidden_until=date(2026, 11, 26))
    async with at_the_desk(covered.path, covered.clock) as desk:
        await desk.press("queue.filter")
        await desk.type("offer")
        await desk.key("enter")
        await desk.press("go.paused")
        assert "Hidden 1" in tabs(desk), "the desk's filter is not that of the lists"
        await desk.key("tab")
        assert "until Thu 26" in desk.modal()
        await desk.key("enter")
        assert "Nothing is hidden." in desk.modal()
        await desk.key("escape")
        await desk.press("queue.clear")
        assert "Ask for the logo" in desk.pane("upcoming").rows()


async def test_words_leave_fewer_rows(world: World) -> None:
    for title in ("Alpha", "Beta", "Gamma"):
        world.make_deal(title)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        await desk.key("/")
        await desk.type("alp")
        assert "Alpha" in desk.modal()
        assert "Beta" not in desk.modal()
        await desk.type("zz")
        assert "Nothing here has alpzz in it." in desk.modal()
        await desk.key("backspace", "backspace", "enter")
        assert "with alp" in desk.modal()
        await desk.key("escape")
        assert "Gamma" in desk.modal()
        await desk.key("escape")
        assert desk.modal() == ""


async def test_the_team_s_lists_name_the_owner(world: World) -> None:
    world.change(Deal, world.deal, owner=world.sam)
    async with at_the_desk(world.path, world.clock) as desk:
        await desk.press("go.no_next_step")
        assert "has a next step" in desk.modal()
        await desk.key("escape")
        await desk.press("queue.scope")
        await desk.type("everyone")
        await desk.key("enter")
        await desk.press("go.no_next_step")
        assert "What slips · everyone" in desk.modal()
        assert "sam · New lead" in desk.modal()
