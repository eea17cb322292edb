"""An import in steps, for a screen that asks in between: files are read, shown, and only then written. One rule: what a
person typed is a path as they would type it in a shell, and whose the records are is asked once.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fu_tui.core.errors import UsageError
from fu_tui.exchange.batch import Progress, plan_import
from fu_tui.exchange.plan import ImportPlan
from fu_tui.exchange.publish import publish
from fu_tui.exchange.report import report_lines
from fu_tui.services.context import Context

TYPES = (".csv", ".tsv")
"""Files that a path is completed to."""
WAYS = 12
"""Ways on that are told."""
SHOWN = 4
"""Rejected rows that are told one by one."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Files that were read."""

    plan: ImportPlan
    lines: tuple[str, ...]
    """What is in them and what can't be taken, in words."""
    owners: tuple[tuple[str, int], ...]
    """Whose records they are, as `owners_of` says it."""

    def write(self, context: Context, *, me: str, alone: bool, progress: Progress | None = None) -> str:
        """Publish; returns what was new, in words.

        me: which of the owners acts; empty for none of them. alone: whether what belongs to the others becomes
        theirs; else the others become users. Raises as `publish` does.
        """
        published = publish(
            context, self.plan, me=me or None, owner="me" if alone else None, create_users=not alone,
            progress=progress,
        )  # fmt: skip
        created = published.created.items()
        new = ", ".join(f"{count:,} {kind[:-1] if count == 1 else kind}" for kind, count in created if count)
        return f"Imported {new or 'nothing new'}."


def read(typed: str, progress: Progress | None = None) -> Incoming:
    """Read the files or folders that were typed. Raises UsageError, NotFound or Refused saying what is wrong."""
    try:
        plan = plan_import(paths_of(typed), progress=progress)
    except (OSError, ValueError) as error:  # too long a name, a NUL in it, a folder that may not be read
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"That can't be read: {why}.", "Check the path and its permissions.") from error
    return Incoming(plan, tuple(report_lines(plan, SHOWN)), owners_of(plan))


def owners_of(plan: ImportPlan) -> tuple[tuple[str, int], ...]:
    """Whose records they are: name, how many; those with the most first, users without any last."""
    counted = Counter(
        record.owner for records in (plan.contacts, plan.deals, plan.tasks) for record in records
    )
    counted.update(dict.fromkeys((user.name for user in plan.users), 0))
    named = ((name, count) for name, count in counted.items() if name)
    return tuple(sorted(named, key=lambda one: (-one[1], one[0])))


def paths_of(typed: str) -> list[Path]:
    """The paths in a line: one as it stands, where there is one of that name; else as a shell would read it.

    Raises UsageError for an empty line or a quote that does not end.
    """
    if not typed.strip():
        raise UsageError("No file was named.", "Type the path of a CSV file, or of a folder that holds some.")
    whole = _home(typed.strip())
    if os.path.exists(whole):  # noqa: PTH110 - what can be no path at all is no error here
        return [whole]
    try:
        return [_home(word) for word in shlex.split(typed)]
    except ValueError:
        raise UsageError("A quote in the path does not end.", "Close it, or leave it out.") from None


def _home(path: str) -> Path:
    """A path with its ~ read; one of a user there is not stays as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path's own raises there


def complete(typed: str) -> tuple[str, tuple[str, ...]]:
    """A path that was begun, as far as there is only one way; and the names that come next where there are several."""
    head, slash, start = f"{typed}/".rpartition("/") if typed == "~" else typed.rpartition("/")
    folder = _home(head + slash) if slash else Path()
    try:
        with os.scandir(folder) as entries:
            names = sorted(_name(entry) for entry in entries if _may_be_meant(entry, start))
    except (OSError, ValueError):
        return typed, ()
    if not names:
        return typed, ("nothing here begins so",)
    common = os.path.commonprefix(names)  # noqa: RUF071 - letters are what is meant
    return head + slash + common, () if len(names) == 1 else (
        *names[:WAYS],
        *(("…",) if len(names) > WAYS else ()),
    )


def _may_be_meant(entry: os.DirEntry[str], start: str) -> bool:
    if not entry.name.startswith(start) or (entry.name.startswith(".") and not start):
        return False
    return entry.is_dir() or entry.name.lower().endswith(TYPES)


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name + "/" if entry.is_dir() else entry.name
