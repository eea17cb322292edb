"""Text measured in the terminal's cells, with the standard library alone. One rule: what is measured is clean, one line
without control characters; a table cleans what it lays out."""

from __future__ import annotations

from collections.abc import Sequence

from fu_tui.core.text import for_terminal

GAP = "  "
ELLIPSIS = "…"


def width(text: str) -> int:
    """How many cells `text` takes: wide letters and emoji two, combining marks and joiners none."""
    if text.isascii():
        return len(text)
    import unicodedata

    cells = 0
    for letter in text:
        if unicodedata.category(letter) not in ("Mn", "Me", "Cf"):
            cells += 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
    return cells


def cut(text: str, most: int) -> str:
    """`text` in at most `most` cells, with … where it was cut."""
    if width(text) <= most:
        return text
    if most < 1:
        return ""
    while text and width(text) > most - 1:
        text = text[: min(len(text) - 1, most - 1)]
    return text.rstrip() + ELLIPSIS


def pad(text: str, cells: int, right: bool = False) -> str:
    """`text` filled up with blanks to `cells`; on its left where `right` puts it at the right edge."""
    blanks = " " * (cells - width(text))
    return blanks + text if right else text + blanks


def table(
    rows: Sequence[Sequence[str]], *, most: int | None, give: Sequence[int] = (), right: Sequence[int] = ()
) -> list[str]:
    """The rows in aligned columns, each line at most `most` cells wide (None: as wide as it needs).

    give: the columns that are cut where it gets narrow, the most willing first; they keep 8 cells.
    right: the columns that stand at their right edge. A column that is empty everywhere is left out.
    """
    if not rows:
        return []
    rows = [[for_terminal(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    over = sum(widths) + len(GAP) * (sum(map(bool, widths)) - 1) - (most or 10**6)
    for place in give:
        taken = max(0, min(over, widths[place] - 8))
        widths[place] -= taken
        over -= taken
    lines = []
    for row in rows:
        parts = [pad(cut(text, cells), cells, place in right)
                 for place, (text, cells) in enumerate(zip(row, widths, strict=True)) if cells]  # fmt: skip
        lines.append(cut(GAP.join(parts).rstrip(), most or 10**6))
    return lines
