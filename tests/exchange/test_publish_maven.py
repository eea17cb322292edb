"""The public set of 8,800 deals in the database: every number is counted in the files themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.publish import Published, publish
from fu_tui.queries.doctor import examine
from tests.exchange.test_maven import MAVEN, rows, us_date
from tests.world import World

Row = dict[str, str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("maven"))


@pytest.fixture(scope="module")
def published(world: World) -> Published:
    return publish(world.context, plan_import([MAVEN]))


@pytest.fixture(scope="module")
def deals(published: Published, world: World) -> list[tuple[str, ...]]:
    """External id, title, account, owner, stage, entered, estimated, closed, amount of each deal, in order."""
    return world.db.rows(
        "SELECT d.external_id, d.title, a.name, u.name, s.name, d.stage_entered_at, d.stage_entered_estimated,"
        " d.closed_at, d.amount FROM deal d LEFT JOIN account a ON a.id = d.account_id"
        " JOIN user u ON u.id = d.owner_id JOIN stage s ON s.id = d.stage_id WHERE d.source = 'csv:deals' ORDER BY d.id"
    )


@pytest.fixture(scope="module")
def pipeline() -> list[Row]:
    return rows("sales_pipeline.csv")


def test_it_says_what_it_wrote(published: Published, world: World, pipeline: list[Row]) -> None:
    teams, accounts = rows("sales_teams.csv"), rows("accounts.csv")
    assert published.created == {
        "users": len({row["sales_agent"] for row in teams} | {row["manager"] for row in teams}),
        "stages": len({row["deal_stage"] for row in pipeline} - {"Won", "Lost"}),
        "accounts": len(accounts) - 1, "contacts": 0, "deals": len(pipeline), "notes": len(accounts), "tasks": 0,
    }  # fmt: skip
    assert list(published.created.values()) == [41, 2, 84, 0, 8_800, 85, 0]
    assert {kind: n for kind, n in published.known.items() if n} == {
        "stages": 2,
        "accounts": 1,
    }  # Betatech is there
    assert world.db.value("SELECT count(*) FROM account") == 85
    assert (published.me, published.given) == ("Dana Okafor", {"": 0})


def test_who_reports_to_whom(published: Published, world: World) -> None:
    team = {row["sales_agent"]: row["manager"] for row in rows("sales_teams.csv")}
    found = world.db.rows(
        "SELECT u.name, u.role, m.name FROM user u LEFT JOIN user m ON m.id = u.manager_id"
        " WHERE u.id NOT IN (?, ?)", (world.dana, world.sam),
    )  # fmt: skip
    assert {name: manager for name, _, manager in found if manager} == team
    managers = {name: role for name, role, manager in found if manager is None}
    assert managers == dict.fromkeys(team.values(), "manager")
    assert len(managers) == 6
    assert {role for name, role, _ in found if name in team} == {"rep"}


def test_every_deal_is_its_row(deals: list[tuple[str, ...]], pipeline: list[Row]) -> None:
    today = "2026-11-23T09:00:00Z"
    for deal, row in zip(deals, pipeline, strict=True):
        entered, closed = us_date(row["engage_date"]), us_date(row["close_date"])
        since = closed or entered
        assert deal == (
            row["opportunity_id"],
            f"{row['product'].replace('GTXPro', 'GTX Pro')} · {row['account'] or row['opportunity_id']}",
            row["account"] or None, row["sales_agent"], row["deal_stage"],
            f"{since}T00:00:00Z" if since else today, int(entered is None),
            f"{closed}T00:00:00Z" if closed else None, float(row["close_value"]) if closed else None,
        )  # fmt: skip


def test_the_stages_hold_what_they_should(
    deals: list[tuple[str, ...]], world: World, pipeline: list[Row]
) -> None:
    counts = Counter(deal[4] for deal in deals)
    assert counts == Counter(row["deal_stage"] for row in pipeline)
    assert counts == {"Prospecting": 500, "Engaging": 1_589, "Won": 4_238, "Lost": 2_473}
    kinds = dict(
        world.db.rows("SELECT name, kind FROM stage WHERE name IN ('Prospecting', 'Engaging', 'Won', 'Lost')")
    )
    assert kinds == {"Prospecting": "open", "Engaging": "open", "Won": "won", "Lost": "lost"}


def test_open_deals_without_an_account_have_a_name_of_their_own(deals: list[tuple[str, ...]]) -> None:
    bare = [deal for deal in deals if deal[2] is None]
    assert (len(bare), len({deal[1] for deal in bare})) == (1_425, 1_425)
    assert all(deal[1].endswith(f" · {deal[0]}") and deal[7] is None for deal in bare)


def test_the_file_is_sound_and_each_record_journalled(published: Published, world: World) -> None:
    report = examine(world.db)
    assert report.violations == ()
    assert {finding.code: finding.count for finding in report.lists} == {"I8": 500 + 1_589 + 1}
    entry, verb, summary = world.db.rows(
        "SELECT seq, verb, summary FROM journal_entry ORDER BY seq DESC LIMIT 1"
    )[0]
    assert verb == "import"
    assert summary.endswith("41 users, 2 stages, 84 accounts, 8,800 deals, 85 notes")
    changes = dict(
        world.db.rows("SELECT entity, count(*) FROM change WHERE entry_id = ? GROUP BY 1", (entry,))
    )
    assert changes == {"user": 41 + 35, "stage": 2, "account": 84, "deal": 8_800, "note": 85, "import": 4}


def test_undo_and_redo_of_all_of_it(tmp_path: Path) -> None:
    world = World(tmp_path)
    before = world.dump()
    publish(world.context, plan_import([MAVEN]))
    after = world.dump()
    for verb, there in (
        (world.journal.undo, before),
        (world.journal.redo, after),
        (world.journal.undo, before),
    ):
        verb()
        assert world.dump() == there
        assert examine(world.db).violations == ()
