"""Columns become fields, and the fields tell what a file's rows are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.exchange.columns import Layout, not_recognised, recognise
from fu_tui.exchange.csvfile import open_csv
from fu_tui.exchange.datecells import DateOrder
from fu_tui.exchange.fields import FIELDS, IGNORE, Kind, normalise
from fu_tui.exchange.mapping import ColumnMap, load_map
from tests.exchange.conftest import DATA, Writer


def columns(header: str) -> tuple[str, ...]:
    return tuple(header.split(","))


def layout(header: str, **options) -> Layout:
    found = recognise("x.csv", columns(header), **options)
    assert found
    return found


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("maven-crm/products.csv", Kind.PRODUCTS),
        ("maven-crm/sales_teams.csv", Kind.USERS),
        ("maven-crm/accounts.csv", Kind.ACCOUNTS),
        ("maven-crm/sales_pipeline.csv", Kind.DEALS),
        ("leads-100.csv", Kind.LEADS),
    ],
)
def test_the_real_files_are_recognised(file: str, kind: Kind) -> None:
    found = recognise(file, open_csv(DATA / file).header)
    assert found
    assert found.kind is kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Action,Due,Owner,Contact", Kind.TASKS),
        ("Action,Due,Status,Owner,Contact,Company", Kind.TASKS),
        ("What,When,Who", Kind.TASKS),
        ("Task,Due date,Status,Priority,Assigned to,Contact,Company,Notes", Kind.TASKS),
        ("Name,Company,Phone,E-mail,Next follow-up,Comments", Kind.TASKS),
        ("Name,Company,Phone,Email,Stage,Notes,Next follow-up", Kind.LEADS),
        ("Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Contact", Kind.DEALS),
        ("Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Created Date,Next Step", Kind.DEALS),
        ("Deal name,Company,Stage,Contact,Next step,Next step date", Kind.DEALS),
        ("Company,Status,Value,Owner", Kind.DEALS),
        ("AccountId,StageName,CloseDate,Amount,Name", Kind.DEALS),
        ("First Name,Last Name,Title,Account Name,Phone,Email,Contact Owner", Kind.CONTACTS),
        ("First Name,Last Name,Email", Kind.CONTACTS),
        ("Account Name,Industry,Phone,Account Owner", Kind.ACCOUNTS),
        ("Name,Manager,Email,Role", Kind.USERS),
        ("Product,Price", Kind.PRODUCTS),
    ],
)  # fmt: skip
def test_headers_of_common_exports(header: str, kind: Kind) -> None:
    assert layout(header).kind is kind


@pytest.mark.parametrize(
    ("header", "kinds"),
    [("Name,Email", "users or contacts"), ("Name", "products or accounts or contacts")],
)
def test_a_doubt_is_a_question_with_the_candidates_and_the_columns(header: str, kinds: str) -> None:
    shown = header.replace(",", ", ")
    with pytest.raises(
        UsageError, match=f"its rows may be {kinds}. The columns are: {shown}. Say which: --kind "
    ):
        recognise("x.csv", columns(header))
    assert layout(header, kind=Kind.CONTACTS).kind is Kind.CONTACTS


def test_columns_that_fit_nothing() -> None:
    header = columns("Table,Field,Description")
    assert recognise("x.csv", header) is None
    assert "The columns are: Table, Field, Description." in str(not_recognised("x.csv", header))


def test_a_kind_that_the_columns_do_not_carry_names_what_is_missing() -> None:
    with pytest.raises(
        UsageError, match=r"has no column for stage, which deals need. The columns are: Account"
    ):
        recognise("x.csv", columns("Account,Amount"), kind=Kind.DEALS)


def test_the_better_name_wins_and_the_other_column_is_named_as_ignored() -> None:
    found = layout("Company,Account,Stage,Amount,,Index")
    assert found.columns["account"] == (1,)
    assert found.ignored == ("Company", "column 5, without a name", "Index")


def test_numbered_columns_are_taken_in_their_order() -> None:
    found = layout("Last Name,Phone 2,Stage,Email 1,Phone 1,Email2")
    assert found.columns["phones"] == (1, 4)
    assert found.columns["emails"] == (3, 5)


def test_two_columns_of_one_name_are_an_error_only_where_the_name_counts() -> None:
    with pytest.raises(UsageError, match="columns 1 and 3 are both called “Owner”"):
        recognise("x.csv", columns("Owner,Stage,Owner,Account"))
    assert layout("Index,Stage,Index,Account").ignored == ("Index", "Index")


def test_ten_thousand_columns() -> None:
    found = layout("Account,Stage,Amount," + ",".join(f"c{n}" for n in range(10_000)))
    assert found.kind is Kind.DEALS
    assert len(found.ignored) == 10_000
    with pytest.raises(UsageError, match=r"and 9,988 more"):
        recognise("x.csv", tuple(f"c{n}" for n in range(10_000)), kind=Kind.DEALS)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_best_name_of_a_field_is_not_taken_by_an_earlier_field(kind: Kind) -> None:
    taken: set[str] = set()
    for field, names in FIELDS[kind].items():
        words = [normalise(name) for name in names]
        assert "" not in words
        assert not words or words[0] not in taken, field
        taken.update(words)


MAP = """
kind = "deals"
date_order = "mdy"
[columns]
external_id = "Nr."
stage = "Phase"
account = "Kunde"
ignore = ["Owner"]
[defaults]
currency = "EUR"
"""


def test_a_map_names_columns_and_the_rest_is_matched_by_name(write: Writer) -> None:
    chosen = load_map(write(MAP, "map.toml"))
    found = layout("Nr.,Kunde,Phase,Amount,Owner", chosen=chosen)
    assert found.kind is Kind.DEALS
    assert chosen.date_order is DateOrder.MDY
    assert found.columns == {
        "external_id": (0,),
        "stage": (2,),
        "account": (1,),
        "ignore": (4,),
        "amount": (3,),
    }
    assert found.defaults == {"currency": "EUR"}
    assert found.ignored == ("Owner",)


def test_a_default_can_stand_for_a_needed_column(write: Writer) -> None:
    chosen = load_map(write('kind = "tasks"\n[defaults]\ndue = "2026-12-01"\n', "map.toml"))
    assert layout("Action,Contact", chosen=chosen).kind is Kind.TASKS


def test_a_column_that_the_file_does_not_have_is_offered_the_nearest(write: Writer) -> None:
    chosen = load_map(write(MAP, "map.toml"))
    with pytest.raises(UsageError, match=r"has no column called “Kunde”.*Did you mean “Kunden”?"):
        recognise("x.csv", columns("Nr.,Kunden,Phase"), chosen=chosen)
    with pytest.raises(UsageError, match="has several columns called “Phase”"):
        recognise("x.csv", columns("Nr.,Kunde,Phase,Phase"), chosen=chosen)


def test_a_field_that_the_kind_does_not_have_is_offered_the_nearest() -> None:
    with pytest.raises(UsageError, match="users have no field “stage”"):
        recognise(
            "x.csv", columns("Name,Phase"), kind=Kind.USERS, chosen=ColumnMap(columns={"stage": ("Phase",)})
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("knid = 'deals'", "no setting “knid”. Did you mean “kind”?"),
        ("kind = 'deal'", "kind can't be “deal”. Did you mean “deals”?"),
        ("date_order = 'ymd'", "date_order can't be “ymd”"),
        ("kind = 'deals'\n[columns]\nownr = 'x'", "no field “ownr”. Did you mean “owner”?"),
        ("kind = 'users'\n[columns]\nstage = 'x'", "no field “stage”"),
        ("columns = 'x'", r"columns is a table. Write \[columns\]"),
        ("[columns]\nowner = 3", "owner names no column"),
        ("[columns]\nowner = []", "owner names no column"),
        ("[columns]\nowner = ['a', 'b']", "owner can take one column only"),
        ("[defaults]\nphones = '1'", "phones can't have a default"),
        ("kind = ", "not valid TOML"),
    ],
)
def test_what_is_wrong_in_a_map_is_said(write: Writer, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_map(write(text, "map.toml"))


def test_a_map_that_is_missing_too_large_or_no_text(write: Writer, tmp_path) -> None:
    with pytest.raises(NotFound):
        load_map(tmp_path / "gone.toml")
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        load_map(write("#" * (1024 * 1024 + 1), "map.toml"))
    with pytest.raises(UsageError, match="not UTF-8"):
        load_map(write(b"kind = '\xe4'", "map.toml"))


def test_the_guide_names_the_fields_of_each_kind() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line for line in guide.splitlines() if line.startswith("| ")}
    named = {kind: set(re.findall(r"`(\w+)`", rows[kind])) | {IGNORE} for kind in Kind}
    named[Kind.LEADS] |= named[Kind.CONTACTS]
    assert {kind: set(fields) for kind, fields in FIELDS.items()} == named
