"""The first and the last line: what they say, and what they let go of on a narrow screen."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from fu_tui.queries.rows import Counts
from fu_tui.tui.present.footer import Key, footer_parts, footer_spans, said_parts
from fu_tui.tui.present.header import HeaderFacts, header_parts, header_spans
from fu_tui.tui.present.parts import action_at, spans_of
from fu_tui.tui.present.row import Span
from tests.tui.made_up import COUNTS, HOSTILE

FACTS = HeaderFacts("Dana Okafor", "mine", COUNTS, "Tue 24 Nov", "10:14")
KEYS = (
    Key("a", "add", True, "task.add"),
    Key("n", "no reply", True, "task.no_reply"),
    Key("u", "undo", False, "journal.undo"),
    Key("?", "help", True, "app.help"),
    Key("q", "quit", True, "app.quit"),
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
    desk = [
        Key("n", "no reply", True),
        Key("r", "replied…", True),
        Key("d", "close…", True),
        Key("s", "snooze…", True),
        KEYS[3],
    ]
    assert text(footer_spans(desk, 40)) == " n no reply  r replied  d close  ? help".ljust(40)
    long = [Key("a", "add", True), Key("n", "done, no reply yet", True), Key("u", "undo", True), KEYS[3]]
    assert text(footer_spans(long, 30)) == " a add  ? help".ljust(30)
    assert text(footer_spans(KEYS[:2], 18)) == " a add  n no reply".ljust(18)
    assert text(footer_spans(KEYS[:2], 17)) == " a add".ljust(17)
    assert text(footer_spans((), 20)) == " " * 20


def test_a_key_that_does_nothing_now_is_dim_with_its_label() -> None:
    roles = {part.strip(): role for part, role in footer_spans(KEYS, 60)}
    assert (roles["u"], roles["undo"]) == ("dim", "dim")
    assert (roles["n"], roles["no reply"]) == ("accent", "text")


# What a click hits


def hits(parts: list, words: str) -> set[str]:
    """The actions of the cells on which `words` stand."""
    line = text(spans_of(parts))
    at = cell_len(line[: line.index(words)])
    return {action_at(parts, x) for x in range(at, at + cell_len(words))}


def test_a_key_of_the_footer_and_its_label_are_one_button_and_the_gaps_are_none() -> None:
    parts = footer_parts(KEYS, 50)
    assert spans_of(parts) == footer_spans(KEYS, 50)
    assert hits(parts, "a add") == {"task.add"}
    assert hits(parts, "n no reply") == {"task.no_reply"}
    assert hits(parts, "u undo") == {"journal.undo"}, "also one that can't be pressed now: it says why"
    assert hits(parts, "? help") == {"app.help"}
    assert hits(parts, "reply   u") == {"task.no_reply", "", "journal.undo"}
    assert {action_at(parts, x) for x in (-1, 0, 49, 50, 1000)} == {""}
    assert action_at(footer_parts(KEYS, 4), 1) == "app.help"


def test_undo_beside_a_sentence_is_a_button_the_sentence_is_none() -> None:
    undo = Key("u", "undo", True, "journal.undo")
    parts = said_parts("Call Ana: no reply yet", "", undo, 60)
    assert hits(parts, "Call Ana: no reply yet") == {""}
    assert hits(parts, "u undo") == {"journal.undo"}
    assert {action_at(said_parts("Call Ana", "", None, 60), x) for x in range(60)} == {""}


def test_what_can_be_changed_on_the_header_is_hit_there_at_every_width() -> None:
    facts = FACTS._replace(badge="DEMO", marked=3, filter="call dana")
    for width in (66, 80, 120):
        parts = header_parts(facts, width)
        assert spans_of(parts) == header_spans(facts, width)
        assert hits(parts, "Dana Okafor · mine") == {"queue.scope"}
        assert hits(parts, "3 marked") == {"queue.clear"}
        assert hits(parts, "/ call dana") == {"queue.filter"}
        assert hits(parts, "DEMO") == {""}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_not_shift_what_is_hit(name: str) -> None:
    parts = header_parts(FACTS._replace(who=HOSTILE[name], marked=3), 120)
    assert hits(parts, "3 marked") == {"queue.clear"}
