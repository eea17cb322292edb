"""Making, changing and ending series: renewals, inspections, check-ins on a fixed day (R115–R118). One rule: whatever
is changed, a series has one open task, and no day of it comes twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fu_tui.core.channels import channel_of
from fu_tui.core.dates_words import exact_day
from fu_tui.core.errors import Conflict, NotFound, Refused
from fu_tui.core.events import Event
from fu_tui.core.events_life import SeriesAdded, SeriesEdited
from fu_tui.core.lint import check
from fu_tui.core.repeats import parse_rrule
from fu_tui.core.repeats_words import Said, read_repeat, repeat_words
from fu_tui.core.terms import Priority, TaskKind, TaskStatus
from fu_tui.core.terms_automation import SeriesState
from fu_tui.core.text import clean_text
from fu_tui.queries.series import sales_conversation
from fu_tui.services.absences import apply
from fu_tui.services.context import Context
from fu_tui.services.occurrences import (
    ahead,
    end,
    make,
    occurrence,
    open_task,
    skip_occurrence,
    spent,
    why_over,
)
from fu_tui.services.spawn import Links
from fu_tui.store.lookup import find_person, person
from fu_tui.store.models import Contact, Deal, Series, Task
from fu_tui.store.unit import NothingToDo, Unit, load

NEVER = "It never falls on a day from today on."


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is to be different; None: as it is."""

    action: str | None = None
    every: str | None = None
    start_on: date | None = None
    owner: str | None = None
    priority: Priority | None = None
    body: str | None = None


class SeriesVerbs:
    """The verbs `add_series`, `edit_series`, `end_series` and `skip_series`; and what one would be."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def series_days(
        self, every: str, start_on: date | None = None, count: int = 3
    ) -> tuple[str, tuple[date, ...]]:
        """How a rhythm is understood, in words, and its first due days; nothing is written. Raises UsageError."""
        said, start = self._said(every, start_on)
        draft = Series(action="", rule=said.repeat.text, start_on=start, owner=self._context.me.id)
        return repeat_words(said.repeat, start), ahead(self._context, draft, count)

    def series_ahead(self, series_id: int, count: int = 3) -> tuple[date, ...]:
        """The days on which a series is due after its open task, if each is done on its day; nothing is written."""
        db = self._context.db
        series = load(db, Series, series_id)
        row = db.row(
            "SELECT occurrence_on, due_on FROM task WHERE series_id = ? AND status IN ('open', 'held')",
            (series_id,),
        )
        if row is None:
            return ahead(self._context, series, count, spent(db, series_id))
        return ahead(self._context, series, count, *map(date.fromisoformat, row))

    def add_series(
        self,
        action: str,
        every: str,
        *,
        about: tuple[int | None, int | None, int | None] = (None, None, None),
        start_on: date | None = None,
        owner: str | None = None,
        kind: TaskKind = TaskKind.FOLLOW_UP,
        priority: Priority = Priority.NORMAL,
        body: str = "",
        force: bool = False,
    ) -> tuple[Event, ...]:
        """Make a series and its first task.

        about: the ids of a contact, a deal and an account. every: the rhythm, in words or as an RRULE.
        start_on: the day it counts from; today unless told or named in the words. owner: whose it is; who acts unless
        told. force: even on a sales conversation, or in a wording that is refused otherwise.
        Raises Refused, UsageError, NotFound.
        """
        context, links = self._context, Links(*about)
        action = self._worded(action, force)
        said, start = self._said(every, start_on)
        sales = sales_conversation(context.db, links.contact_id, links.deal_id)
        if sales and not force:
            raise sales_refusal(sales)
        whose = find_person(context.db, owner) if owner else context.me
        _, calendar, today = context.desk_of(whose.id)
        with context.unit("series") as work:
            series_id = work.insert(
                Series, action=action, rule=said.repeat.text, start_on=start, kind=kind,
                priority=priority, body=clean_text(body, one_line=False).strip(),
                channel=channel_of(action), contact=links.contact_id, deal=links.deal_id,
                account=_account(work, links), owner=whose.id, created_at=work.at,
            )  # fmt: skip
            series = work.load(Series, series_id)
            if why := why_over(work.db, series):
                raise Refused(
                    f"Nothing is begun here: {why}.", "Make it about somebody else, or about nobody."
                )
            found = occurrence(series, today=today, calendar=calendar)
            if found is None:
                raise Refused(NEVER, "Name another end, or another first day.")
            task_id = make(work, series, found)
            words = repeat_words(said.repeat, start)
            work.summary = f'made the series "{action}", {words}'
        return (SeriesAdded(series_id, action, words, task_id, found.due.due_on, whose.name),)

    def edit_series(
        self,
        series_id: int,
        *,
        action: str | None = None,
        every: str | None = None,
        start_on: date | None = None,
        owner: str | None = None,
        priority: Priority | None = None,
        body: str | None = None,
        force: bool = False,
    ) -> tuple[Event, ...]:
        """Change a series that goes on; its open task changes with it, and no other is made (R117).

        What is None stays; the rest is as in `add_series`.

        Returns no event where nothing would differ. Raises Refused, UsageError, NotFound.
        """
        context, changes = self._context, _Changes(action, every, start_on, owner, priority, body)
        absent: list[Event] = []
        with context.unit("series") as work:
            series = self._active(work, series_id)
            values, said = self._values(series, changes, force)
            task = open_task(work, series_id)
            if not values:
                raise NothingToDo
            work.update(Series, series_id, **values)
            series = work.load(Series, series_id)
            if task is not None:
                work.update(Task, task.id, **self._of_task(work, series, task, values))
                if "owner" in values:
                    work.verb = "reassign"
                    absent = apply(context, work, [series.owner], [task.id])
                if "rule" in values or "start_on" in values:
                    said.append(exact_day(work.load(Task, task.id).due_on, today=context.today()))
            work.summary = f'changed the series "{series.action}"'
        if not values:
            return ()
        return (SeriesEdited(series_id, series.action, tuple(said), (task.id,) if task else ()), *absent)

    def end_series(self, series_id: int, *, keep: bool = False) -> tuple[Event, ...]:
        """End a series. Its open task is cancelled; with `keep` it stays, as a task of its own."""
        with self._context.unit("series") as work:
            series = self._active(work, series_id)
            task = open_task(work, series_id)
            if task is not None and keep:
                work.update(Task, task.id, series=None, occurrence_on=None)
            elif task is not None:
                work.update(Task, task.id, status=TaskStatus.CANCELLED, status_changed_at=work.at)
            ended = end(work, series, "it was ended", (task.id,) if task else ())
            work.summary = f'ended the series "{series.action}"'
        return (ended,)

    def skip_series(self, series_id: int, *, reason: str = "") -> tuple[Event, ...]:
        """Pass over the occurrence that is open: the next one comes. Raises Refused where it waits."""
        with self._context.unit("skip", reason or None) as work:
            series = self._active(work, series_id)
            task = open_task(work, series_id)
            if task is None:
                raise Refused(
                    f'"{series.action}" has no open task to skip.', "The next tick makes one: fu tick."
                )
            work.claim_open(task.id, None)
            events = skip_occurrence(self._context, work, task, reason)
            work.summary = f'skipped "{series.action}"'
        return tuple(events)

    def sales(self, contact_id: int | None, deal_id: int | None) -> str:
        """Why nothing should repeat about a contact or a deal, as a sentence; empty where it may."""
        found = sales_conversation(self._context.db, contact_id, deal_id)
        return sales_refusal(found).message if found else ""

    # --- parts

    def _said(self, every: str, start_on: date | None) -> tuple[Said, date]:
        today = self._context.today()
        said = read_repeat(every, today=today)
        return said, start_on or said.start_on or said.repeat.first_on(today)

    @staticmethod
    def _worded(action: str, force: bool) -> str:
        action = clean_text(" ".join(action.split()))
        refused = check(action).refused
        if refused and not (force and action):
            raise Refused(
                refused, "Save it as it is with --force." if action else "Say what to do, verb first."
            )
        return action

    def _active(self, work: Unit, series_id: int) -> Series:
        try:
            series = work.load(Series, series_id)
        except NotFound:
            raise NotFound(f"There is no series {series_id}.", "`fu series list` shows them.") from None
        self._context.may_touch(series.owner, f'"{series.action}"')
        if series.state is not SeriesState.ACTIVE:
            raise Conflict(f'The series "{series.action}" has ended.', "Make a new one: fu series add.")
        return series

    def _values(self, series: Series, changes: _Changes, force: bool) -> tuple[dict[str, Any], list[str]]:
        """Column → its new value, of those that differ; and the changes in words."""
        asked: dict[str, Any] = {}
        if changes.action is not None:
            asked["action"] = self._worded(changes.action, force)
            asked["channel"] = channel_of(asked["action"]) or series.channel
        if changes.every is not None:
            said, start = self._said(changes.every, changes.start_on)
            begins = changes.start_on or said.start_on
            asked |= {"rule": said.repeat.text, "start_on": begins or _kept_start(series, said, start)}
        elif changes.start_on is not None:
            asked["start_on"] = changes.start_on
        if changes.owner is not None:
            asked["owner"] = find_person(self._context.db, changes.owner).id
        if changes.priority is not None:
            asked["priority"] = changes.priority
        if changes.body is not None:
            asked["body"] = clean_text(changes.body, one_line=False).strip()
        values = {name: value for name, value in asked.items() if value != getattr(series, name)}
        words = []
        if "rule" in values or "start_on" in values:
            rule, start_on = values.get("rule", series.rule), values.get("start_on", series.start_on)
            words.append(repeat_words(parse_rrule(rule), start_on))
        if "owner" in values:
            words.append(person(self._context.db, values["owner"]).name)
        return values, words

    def _of_task(self, work: Unit, series: Series, task: Task, values: dict[str, Any]) -> dict[str, Any]:
        """What the open task takes over from the changed series."""
        taken: dict[str, Any] = {
            name: values[name] for name in ("action", "channel", "priority", "body") if name in values
        }
        if "owner" in values:
            taken |= {"owner": series.owner, "acting_owner": None, "assigner": work.actor_id}
        if "rule" in values or "start_on" in values:
            _, calendar, today = self._context.desk_of(series.owner)
            found = occurrence(series, today=today, calendar=calendar, after=spent(work.db, series.id))
            if found is None:
                raise Refused(NEVER, "Name another end, or end the series: fu series end.")
            due = found.due
            taken |= {
                "occurrence_on": found.on, "due_on": due.due_on, "due_at": None, "window_end_on": None,
                "planned_on": due.planned_on, "first_due_on": due.due_on, "hidden_until": None,
                "trace": due.trace.to_json(),
            }  # fmt: skip
        return taken


def sales_refusal(what: str) -> Refused:
    """Why nothing repeats in a sales conversation (R118)."""
    return Refused(
        f"{what}, so the next action depends on what they answer: a follow-up is closed and brings the next one;"
        " a series is for renewals, inspections and check-ins on a fixed day.",
        "Use a cadence (fu enroll), or --force for a series all the same.",
    )


def _kept_start(series: Series, said: Said, today: date) -> date:
    """Where a rhythm changes without a new first day: a rule that names its days itself counts on, else from now."""
    named = said.repeat.weekdays or said.repeat.month_days
    same = parse_rrule(series.rule).freq is said.repeat.freq
    return series.start_on if named or same else today


def _account(work: Unit, links: Links) -> int | None:
    if links.account_id is not None:
        return links.account_id
    if links.contact_id is not None:
        return work.load(Contact, links.contact_id).account
    return work.load(Deal, links.deal_id).account if links.deal_id is not None else None
