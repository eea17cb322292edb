"""`fu series`: a task on fixed days, one at a time."""

from __future__ import annotations

from tests.cli.conftest import Fu
from tests.world import World


def test_a_series_from_its_first_task_to_its_end(fu: Fu) -> None:
    made = fu.ok(
        "series", "add", "Inspect the fire doors", "--every", "month on the 1st", "--account", "betatech"
    )
    assert made.lines == [
        "Series: Inspect the fire doors, every month on the 1st, first Tue 1 Dec, Dana Okafor"
    ]
    [row] = fu.ok("series", "list", "--json").json
    assert (row["words"], row["account"]) == (
        "every month on the 1st",
        "Betatech",
    )
    assert fu.ok("series", "list").lines == [
        "1  Inspect the fire doors  every month on the 1st  Betatech  1 Dec  dana"
    ]
    task = str(row["task_id"])
    assert "every month on the 1st: the one of Tue 1 Dec" in fu.ok("why", task).out
    assert "  done     not yet" in fu.ok("series", "show", str(row["id"])).lines
    assert "n  done for now → Inspect the fire doors, Mon 4 Jan 2027" in fu.ok("why", task).out
    assert fu.ok("close", task, "done").lines == [
        f"#{task} Inspect the fire doors: done",
        f"  → #{int(task) + 1} Inspect the fire doors, Mon 4 Jan 2027",
    ]
    shown = fu.ok("series", "show", "1").out
    assert "done     once" in shown
    assert "then     Mon 1 Feb 2027, Mon 1 Mar 2027, Thu 1 Apr 2027" in shown
    assert f"#{int(task) + 1}, due Mon 4 Jan 2027" in shown
    assert (
        fu.ok("series", "skip", "1", "--reason", "closed")
        .lines[1]
        .endswith("Inspect the fire doors, Mon 1 Feb 2027")
    )
    assert fu.ok("series", "edit", "1", "--every", "6 months", "--from", "1 jun").lines == [
        "Series changed: Inspect the fire doors, every 6 months on the 1st, Tue 1 Jun 2027"
    ]
    assert fu.ok("series", "edit", "1", "--from", "1 jun").err.startswith("It is so already")
    assert fu.ok("series", "end", "1").lines == ["The series Inspect the fire doors has ended: it was ended"]
    assert fu.ok("undo").lines == ['Undone: ended the series "Inspect the fire doors"']
    assert fu.ok("series", "end", "1", "--keep", "--json").json["events"][0]["event"] == "series_ended"
    assert fu.ok("series", "list").err.startswith("Nothing repeats")
    assert "ended" in fu.ok("series", "list", "--ended").out


def test_what_can_not_be_says_why_and_what_to_do(fu: Fu, world: World) -> None:
    add = ("series", "add", "Call Ana about the seats", "--every")
    sales = fu(*add, "month", "--deal", str(world.deal))
    assert sales.code == 1
    assert "is an open deal" in sales.err
    assert "fu enroll" in sales.err
    assert fu(*add, "month", "--deal", str(world.deal), "--force").code == 0
    unknown = fu(*add, "now and then")
    assert unknown.code == 2
    assert "no fixed rhythm. Try: every month" in unknown.err
    assert fu("series", "edit", "1").code == 2
    assert fu("series", "end", "7").code == 3
    assert fu(*add, "month", "--owner", "team").code == 2
    assert fu("series", "add", "Follow up", "--every", "month").code == 1


def test_a_tick_says_what_it_went_on_with(fu: Fu, world: World) -> None:
    fu.ok("series", "add", "Inspect the fire doors", "--every", "monday")
    with world.context.unit("setup") as work:
        work.write("task", work.db.value("SELECT max(id) FROM task"), {"status": "cancelled"})
    assert "Inspect the fire doors, Mon 30 Nov (series)" in fu.ok("tick").lines
    assert "(series)" not in fu.ok("tick").out
