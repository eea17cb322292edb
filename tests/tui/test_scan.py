"""The scan of the queue: what is timed, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fu_tui.tui.screens.scan import Scan

NOW = datetime(2026, 11, 24, 10, 14, tzinfo=UTC)


def scanned(seconds: float, *, many: int = 42, began: int = 1, interrupted_at: int = 0) -> str:
    """Go down `many` rows, so many seconds for each."""
    scan, said = Scan(), ""
    for number in range(began, many + 1):
        said = scan.at(number, many, NOW + timedelta(seconds=seconds * number))
        assert number == many or said == ""
        if number == interrupted_at:
            scan.interrupt()
    return said


def test_a_long_scan_is_told_in_one_line() -> None:
    assert scanned(190 / 41) == "42 rows, 3:10: trim?"


def test_a_quick_one_is_not() -> None:
    assert scanned(2.5) == ""
    assert scanned(120, many=1) == ""


def test_only_a_whole_scan_without_work_or_a_pause_counts() -> None:
    assert scanned(5, began=2) == ""
    assert scanned(5, interrupted_at=20) == ""
    assert scanned(61) == ""


def test_back_at_the_top_it_begins_anew_and_tells_each_scan_once() -> None:
    scan = Scan()
    for start in (0, 600):
        assert [scan.at(row, 5, NOW + timedelta(seconds=start + 40 * row)) for row in range(1, 6)] == [
            "", "", "", "", "5 rows, 2:40: trim?",
        ]  # fmt: skip
        assert scan.at(4, 5, NOW + timedelta(seconds=start + 201)) == ""
        assert scan.at(5, 5, NOW + timedelta(seconds=start + 202)) == ""
