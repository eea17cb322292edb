"""What was typed and not saved is on the disk, for its owner alone, and nothing of the file can stop the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from fu_tui.settings.draft import MOST_NOTES, Draft, draft_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return draft_file(tmp_path / "state", tmp_path / "fu.db")


def test_what_is_saved_is_offered_again_and_nobody_else_can_read_it(file: Path) -> None:
    draft = Draft(file)
    draft.text = "Call Ana fri\nBook"
    draft.keep_note("note 1,2", "She asked for the list")
    draft.save()
    again = Draft(file)
    assert (again.text, again.note("note 1,2"), again.note("note 1")) == (
        draft.text,
        "She asked for the list",
        "",
    )
    assert {each.stat().st_mode & 0o777 for each in file.parent.iterdir()} == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_was_written_leaves_no_file(file: Path) -> None:
    draft = Draft(file)
    draft.text = "Call"
    draft.keep_note("note 1", "x")
    draft.save()
    draft.text = ""
    draft.keep_note("note 1", "  ")
    draft.save()
    assert list(file.parent.iterdir()) == []


def test_the_oldest_notes_go_first(file: Path) -> None:
    draft = Draft(file)
    for number in range(MOST_NOTES + 2):
        draft.keep_note(str(number), "x")
    assert [draft.note(str(number)) for number in (0, 1, 2, MOST_NOTES + 1)] == ["", "", "x", "x"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b'{"note 1": 7}', b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_a_hand_was_in_holds_no_notes(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.with_suffix(".json").write_bytes(content)
    draft = Draft(file)
    assert draft.note("note 1") == ""
    draft.keep_note("note 1", "new")
    draft.save()
    assert Draft(file).note("note 1") == "new"


def test_a_disk_that_refuses_it_stops_nothing(file: Path) -> None:
    file.parent.write_text("no folder")
    draft = Draft(file)
    draft.text = "Call"
    draft.keep_note("note 1", "x")
    draft.save()
    assert (draft.text, draft.note("note 1")) == ("Call", "x")
