"""From the command line to the desk. One rule: nothing of click is imported here, as the desk does without."""

from __future__ import annotations

import os
import sys

FRAMES = "240"
"""Frames a second, at most: the card comes in the frame after the cursor, and should not be seen to come."""


def has_screen() -> bool:
    """Whether a full-screen desk can be shown here."""
    ends = (sys.stdin, sys.stdout)  # either is None where it was closed before the start
    return all(end and end.isatty() for end in ends) and os.environ.get("TERM", "dumb") not in ("", "dumb")


def open_desk(db: str | None, user: str | None, *, badge: str = "") -> int:
    """Show the desk until the person leaves. Returns the exit code.

    badge: a word for the header, where the data is not the person's own.
    """
    import gc

    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    gc.disable()  # until the first paint: there is nothing to free on the way, and much to look through
    from fu_tui.core.errors import FuError
    from fu_tui.tui.early import early_frame

    try:
        with early_frame(db, user, badge) as early:
            from fu_tui.tui.app import run

            return run(db=db, user=user, badge=badge, early=early)
    except FuError as error:
        from fu_tui.cli.errors import tell

        return tell(error)
    except KeyboardInterrupt:  # before there is a screen that would hear the key
        return 130
    except Exception as error:
        from fu_tui.cli.errors import of_fault, tell

        return tell(of_fault(error))
