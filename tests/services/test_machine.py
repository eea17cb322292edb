"""The machine, for as long as a suite may take; `python -m tests.bench machine` lets it run for hours."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.services.machine_life import LongDays

TestDays = LongDays.TestCase
TestDays.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
