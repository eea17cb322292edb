"""What a command answers. One rule: everything printed passes here, so no control character of the data gets out.

Standard output is the answer, standard error is talk. Lines are gathered and written at once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from fu_tui.core.text import for_terminal

BOLD, DIM, RED = "1", "2", "31"
# What JSON leaves as it is and a terminal would obey, or a reader could not see: DEL, C1, marks of direction.
_UNSEEN = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


# What no line may hold when it is written, but for the styles above.
_OBEYED = re.compile(
    f"\x1b(?!\\[(?:0|{BOLD}|{DIM}|{RED})(?:;(?:{BOLD}|{DIM}|{RED}))*m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\ud800-\udfff]"
)


def styled(text: str, *style: str) -> str:
    """`text`, cleaned, in a style where standard output is a terminal that wants one (NO_COLOR, TERM=dumb)."""
    clean = for_terminal(text)
    return f"\x1b[{';'.join(style)}m{clean}\x1b[0m" if style and colours() else clean


def colours() -> bool:
    """Whether standard output is a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int | None:
    """The terminal's width in cells; None where the answer goes elsewhere and need not fit."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def lines(texts: Iterable[str]) -> None:
    """Write lines, which are clean already; what slipped through is shown as "�"."""
    _write(sys.stdout, _OBEYED.sub("\ufffd", "".join(f"{text}\n" for text in texts)))


def line(text: str) -> None:
    """Write one line to standard output."""
    lines([for_terminal(text)])


def talk(text: str) -> None:
    """Say something on standard error: a hint, a warning, a progress."""
    _write(sys.stderr, f"{for_terminal(text, one_line=False)}\n")


def as_json(value: Any) -> str:
    """`value` as readable JSON without a control character in it."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(_UNSEEN, lambda found: f"\\u{ord(found[0]):04x}", text)


def answer_json(value: Any) -> None:
    """Write `value` as JSON."""
    lines([as_json(value)])


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Whoever read the answer has seen enough; what was to be done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
