"""What was measured, as ratios. One rule: a figure is two programs in one run, in turn, and the ratio of their medians;
seconds mean nothing on another machine, or on this one an hour later."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from statistics import median

DRAWS = 1000


@dataclass
class Figure:
    """One measured thing beside what it is held against."""

    name: str
    against: str
    goal: str = ""
    limit: str = ""
    unit: str = "ms"
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)

    def add(self, theirs: float, ours: float) -> None:
        """One turn of each."""
        self.theirs.append(theirs)
        self.ours.append(ours)

    @property
    def ratio(self) -> float:
        """Ours by theirs, of the medians."""
        return median(self.ours) / (median(self.theirs) or 1e-9)

    def spread(self) -> tuple[float, float]:
        """Between these the ratio of the medians lies nine times in ten, had other turns been drawn."""
        dice = Random(1)

        def draw() -> float:
            ours, theirs = (dice.choices(of, k=len(of)) for of in (self.ours, self.theirs))
            return median(ours) / (median(theirs) or 1e-9)

        drawn = sorted(draw() for _ in range(DRAWS))
        return drawn[DRAWS // 20], drawn[-DRAWS // 20]

    def row(self) -> str:
        """A line of the table."""
        low, high = self.spread()
        least = min(self.ours) / (min(self.theirs) or 1e-9)
        n = len(self.ours)
        return (
            f"| {self.name} | {median(self.ours):,.2f} {self.unit} | {self.against} {median(self.theirs):,.2f}"
            f" | **{self.ratio:.2f}** ({low:.2f}–{high:.2f}) | {least:.2f} | {self.goal} | {self.limit} | {n} |"
        )


HEAD = (
    "| what | ours | against | ratio (9 in 10) | of the least | goal | at most | turns |\n"
    "|---|---|---|---|---|---|---|---|"
)
