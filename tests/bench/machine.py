"""Random days for as long as one likes: the machine of the services' tests, with another beginning each time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import SystemRandom
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.services.machine_life import LongDays

STEPS = 60
"""Of one walk; then a new file begins."""


def run(steps: int, on_disk: bool) -> Iterator[str]:
    """Walk that many steps; what a step breaks is raised with the walk that led there, as short as it gets."""
    begin = SystemRandom().randrange(2**32)
    done: Counter[str] = Counter()

    class Counted(LongDays):
        """The same, counting what was tried."""

        def do(self, verb: Callable[[], Any], model: Callable[[Any], None]) -> None:
            super().do(verb, model)
            done["worked"] += 1

        def refused(self, verb: Callable[[], Any]) -> None:
            super().refused(verb)
            done["refused"] += 1

    Counted.on_disk = on_disk
    at = time.perf_counter()
    run_state_machine_as_test(
        seed(begin)(Counted),
        settings=settings(
            max_examples=max(1, steps // STEPS), stateful_step_count=STEPS, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
        ),
    )  # fmt: skip
    took = time.perf_counter() - at
    where = "on a disk" if on_disk else "in memory"
    tried = done.total()
    yield f"seed {begin}, {where}: up to {steps:,} steps, {tried:,} verbs tried, {done['refused']:,} of them"
    yield f"refused as they have to be; {took:.0f} s; every invariant held after each"
