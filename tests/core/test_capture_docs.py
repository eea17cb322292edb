"""What docs/capture.md promises is what the grammar does."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import pytest

from fu_tui.core.capture import parse_line, understand
from fu_tui.core.dates import BadDate, VagueDate, find_when, parse_when
from fu_tui.core.lint import check
from fu_tui.core.lint_better import better_wording

PAGE = (Path(__file__).parents[2] / "docs" / "capture.md").read_text("utf-8")
AT = {"today": date(2026, 11, 24), "now": time(10, 14)}
ROWS = re.findall(r"^\| (.+) \| (\d{4}-\d\d-\d\d) \|$", PAGE, re.MULTILINE)


def typed(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell.replace("\n  ", " "))


@pytest.mark.parametrize(("text", "day"), [(text, day) for cell, day in ROWS for text in typed(cell)])
def test_each_date_in_the_table_is_that_day(text: str, day: str) -> None:
    assert parse_when(text, **AT).day == date.fromisoformat(day)
    when = find_when(f"Call Dana {text}", **AT)
    assert when is not None
    assert when.day == date.fromisoformat(day)


def test_the_table_was_found() -> None:
    assert len(ROWS) > 15


def test_the_line_at_the_top_is_understood_whole() -> None:
    draft = parse_line(re.findall(r"^Call Dana.*$", PAGE, re.MULTILINE)[0], **AT)
    assert (draft.contact, draft.link, draft.owner, draft.cadence) == ("dana", "gtx", "sam", "proposal")
    assert draft.action == "Call Dana, confirm approval, resend quote"


def test_what_the_page_calls_vague_is_vague_and_what_it_calls_impossible_is() -> None:
    vague, bad = re.findall(r"^- \*\*(?:Vague|Days).*?(?=^- |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    for text in typed(vague):
        with pytest.raises(VagueDate):
            find_when(f"Call Dana {text}", **AT)
    for text in typed(bad):
        with pytest.raises(BadDate):
            find_when(f"Call Dana {text}", **AT)


def test_what_the_page_says_of_repeating_is_so() -> None:
    [section] = re.findall(r"^### What repeats\n\n(.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    *repeats, cadence, fine = typed(section)
    assert cadence == "~cadence"
    for text in repeats:
        assert "repeats" in understand(f"Call Dana {text}", **AT).problem
    assert "repeats" not in understand(f"Send {fine} fri", **AT).problem


def test_the_better_wordings_of_the_page_are_those_that_are_offered() -> None:
    [said, better] = re.findall(r'"(Follow up with Dana about quote)" becomes\s+"([^"]+)"', PAGE)[0]
    mended = better_wording(said, check(said))
    assert mended is not None
    assert mended.action == better
    split = better_wording("Call Dana and send the quote", check("Call Dana and send the quote"))
    assert split is not None
    assert split.second == "Send the quote"


def test_the_private_mark_of_the_page_is_understood() -> None:
    assert "| `!private` |" in PAGE
    assert parse_line("Write the review !private fri", **AT).private
