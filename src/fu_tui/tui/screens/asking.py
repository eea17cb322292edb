"""The verbs that ask something first. One rule: a modal returns a value, and only then one verb runs; what was typed
is never lost when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, cast

from fu_tui.core.clock import to_utc, to_zone
from fu_tui.core.dates_words import say_when
from fu_tui.core.errors import FuError, NotFound, StorageBusy, TouchedSuccessor
from fu_tui.core.events import NextStepProposed
from fu_tui.core.outcomes import BY_CODE
from fu_tui.core.say import exact_day
from fu_tui.core.terms import TaskKind

if TYPE_CHECKING:
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.verbs import Verbs
