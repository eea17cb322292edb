"""Files on their way in: which, how far, whose. One rule: what is wrong with a path is said beside it, and the path
stays to be corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fu_tui.tui.modals.listing import ListQuestion
from fu_tui.tui.modals.pick import Item, fold
from fu_tui.tui.modals.question import Question
from fu_tui.tui.modals.rows import Key, Row, label, says

NOBODY = ""
"""The answer of somebody who owns none of it."""
STEP = 0.1
"""Seconds between two looks at how far it is."""
_OTHERS = {
    True: "What belongs to the others becomes yours: you work alone.",
    False: "The others become users, each with their records.",
}
"""What becomes of them, by whether the person works alone."""
_LABEL = 6
_REPORT = 10
"""Rows of what is in the files."""


class PathModal(Question[str]):
    """Where the files are. Returns what was typed."""

    def __init__(self, text: str, problem: str, complete: Callable[[str], tuple[str, Sequence[str]]]) -> None:
        """text: what was typed before. problem: what was wrong with it. complete: a path that was begun → as far as
        it can only go one way, and the ways from there."""
        super().__init__(text)
        self._refused = text if problem else None
        self._problem, self._complete = problem, complete
        self._ways: Sequence[str] = ()

    def heading(self) -> str:
        """What it is about."""
        return "Import"

    def keys(self) -> Sequence[Key]:
        """Enter only reads."""
        return ("enter", "read it"), ("tab", "complete"), ("esc", "back")

    def rows(self, width: int) -> list[Row]:
        """The field, the ways on, and what is wrong."""
        about = "A CSV file, or a folder of them: deals, contacts, accounts, users, tasks. Nothing is written yet."
        return [
            *says(about, "text", width),
            Row(),
            Row([label("Path", _LABEL, here=True)], field_at=_LABEL),
            *says("  ".join(self._ways), "dim", width, 3),
            *says(self._problem, "overdue", width, 6),
        ]

    def typed(self, text: str) -> None:
        """What was said of another path counts no more."""
        if text != self._refused:
            self._refused, self._problem, self._ways = None, "", ()
        self.redraw()

    def action_tab(self, by: int) -> None:
        """Complete the path as a shell does."""
        text, self._ways = self._complete(self.field.value)
        self._refused, self._problem = text, ""  # the ways stay until something is typed
        self.field.hold(text)
        self.redraw()

    def action_enter(self) -> None:
        """Read it."""
        self.dismiss(self.field.value)


class WhoseModal(ListQuestion[str]):
    """What is in the files, and which of their owners the person is. Returns the owner's name, or `NOBODY`."""

    LABEL = "You"
    NOTHING = 'No owner has "{}" in the name.'

    def __init__(
        self, report: Sequence[str], owners: Sequence[tuple[str, int]], name: str, *, alone: bool
    ) -> None:
        """report: what is in the files. owners: names, and how many records each has. name: what the person is called.
        alone: whether what belongs to others becomes theirs."""
        nobody = "all of it becomes yours" if alone else "everything stays with its owner"
        items = [Item(NOBODY, "none of these", nobody) if owners else Item(NOBODY, "me")]
        items += [Item(owner, owner, "", f"{count:,}") for owner, count in owners]
        super().__init__("Import", items)
        self.list.height = 7
        self._report, self._asks = report, bool(owners)
        self._others = _OTHERS[alone] if owners else ""
        self.list.go(likely(name, [owner for owner, _ in owners]))

    def keys(self) -> Sequence[Key]:
        """Enter writes."""
        return ("enter", "import it"), ("esc", "another path")

    def rows(self, width: int) -> list[Row]:
        """What comes, then the question."""
        told = [row for line in self._report for row in says(line, "text", width, 2)]
        cut = told[: _REPORT - 1] + says("…", "dim", width) if len(told) > _REPORT else told
        about = says("Which of the owners are you?" if self._asks else "All of it is yours.", "strong", width)
        return [*cut, Row(), *about, *super().rows(width), *says(self._others, "dim", width)]

    def taken(self, key: str) -> None:
        """This one."""
        self.dismiss(key)


class ProgressModal(Question[None]):
    """How far something long is. Escape stops it; whoever started it takes this away."""

    def __init__(self, title: str, share: Callable[[], float], stop: Callable[[], None]) -> None:
        """share: from 0 to 1. stop: called at escape."""
        super().__init__()
        self._title, self._share, self._stop = title, share, stop
        self._stopping = False

    def heading(self) -> str:
        """What is done."""
        return self._title

    def keys(self) -> Sequence[Key]:
        """One way out."""
        return (("esc", "stop"),)

    def rows(self, width: int) -> list[Row]:
        """A bar."""
        share = min(max(self._share(), 0.0), 1.0)
        room = max(width - 6, 1)
        done = round(share * room)
        said = "stop" if self._stopping else f"{share:4.0%}"
        return [Row([("━" * done, "accent"), ("─" * (room - done), "faint"), (f"  {said}", "dim")])]

    def on_mount(self) -> None:
        """Look again and again."""
        self.set_interval(STEP, self.redraw)

    def action_leave(self) -> None:
        """Stop."""
        self._stopping = True
        self._stop()
        self.redraw()


def likely(name: str, owners: Sequence[str]) -> str:
    """The one of `owners` that a person called `name` is, by the look of it; nobody where that is not clear."""
    asked = fold(name).split()
    for owner in owners:
        words = fold(owner).split()
        if asked and (asked == words or (len(asked) == 1 and asked[0] in words) or asked[0] == fold(owner)):
            return owner
    return owners[0] if len(owners) == 1 else NOBODY
