"""Writes docs/keys.md from the registry of actions: `python docs/keys_page.py > docs/keys.md`. A test says when it is
stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fu_tui.core.outcomes import TABLE
from fu_tui.settings.actions import ACTIONS, IN_A_QUESTION, Group
from fu_tui.settings.keys import written

INTRODUCTION = """\
# Keys

Made from the registry of actions by `python docs/keys_page.py > docs/keys.md`. In the app `?` says the same with the
keys you have, and first what they do to the row at hand.

Every action works on the marked rows, else on the row under the cursor, and is one undo. What can't be done here is
dim, and says why when its key is pressed. Two keys with a blank between them are pressed one after the other; the first
shows what may follow. Any key can be changed, by the names in the last column: [settings.md](settings.md#keys).
"""

QUESTIONS = """\
## In a question

These are the same everywhere; a question's own letters stand in it, and `f1` lists its keys. In a list without a field
the desk's own keys for the cursor move too.

Where a day is asked (`s`, `S`, `P`, delivered on) it is typed in words: `15 jan`, `fri 15:00`, `+3d`, `27.11.`. What
was understood stands below, and nothing is taken before enter. `t`, `w`, `m` and `1` to `9` name the usual days, `↓`
goes to them; enter alone takes the first: `s enter` is tomorrow.
"""

OUTCOMES = """\
## Closing: the letters of `d`

`d d` is done, `d n` no reply yet; a note may follow, enter closes.
"""

MOUSE = """\
## The mouse

| | |
|---|---|
| click a row | the cursor goes there |
| double click | close it, with any outcome |
| right click | everything that can be done to it |
| ctrl or shift click | mark it, or take its mark away |
| wheel | scroll the pane; the cursor stays |
| a pane's title | go to the pane |
| "3 more ↓", "3 more ↑" | scroll by a page |
| a key in the last line | press it |
| the first line | a name: whose queue; "3 marked": clear the marks; the filter: change it |
| beside a window | leave it, as esc does; the filter keeps its words |

Most terminals keep shift with the mouse for themselves, to select text.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, *_groups(), QUESTIONS, _questions(), OUTCOMES, _outcomes(), MOUSE]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _groups() -> Iterator[str]:
    for group in Group:
        lines = [
            (_keys(action.keys), action.tooltip, f"`{action.id}`")
            for action in ACTIONS
            if action.group is group
        ]
        if lines:
            yield f"## {group.value}\n"
            yield _table(("keys", "what", "name"), lines)


def _questions() -> str:
    return _table(("keys", "what"), [(_keys(key.keys), key.does) for key in IN_A_QUESTION])


def _outcomes() -> str:
    rows = [(_keys((row.key,)), row.label, _asks(row.asks, row.decides)) for row in TABLE]
    return _table(("key", "outcome", ""), rows)


def _asks(asks: str, decides: bool) -> str:
    return f"asks {asks}" if asks else "answers a decision" if decides else ""


def _keys(keys: Iterable[str]) -> str:
    return " ".join(f"`{written(key)}`" for key in keys) or "–"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    print(page(), end="")
