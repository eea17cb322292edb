"""What happened, for programs: each event as an object that names its kind. One rule: the fields of the event and no
others, days and instants as ISO text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from typing import Any

from fu_tui.core.clock import utc_text
from fu_tui.core.events import Event


def events_json(events: Sequence[Event]) -> list[dict[str, Any]]:
    """The events in order; `event` is the kind: deal_moved, enrolled."""
    return [_one(event) for event in events]


def _one(event: Any) -> dict[str, Any]:
    fields = asdict(event) if is_dataclass(event) and not isinstance(event, type) else event._asdict()
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(event).__name__).lower()
    return {"event": kind} | {name: _plain(value) for name, value in fields.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | time) else value
