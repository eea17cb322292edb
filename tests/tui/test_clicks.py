"""What a click on a pane means: where it lies among the lines, and which action the kind of click asks for."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from textual.events import Click

from fu_tui.core.terms import Bucket
from fu_tui.tui.panes.clicks import Place, click_action, place_at
from fu_tui.tui.panes.view import view
from fu_tui.tui.present.title import more_spans, title_spans


def click(**more: Any) -> Click:
    asked = {"button": 1, "shift": False, "ctrl": False, "chain": 1, **more}
    return Click(
        None, 5, 1, 0, 0, asked["button"], asked["shift"], False, asked["ctrl"], chain=asked["chain"]
    )


@pytest.mark.parametrize(
    ("asked", "action_id"),
    [
        ({}, ""),
        ({"chain": 2}, "task.close"),
        ({"chain": 3}, ""),
        ({"button": 3}, "task.menu"),
        ({"button": 3, "chain": 2}, "task.menu"),
        ({"ctrl": True}, "queue.mark"),
        ({"shift": True, "chain": 2}, "queue.mark"),
    ],
)
def test_the_kind_of_a_click(asked: dict[str, Any], action_id: str) -> None:
    assert click_action(click(**asked)) == action_id


def cells(line: str, words: str) -> range:
    at = cell_len(line[: line.index(words)])
    return range(at, at + cell_len(words))


def test_what_stands_around_the_rows_is_hit_where_it_is_painted() -> None:
    total, later, width = 1300, 1200, 60
    shown = view(8, total, True, 1100, None)
    title = "".join(text for text, _ in title_spans(Bucket.UPCOMING, total, 0, shown.top, width))
    tail = "".join(text for text, _ in more_spans(total - shown.top - shown.shown, later, width))

    def hit(x: int, y: int) -> Place | None:
        return place_at(x, y, shown, total, later, width)

    assert {hit(x, 0) for x in cells(title, "Upcoming 1,300")} == {Place.PANE}
    assert {hit(x, 0) for x in cells(title, "1,100 more ↑")} == {Place.ABOVE}
    assert shown.tail == 7
    assert {hit(x, 7) for x in cells(tail, "+1,200 later")} == {Place.LATER}
    assert {hit(x, 7) for x in cells(tail, "194 more ↓")} == {Place.BELOW}
    assert {hit(x, y) for x in range(width) for y in range(1, 7)} == {None}, "these are rows"


def test_an_empty_pane_is_hit_on_its_sentence() -> None:
    shown = view(6, 0, False, 0, None)
    assert [place_at(20, y, shown, 0, 0, 60) for y in range(4)] == [Place.PANE, Place.PANE, None, None]


def test_later_alone_has_nothing_to_scroll() -> None:
    shown = view(6, 2, True, 0, None)
    assert shown.tail is not None
    assert place_at(5, shown.tail, shown, 2, 12, 60) is Place.LATER
    assert place_at(55, shown.tail, shown, 2, 12, 60) is None
