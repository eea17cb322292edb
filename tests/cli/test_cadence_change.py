"""A cadence out to a file, edited, and in again: on the command line, with the mistakes that people make."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fu_tui.settings import paths
from tests.cli.conftest import Fu
from tests.world import World


def exported(fu: Fu, tmp_path: Path, key: str = "proposal") -> Path:
    file = tmp_path / f"{key}.toml"
    fu.ok("cadence", "export", key, "-o", file)
    return file


def test_out_and_in_again_is_nothing_to_do(fu: Fu, tmp_path: Path) -> None:
    file = exported(fu, tmp_path)
    assert fu.ok("cadence", "import", file).lines == ["Proposal: nothing to do, version 1 says the same"]
    assert fu.ok("cadence", "export", "proposal").out == file.read_text("utf-8"), "the same bytes"


def test_a_changed_file_is_a_new_version_and_a_second_time_nothing(
    fu: Fu, world: World, tmp_path: Path
) -> None:
    world.enroll("proposal")
    file = exported(fu, tmp_path)
    file.write_text(file.read_text("utf-8").replace("day = 3", "day = 4"), "utf-8")
    dry = fu.ok("cadence", "import", file, "--dry-run").lines
    assert dry == ["Proposal: would be changed", "  step 2, day: 3 → 4"]
    assert fu.ok("cadence", "show", "proposal", "--json").json["version"] == 1
    assert fu.ok("cadence", "import", file).lines == [
        "Proposal: version 2; 1 running goes on with the version it began with", "  step 2, day: 3 → 4",
    ]  # fmt: skip
    again = fu.ok("cadence", "import", file, "--json").json
    assert again == {"key": "proposal", "new": False, "version": 2, "changes": [], "written": False}
    fu.ok("undo")
    assert fu.ok("cadence", "show", "proposal", "--json").json["version"] == 1


def test_another_key_is_another_cadence(fu: Fu) -> None:
    text = fu.ok("cadence", "export", "chase").out.replace('key = "chase"', 'key = "chase-legal"')
    assert fu.ok("cadence", "import", "-", "--dry-run", stdin=text).lines == [
        "Document or approval chase: would be added"
    ]
    fu.ok("cadence", "import", "-", stdin=text)
    assert (
        fu.ok("cadence", "show", "chase-legal").lines[0].startswith("Document or approval chase (chase-legal")
    )


def test_every_mistake_is_told_with_its_line_and_nothing_is_written(fu: Fu, tmp_path: Path) -> None:
    file = exported(fu, tmp_path)
    text = (
        file.read_text("utf-8").replace('kind = "proposal"', 'kind = "sales"').replace("day = 7", 'day = "x"')
    )
    file.write_text(text, "utf-8")
    lines = text.splitlines()
    refused = fu("cadence", "import", file)
    assert refused.code == 2
    kind, day = (lines.index(line) + 1 for line in ('kind = "sales"', 'day = "x"'))
    assert f"line {kind}: kind must be outreach" in refused.err
    assert f"line {day}: Step 3: day must be a whole number" in refused.err
    assert fu.ok("cadence", "show", "proposal", "--json").json["version"] == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"\xff\xfe", "line 1: byte 0xff is not UTF-8"), (b"a" * 300_000, "larger than")]
)
def test_what_is_no_file_of_ours(fu: Fu, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    assert words in fu("cadence", "import", tmp_path / "x.toml").err
    assert fu("cadence", "import", tmp_path / "none.toml").code == 3


def test_a_file_that_is_there_is_not_written_over(fu: Fu, tmp_path: Path) -> None:
    file = exported(fu, tmp_path)
    assert fu("cadence", "export", "chase", "-o", file).code == 1
    fu.ok("cadence", "export", "chase", "-o", file, "--force")
    assert 'key = "chase"' in file.read_text("utf-8")


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """An editor that does to its file what the sed script says."""
    program = tmp_path / "editor.sh"
    program.write_text(f"#!/bin/sh\nsed -i '{script}' \"$1\"\n", "utf-8")
    program.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setitem(os.environ, "EDITOR", str(program))


def test_edit_opens_the_editor_and_saves_what_was_changed(
    fu: Fu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "s/^day = 3$/day = 5/")
    assert fu.ok("cadence", "edit", "proposal").lines[0] == "Proposal: version 2"
    assert fu.ok("cadence", "show", "proposal", "--json").json["steps"][1]["offset_days"] == 5
    assert fu.ok("cadence", "edit", "proposal").lines == ["Proposal: nothing to do, version 2 says the same"]
    assert [*paths.state_dir().glob("cadence-*")] == []


def test_what_was_written_and_refused_is_there_the_next_time(
    fu: Fu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "s/^day = 3$/day = 30/")
    refused = fu("cadence", "edit", "proposal")
    assert refused.code == 2
    assert "Step 3: It is not after step 2" in refused.err
    editor(tmp_path, monkeypatch, "s/^day = 30$/day = 2/")
    answer = fu.ok("cadence", "edit", "proposal")
    assert "the last time" in answer.err
    assert "  step 2, day: 3 → 2" in answer.lines


def test_a_retired_one_is_marked_and_taken_up_again(fu: Fu, world: World) -> None:
    assert fu.ok("cadence", "retire", "chase").lines == ["Document or approval chase is retired"]
    assert "(retired)" in fu.ok("cadence", "list").lines[-1]
    refused = fu("enroll", "chase", "Ana")
    assert refused.code == 1
    assert "is retired" in refused.err
    assert fu.ok("cadence", "revive", "chase").lines == ["Document or approval chase can begin again"]
    fu.ok("enroll", "chase", "Ana")


def test_programs_get_their_answers_too(fu: Fu, tmp_path: Path) -> None:
    plain = fu.ok("cadence", "export", "chase").out
    assert fu.ok("cadence", "export", "chase", "--json").json == {"key": "chase", "version": 1, "text": plain}
    file = tmp_path / "chase.toml"
    assert fu.ok("cadence", "export", "chase", "-o", file, "--json").json["file"] == str(file)
    retired = fu.ok("cadence", "retire", "chase", "--json").json
    assert (retired["retired"], retired["running"], retired["named_by"]) == (True, 0, [])
    assert fu.ok("cadence", "revive", "chase", "--json").json["retired"] is False
