"""The first and the last line: what they say, and what they let go of on a narrow screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from fu_tui.queries.rows import Counts
from fu_tui.tui.present.footer import footer_spans
from fu_tui.tui.present.header import HeaderFacts, header_spans
from fu_tui.tui.present.row import Span
from tests.tui.made_up import COUNTS, HOSTILE

FACTS = HeaderFacts("Dana Okafor", "mine", COUNTS, "Tue 24 Nov", "10:14")
KEYS = (
    ("a", "add", True),
    ("n", "no reply", True),
    ("u", "undo", False),
    ("?", "help", True),
    ("q", "quit", True),
)


def text(spans: list[Span]) -> str:
    return "".join(part for part, _ in spans)


def test_the_header_says_whose_queue_what_was_done_and_the_day() -> None:
    assert text(header_spans(FACTS, 80)) == (
        " fu Dana Okafor · mine    9 done · 2 hidden · 3 no next step   Tue 24 Nov 10:14 "
    )


def test_counts_of_nothing_are_left_away() -> None:
    calm = FACTS._replace(counts=Counts(done_today=0))
    assert text(header_spans(calm, 60)) == " fu Dana Okafor · mine            0 done   Tue 24 Nov 10:14 "


def test_a_narrow_header_keeps_whose_queue_it_is() -> None:
    assert (
        text(header_spans(FACTS, 66)) == " fu Dana Okafor · mine       9 done · 3 no next step   Tue 24 Nov "
    )
    assert text(header_spans(FACTS, 44)) == " fu Dana Okafor · mine       3 no next step "
    assert text(header_spans(FACTS, 30)).rstrip() == " fu Dana Okaf… · mine"


def test_what_changes_the_queue_is_on_the_header() -> None:
    line = text(header_spans(FACTS._replace(badge="DEMO", marked=3, filter="call dana"), 120))
    assert " fu Dana Okafor · mine  DEMO  ✓ 3 marked  / call dana  " in line


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_keep_both_lines_in_their_width(name: str) -> None:
    bad = HOSTILE[name]
    for width in (0, 1, 5, 20, 80, 120):
        header = header_spans(FACTS._replace(who=bad, scope=bad, filter=bad), width)
        assert cell_len(text(header)) == width
        assert "\x1b" not in text(header)
        assert cell_len(text(footer_spans(KEYS, width))) == width


def test_the_footer_drops_from_the_right_and_keeps_help_last() -> None:
    assert text(footer_spans(KEYS, 50)) == " a add   n no reply   u undo   q quit   ? help".ljust(50)
    assert text(footer_spans(KEYS, 40)) == " a add  n no reply  u undo  ? help".ljust(40), "a telephone"
    assert text(footer_spans(KEYS, 20)) == " a add  ? help".ljust(20)
    assert text(footer_spans(KEYS, 9)) == " ? help".ljust(9)
    desk = [("n", "no reply", True), ("r", "replied…", True), ("d", "close…", True), ("s", "snooze…", True)]
    assert text(footer_spans(desk, 40)) == " n no reply  r replied  d close  ? help".ljust(40)
    long = [("a", "add", True), ("n", "done, no reply yet", True), ("u", "undo", True)]
    assert text(footer_spans(long, 30)) == " a add  ? help".ljust(30)
    assert text(footer_spans((), 20)) == " ? help".ljust(20)


def test_a_key_that_does_nothing_now_is_dim_with_its_label() -> None:
    roles = {part.strip(): role for part, role in footer_spans(KEYS, 60)}
    assert (roles["u"], roles["undo"]) == ("dim", "dim")
    assert (roles["n"], roles["no reply"]) == ("accent", "text")
