"""An action that goes back into a line stays what it was."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.capture import understand
from fu_tui.core.capture_keep import keep

AT = {"today": date(2027, 3, 3), "now": time(16, 0)}
LINE = (
    "Call Dana about the Friday deck fri next week tomorrow 14:00 27 nov mon 3 may in 2 days +3d @ana #gtx !high ~plan "
    "// every Monday soon, weekly (today) until end of month a@b.example C# asap. by noon 2026-11-27 !private"
)


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ("Call Ana about the seats", "Call Ana about the seats"),
        ("Send the deck fri", "Send the deck \\fri"),
        ("Ask @ana", "Ask \\@ana"),
        ("Order 3 // urgent", "Order 3 \\// urgent"),
        ("Answer soon", "Answer \\soon"),
        ("Check the plan every Monday", "Check the plan \\every \\Monday"),
    ],
)
def test_a_backslash_keeps_only_what_needs_it(action: str, line: str) -> None:
    assert keep(action) == line


@given(st.lists(st.sampled_from(LINE.split()), min_size=1, max_size=9).map(" ".join))
def test_the_line_reads_the_action_back(action: str) -> None:
    read = understand(keep(action), **AT)
    plain = understand(action, **AT)
    assert read.draft is not None
    assert (read.problem, read.vague, read.when) == ("", None, None), keep(action)
    assert [span.kind for span in read.draft.spans] == []
    assert read.draft.action == action.strip(" ,;:–—-") or plain.draft is None
