"""`fu spread`: the plan, then what it did."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Fu
from tests.world import World


def test_a_plan_writes_nothing_and_is_what_is_done(fu: Fu, world: World) -> None:
    ids = [str(world.make_task(f"Call customer {n}", due=date(2026, 11, 20))) for n in range(12)]
    plan = fu.ok("spread", *ids, "--dry-run")
    assert [line.split() for line in plan.lines] == [
        ["today", "0", "there", "+", "10", "=", "10", "of", "10"],
        ["Tue", "24", "Nov", "0", "there", "+", "2", "=", "2", "of", "10"],
    ]
    assert plan.err == "Nothing was written.\n"
    assert fu.ok("spread", *ids).lines[-1] == ("12 tasks spread over 2 days, today to Tue 24 Nov")
    assert fu("spread", *ids).code == 1, "they lie well now"
    assert fu.ok("undo").lines == ["Undone: spread 12 tasks over Mon 23 Nov 2026 to Tue 24 Nov 2026"]
    answer = fu.ok("spread", *ids, "--over", "4", "--json").json
    assert [day["comes"] for day in answer["days"]] == [3, 3, 3, 3]
    assert answer["events"][0]["event"] == "tasks_spread"
    assert fu("spread", ids[0], "--over", "0").code == 2
