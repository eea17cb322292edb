"""The way of a deal: from stage to stage, won, lost, opened again, parked for a while. One rule: each says what becomes
of the cadence that ran, and begins what belongs to where the deal now is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fu_tui.core.clock import civil_day
from fu_tui.core.dates_words import day_words
from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import Event, TasksMoot
from fu_tui.core.events_life import DealMoved, DealParked, DealUnparked
from fu_tui.core.terms import EndReason, Lifecycle, Origin, StageKind, TaskKind
from fu_tui.core.terms_automation import Then
from fu_tui.queries.lists import contact_of_deal
from fu_tui.services.context import Context
from fu_tui.services.enroll import Start, Target, start_enrollment
from fu_tui.services.holding import hold, let_go
from fu_tui.services.running import end_enrollment, moot, running
from fu_tui.services.standin import NEVER_HELD
from fu_tui.store.lookup import Person, find_cadence, person
from fu_tui.store.models import Contact, Deal, Stage
from fu_tui.store.plans import newest_version
from fu_tui.store.unit import Unit, load

OF_CONVERSATION = (TaskKind.FOLLOW_UP, TaskKind.CALLBACK, TaskKind.REPLY, TaskKind.DECIDE)
"""Kinds of tasks that are talk with the contact; documents, approvals and the like outlive the talk."""


@dataclass(frozen=True, slots=True)
class Moving:
    """What a move to a stage would meet: to be shown before it is asked for."""

    stage_id: int
    stage: str
    kind: StageKind
    is_here: bool
    """Whether the deal is in it now."""
    expectation: str
    begins: str
    """The name of the cadence that belongs to the stage; empty where none does."""
    runs: tuple[str, ...]
    """Names of the cadences that run for the deal and are not that one: each is kept, replaced or stopped."""
    may_keep: bool
    """Whether they can be kept: not where the deal closes, nor a step that repeats until the stage changes."""


class Deals:
    """The verbs `move_stage`, `park` and `unpark`. Each takes several deals: all or none, one undo."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def moving(self, deal_id: int) -> tuple[Moving, ...]:
        """Each stage of the deal's pipeline, in order, and what a move there would meet. Raises NotFound."""
        db = self._context.db
        deal = load(db, Deal, deal_id)
        here = load(db, Stage, deal.stage)
        rows = db.rows(
            "SELECT id FROM stage WHERE pipeline = ? AND removed_by IS NULL ORDER BY position, id",
            (here.pipeline,),
        )
        return tuple(self._meets(deal, load(db, Stage, row[0])) for row in rows)

    def move_stage(
        self,
        deal_ids: Sequence[int],
        stage: str | None = None,
        *,
        then: Then | None = None,
        reason: str = "",
        on: date | None = None,
    ) -> tuple[Event, ...]:
        """Move deals to a stage of their pipeline; to the next one where none is named.

        then: what becomes of the cadence that runs; has to be said where another one does (keep, replace, stop).
        Won and lost end everything that runs; a deal that was won or lost is opened again by any other stage.
        reason: why it was lost. on: the day of delivery of what was won, today unless told.
        Raises Refused, NotFound for an unknown stage.
        """
        events: list[Event] = []
        with self._context.unit("move", reason.strip() or None) as work:
            for deal_id in self._context.chosen(deal_ids):
                deal = self._mine(work, deal_id)
                to = self._stage(work, deal, stage)
                events += self._move(work, deal, to, then, reason.strip(), on)
            moved = [event for event in events if isinstance(event, DealMoved)]
            what = moved[0].title if len(moved) == 1 else f"{len(moved)} deals"
            work.summary = f"moved {what} to {moved[0].stage}"
        return tuple(events)

    def park(self, deal_ids: Sequence[int], until: date, reason: str) -> tuple[Event, ...]:
        """Let deals rest until a day: their open tasks are held, what was left of their days is frozen.

        Raises Refused without a reason, for a day that is not ahead, or a deal that is closed.
        """
        if not reason.strip():
            raise Refused("Why is it parked?", "Name a reason: it is what tells you on the day it returns.")
        events: list[Event] = []
        with self._context.unit("park", reason.strip()) as work:
            for deal_id in self._context.chosen(deal_ids):
                deal = self._mine(work, deal_id)
                if deal.closed_at is not None:
                    raise Refused(f"{deal.title} is closed.", "Only an open deal can be parked.")
                if until <= civil_day(work.at, person(work.db, deal.owner).tz):
                    raise Refused(f"{day_words(until)} is not ahead.", "Name a day from tomorrow on.")
                work.update(Deal, deal.id, parked_until=until, park_reason=reason.strip())
                held = hold(work, _to_hold(work, deal.id))
                events.append(DealParked(deal.id, deal.title, until, held))
            work.summary = f"parked {_deals(events)} until {day_words(until)}: {reason.strip()}"
        return tuple(events)

    def unpark(self, deal_ids: Sequence[int]) -> tuple[Event, ...]:
        """Take deals up again before their day. Raises Refused for one that is not parked."""
        events: list[Event] = []
        with self._context.unit("unpark") as work:
            for deal_id in self._context.chosen(deal_ids):
                deal = self._mine(work, deal_id)
                if deal.parked_until is None:
                    raise Refused(f"{deal.title} is not parked.", "Nothing about it waits for a day.")
                events.append(unpark_one(self._context, work, deal))
            work.summary = f"took {_deals(events)} up again"
        return tuple(events)

    def _mine(self, work: Unit, deal_id: int) -> Deal:
        deal = work.load(Deal, deal_id)
        self._context.may_touch(deal.owner, f'"{deal.title}"')
        return deal

    def _stage(self, work: Unit, deal: Deal, name: str | None) -> Stage:
        here = work.load(Stage, deal.stage)
        stages = work.db.rows(
            "SELECT id, name, kind, position FROM stage WHERE pipeline = ? AND removed_by IS NULL ORDER BY position",
            (here.pipeline,),
        )
        if name is None:
            found = [row[0] for row in stages if row[3] > here.position and row[2] == StageKind.OPEN.value]
            if not found or here.kind is not StageKind.OPEN:
                raise Refused(f"{deal.title}: no open stage comes after {here.name}.", "Name one: Won, Lost.")
            return work.load(Stage, found[0])
        wanted = name.strip().casefold()
        found = [row[0] for row in stages if row[1].casefold() == wanted]
        found = found or [row[0] for row in stages if wanted and row[1].casefold().startswith(wanted)]
        if len(found) != 1:
            names = tuple(row[1] for row in stages)
            raise NotFound(
                f'There is no stage "{name}".', f"There are: {', '.join(names)}.", candidates=names
            )
        return work.load(Stage, found[0])

    def _meets(self, deal: Deal, stage: Stage) -> Moving:
        db = self._context.db
        rows = db.rows(
            "SELECT c.name, c.key, s.repeats FROM enrollment e JOIN cadence c ON c.id = e.cadence_id"
            " LEFT JOIN cadence_step s ON s.version_id = e.version_id AND s.no = e.current_step"
            " WHERE e.deal_id = ? AND e.state <> 'ended' AND e.removed_by IS NULL ORDER BY e.id",
            (deal.id,),
        )
        others = [row for row in rows if row[1] != stage.cadence_key]
        is_open = stage.kind is StageKind.OPEN
        begins = db.value(
            "SELECT name FROM cadence WHERE key = ? AND retired = 0 AND removed_by IS NULL",
            (stage.cadence_key,),
        )
        return Moving(
            stage.id, stage.name, stage.kind, stage.id == deal.stage, stage.expectation, begins or "",
            tuple(row[0] for row in others), is_open and not any(row[2] for row in others),
        )  # fmt: skip

    def _move(
        self, work: Unit, deal: Deal, to: Stage, then: Then | None, reason: str, on: date | None
    ) -> list[Event]:
        here = work.load(Stage, deal.stage)
        if here.id == to.id:
            raise Refused(f"{deal.title} is in {to.name} already.", "Name another stage.")
        contact_id, doer = conversation_of(self._context, deal)
        if to.kind is StageKind.WON:
            day = on or civil_day(work.at, person(work.db, deal.owner).tz)
            events = win(self._context, work, deal.id, contact_id, delivered_on=day, doer=doer, stage=to)
            return [_moved(deal, to, here, events), *_told(events)]
        if to.kind is StageKind.LOST:
            events = lose(self._context, work, deal.id, contact_id, reason=reason, doer=doer, stage=to)
            return [_moved(deal, to, here, events), *_told(events)]
        meets = self._meets(deal, to)
        runs = " and ".join(meets.runs)
        if meets.runs and then is None:
            raise Refused(f"{runs} runs for {deal.title}.", f"Say what becomes of it: {_choices(meets)}.")
        if meets.runs and then is Then.KEEP and not meets.may_keep:
            raise Refused(f"{runs} runs only until the stage changes.", "Replace it, or stop it.")
        if then is Then.REPLACE and not meets.begins:
            raise UsageError(f"No cadence belongs to {to.name}.", "Keep the one that runs, or stop it.")
        return self._on(work, deal, here, to, then, contact_id, doer)

    def _on(
        self,
        work: Unit,
        deal: Deal,
        here: Stage,
        to: Stage,
        then: Then | None,
        contact: int | None,
        doer: Person,
    ) -> list[Event]:
        """To an open stage: what ran is kept or ends, what belongs to the stage begins unless something is kept."""
        ended: list[Event] = []
        if then in (Then.REPLACE, Then.STOP):
            reason = EndReason.REPLACED if then is Then.REPLACE else EndReason.STOPPED
            own = "e.deal_id = ? AND e.cadence_id NOT IN (SELECT id FROM cadence WHERE key = ?)"
            for one in running(work.db, own, deal.id, to.cadence_key or ""):
                ended += end_enrollment(work, one.id, self._context.plan(one.version).name, reason)
        reopened = here.kind is not StageKind.OPEN
        work.update(
            Deal, deal.id, stage=to.id, stage_entered_at=work.at, stage_entered_estimated=False, closed_at=None,
            lost_reason=None,
        )  # fmt: skip
        if deal.parked_until is not None:
            ended.append(unpark_one(self._context, work, deal))
        begun: list[Event] = []
        if to.cadence_key and not running(work.db, "e.deal_id = ?", deal.id) and then is not Then.STOP:
            begun.append(start(self._context, work, to.cadence_key, Target(contact, deal.id), Start(), doer))
        moved = _moved(deal, to, here, ended)
        return [moved._replace(reopened=reopened), *_told(ended), *begun]


# --- what the close of a task and the move of a deal share


def win(
    context: Context,
    work: Unit,
    deal_id: int,
    contact_id: int | None,
    *,
    delivered_on: date,
    doer: Person,
    follows: int | None = None,
    stage: Stage | None = None,
) -> list[Event]:
    """The deal is won, inside an open transaction: what ran ends, onboarding counts from the day of delivery.

    What was made by hand on the deal stays. follows: the task whose close says it. Raises Refused where the pipeline
    has no stage for it.
    """
    shut_deal(work, deal_id, StageKind.WON, stage, delivered_on=delivered_on, lost_reason=None)
    if contact_id is not None:
        work.update(Contact, contact_id, lifecycle=Lifecycle.CUSTOMER)
    kinds = ", ".join(f"'{kind.value}'" for kind in OF_CONVERSATION)
    events = [
        *_end_all(context, work, deal_id, EndReason.DEAL_WON),
        *moot(
            work, f"deal_id = ? AND origin IN (?, ?) AND kind IN ({kinds})", deal_id, Origin.CADENCE.value,
            Origin.TRIGGER.value,
        ),
    ]  # fmt: skip
    _let_go(context, work, deal_id)  # what was made by hand and rested with the deal rests no longer
    key = (stage.cadence_key if stage else None) or "onboarding"
    begin = Start(delivered_on, follows=follows, may_be_closed=True)
    return [*events, start(context, work, key, Target(contact_id, deal_id), begin, doer)]


def lose(
    context: Context,
    work: Unit,
    deal_id: int,
    contact_id: int | None,
    *,
    reason: str,
    doer: Person,
    follows: int | None = None,
    stage: Stage | None = None,
    on: date | None = None,
) -> list[Event]:
    """The deal is lost, inside an open transaction: nothing about it stays open, its contact is asked for feedback.

    follows: the task whose close says it. on: the day it was, today unless told. Raises Refused where the pipeline
    has no stage for it.
    """
    shut_deal(work, deal_id, StageKind.LOST, stage, lost_reason=reason or None)
    from fu_tui.services.occurrences import end_over  # it asks this room which kinds are talk

    ended = _end_all(context, work, deal_id, EndReason.DEAL_LOST)
    gone = moot(work, "deal_id = ?", deal_id)
    events = [*ended, *gone, *end_over(work, "deal_id = ?", deal_id)]
    # A lost deal is closed, so its contact carries on.
    target = Target(contact_id, deal_id if contact_id is None else None)
    key = (stage.cadence_key if stage else None) or "lost"
    begin = Start(on, follows=follows, may_be_closed=True)
    return [*events, start(context, work, key, target, begin, doer)]


def shut_deal(work: Unit, deal_id: int, kind: StageKind, stage: Stage | None = None, **more: object) -> None:
    """Move a deal to a stage of `kind`, the first of its pipeline unless told; a parked one is parked no longer."""
    found = stage.id if stage else work.db.value(
        "SELECT id FROM stage WHERE kind = ? AND removed_by IS NULL AND pipeline ="
        " (SELECT pipeline FROM stage WHERE id = (SELECT stage_id FROM deal WHERE id = ?))"
        " ORDER BY position LIMIT 1",
        (kind.value, deal_id),
    )  # fmt: skip
    if found is None:
        raise Refused(
            f"The deal's pipeline has no stage for {kind} deals.", "Add one, then close this again."
        )
    work.update(
        Deal, deal_id, stage=found, stage_entered_at=work.at, stage_entered_estimated=False, closed_at=work.at,
        parked_until=None, park_reason=None, **more,
    )  # fmt: skip


def start(context: Context, work: Unit, key: str, target: Target, begin: Start, doer: Person) -> Event:
    """Begin the newest version of a cadence; a NotEnrolled with its reason where that can't be."""
    version = newest_version(work.db, find_cadence(work.db, key).id)
    return start_enrollment(context, work, version, target, begin, doer)


def unpark_one(context: Context, work: Unit, deal: Deal) -> DealUnparked:
    """Take a parked deal up again inside an open transaction: what nothing else holds comes back."""
    work.update(Deal, deal.id, parked_until=None, park_reason=None)
    return DealUnparked(deal.id, deal.title, _let_go(context, work, deal.id))


def _let_go(context: Context, work: Unit, deal_id: int) -> tuple[int, ...]:
    """Open what a deal's park held and nothing else holds. Returns the tasks' ids."""
    held = work.db.rows("SELECT id FROM task WHERE deal_id = ? AND status = 'held' ORDER BY id", (deal_id,))
    return tuple(task_id for (task_id,) in held if let_go(context, work, task_id, "the deal's return"))


def _end_all(context: Context, work: Unit, deal_id: int, reason: EndReason) -> list[Event]:
    events: list[Event] = []
    for one in running(work.db, "e.deal_id = ?", deal_id):
        events += end_enrollment(work, one.id, context.plan(one.version).name, reason)
    return events


def _to_hold(work: Unit, deal_id: int) -> list[int]:
    never = ", ".join(f"'{kind.value}'" for kind in NEVER_HELD)
    rows = work.db.rows(
        f"SELECT id FROM task WHERE deal_id = ? AND status = 'open' AND kind NOT IN ({never}) ORDER BY id",
        (deal_id,),
    )
    return [row[0] for row in rows]


def conversation_of(context: Context, deal: Deal) -> tuple[int | None, Person]:
    """With whom the deal is talked about, and by whom: of what runs for it, else its first contact and its owner."""
    row = context.db.row(
        "SELECT contact_id, assignee_id FROM enrollment WHERE deal_id = ? AND state <> 'ended' AND removed_by IS NULL"
        " ORDER BY id DESC LIMIT 1",
        (deal.id,),
    ) or (None, deal.owner)
    return row[0] or contact_of_deal(context.db, deal.id), person(context.db, row[1])


def _moved(deal: Deal, to: Stage, here: Stage, events: Sequence[Event]) -> DealMoved:
    gone = tuple(task for event in events if isinstance(event, TasksMoot) for task in event.task_ids)
    reopened = here.kind is not StageKind.OPEN and to.kind is StageKind.OPEN
    return DealMoved(deal.id, deal.title, to.name, reopened, gone)


def _told(events: Sequence[Event]) -> list[Event]:
    """What is told beside the move: what ended, came back or begins; what is moot is part of it."""
    return [event for event in events if not isinstance(event, TasksMoot)]


def _choices(meets: Moving) -> str:
    words = [*(["keep"] if meets.may_keep else []), *(["replace"] if meets.begins else []), "stop"]
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def _deals(events: Sequence[Event]) -> str:
    return str(getattr(events[0], "title", "")) if len(events) == 1 else f"{len(events)} deals"
