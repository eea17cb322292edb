"""The public set of 8,800 deals, accounted for to the last row against what the files themselves hold."""

from __future__ import annotations

import csv
import itertools
import shutil
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from fu_tui.core.terms import Role, StageKind
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.report import report_lines
from tests.exchange.conftest import DATA, adds_up

MAVEN = DATA / "maven-crm"
NAMES = ("products.csv", "sales_teams.csv", "accounts.csv", "sales_pipeline.csv")


def rows(name: str) -> list[dict[str, str]]:
    with (MAVEN / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def us_date(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None


@pytest.fixture(scope="module")
def maven() -> ImportPlan:
    return plan_import([MAVEN])


def test_every_row_is_taken(maven: ImportPlan) -> None:
    assert [(file.name, file.kind, file.read, file.taken) for file in maven.files] == [
        ("products.csv", Kind.PRODUCTS, 7, 7),
        ("sales_teams.csv", Kind.USERS, 35, 35),
        ("accounts.csv", Kind.ACCOUNTS, 85, 85),
        ("sales_pipeline.csv", Kind.DEALS, 8_800, 8_800),
    ]
    assert adds_up(maven)
    assert maven.rejects == ()
    assert maven.passed_over == ()


def test_columns_without_a_field_are_named(maven: ImportPlan) -> None:
    assert {file.name: file.ignored for file in maven.files} == {
        "products.csv": ("series", "sales_price"),
        "sales_teams.csv": ("regional_office",),
        "accounts.csv": (),
        "sales_pipeline.csv": (),
    }


def test_agents_come_with_their_managers(maven: ImportPlan) -> None:
    teams = rows("sales_teams.csv")
    assert {user.name: user.manager for user in maven.users if not user.implied} == {
        row["sales_agent"]: row["manager"] for row in teams
    }
    managers = [user for user in maven.users if user.implied]
    assert {user.name for user in managers} == {row["manager"] for row in teams}
    assert len(managers) == 6
    assert all(user.role is Role.MANAGER and user.manager == "" for user in managers)
    assert len({user.name for user in maven.users} - {deal.owner for deal in maven.deals}) == 6 + 5
    assert maven.unknown_owners() == {}


def test_accounts_keep_what_no_field_has_as_a_note(maven: ImportPlan) -> None:
    assert [account.name for account in maven.accounts] == [row["account"] for row in rows("accounts.csv")]
    assert not any(account.implied for account in maven.accounts)
    notes = {note.account: note.body for note in maven.notes}
    assert len(maven.notes) == len(notes) == 85
    assert notes["Bluth Company"] == (
        "sector: technolgy · year established: 1993 · revenue: 1242.32 · employees: 3027 · "
        "office location: United States · subsidiary of: Acme Corporation"
    )


def test_deals_are_the_rows(maven: ImportPlan) -> None:
    for line, (deal, row) in enumerate(zip(maven.deals, rows("sales_pipeline.csv"), strict=True), start=2):
        engaged, closed = us_date(row["engage_date"]), us_date(row["close_date"])
        product = row["product"].replace("GTXPro", "GTX Pro")
        assert deal.line == line
        assert deal.external_id == row["opportunity_id"]
        assert (deal.owner, deal.account, deal.stage) == (
            row["sales_agent"],
            row["account"],
            row["deal_stage"],
        )
        assert deal.title == f"{product} · {row['account'] or row['opportunity_id']}"
        assert deal.closed_on == closed
        assert deal.entered_on == (closed or engaged)
        assert deal.entered_estimated == (engaged is None)
        assert (None if deal.amount is None else float(deal.amount)) == (
            float(row["close_value"]) if closed else None
        )


def test_stages_in_order_with_their_counts(maven: ImportPlan) -> None:
    assert [(stage.name, stage.kind, stage.deals) for stage in maven.stages] == [
        ("Prospecting", StageKind.OPEN, 500),
        ("Engaging", StageKind.OPEN, 1_589),
        ("Won", StageKind.WON, 4_238),
        ("Lost", StageKind.LOST, 2_473),
    ]


def test_what_was_repaired_is_counted(maven: ImportPlan) -> None:
    deals = rows("sales_pipeline.csv")
    assert [(repair.what, repair.count) for repair in maven.repairs] == [
        ("product “GTXPro” read as “GTX Pro”", sum(row["product"] == "GTXPro" for row in deals)),
        ("no account: the deal is called by its product and id", sum(not row["account"] for row in deals)),
        (
            "no date: the day it entered its stage is not known, the day of the import stands in",
            sum(not row["engage_date"] for row in deals),
        ),
    ]
    assert [repair.count for repair in maven.repairs] == [1_480, 1_425, 500]


def test_the_files_may_come_in_any_order_and_from_anywhere(maven: ImportPlan, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    shutil.copytree(MAVEN, folder)
    for order in itertools.islice(itertools.permutations(NAMES), 0, 24, 5):
        again = plan_import([folder / name for name in order])
        for part in ("users", "stages", "accounts", "deals", "notes", "repairs"):
            assert getattr(again, part) == getattr(maven, part), (order, part)


def test_the_deals_alone_bring_their_accounts_and_name_their_owners() -> None:
    alone = plan_import([MAVEN / "sales_pipeline.csv"])
    assert len(alone.accounts) == 85
    assert all(account.implied for account in alone.accounts)
    assert len(alone.unknown_owners()) == 30
    assert sum(alone.unknown_owners().values()) == 8_800
    assert Counter(deal.product for deal in alone.deals)["GTXPro"] == 1_480


def test_the_same_data_as_a_german_export(maven: ImportPlan, tmp_path: Path) -> None:
    """Semicolons, dd.mm.yyyy, decimal commas, cp1252 and another account name than ASCII has."""
    folder = tmp_path / "deutsch"
    folder.mkdir()
    for name in NAMES:
        with (folder / name).open("w", newline="", encoding="cp1252") as file:
            out = csv.writer(file, delimiter=";")
            table = rows(name)
            out.writerow(table[0])
            for row in table:
                for column in ("engage_date", "close_date"):
                    if row.get(column):
                        row[column] = us_date(row[column]).strftime("%d.%m.%Y")  # type: ignore[union-attr]
                if row.get("close_value"):
                    row["close_value"] = f"{float(row['close_value']):,.2f} €".translate(
                        str.maketrans(",.", ".,")
                    )
                if row.get("account") == "Cancity":
                    row["account"] = "Köln & Söhne"
                out.writerow(row.values())
    german = plan_import([folder], encoding="cp1252")
    assert adds_up(german)
    assert german.rejects == ()
    assert {file.separator for file in german.files} == {";"}
    for there, here in zip(german.deals, maven.deals, strict=True):
        assert there.account == here.account.replace("Cancity", "Köln & Söhne")
        assert (there.entered_on, there.closed_on, there.amount) == (
            here.entered_on,
            here.closed_on,
            here.amount,
        )
        assert there.currency == ("€" if here.amount is not None else "")
    assert [repair.count for repair in german.repairs] == [1_480, 1_425, 500]


def test_the_report_says_it_in_words(maven: ImportPlan) -> None:
    assert list(report_lines(maven)) == [
        "products.csv (products): 7 rows, 7 taken",
        "sales_teams.csv (users): 35 rows, 35 taken",
        "accounts.csv (accounts): 85 rows, 85 taken",
        "sales_pipeline.csv (deals): 8,800 rows, 8,800 taken",
        "In all: 41 users (6 only named by others), 85 accounts, 8,800 deals, 85 notes.",
        "Stages: Prospecting 500, Engaging 1,589, Won 4,238 (won), Lost 2,473 (lost)",
        "1,480 × product “GTXPro” read as “GTX Pro” (sales_pipeline.csv, first on line 3)",
        "1,425 × no account: the deal is called by its product and id (sales_pipeline.csv, first on line 11)",
        "500 × no date: the day it entered its stage is not known, the day of the import stands in "
        "(sales_pipeline.csv, first on line 8302)",
        "Columns not taken from products.csv: series, sales_price",
        "Columns not taken from sales_teams.csv: regional_office",
    ]
