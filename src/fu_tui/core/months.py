"""Adding months to a civil day. One rule: pendulum is loaded only by a call that really moves by months."""

from __future__ import annotations

from datetime import date

from fu_tui.core.errors import Refused


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (negative: earlier), clamped to the month's end (R101).

    31 January + 1 month is 28 February. Raises Refused when the result lies outside the years 1 to 9999.
    """
    if not months:
        return day
    import pendulum

    try:
        moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    except (ValueError, OverflowError) as error:
        raise Refused(
            f"{day} moved by {months} months lies outside the years 1 to 9999.", "Choose a nearer day."
        ) from error
    return date(moved.year, moved.month, moved.day)
