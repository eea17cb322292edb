"""The desk on made-up rows, for looking at it: `python -m tests.tui.gallery [THEME]`, or `--svg FOLDER` for pictures,
or `--text FOLDER` for the lines that the tests compare with.

j and k move, tab changes the pane, space marks, i folds the card, t takes the next theme, h brings hostile rows.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

import fu_tui.tui.screens
from fu_tui.settings.themes import load_themes
from fu_tui.tui import filters, themes
from fu_tui.tui.panes.card import CardView
from fu_tui.tui.panes.facts import PaneFacts
from fu_tui.tui.panes.footer import DeskFooter
from fu_tui.tui.panes.header import DeskHeader
from fu_tui.tui.panes.hint import HintLine
from fu_tui.tui.panes.queue_pane import QueuePane
from fu_tui.tui.panes.stack import PaneStack
from fu_tui.tui.panes.window import PAGE, Window
from fu_tui.tui.present.footer import Key
from fu_tui.tui.present.header import HeaderFacts
from tests.tui import made_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import Resize
    from textual.filter import LineFilter

    from fu_tui.queries.rows import QueueRow

DESK_CSS = Path(fu_tui.tui.screens.__file__).parent / "desk.tcss"
KEYS = (
    Key("a", "add", True),
    Key("n", "no reply", True),
    Key("r", "replied", True),
    Key("d", "close…", True),
    Key("s", "snooze", True),
    Key("o", "owner", True),
    Key("space", "mark", True),
    Key("/", "filter", True),
    Key("u", "undo", False),
    Key("?", "help", True, "app.help"),
)


class DeskScreen(Screen[None]):
    """Header, panes, card, hint and footer, fed by lists."""

    BINDINGS: ClassVar = [
        ("j", "step(1)", "down"),
        ("k", "step(-1)", "up"),
        ("tab", "pane", "pane"),
        ("space", "mark", "mark"),
        ("i", "card", "card"),
        ("h", "hostile", "hostile"),
        ("e", "empty", "empty"),
        ("o", "owner", "owner"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.head, self.hint, self.foot = DeskHeader(), HintLine(), DeskFooter()
        self.stack, self.card = PaneStack(), CardView()
        self.sets: list[Sequence[QueueRow]] = [made_up.overdue(), made_up.today(), made_up.upcoming()]
        self.at = 1
        self.cursor: int | None = 11
        self.marks: frozenset[int] = frozenset({15, 16})
        self.folded: bool | None = None
        self.show_owner = False
        self.hostile = False

    def compose(self) -> ComposeResult:
        """From the top."""
        yield self.head
        yield Widget(self.stack, self.card, id="middle")
        yield self.hint
        yield self.foot

    def on_mount(self) -> None:
        """Fill everything."""
        self.fill()

    def on_resize(self, event: Resize) -> None:
        """The card folds away on a narrow screen."""
        self.fold(event.size.width)

    def fold(self, width: int) -> None:
        """Card or hint."""
        shown = width >= 110 if self.folded is None else not self.folded
        self.set_class(shown, "-card")
        self.set_class(shown and width < 76, "-full")

    def fill(self) -> None:
        """Show all panes anew."""
        counts = made_up.COUNTS
        scope = "team" if self.show_owner else "mine"
        facts = HeaderFacts("Dana Okafor", scope, counts, "Tue 24 Nov", "10:14", marked=len(self.marks))
        self.head.show(facts)
        self.foot.show(KEYS)
        empty = (
            "Nothing overdue. 12 due today: press 2.",
            "Nothing due today.",
            "Nothing in the next 14 days.",
        )
        for n, (pane, rows) in enumerate(zip(self.stack.panes, self.sets, strict=True)):
            pane_facts = PaneFacts(
                made_up.MOMENT,
                hidden=2 if n == 2 else 0,
                later=12 if n == 2 else 0,
                show_owner=self.show_owner,
                empty=empty[n],
            )
            window = Window(made_up.Rows(rows), len(rows), rows[:PAGE])
            pane.show(window, pane_facts, self.cursor if n == self.at else None, self.marks)
        self.follow()
        self.stack.fit()

    def follow(self) -> None:
        """The card shows the row under the cursor."""
        row = next((r for r in self.sets[self.at] if r.id == self.cursor), None)
        text = row.action if row and self.hostile else ""
        card = made_up.card(row, text) if row else None
        self.card.show(card, made_up.MOMENT, 1)
        self.hint.show(card)

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        pane = self.stack.panes[self.at]
        here = pane.cursor_index
        row = pane.row_at(max(0, min(pane.total - 1, (here or 0) + rows)))
        self.cursor = row.id if row else None
        pane.move_cursor(self.cursor, here=True)
        self.follow()

    def action_pane(self) -> None:
        """The next pane."""
        self.stack.panes[self.at].move_cursor(None)
        self.at = (self.at + 1) % 3
        row = self.stack.panes[self.at].row_at(0)
        self.cursor = row.id if row else None
        self.stack.panes[self.at].move_cursor(self.cursor, here=True)
        self.follow()

    def action_mark(self) -> None:
        """Mark the row."""
        if self.cursor is not None:
            self.marks ^= {self.cursor}
            self.stack.panes[self.at].set_marks(self.marks)

    def action_card(self) -> None:
        """Fold or unfold the card."""
        self.folded = self.has_class("-card")
        self.fold(self.size.width)

    def action_owner(self) -> None:
        """With or without the owner column."""
        self.show_owner = not self.show_owner
        self.fill()

    def action_hostile(self) -> None:
        """Hostile rows in all panes, or the good ones again."""
        self.hostile = not self.hostile
        rows = made_up.hostile()
        good = [made_up.overdue(), made_up.today(), made_up.upcoming()]
        self.sets = [rows[:6], rows[6:], rows] if self.hostile else good
        self.cursor = self.sets[self.at][0].id
        self.fill()

    def action_empty(self) -> None:
        """Nothing overdue, nothing today."""
        self.sets = [[], [], self.sets[2]]
        self.cursor = None
        self.fill()
        self.stack.panes[self.at].move_cursor(None, here=True)

    def on_queue_pane_row_clicked(self, message: QueuePane.RowClicked) -> None:
        """The cursor goes where one clicks."""
        self.stack.panes[self.at].move_cursor(None)
        self.at = [pane.bucket for pane in self.stack.panes].index(message.bucket)
        self.cursor = message.task_id
        self.stack.panes[self.at].move_cursor(self.cursor)
        self.follow()


class Gallery(App[None]):
    """The desk without a database."""

    CSS_PATH = DESK_CSS
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [("t", "theme", "theme"), ("q", "quit", "quit")]

    def __init__(self, theme: str = "night") -> None:
        super().__init__()
        self.names = sorted(load_themes().themes)
        themes.register(self, load_themes().themes.values())
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The desk's inks under a theme of Textual's."""
        return themes.variable_defaults()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, then the gate."""
        return filters.desk_filters(super().get_line_filters(), ansi=self.native_ansi_color)

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return DeskScreen()

    def action_theme(self) -> None:
        """The next theme."""
        self.theme = self.names[(self.names.index(self.theme) + 1) % len(self.names)]


async def pictures(folder: Path) -> None:
    """SVGs of the desk in every theme and size."""
    for theme in ("night", "day", "ansi"):
        for name, size, keys in (
            ("120x40", (120, 40), []),
            ("120x36", (120, 36), []),
            ("80x24", (80, 24), []),
            ("80x24-card", (80, 24), ["i"]),
            ("100x30-owner", (100, 30), ["o"]),
            ("140x40-owner", (140, 40), ["o"]),
            ("60x16", (60, 16), []),
            ("120x40-hostile", (120, 40), ["h"]),
            ("80x24-upcoming", (80, 24), ["tab", *["j"] * 12]),
            ("120x36-empty", (120, 36), ["e"]),
            ("120x24", (120, 24), ["j", "j", "j", "j", "j", "j", "j"]),
        ):
            app = Gallery(theme)
            async with app.run_test(size=size) as pilot:
                await pilot.press(*keys)
                await pilot.pause()
                app.save_screenshot(f"{name}-{theme}.svg", str(folder))


async def texts(folder: Path) -> None:
    """The screen's lines at the two sizes of the interface."""
    for width, height in ((120, 40), (80, 24)):
        app = Gallery()
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause()
            lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
            (folder / f"{width}x{height}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    if "--text" in sys.argv:
        asyncio.run(texts(Path(sys.argv[sys.argv.index("--text") + 1])))
    elif "--svg" in sys.argv:
        asyncio.run(pictures(Path(sys.argv[sys.argv.index("--svg") + 1])))
    else:
        Gallery(sys.argv[1] if len(sys.argv) > 1 else "night").run()
