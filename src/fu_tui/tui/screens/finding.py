"""Finding: every action, contact, deal, account and open task from one field, and the card of what was found. One rule:
what is chosen is done by the desk as if its own key had been pressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import NotFound
from fu_tui.core.spoken import fold, spoken, starts
from fu_tui.core.terms import Bucket
from fu_tui.core.triage import why_disabled
from fu_tui.queries.rows import QueueRow, Record
from fu_tui.settings.actions import ACTIONS, BY_ID, Action
from fu_tui.tui.modals.palette import KINDS, SIGNS, Chosen, Offer, Palette
from fu_tui.tui.modals.record import RecordAnswer, RecordModal
from fu_tui.tui.screens.asking import Conversation, OfRecord

RECORDS = {"contact": 6, "deal": 4, "account": 3}
"""Kinds of records, and how many of each stand beside the others."""
TASKS = 5
ONLY = 50
"""Hits where only one kind is looked for."""
REMEMBERED = 6
OF_A_CARD = {"log": "task.log", "stage": "task.stage", "park": "task.park", "hand off": "task.handoff"}
"""What is done to a card's contact or deal → the action whose key does it."""
SENTENCE_FROM = 3
"""Letters of a word that is looked for in what actions do: fewer begin a word of nearly every sentence."""
SIGIL = {"contact": "@", "account": "@", "deal": "#"}
"""Before a record in a captured line."""
_LAST = 99
_NEEDED_MOST_FIRST = sorted(ACTIONS, key=lambda action: action.footer or _LAST)

ALSO = {
    "go.paused": "take up unpark resume",
    "go.absences": "holiday vacation",
    "go.calendar": "holiday vacation",
}
"""Action → other words that people call it by."""


class Finding(Conversation):
    """ctrl+p and `:`, contacts, deals."""

    async def palette(self) -> None:
        """Find anything."""
        await self._find("")

    async def contacts(self) -> None:
        """Find a contact."""
        await self._find(SIGNS["contact"])

    async def deals(self) -> None:
        """Find a deal."""
        await self._find(SIGNS["deal"])

    async def _find(self, typed: str) -> None:
        """Ask until something is done: escape on a card leads back to what was typed."""
        while (chosen := await self.ask(Palette(typed, find=self._hits))) is not None:
            typed = chosen.typed
            self._remember(chosen)
            hit = chosen.hit
            if hit.kind == "action":
                self._screen.action_do(hit.key)
            elif hit.kind == "task":
                self.go_to(int(hit.key))
            elif not await self._read(hit.kind, int(hit.key)):
                continue
            return

    def _remember(self, chosen: Chosen) -> None:
        hit, found = chosen.hit, self._screen.found
        found[:] = [hit, *(other for other in found if other[:2] != hit[:2])][:REMEMBERED]

    # --- what is found

    def _hits(self, typed: str) -> Sequence[Offer]:
        """What the typed letters may mean; nothing where another process holds the file at this moment."""
        hits: list[Offer] = []
        with self._screen.guard():
            hits = list(self._found(typed))
        return hits

    def _found(self, typed: str) -> Iterator[Offer]:
        only = KINDS.get(typed[:1])
        words = typed[1:] if only else typed
        if only == "action":
            yield from self._actions(words, named=True)
            if words.strip():
                yield from self._actions(words, named=False)
        elif only:
            yield from self._records(only, words, ONLY)
        elif not words.strip():
            yield from map(self._as_it_is_now, self._screen.found)
            known = {hit.key for hit in self._screen.found if hit.kind == "action"}
            yield from (hit for hit in self._actions("", named=True) if hit.key not in known)
        else:
            yield from self._actions(words, named=True)
            for kind, most in RECORDS.items():
                yield from self._records(kind, words, most)
            yield from map(self._task, self._screen.desk.find_tasks(words, TASKS))
            yield from self._actions(words, named=False)

    def _actions(self, typed: str, *, named: bool) -> Iterator[Offer]:
        """The actions whose name holds the words (`named`), or whose sentence does, the most needed first."""
        wanted = [fold(word) for word in spoken(typed)]
        if (typed.strip() and not wanted) or (not named and min(map(len, wanted)) < SENTENCE_FROM):
            return
        for action in _NEEDED_MOST_FIRST:
            name = starts(f"{action.label} {action.id.partition('.')[2]} {ALSO.get(action.id, '')}")
            sentence = [*name, *starts(action.tooltip)]
            if (
                _all_begin(wanted, name)
                if named
                else not _all_begin(wanted, name) and _all_begin(wanted, sentence)
            ):
                yield self._action(action)

    def _action(self, action: Action) -> Offer:
        why = why_disabled(action.id, self._screen.verbs.situation())
        return Offer("action", action.id, action.label, action.tooltip, self._screen.key_of(action.id), why)

    def _as_it_is_now(self, hit: Offer) -> Offer:
        return self._action(BY_ID[hit.key]) if hit.kind == "action" else hit

    def _records(self, kind: str, typed: str, limit: int) -> Iterator[Offer]:
        for found in self._screen.desk.suggest(kind, typed, limit):
            yield Offer(kind, str(found.id), found.name, found.aside)

    def _task(self, row: QueueRow) -> Offer:
        whom = " · ".join(part for part in (row.contact, row.account) if part) or row.deal or ""
        whose = "" if row.owner_id == self._screen.desk.me.id else f"{row.owner} · "
        return Offer("task", str(row.id), row.action, whom, f"{whose}{self._day(row)}")

    def _day(self, row: QueueRow) -> str:
        moment = self._screen.moment
        return exact_day(row.due_on, row.due_at, today=moment.today, tz=moment.tz)

    # --- what becomes of it

    async def _read(self, kind: str, record_id: int) -> bool:
        """Show a record, and those that are opened from it; False where escape led back out."""
        trail, said = [(kind, record_id)], ""
        while trail:
            try:
                record = self._screen.desk.record(*trail[-1])
            except NotFound as gone:
                self._screen.warn(str(gone))
                trail.pop()
                continue
            answer = await self._show(record, said)
            said = ""
            if answer is None:
                trail.pop()
            elif answer.does == "task":
                self.go_to(answer.id)
                return True
            elif answer.does == "add":
                await self._add(record)
            elif answer.does in OF_A_CARD:
                said = await self._do(answer.does, record)
            else:
                trail.append((answer.does, answer.id))
        return False

    async def _show(self, record: Record, said: str) -> RecordAnswer | None:
        screen = self._screen
        keys = {
            does: screen.key_of(action) for does, action in OF_A_CARD.items() if can_be_done(record, does)
        }
        return await self.ask(
            RecordModal(
                record, screen.moment, screen.desk.me.id, add_key=screen.key_of("task.add") or "a", copy=self._copy,
                verbs={key: does for does, key in keys.items() if key}, said=said,
            )
        )  # fmt: skip

    async def _do(self, does: str, record: Record) -> str:
        """Do to the card's contact or deal what its key does to a row. Returns what was done, in words."""
        from fu_tui.tui.screens.happening import Happening
        from fu_tui.tui.screens.living import Living

        self._verbs.told = ""
        deal = record.kind == "deal"
        about = OfRecord(
            f"{record.kind} {record.id}", record.name, account=record.account,
            **{f"{record.kind}_id": record.id, record.kind: record.name},  # type: ignore[arg-type]
        )  # fmt: skip
        living = Living(self._screen, self._verbs)
        if does == "log":
            await Happening(self._screen, self._verbs).log(about)
        elif does == "hand off":
            await living.handoff(about)
        elif deal:
            await (living.stage if does == "stage" else living.park)([about])
        return self._verbs.told

    async def _add(self, record: Record) -> None:
        """Capture a next step for whom the card is of."""
        from fu_tui.tui.modals.capture_line import mark
        from fu_tui.tui.screens.adding import Adding
        from fu_tui.tui.screens.understanding import named

        sigil = SIGIL.get(record.kind, "")
        kind = "link" if record.kind == "deal" else record.kind
        about = f" {mark(sigil, named(self._screen.desk, kind, record.id, record.name))} " if sigil else ""
        await Adding(self._screen, self._verbs).about(about)

    def _copy(self, text: str) -> str:
        from fu_tui.tui.clipboard import copy

        return f"Copied {copy(self._app, text)}."

    def go_to(self, task_id: int) -> None:
        """Put the cursor on an open task, in its owner's queue where it is not in this one."""
        screen = self._screen
        before = screen.view.view.scope
        row = screen.view.reach(task_id)
        if row is None:
            screen.warn("That task is not open any more.")
            return
        screen.moving.row = row
        screen.beyond.open_for(screen.view.bucket_of(row))
        screen.reload(follow=True)
        if row.hidden_until is not None and screen.view.bucket_of(row) is Bucket.HIDDEN:
            until = exact_day(row.hidden_until, today=screen.moment.today)
            screen.say(f'"{row.action}" is hidden until {until}.')
        elif screen.view.view.scope != before:
            back = screen.key_of("queue.scope")
            screen.say(f"The queue of {row.owner}." + (f" {back} goes back to yours." if back else ""))


def can_be_done(record: Record, does: str) -> bool:
    """Whether a verb is for such a record: only a deal has a stage and can rest, and only while it is open."""
    if record.deal is None:
        return record.kind == "contact" and does in ("log", "hand off")
    return does != "park" or record.deal.is_open


def _all_begin(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in wanted)
