"""The last gate: nothing that a terminal obeys passes, and no width changes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import Monochrome, NoColor

from fu_tui.tui.filters import EscapeGate, desk_filters
from fu_tui.tui.safe import content, plain, segment
from tests.tui.made_up import HOSTILE

BLACK = Color(0, 0, 0)
OBEYED = [*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x200F, 0x2028, 0xD83D]


def through(*segments: Segment) -> list[Segment]:
    return EscapeGate().apply(list(segments), BLACK)


def test_every_forbidden_character_is_stopped_and_no_width_changes() -> None:
    for code in OBEYED:
        text = f"a{chr(code)}b"
        (shown,) = through(Segment(text, Style(bold=True)))
        assert chr(code) not in shown.text
        assert cell_len(shown.text) == cell_len(text)
        assert shown.style == Style(bold=True)
        shown.text.encode()


def test_harmless_lines_pass_as_they_are() -> None:
    line = [Segment("Ana Ruiz · 見積書 …", Style(bold=True)), Segment("  ", None)]
    assert EscapeGate().apply(line, BLACK) is line


@pytest.mark.parametrize(
    ("text", "even"),
    [
        ("👨\u200d👩\u200d👧 é", "👨 é"),
        ("⚠\ufe0f!", "⚠ !"),
        ("👩🏽\u200d💻", "👩"),
        ("\u200d\ufe0fa", "a"),
    ],
)
def test_no_character_changes_the_width_of_its_neighbour(text: str, even: str) -> None:
    """A line is cut where a question begins, and the two halves would be narrower than the whole."""
    (shown,) = through(Segment(text))
    assert shown.text == even
    assert cell_len(even) == cell_len(text) == sum(map(get_character_cell_size, even))


def test_an_address_with_an_escape_in_it_is_no_link() -> None:
    bad, good = (Style(link=f"https://a.example/{part}") for part in ("\x1b\\\x1b]52;c;aGk=", "b"))
    shown = through(Segment("x", bad), Segment("y", good))
    assert not shown[0].style.link
    assert shown[1].style.link == "https://a.example/b"


def test_no_color_leaves_an_ansi_theme_without_any_colour() -> None:
    assert [type(f) for f in desk_filters([Monochrome()], ansi=True)] == [NoColor, EscapeGate]
    assert [type(f) for f in desk_filters([Monochrome()], ansi=False)] == [Monochrome, EscapeGate]


def test_user_text_is_shown_letter_by_letter() -> None:
    for text in HOSTILE.values():
        assert content(text).plain == plain(text) == segment(text).text
        assert not content(text).spans
        assert "\x1b" not in plain(text)
    assert content("[@click=app.bell]x[/]").plain == "[@click=app.bell]x[/]"
