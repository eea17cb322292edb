"""Text measured in the terminal's cells. One rule: `fit` returns exactly the width it was asked for.

Wide letters and emoji take two cells, combining marks none; a cluster is never cut in half.
"""

from __future__ import annotations

from rich.cells import cell_len, chop_cells, set_cell_size

from fu_tui.core.text import for_terminal

ELLIPSIS = "…"


def clip(text: str, width: int) -> str:
    """User text as one harmless line of at most `width` cells, with … where it was cut."""
    if width <= 0:
        return ""
    # Ten thousand letters, or marks piled on one letter, must not cost a measuring of them all.
    most = 4 * width + 32
    short = for_terminal(text[:most])
    if len(text) <= most and cell_len(short) <= width:
        return short
    if cell_len(short) < width:
        return short + ELLIPSIS
    return set_cell_size(short, width - 1).rstrip() + ELLIPSIS


def fit(text: str, width: int) -> str:
    """`clip`, filled up with blanks on the right: exactly `width` cells."""
    clipped = clip(text, width)
    return clipped + " " * (width - cell_len(clipped))


def fit_right(text: str, width: int) -> str:
    """`clip`, filled up with blanks on the left: exactly `width` cells."""
    clipped = clip(text, width)
    return " " * (width - cell_len(clipped)) + clipped


def wrap(text: str, width: int, most: int) -> list[str]:
    """User text in at most `most` lines of at most `width` cells, broken at blanks; … ends what was cut.

    A no-break space is none of them: it keeps "Fri 27 Nov" together.
    """
    if width <= 0 or most <= 0:
        return []
    words = [word for word in for_terminal(text[: 4 * width * most + 32]).split(" ") if word]
    cut = len(text) > 4 * width * most + 32
    lines: list[str] = []
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = chop_cells(word, width) or [""]
        lines += full
    if line:
        lines.append(line)
    if len(lines) > most or (cut and lines):
        lines = lines[:most]
        last = lines[-1]
        lines[-1] = (last if cell_len(last) < width else set_cell_size(last, width - 1).rstrip()) + ELLIPSIS
    return lines
