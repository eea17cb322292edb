"""All verbs of the desk, wired to one context. Two rules: a verb's module is loaded when that verb is first wanted, so
a command pays for its own verb alone; and a fault in a verb that wrote nothing is told like a refusal, so it ends no
screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

from fu_tui.core.errors import Fault, FuError

if TYPE_CHECKING:
    from fu_tui.services.absences import Absences
    from fu_tui.services.cadences import Cadences
    from fu_tui.services.calendars import Calendars
    from fu_tui.services.capturing import Capturing
    from fu_tui.services.cases import Cases
    from fu_tui.services.close import Closing
    from fu_tui.services.colleagues import Colleagues
    from fu_tui.services.contacts import Contacts
    from fu_tui.services.context import Context
    from fu_tui.services.deals import Deals
    from fu_tui.services.editing import Editing
    from fu_tui.services.enroll import Enrolling
    from fu_tui.services.enrollments import Enrollments
    from fu_tui.services.handoff import Handoff
    from fu_tui.services.journal import Journal
    from fu_tui.services.leaving import Leaving
    from fu_tui.services.logbook import Logbook
    from fu_tui.services.migrating import Migrating
    from fu_tui.services.moves import Moves
    from fu_tui.services.notices import Notices
    from fu_tui.services.replies import Replies
    from fu_tui.services.resolving import Resolving
    from fu_tui.services.returning import Returning
    from fu_tui.services.series import SeriesVerbs
    from fu_tui.services.series_line import SeriesLines
    from fu_tui.services.spreading import Spreading
    from fu_tui.services.tick import Ticking
    from fu_tui.services.triggers import Switching

HOMES = {
    "close": "close.Closing",
    "replied": "replies.Replies",
    "snooze": "moves.Moves",
    "hide": "moves.Moves",
    "unhide": "moves.Moves",
    "reassign": "moves.Moves",
    "priority": "moves.Moves",
    "enroll": "enroll.Enrolling",
    "save_cadence": "cadences.Cadences",
    "retire_cadence": "cadences.Cadences",
    "revive_cadence": "cadences.Cadences",
    "undo": "journal.Journal",
    "redo": "journal.Journal",
    "entries": "journal.Journal",
    "standing": "journal.Journal",
    "resolve": "resolving.Resolving",
    "add": "capturing.Capturing",
    "add_all": "capturing.Capturing",
    "note": "capturing.Capturing",
    "edit": "editing.Editing",
    "rewrite": "editing.Editing",
    "pause": "enrollments.Enrollments",
    "resume": "enrollments.Enrollments",
    "skip": "enrollments.Enrollments",
    "stop": "enrollments.Enrollments",
    "replace": "enrollments.Enrollments",
    "migrate": "migrating.Migrating",
    "migration": "migrating.Migrating",
    "move_stage": "deals.Deals",
    "moving": "deals.Deals",
    "park": "deals.Deals",
    "unpark": "deals.Deals",
    "handoff": "handoff.Handoff",
    "handoff_context": "handoff.Handoff",
    "add_absence": "absences.Absences",
    "remove_absence": "absences.Absences",
    "add_days_off": "calendars.Calendars",
    "remove_days_off": "calendars.Calendars",
    "set_hours": "calendars.Calendars",
    "set_weekdays": "calendars.Calendars",
    "set_country": "calendars.Calendars",
    "join_calendar": "calendars.Calendars",
    "set_zone": "calendars.Calendars",
    "move_off": "calendars.Calendars",
    "deactivate": "leaving.Leaving",
    "add_user": "colleagues.Colleagues",
    "come_back": "returning.Returning",
    "log": "logbook.Logbook",
    "switch_trigger": "triggers.Switching",
    "own": "contacts.Contacts",
    "lay_aside": "contacts.Contacts",
    "open_case": "cases.Cases",
    "close_case": "cases.Cases",
    "read_notices": "notices.Notices",
    "add_series": "series.SeriesVerbs",
    "edit_series": "series.SeriesVerbs",
    "end_series": "series.SeriesVerbs",
    "skip_series": "series.SeriesVerbs",
    "series_days": "series.SeriesVerbs",
    "series_ahead": "series.SeriesVerbs",
    "read_series": "series_line.SeriesLines",
    "sales": "series.SeriesVerbs",
    "spread": "spreading.Spreading",
    "spread_plan": "spreading.Spreading",
    "tick": "tick.Ticking",
}
"""Verb → "module.Class" below fu_tui.services."""


DAILY = (
    "close", "snooze", "hide", "reassign", "priority", "undo", "resolve", "add", "edit", "skip", "log", "enroll",
)  # fmt: skip
"""What is done every day."""


class Verbs:
    """What a person can do. Each verb is one transaction and one journal entry; see the class it comes from."""

    context: Context

    if TYPE_CHECKING:  # the same table once more, with its types

        def __init__(self, context: Context) -> None:
            moves, journal, capturing = Moves(context), Journal(context), Capturing(context)
            self.close = Closing(context).close
            self.replied = Replies(context).replied
            self.snooze = moves.snooze
            self.hide = moves.hide
            self.unhide = moves.unhide
            self.reassign = moves.reassign
            self.priority = moves.priority
            self.enroll = Enrolling(context).enroll
            cadences = Cadences(context)
            self.save_cadence = cadences.save_cadence
            self.retire_cadence = cadences.retire_cadence
            self.revive_cadence = cadences.revive_cadence
            self.undo = journal.undo
            self.redo = journal.redo
            self.entries = journal.entries
            self.standing = journal.standing
            self.resolve = Resolving(context).resolve
            self.add = capturing.add
            self.add_all = capturing.add_all
            self.note = capturing.note
            self.edit = Editing(context).edit
            self.rewrite = Editing(context).rewrite
            enrollments, deals = Enrollments(context), Deals(context)
            self.pause = enrollments.pause
            self.resume = enrollments.resume
            self.skip = enrollments.skip
            self.stop = enrollments.stop
            self.replace = enrollments.replace
            self.migrate = Migrating(context).migrate
            self.migration = Migrating(context).migration
            self.move_stage = deals.move_stage
            self.moving = deals.moving
            self.park = deals.park
            self.unpark = deals.unpark
            self.handoff = Handoff(context).handoff
            self.handoff_context = Handoff(context).handoff_context
            self.add_absence = Absences(context).add_absence
            self.remove_absence = Absences(context).remove_absence
            calendars = Calendars(context)
            self.add_days_off = calendars.add_days_off
            self.remove_days_off = calendars.remove_days_off
            self.set_hours = calendars.set_hours
            self.set_weekdays = calendars.set_weekdays
            self.set_country = calendars.set_country
            self.join_calendar = calendars.join_calendar
            self.set_zone = calendars.set_zone
            self.move_off = calendars.move_off
            self.deactivate = Leaving(context).deactivate
            self.add_user = Colleagues(context).add_user
            self.come_back = Returning(context).come_back
            self.log = Logbook(context).log
            self.switch_trigger = Switching(context).switch_trigger
            self.open_case, self.close_case = Cases(context).open_case, Cases(context).close_case
            self.own, self.lay_aside = Contacts(context).own, Contacts(context).lay_aside
            self.read_notices = Notices(context).read_notices
            series = SeriesVerbs(context)
            self.add_series = series.add_series
            self.edit_series = series.edit_series
            self.end_series = series.end_series
            self.skip_series = series.skip_series
            self.series_days = series.series_days
            self.series_ahead = series.series_ahead
            self.read_series = SeriesLines(context).read_series
            self.sales = series.sales
            self.spread, self.spread_plan = Spreading(context).spread, Spreading(context).spread_plan
            self.tick = Ticking(context).tick

    else:

        def __getattr__(self, name: str) -> Callable[..., Any]:
            if name not in HOMES:
                raise AttributeError(name)
            module, _, home = HOMES[name].partition(".")
            verb = getattr(getattr(import_module(f"fu_tui.services.{module}"), home)(self.context), name)
            verb = vars(self)[name] = _whole(self.context, verb)
            return verb

    def warm_up(self) -> None:
        """Load what is done every day: a screen shows its rows first and then has the time. The rest waits, as it
        weighs in memory all day and is done now and then."""
        for name in DAILY:
            getattr(self, name)


def _whole(context: Context, verb: Callable[..., Any]) -> Callable[..., Any]:
    """`verb`, which raises Fault where something went wrong that nobody foresaw, if nothing of it was written."""

    @wraps(verb)
    def run(*given: Any, **named: Any) -> Any:
        before = context.written
        try:
            return verb(*given, **named)
        except FuError:
            raise
        except Exception as fault:
            if context.written > before or context.db.is_writing:
                raise  # what stands now is not what the screen shows, so nobody goes on from here
            from fu_tui.settings import faults

            what = f"Something went wrong inside fu-tui ({type(fault).__name__}); nothing was written."
            raise Fault(what, faults.keep(fault)) from fault

    return run
