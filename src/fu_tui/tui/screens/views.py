"""What stands beside the rows only where it is wanted: why, forecast, load. One rule: what is off costs nothing, and
what was on the last time is on again, after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fu_tui.settings.remembered import CARD, card_choice

if TYPE_CHECKING:
    from fu_tui.core.load import Load
    from fu_tui.queries.rows import Card, QueueRow
    from fu_tui.settings.remembered import Remembered
    from fu_tui.tui.app import FuApp
    from fu_tui.tui.screens.desk import DeskScreen

WHY, FORECAST, LOAD = "card.why", "view.forecast", "view.load"


class Views:
    """The toggles of a desk."""

    def __init__(self, screen: DeskScreen) -> None:
        self._screen = screen
        self.ready = False
        """Whether the first paint is done."""
        self.cut = False
        """Whether the forecast does not look into every cadence."""
        self._opened = False
        """Whether the card was opened for the reason of the day, and goes with it."""

    @property
    def _remembered(self) -> Remembered:
        return cast("FuApp", self._screen.app).remembered

    def wanted(self, name: str) -> bool:
        """Whether one of them is on."""
        return self.ready and self._remembered.get(name, False)

    def warm_up(self) -> None:
        """After the first paint: bring what is on."""
        self.ready = True
        if self.wanted(LOAD):
            self._screen.around.fit_card(self._screen.size)
        if self.wanted(FORECAST):
            self._screen.reload()

    def toggle(self, name: str) -> None:
        """Turn one of them on or off, and say which it is."""
        on = not self.wanted(name)
        self._remembered.set(name, on)
        if name == FORECAST:
            self._screen.reload()
            self._say_forecast(on)
        elif name == LOAD:
            self._screen.around.fit_card(self._screen.size)
            self._screen.around.refresh()
            self._say_load(on)
        else:
            around = self._screen.around
            if on and not self._screen.has_class("-card"):
                self._opened, around.card_wanted = True, True  # there it stands; only `i` is remembered
            elif self._opened:
                self._opened, around.card_wanted = False, self.card
            around.fit_card(self._screen.size)
            around.refresh_card()

    def forecast(self) -> tuple[QueueRow, ...]:
        """The steps that are foreseen, if they are wanted."""
        if not self.wanted(FORECAST):
            self.cut = False
            return ()
        found = self._screen.desk.forecast(self._screen.view)
        self.cut = found.cut
        return found.rows

    def load(self) -> Load | None:
        """The load of the coming days, if it is wanted."""
        return self._screen.desk.load(self._screen.view) if self.wanted(LOAD) else None

    def explained(self, card: Card) -> Card:
        """The card with the reason of its day, if that is wanted."""
        if not self.wanted(WHY):
            return card
        return card._replace(why=self._screen.desk.why(card.row.id))

    @property
    def card(self) -> bool | None:
        """Whether the card was shown or folded by hand the last time; None where the width decides."""
        return card_choice(self._remembered)

    @card.setter
    def card(self, wanted: bool | None) -> None:
        self._remembered.set(CARD, "" if wanted is None else "shown" if wanted else "folded")

    def _say_forecast(self, on: bool) -> None:
        rows = self._screen.view.forecast
        if not on:
            self._screen.say("Forecast off.")
        elif not rows:
            self._screen.say("Forecast on: nothing brings a step in the next 14 days.")
        else:
            steps = f"{len(rows):,} {'step' if len(rows) == 1 else 'steps'}"
            of = ", of the first 300 cadences" if self.cut else ""
            self._screen.say(
                f"Forecast on: {steps}{of} if nobody replies, ◦ in Upcoming.", f"Forecast on: {steps}."
            )

    def _say_load(self, on: bool) -> None:
        if not on:
            self._screen.say("Load off.")
        elif self._screen.has_class("-card") or self._screen.has_class("-load"):
            self._screen.say("Load on: the coming days beside a usual one.", "Load on.")
        else:
            self._screen.say("Load on: shown on a higher screen.")
