"""`fu import`: files to records from the command line, and everything that can come of it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from fu_tui.cli.app import cli
from fu_tui.cli.session import Session
from fu_tui.core.clock import FixedClock
from fu_tui.exchange import publish
from tests.cli.conftest import Answer, Fu
from tests.world import MONDAY

DATA = Path(__file__).parent.parent / "data"
MAVEN, LEADS = DATA / "maven-crm", DATA / "leads-100.csv"
TASKS = "Action,Due,Owner,Contact\n"


def tasks(folder: Path, *rows: str, name: str = "tasks.csv") -> Path:
    """A file of follow-ups."""
    path = folder / name
    path.write_text(TASKS + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_it_says_what_was_taken_and_what_was_not(fu: Fu, tmp_path: Path) -> None:
    path = tasks(
        tmp_path,
        "Call about the seats,2026-11-27,,Ana Ruiz",
        "Write,,,Ana Ruiz",
        "Call,2026-11-28,,Omar Aziz",
    )
    answer = fu.ok("import", path)
    assert answer.lines == [
        "tasks.csv (tasks): 3 rows, 2 taken, 1 not taken",
        "In all: 2 contacts (2 only named by others), 2 follow-ups.",
        "Not taken: tasks.csv, line 3: no due date: when is it to be done?",
        "Written: 2 contacts, 2 tasks.",
        "2 without an owner who is a user: listed as unowned.",
        "2 without an owner who is a user: given to Dana Okafor.",
        "You are Dana Okafor. `fu` opens the desk, `fu undo` takes the import back.",
    ]
    assert answer.err == ""
    assert "Call about the seats" in fu.ok("list").out


def test_and_says_it_to_programs(fu: Fu, tmp_path: Path) -> None:
    path = tasks(tmp_path, "Call about the seats,2026-11-27,,", "Write,,,Ana Ruiz")
    answer = fu.ok("import", path, "--json")
    assert answer.err == ""
    assert {key: answer.json[key] for key in ("written", "me", "given", "rejected", "passed_over")} == {
        "written": True, "me": "Dana Okafor", "given": [{"to": "Dana Okafor", "records": 1}], "passed_over": [],
        "rejected": [{
            "file": "tasks.csv", "line": 3, "reason": "no due date: when is it to be done?",
            "cells": ["Write", "", "", "Ana Ruiz"],
        }],
    }  # fmt: skip
    assert answer.json["created"]["tasks"] == 1
    [kept] = fu.world.db.rows("SELECT rejected FROM import")
    assert json.loads(kept[0]) == answer.json["rejected"]


def test_a_dry_run_counts_the_same_and_writes_nothing(fu: Fu) -> None:
    before = fu.world.path.read_bytes()
    dry = fu.ok("import", MAVEN, "--me", "Anna Snelling", "--dry-run", "--json").json
    words = fu.ok("import", MAVEN, "--dry-run").lines
    assert words[-2].startswith(
        "New: 41 users, 2 stages, 84 accounts, 8,800 deals, 85 notes. Known already: "
    )
    assert words[-1] == "Nothing was written: this was a dry run."
    assert fu.world.path.read_bytes() == before
    assert not (fu.world.path.parent / "backups").exists()
    real = fu.ok("import", MAVEN, "--me", "Anna Snelling", "--json").json
    assert (dry.pop("written"), real.pop("written")) == (False, True)
    assert dry == real | {"given": []}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([LEADS], 2, "100 owners in the files are no users: Bethany Dixon, "),
        ([LEADS, "--owner", "zoe"], 3, 'There is no user "zoe".'),
        ([LEADS, "--me", "zoe", "--create-users"], 3, 'No owner in the files is called "zoe".'),
        (["none.csv"], 3, "none.csv"),
        ([], 2, "Missing argument"),
        ([LEADS, "--kind", "birds"], 2, "birds"),
        ([LEADS, "--map", "none.toml"], 3, "none.toml"),
        ([LEADS, "--encoding", "klingon"], 2, "klingon"),
    ],
)
def test_refusals_have_their_exit_codes_and_write_nothing(
    fu: Fu, words: list[str | Path], code: int, said: str
) -> None:
    before = fu.world.path.read_bytes()
    answer = fu("import", *map(str, words))
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert said in answer.err
    assert fu.world.path.read_bytes() == before


def test_an_ambiguous_me_names_the_candidates_to_programs(fu: Fu) -> None:
    refused = fu("import", MAVEN, "--me", "ros", "--json")
    assert (refused.code, refused.error["kind"]) == (3, "not_found")
    assert refused.error["candidates"] == ["Rosalina Dieter", "Rosie Papadopoulos"]


def test_the_same_file_twice(fu: Fu, tmp_path: Path) -> None:
    path = tasks(tmp_path, "Call,2026-11-27,,Ana Ruiz")
    fu.ok("import", path)
    other = tmp_path / "other.csv"
    other.write_bytes(path.read_bytes())
    refused = fu("import", other)
    assert (refused.code, refused.out) == (1, "")
    assert "other.csv was imported on 2026-11-23 already (as tasks.csv); nothing was written." in refused.err
    fu.ok("undo")
    fu.ok("import", other)


def test_ctrl_c_half_way(fu: Fu, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fu.world.path.read_bytes()

    def interrupted(*words: object, **more: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish._Publishing, "_note", interrupted)
    answer = fu("import", LEADS, "--create-users")
    assert (answer.code, answer.out) == (130, "")
    assert fu.world.path.read_bytes() == before


def test_the_first_import_of_a_new_machine_with_me(fresh_machine: Path) -> None:
    """Whoever imports is that owner from then on: `fu` shows their rows, and `fu undo` is theirs."""

    def run(*words: str | Path) -> Answer:
        return Answer(CliRunner().invoke(cli, list(map(str, words)), obj=Session(FixedClock(MONDAY))))

    assert run("import", MAVEN).code == 0
    answer = run("import", LEADS, "--me", "darcel schlecht", "--owner", "me")
    assert answer.lines[-1].startswith("You are Darcel Schlecht.")
    rows = run("deals", "--owner", "me", "--json").json
    assert {row["owner"] for row in rows} == {"darcel"}
    assert "100 deals" in run("undo").out
    assert run("deals", "--owner", "me", "--json").json == []
    assert run("doctor").code == 0


def test_at_a_terminal_it_asks_which_owner_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fu_tui.cli.import_.at_terminal", lambda: True)

    def run(*words: str | Path, typed: str = "") -> Answer:
        session = Session(FixedClock(MONDAY))
        return Answer(CliRunner().invoke(cli, list(map(str, words)), obj=session, input=typed))

    refused = run("import", MAVEN, typed="nobody at all\n")
    assert (refused.code, run("deals", "--json").json) == (3, [])
    answer = run("import", MAVEN, typed="darcel\n")
    assert "Their owners: Darcel Schlecht (747), Vicki Laflamme (451)," in answer.err
    assert "and 33 more." in answer.err
    assert answer.lines[-1].startswith("You are Darcel Schlecht.")
    known = tasks(tmp_path, "Call about the seats,2026-11-27,Darcel Schlecht,Ana Ruiz")
    assert "Which of them" not in run("import", known).err, "the files name them now"


# --- the bar


def test_the_bar_is_for_terminals_alone() -> None:
    words = [sys.executable, "-m", "fu_tui", "import", str(LEADS), "--create-users"]
    quiet = subprocess.run([*words, "--dry-run"], capture_output=True, text=True, timeout=60, check=True)
    assert quiet.stderr == ""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    said = run.communicate(timeout=60)[0]
    os.close(ours)
    assert run.returncode == 0
    assert b"Reading" in shown
    assert b"Writing" in shown
    assert b"100%" in shown
    assert "Reading" not in said
    assert said.startswith("leads-100.csv (leads): 100 rows, 100 taken\n")


# --- the whole of it


@pytest.mark.parametrize(
    ("words", "handle", "deals"),
    [
        # Nobody in the set has 200 open deals; the most are 194 (and the world has one of its own).
        ((MAVEN, "--me", "Darcel Schlecht"), "darcel", 195),
        ((MAVEN / "products.csv", MAVEN / "sales_pipeline.csv", "--owner", "me"), "dana", 200),
    ],
)
def test_from_real_deals_to_closed_follow_ups_and_back(
    fu: Fu, words: tuple[str | Path, ...], handle: str, deals: int
) -> None:
    """8,800 deals imported, 200 of one owner enrolled over ten days, some closed, all of it undone."""
    world, me = fu.world, str(fu.world.dana)

    def sound() -> dict[str, int]:
        report = fu.ok("doctor", "--json", user=me).json
        assert report["violations"] == []
        return {finding["code"]: finding["count"] for finding in report["lists"]}

    states = [world.dump()]
    fu.ok("import", *words)
    assert sound()["I8"] == 1 + 500 + 1_589
    states.append(world.dump())
    told = fu.ok("enroll", "standard", "--owner", "me", "--limit", 200, "--spread", 10, "--json", user=handle)
    enrolled = [row["task"] for row in told.json["enrolled"]]
    assert len({row["enrollment"] for row in told.json["enrolled"]}) == len(enrolled) == deals
    assert {task["owner"] for task in enrolled} == {handle}
    days = Counter(task["due_on"] for task in enrolled)
    assert len(days) == 10
    assert set(days.values()) <= {deals // 10, deals // 10 + 1}
    assert {"2026-11-26", "2026-11-28", "2026-11-29"}.isdisjoint(days)
    assert sound()["I8"] == 1 + 500 + 1_589 - deals
    states.append(world.dump())
    today = fu.ok("list", "today", "--json", user=handle).json
    assert len(today) == 20
    for outcome in ("no_reply", "left_voicemail", "replied", "done"):
        closed = fu.ok("close", *[task["id"] for task in today[:5]], outcome, "--json", user=handle).json
        assert len(closed) == 5
        del today[:5]
        sound()
        states.append(world.dump())
    for there in reversed(states[:-1]):
        fu.ok("undo", user=me)
        sound()
        assert world.dump() == there
    assert world.db.value("SELECT count(*) FROM user WHERE removed_by IS NULL") == 2
