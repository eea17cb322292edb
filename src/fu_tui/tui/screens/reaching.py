"""Reaching the person of a task: copy a number, open a mail. One rule: nothing is written, and what was done is
said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from fu_tui.core.terms import Channel
from fu_tui.core.triage import why_disabled
from fu_tui.tui.clipboard import copy
from fu_tui.tui.mailing import mailto, open_mail
from fu_tui.tui.modals.reach import ALL, NAME, CopyModal
from fu_tui.tui.present.reach import Way, ways
from fu_tui.tui.screens.asking import Conversation

if TYPE_CHECKING:
    from fu_tui.queries.rows import Card

Result = TypeVar("Result")


class Reaching(Conversation):
    """`y` and `M`."""

    async def copy(self) -> None:
        """`y`: the number or the address; asks which where there are several."""
        card = self._card("card.copy")
        if card is None:
            return
        name, known = card.row.contact or "", ways(card)
        if not known:
            self._copied(name, " (no phone and no e-mail is known)")
        elif len(known) == 1:
            self._copied(known[0].text)
        else:
            asked_by = dict(self._screen.EFFECTIVE).get("card.copy", ())
            answer = await self.ask(CopyModal(name, known, asked_by[0] if asked_by else ""))
            if answer == NAME:
                self._copied(name)
            elif answer == ALL:
                self._copied(", ".join((name, *(way.text for way in known))))
            elif answer is not None:
                self._copied(known[int(answer)].text)

    def _copied(self, text: str, aside: str = "") -> None:
        self._screen.say(f"Copied {copy(self._app, text)}{aside}")

    async def mail(self) -> None:
        """`M`: the mail program, with the address and the action as the subject."""
        card = self._card("card.mail")
        if card is None:
            return
        address = next(way for way in ways(card) if way.channel is Channel.MAIL)
        self._screen.say(f"Opening a mail to {address.text} …", stay=True)
        # Not awaited here: the keys are the desk's while the program starts.
        self._screen.run_worker(self._open(address, card.row.action), exclusive=False)

    async def _open(self, address: Way, subject: str) -> None:
        link = mailto(address.text, subject)
        if await beside(lambda: open_mail(link)):
            aside = " They opted out of mail." if address.note == "opted out" else ""
            self._screen.say(f"A mail to {address.text} is open in your mail program.{aside}")
        else:
            self._screen.say(f"No mail program opens here. Copied {copy(self._app, address.text)}", stay=True)

    def _card(self, action_id: str) -> Card | None:
        """The card under the cursor, read anew; None where nobody can be reached, which is said."""
        screen, row = self._screen, self._screen.moving.row
        card = screen.desk.card(row.id, "") if row else None
        reason = why_disabled(action_id, self._verbs.situation(card))
        if reason:
            screen.warn(reason)
        return None if reason else card


async def beside(work: Callable[[], Result]) -> Result:
    """What `work` returns, done in a thread that nobody waits for when the app ends."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result) -> None:
        if not done.done():
            done.set_result(result)

    def run() -> None:
        result = work()
        with suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(settle, result)

    Thread(target=run, daemon=True).start()
    return await done
