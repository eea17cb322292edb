"""The first start, from the first question to the desk. One rule: nothing is made before everything was asked, and then
a whole database or none; whoever leaves before is asked again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from fu_tui import bootstrap
from fu_tui.core.clock import Clock
from fu_tui.core.errors import FuError
from fu_tui.settings import paths
from fu_tui.settings.config import with_keys_of
from fu_tui.settings.draft import Draft, draft_file
from fu_tui.settings.profiles import Profile
from fu_tui.settings.remembered import Remembered
from fu_tui.settings.written import set_value
from fu_tui.tui.modals.bringing import PathModal, ProgressModal, WhoseModal
from fu_tui.tui.modals.first import DEMO, IMPORT, NAME, START, FirstAnswers, FirstKeysModal, FirstModal

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from fu_tui.bootstrap import Incoming, Progress
    from fu_tui.tui.app import FuApp

Found = TypeVar("Found")
SEEN = "first.keys_seen"
"""Whether the twelve keys were shown."""
SAID = ("name", "profile", "country")
"""What is remembered under first.… while the demo is looked at."""
INVENTED = (
    "Invented data in a file of its own. q leaves, and fu asks you again; fu --demo comes back here,"
    " fu --demo list prints it."
)


class GivenUp(Exception):
    """The person stopped something long."""


class FirstRun:
    """The conversation of the first start."""

    def __init__(self, clock: Clock, memory: Remembered) -> None:
        """memory: what is remembered between runs."""
        self._clock, self._memory = clock, memory
        self._held = ExitStack()
        self._path = ""
        self._app: FuApp

    def shut(self) -> None:
        """Let go of the demo, if it was opened."""
        self._held.close()

    async def begin(self, app: FuApp) -> None:
        """Ask, make what is to be made, and open the desk."""
        self._app = app
        app.opening.add(self)
        try:
            answers, at = self._known(), NAME
            while True:
                answers = await self._ask(FirstModal(answers, bootstrap.countries, at)) or answers
                if answers.start == DEMO:
                    return await self._demo(answers)
                if answers.start != IMPORT:
                    return await self._start(answers, None, "")
                found = await self._files(answers)
                if found:
                    return await self._start(answers, *found)
                at = START
        finally:
            app.opening.discard(self)

    # --- the ends

    async def _start(self, answers: FirstAnswers, incoming: Incoming | None, me: str) -> None:
        """Make the database, take the files in, open the desk."""
        problem = self._keep_profile(answers.profile)
        await asyncio.to_thread(
            bootstrap.begin, self._clock, name=answers.name, country=answers.country or None
        )
        said = ""
        if incoming:
            alone = answers.profile == Profile.SOLO
            try:
                said = await self._long("Writing", lambda tell: bootstrap.take_in(
                    incoming, self._clock, me=me, alone=alone, progress=tell))  # fmt: skip
            except GivenUp:
                problem = "The import was stopped; nothing of it was taken. `fu import` takes it later."
            except FuError as error:
                problem = f"Nothing was imported. {error}"
        self._app.settings = with_keys_of(self._app.settings, paths.config_file())
        await self._enter(None, None)
        desk = self._app.desk_screen
        took = _took(answers.country, desk.key_of("go.calendar"))
        await self._keys(took)
        if problem:
            desk.warn(problem)
        elif said:
            desk.say(said, back="journal.undo")
        else:
            desk.say(took)

    async def _demo(self, answers: FirstAnswers) -> None:
        """Open the demo; what was said is offered again the next time."""
        for name in SAID:
            self._memory.set(f"first.{name}", getattr(answers, name))
        demo = bootstrap.demo(self._clock)
        path = await asyncio.to_thread(self._held.enter_context, demo)
        await self._enter(str(path), bootstrap.DEMO_USER, badge="DEMO")
        await self._keys(INVENTED)
        self._app.desk_screen.say(INVENTED)

    async def _enter(self, db: str | None, user: str | None, *, badge: str = "") -> None:
        def opened(patience: float) -> bootstrap.Desk:
            return bootstrap.open_desk(db, user, clock=self._clock, patience=patience, environ={})

        draft = Draft(draft_file(paths.state_dir(), bootstrap.place(db)))
        await self._app.enter(opened, draft, badge)

    async def _keys(self, about: str) -> None:
        """The keys to begin with, the first time; later only the sentence above them, if there is one."""
        if not self._memory.get(SEEN, False):
            self._memory.set(SEEN, True)
            await self._ask(FirstKeysModal(self._app.settings.bindings, about))

    # --- what is asked

    def _known(self) -> FirstAnswers:
        """The answers that are there already: what was said before the demo, else what the system knows."""
        name, profile, country = (self._memory.get(f"first.{name}", "") for name in SAID)
        known = profile if profile in tuple(Profile) else self._app.settings.profile
        return FirstAnswers(name or bootstrap.person_name(), known, country)

    async def _files(self, answers: FirstAnswers) -> tuple[Incoming, str] | None:
        """Files that were read, and who of their owners the person is; None where they went back."""
        problem = ""
        alone = answers.profile == Profile.SOLO
        while True:
            typed = await self._ask(PathModal(self._path, problem, bootstrap.complete_path))
            if typed is None:
                return None
            self._path = typed
            try:
                incoming = await self._long("Reading", partial(bootstrap.read_files, typed))
            except GivenUp:
                problem = ""
                continue
            except FuError as error:
                problem = str(error)
                continue
            problem = ""
            me = await self._ask(WhoseModal(incoming.lines, incoming.owners, answers.name, alone=alone))
            if me is not None:
                return incoming, me

    async def _long(self, title: str, work: Callable[[Progress], Found]) -> Found:
        """Do something long in a thread, behind a bar that escape stops. Raises GivenUp then, else as `work` does."""
        share, stopped = 0.0, False

        def tell(done: int, total: int) -> None:
            nonlocal share
            if stopped:
                raise GivenUp
            share = done / max(total, 1)

        def stop() -> None:
            nonlocal stopped
            stopped = True

        bar = ProgressModal(title, lambda: share, stop)
        self._app.push_screen(bar)
        self._app.opening.discard(self)  # escape is for the bar
        try:
            return await asyncio.to_thread(work, tell)
        finally:
            stop()
            self._app.opening.add(self)
            bar.dismiss(None)

    def _keep_profile(self, profile: str) -> str:
        """Write the profile down where it is another than counts now. Returns why it could not be, if so."""
        if profile == self._app.settings.profile:
            return ""
        try:
            set_value(paths.config_file(), "desk", "profile", profile)
        except FuError as error:
            return f"How you work could not be kept: {error}"
        return ""

    async def _ask(self, modal: ModalScreen[Found | None]) -> Found | None:
        """Show a question and wait for its answer; keys that are typed in between wait for the next one."""
        answer: Awaitable[Found | None] = self._app.push_screen(modal, wait_for_dismiss=True)
        self._app.opening.discard(self)
        found = await answer
        self._app.opening.add(self)
        return found


def _took(country: str, key: str) -> str:
    """Whose public holidays are days off from now on, and where that is changed."""
    name = dict(bootstrap.countries()).get(country, "") if country else ""
    took = f"The public holidays of {name} are days off" if name else "No public holidays are days off"
    return took + (f"; {key} changes that." if key else ".")
