"""The capture card and its verbs. One rule: the card closes when everything is written; until then what is typed is the
draft, and the draft is on the disk within a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fu_tui.core.errors import FuError, StorageBusy
from fu_tui.tui.modals.capture import CaptureModal
from fu_tui.tui.modals.capture_form import MORE
from fu_tui.tui.screens.asking import DRAFT_EVERY
from fu_tui.tui.screens.understanding import Understander

if TYPE_CHECKING:
    from fu_tui.bootstrap import Desk
    from fu_tui.core.events import Event
    from fu_tui.tui.modals.capture_line import Look
    from fu_tui.tui.screens.desk import DeskScreen
    from fu_tui.tui.screens.repeating import Verb
    from fu_tui.tui.screens.verbs import Verbs

WAITS = "Waiting for another program … What you typed is kept, and saved as soon as the file is free."


class Writing:
    """A capture card whose lines a verb writes, at once or when another process lets go of the file."""

    def __init__(
        self, screen: DeskScreen, verbs: Verbs, prefill: str | Mapping[str, str], title: str,
        understander: Understander, kinds: Sequence[str] = MORE, *, notes: bool = False,
    ) -> None:  # fmt: skip
        """title: on the card. kinds: the fields behind "more". notes: whether a line may be kept as a note instead."""
        self._screen, self._verbs, self._understander = screen, verbs, understander
        self._waits = False
        self._events: Sequence[Event] = ()
        """What was written, to be told when the card is gone."""
        self.modal = CaptureModal(
            prefill, look=self._look, save=self._save, note=self._note if notes else None,
            complete=understander.complete, moment=screen.moment, calendar=understander.calendar, asks=title,
            day_first=understander.day_first, kinds=kinds,
        )  # fmt: skip

    def write(self, desk: Desk, texts: Sequence[str], create: bool) -> tuple[Event, ...]:
        """Write the lines. Raises FuError."""
        raise NotImplementedError

    def done(self, events: Sequence[Event]) -> None:
        """They are written, and the card is gone."""
        self._verbs.publish(events)

    def end(self) -> None:
        """The card is gone: what waits to be written is called off, what was written is told."""
        if self._waits:
            self._verbs.waiting.give_up()
        if self._events:
            self.done(self._events)

    def _look(self, text: str) -> Look:
        """What the line means so far. While a save waits, another letter calls it off."""
        if self._waits:
            self._verbs.waiting.give_up()
        return self._understander.look(text)

    def _save(self, texts: Sequence[str], create: bool) -> str:
        return self._run(lambda desk: self.write(desk, texts, create), note=False)

    def _note(self, text: str, create: bool) -> str:
        """Keep one line as a note; the card may stay for the others."""
        return self._run(
            lambda desk: desk.note(self._understander.resolve(desk, text)[1], create=create), note=True
        )

    def _run(self, verb: Verb, *, note: bool) -> str:
        """Run a verb; returns why it could not be written, empty where it was."""
        if self._waits:
            return WAITS
        try:
            self._wrote(verb(self._screen.desk), note)
        except StorageBusy:
            self._waits = True
            self._screen.run_worker(self._later(verb, note), exclusive=False)
            return WAITS
        except FuError as error:
            return self.why(error)
        return ""

    def _wrote(self, events: Sequence[Event], note: bool) -> None:
        if note and len(self.modal.lines) > 1:
            self._verbs.publish(events)
        else:
            self._events = events

    def why(self, error: FuError) -> str:
        """What the card says of a refusal."""
        return str(error)

    async def _later(self, verb: Verb, note: bool) -> None:
        """Run the verb when the other process lets go of the file; another letter, or leaving, calls it off."""
        try:
            events = await self._verbs.waiting.run(verb)
        except FuError as error:
            self.modal.tell(self.why(error))
            return
        finally:
            self._waits = False
        if events is None:
            return
        if self.modal.is_current:
            self._wrote(events, note)
            self.modal.written(note=note)
        else:
            self.done(events)


class Capturing(Writing):
    """New follow-ups, from the first letter to the saved tasks."""

    def __init__(
        self, screen: DeskScreen, verbs: Verbs, prefill: str, title: str, *, about: bool = False
    ) -> None:
        """about: whom `prefill` names stays meant where what is typed instead names nobody."""
        understander = Understander(screen, about=prefill if about else "")
        super().__init__(screen, verbs, prefill, title, understander, notes=True)
        self._prefill = prefill
        self._first = screen.draft.text
        self._before = screen.draft.text if prefill != screen.draft.text else ""
        self._keeping = screen.set_interval(DRAFT_EVERY, self._keep)
        screen.keep_draft = self._keep

    def write(self, desk: Desk, texts: Sequence[str], create: bool) -> tuple[Event, ...]:
        """All lines or none."""
        return desk.add_all([self._understander.resolve(desk, text)[1] for text in texts], create=create)

    def done(self, events: Sequence[Event]) -> None:
        """What was saved is no draft any more; what was the draft before is offered again."""
        self._screen.draft.text = self._before
        self._screen.draft.save()
        super().done(events)

    def _keep(self) -> None:
        """Keep what is typed as the draft; what was only offered is none."""
        draft, typed = self._screen.draft, self.modal.lines.draft
        text = typed if typed != self._prefill else self._first
        if text != draft.text:
            draft.text = text
            draft.save()

    def end(self) -> None:
        """The card is gone; what was not saved stays the draft."""
        self._keeping.stop()
        self._screen.keep_draft = self._screen.draft.save
        self._keep()
        super().end()
