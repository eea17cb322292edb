"""Many files, hostile files, and rows that repeat: every record has its fate."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.exchange.batch import plan_import
from fu_tui.exchange.datecells import DateOrder
from fu_tui.exchange.fields import Kind
from fu_tui.exchange.mapping import ColumnMap
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.report import report_json, report_lines
from tests.exchange.conftest import DATA, Writer, adds_up

Planner = Callable[..., ImportPlan]
DEALS = "Deal ID,Company,Stage,Amount,Created,Close date\n"


def test_a_folder_reads_its_csv_files_and_names_the_others(write: Writer, tmp_path: Path) -> None:
    write("Account Name,Industry\nIsdom,medical\n", "a.CSV")
    write("Company\tStage\nIsdom\tNew\n", "d.tsv")
    write("Table,Field,Description\nx,y,z\n", "dictionary.csv")
    write("hello", "README.md")
    (tmp_path / "more.csv").mkdir()
    found = plan_import([tmp_path])
    assert [(file.name, file.kind) for file in found.files] == [
        ("a.CSV", Kind.ACCOUNTS),
        ("d.tsv", Kind.DEALS),
    ]
    assert set(found.passed_over) == {
        "README.md: not a CSV file",
        "more.csv: a folder",
        "dictionary.csv: its columns fit no kind of record",
    }
    assert "Not read: README.md: not a CSV file" in list(report_lines(found))


def test_a_file_that_was_named_must_be_understood(write: Writer) -> None:
    with pytest.raises(
        UsageError, match=r"its columns don't tell what its rows are. The columns are: Table, Field."
    ):
        plan_import([write("Table,Field\nx,y\n")])


def test_nothing_to_import(write: Writer, tmp_path: Path) -> None:
    write("hello", "README.md")
    with pytest.raises(NotFound, match="no CSV file to import"):
        plan_import([tmp_path])


def test_one_file_named_twice_is_read_once_and_a_copy_is_an_error(write: Writer, tmp_path: Path) -> None:
    path = write("Company,Stage\nIsdom,New\n", "d.csv")
    assert len(plan_import([path, tmp_path, tmp_path / "." / "d.csv"]).deals) == 1
    write("Company,Stage\nIsdom,New\n", "copy.csv")
    with pytest.raises(UsageError, match=r"copy.csv and d.csv have the same content"):
        plan_import([tmp_path])


def test_files_of_one_name_are_told_apart_by_their_folder(write: Writer, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        write(f"Deal ID,Company,Stage\n1,{folder},New\n", f"{folder}/d.csv")
    found = plan_import([tmp_path / "x", tmp_path / "y"])
    assert [file.name for file in found.files] == [str(tmp_path / "x/d.csv"), str(tmp_path / "y/d.csv")]
    assert found.rejects[0].reason == f"the id “1” is on line 2 of {tmp_path / 'x/d.csv'} already"


def test_an_id_twice_in_a_file_names_the_first_line(plan: Planner) -> None:
    found = plan(DEALS + "1,A,New,,,\n2,B,New,,,\n1,A,New,,,\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (4, "the id “1” is on line 2 already")
    ]
    assert [deal.external_id for deal in found.deals] == ["1", "2"]
    assert adds_up(found)


def test_accounts_twice_are_merged_and_gain_what_was_missing(plan: Planner) -> None:
    found = plan(
        "Account ID,Account Name,Owner,Industry\n,Isdom,,medical\nA1, ISDOM ,Sam,\nA2,Isdom,,\n,Beta,,\n"
    )
    assert [(a.name, a.owner, a.external_id, a.line) for a in found.accounts] == [
        ("Isdom", "Sam", "A1", 2),
        ("Beta", "", "", 5),
    ]
    assert (found.files[0].taken, found.files[0].merged, found.files[0].rejected) == (2, 1, 1)
    assert found.rejects[0].reason == "“Isdom” is on line 2 of file.csv already, with the id “A1”"


def test_an_account_with_a_row_beats_its_mention(write: Writer) -> None:
    deals = write("Company,Stage\nISDOM,New\n", "d.csv")
    leads = write("Name,Company,Company ID,Stage,Email,Owner\nDana,Isdom,A1,New,d@x.org,Sam\n", "l.csv")
    (account,) = plan_import([leads, deals]).accounts
    assert (account.name, account.file, account.implied, account.external_id) == (
        "ISDOM",
        "l.csv",
        False,
        "A1",
    )


def test_users_are_merged_and_nobody_is_their_own_manager(plan: Planner) -> None:
    found = plan("Name,Manager,Role\nSam,Ida,rep\nIda,ida,\nsam,,boss\n")
    assert [(user.name, user.manager, user.role, user.implied) for user in found.users] == [
        ("Sam", "Ida", "rep", False),
        ("Ida", "", "manager", False),
    ]
    assert (found.files[0].taken, found.files[0].merged) == (2, 1)
    assert [repair.what for repair in found.repairs] == ["role “boss” taken as rep"]


def test_dates_and_amounts_of_deals(plan: Planner) -> None:
    found = plan(
        DEALS + '1,A,New,"$1,054.50",2026-01-02,2026-12-31\n2,B,Won,2000,2026-01-02,2026-03-04\n3,C,Lost,,,\n'
    )
    one, two, three = found.deals
    assert (one.amount, one.currency, one.closed_on) == (Decimal("1054.50"), "$", None)
    assert (one.entered_on, one.entered_estimated) == (date(2026, 1, 2), True)
    assert (two.amount, two.closed_on, two.entered_on) == (2000, date(2026, 3, 4), date(2026, 3, 4))
    assert not two.entered_estimated
    assert (three.amount, three.entered_on, three.entered_estimated) == (None, None, True)
    assert [repair.what for repair in found.repairs] == [
        "the close date of an open deal left out: it is a hope, not a fact",
        "the day it entered its stage is estimated from an earlier date",
        "no date: the day it entered its stage is not known, the day of the import stands in",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,A,,,,", "no stage"),
        ("1,A,Closed,,,", "the stage “Closed” says neither won nor lost"),
        ("1,A,New,lots,,", "“lots” is no amount"),
        ("1,A,New,,soon,", "“soon” is no exact date; write 2026-11-27"),
        (",,New,5,,", "neither a title, product, account nor id to call the deal by"),
    ],
)
def test_a_deal_that_can_not_be_taken_says_why(plan: Planner, row: str, reason: str) -> None:
    found = plan(DEALS + row + "\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(2, reason)]
    assert (found.deals, found.accounts, found.stages) == ((), (), ())


def test_what_was_said_of_a_rejected_row_is_not_counted(plan: Planner) -> None:
    found = plan(DEALS + "1,A,New,,,\n1,A,New,,,\n")
    assert [(repair.what[:7], repair.count) for repair in found.repairs] == [("no date", 1)]


def test_a_default_that_can_not_be_read_is_an_error(plan: Planner) -> None:
    with pytest.raises(
        UsageError, match=r"default of created can't be read: “soon” is no exact date.*in the map"
    ):
        plan(DEALS + "1,A,New,,,\n", columns=ColumnMap(defaults={"created": "soon"}))
    found = plan(
        "Deal ID,Stage\n1,New\n", columns=ColumnMap(defaults={"created": "2026-01-02", "amount": "1.5"})
    )
    assert (found.deals[0].entered_on, found.deals[0].amount) == (date(2026, 1, 2), Decimal("1.5"))


def test_a_deal_may_name_its_contact(plan: Planner) -> None:
    found = plan(
        "Deal name,Company,Stage,Contact,Next step,Next step date\nSeats,Isdom,New,Dana,Call,2026-11-27\n"
    )
    assert [(contact.name, contact.account) for contact in found.contacts] == [("Dana", "Isdom")]
    assert found.deals[0].contact == "Dana"
    assert (
        (found.tasks[0].deal, found.tasks[0].contact)
        == (found.deals[0].key, "Dana")
        == ("file.csv:2", "Dana")
    )


def test_the_order_of_dates_is_asked_for_and_can_be_said(plan: Planner) -> None:
    rows = DEALS + "1,A,Won,5,,3/4/2026\n"
    with pytest.raises(UsageError, match=r"file.csv: “3/4/2026” in “Close date” can be read in two ways"):
        plan(rows)
    assert plan(rows, dates=DateOrder.DMY).deals[0].closed_on == date(2026, 4, 3)
    assert plan(rows, columns=ColumnMap(date_order=DateOrder.MDY)).deals[0].closed_on == date(2026, 3, 4)
    wrong = plan(DEALS + "1,A,Won,5,,3/4/2026\n2,B,Won,5,,4/13/2026\n", dates=DateOrder.DMY)
    assert [reject.line for reject in wrong.rejects] == [3]
    assert "other way round than the column (dmy)" in wrong.rejects[0].reason


def test_a_map_is_for_the_files_that_have_its_columns(write: Writer, tmp_path: Path) -> None:
    write("Account Name,Industry\nIsdom,medical\n", "a.csv")
    write("Kunde,Phase\nIsdom,New\n", "d.csv")
    chosen = ColumnMap(Kind.DEALS, None, {"account": ("Kunde",), "stage": ("Phase",)}, {"currency": "EUR"})
    found = plan_import([tmp_path], columns=chosen)
    assert [(file.name, file.kind) for file in found.files] == [
        ("a.csv", Kind.ACCOUNTS),
        ("d.csv", Kind.DEALS),
    ]
    assert found.deals[0].currency == "EUR"
    with pytest.raises(UsageError, match="No file has all the columns that the map names"):
        plan_import([tmp_path], columns=ColumnMap(columns={"account": ("Client",)}))


def test_a_nul_rejects_its_row(plan: Planner) -> None:
    found = plan(DEALS + "1,A,New,,,\n2,B\0,New,,,\n3,C,New,,,\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(3, "it has a NUL character")]
    assert len(found.deals) == 2


def test_hostile_cells_cost_no_more_than_their_length(plan: Planner) -> None:
    """Each of these took a regular expression or the wording rules minutes, if they were let."""
    long = 900_000
    rows = [
        f"{'a ' * (long // 2)},2026-11-27,d@x.org,1,",
        f"Call,2026-11-27,{'a' * long}<,1,",
        f"Mail,2026-11-27,d@x.org,{'1 ' * 5}{' ' * long}x,",
        f"Ask,{'27 ' * (long // 3)},d@x.org,1,",
        f"Write,2026-11-27,d@x.org,1,{'note ' * (long // 5)}",
    ]
    found = plan("Action,Due,Email,Phone,Notes\n" + "\n".join(rows) + "\n", kind=Kind.TASKS)
    assert [reject.reason for reject in found.rejects] == [
        "action has 900,000 characters; at most 1,000 fit",
        "due has 900,000 characters; at most 1,000 fit",
    ]
    assert [task.action for task in found.tasks] == ["Call", "Mail", "Write"]
    assert len(found.tasks[2].note) == long - 1


def test_text_is_cleaned_on_its_way_in(plan: Planner) -> None:
    found = plan(
        'Deal name,Company,Stage,Notes\n\x1b[31mSeats\x07,\'=Is\u202edom ,New,"a\r\nb\x00"\n'.replace(
            "\x00", "\x0b"
        )
    )
    assert (found.deals[0].title, found.deals[0].account) == ("[31mSeats", "=Isdom")
    assert found.notes[0].body == "a\nb"


def test_a_header_alone_is_nothing_and_no_error(plan: Planner) -> None:
    found = plan(DEALS)
    assert (found.files[0].read, found.deals) == (0, ())
    assert "In all: nothing." in list(report_lines(found))


def test_ten_thousand_columns_and_a_long_report(plan: Planner) -> None:
    extra = ",".join(f"c{n}" for n in range(10_000))
    found = plan(f"Company,Stage,{extra}\nIsdom,New{',x' * 10_000}\nBeta,New\n")
    assert (len(found.deals), len(found.rejects), len(found.files[0].ignored)) == (1, 1, 10_000)
    assert next(line for line in report_lines(found) if "not taken from" in line).endswith(
        "c19 and 9,980 more"
    )


def test_rejects_beyond_the_shown_are_counted(plan: Planner) -> None:
    found = plan(DEALS + "1,A,,,,\n" * 25)
    lines = list(report_lines(found))
    assert lines[0] == "file.csv (deals): 25 rows, 0 taken, 25 not taken"
    assert lines[-2:] == ["Not taken: file.csv, line 21: no stage", "Not taken: 5 more rows"]


def test_the_report_for_programs_has_every_rejected_row(plan: Planner) -> None:
    found = plan(DEALS.strip() + ",Nr\n" + "1,A,,,,,\n" * 25 + "2,B,New,5,,,\n")
    answer = json.loads(json.dumps(report_json(found)))
    assert answer["files"] == [
        {"name": "file.csv", "kind": "deals", "read": 26, "taken": 1, "merged": 0, "rejected": 25,
         "ignored_columns": ["Nr"]}
    ]  # fmt: skip
    assert answer["records"]["deals"] == 1
    assert answer["rejected"][24] == {
        "file": "file.csv", "line": 26, "reason": "no stage", "cells": ["1", "A", "", "", "", "", ""]
    }  # fmt: skip
    assert [repair["count"] for repair in answer["repairs"]] == [1]


def test_progress_grows_to_the_end_and_what_it_raises_ends_the_planning() -> None:
    seen: list[tuple[int, int]] = []
    plan_import([DATA / "maven-crm"], progress=lambda done, total: seen.append((done, total)))
    total = sum(path.stat().st_size for path in (DATA / "maven-crm").iterdir())
    assert seen == sorted(seen)
    assert seen[-1] == (total, total)
    assert len(seen) > 20

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_import([DATA / "maven-crm"], progress=stop)
    assert gc.isenabled()
