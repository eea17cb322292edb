"""The registry of actions: every verb of the desk, once. Bindings, footer, help, menus, the keymap check and
docs/keys.md derive from it.

Ids are stable: settings files name them. An action on tasks is called "task.…": it then is disabled without one, and
stands in a row's menu. Keys are spelled as Textual reports them ("exclamation_mark" for `!`); `keys.presses` turns what
a person writes into that spelling. A key may be two presses, "g q": its first then opens the list of what may follow.
No key stands twice within a scope, and none begins another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """The headings of the help, in its order."""

    MOVE = "Move"
    GO = "Go to"
    CLOSE = "Close"
    PLAN = "Plan"
    MARK = "Mark"
    SEE = "See"
    APP = "App"


class Scope(StrEnum):
    """Where an action's keys are heard. The app hears everywhere, so its keys clash with those of every scope."""

    DESK = "desk"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Action:
    """One verb of the desk."""

    id: str
    """Dotted and stable."""
    keys: tuple[str, ...]
    """The keys it has by default, the one to show first."""
    label: str
    """A word or two for the footer; ends with … when the action asks something."""
    tooltip: str
    """One sentence for the help: what it does to the marked rows, else to the row under the cursor."""
    group: Group
    scope: Scope = Scope.DESK
    footer: int | None = None
    """Its place in the footer, the most needed first; None: not in the footer."""


_MOVE, _GO, _CLOSE, _PLAN, _MARK, _SEE, _APP = Group

ACTIONS: tuple[Action, ...] = (
    Action("cursor.down", ("j", "down"), "down", "Next row, across panes.", _MOVE),
    Action("cursor.up", ("k", "up"), "up", "Previous row, across panes.", _MOVE),
    Action("cursor.top", ("home",), "top", "First row of the pane.", _MOVE),
    Action("cursor.bottom", ("end",), "bottom", "Last row of the pane.", _MOVE),
    Action("cursor.page_up", ("pageup",), "page up", "One page up.", _MOVE),
    Action("cursor.page_down", ("pagedown",), "page down", "One page down.", _MOVE),
    Action("cursor.half_up", ("ctrl+u",), "half up", "Half a page up.", _MOVE),
    Action("cursor.half_down", ("ctrl+d",), "half down", "Half a page down.", _MOVE),
    Action("pane.overdue", ("1",), "overdue", "Go to Overdue.", _MOVE),
    Action("pane.today", ("2",), "today", "Go to Due today.", _MOVE),
    Action("pane.upcoming", ("3",), "upcoming", "Go to Upcoming.", _MOVE),
    Action("pane.next", ("tab",), "next pane", "Go to the next pane.", _MOVE),
    Action("pane.previous", ("shift+tab",), "previous pane", "Go to the previous pane.", _MOVE),
    Action("go.queue", ("g q",), "queue", "My own queue, due day first, all rows, from the top.", _GO),
    Action("go.contacts", ("g c",), "contacts…", "Find a contact and see everything about them.", _GO),
    Action("go.deals", ("g d",), "deals…", "Find a deal and see everything about it.", _GO),
    Action(
        "go.triage",
        ("g t",),
        "to decide…",
        "What slips, and the key that mends it: first what stands still.",
        _GO,
    ),
    Action("go.no_next_step", ("g n",), "no next step…", "Deals and contacts that nothing follows.", _GO),
    Action("go.paused", ("g p",), "paused…", "What is paused or parked, to take it up again.", _GO),
    Action("go.absences", ("g a",), "absences…", "Say who is away and who covers; see who is.", _GO),
    Action(
        "go.notices",
        ("g i",),
        "notices…",
        "What you were told: what is late, due today, at a standstill.",
        _GO,
    ),
    Action("go.triggers", ("g r",), "triggers…", "See what happens by itself, and switch it on or off.", _GO),
    Action("go.cadences", ("g k",), "cadences…", "See cadences, try their days, change them.", _GO),
    Action("go.calendar", ("g h",), "days off…", "When I work: days off, country, weekdays, hours.", _GO),
    Action("go.series", ("g s",), "series…", "What repeats on fixed days: see it, add to it, end it.", _GO),
    Action(
        "task.no_reply",
        ("n",),
        "no reply",
        "Done, no reply yet: the next step comes by itself.",
        _CLOSE,
        footer=2,
    ),
    Action("task.no_reply_note", ("N",), "no reply, note…", "Done, no reply yet, with a note.", _CLOSE),
    Action("task.voicemail", ("v",), "voicemail", "Left a voicemail: the next step comes by itself.", _CLOSE),
    Action(
        "task.replied",
        ("r",),
        "replied…",
        "They replied: ends the cadence and asks the next step.",
        _CLOSE,
        footer=3,
    ),
    Action("task.close", ("d",), "close…", "Close with any outcome, and a note.", _CLOSE, footer=4),
    Action("task.add", ("a", "ctrl+n"), "add…", "Capture a follow-up: what, who, when.", _PLAN, footer=1),
    Action("task.log", ("l",), "log…", "Write down what happened: call, mail, meeting, inquiry.", _PLAN),
    Action("task.edit", ("e",), "edit…", "Change what it says: action, who, when, owner, deal.", _PLAN),
    Action("task.snooze", ("s",), "snooze…", "Move the due day.", _PLAN, footer=5),
    Action(
        "task.spread", ("percent_sign",), "spread…", "Spread it over the coming days that have room.", _PLAN
    ),
    Action(
        "task.hide", ("S",), "hide…", "Hide until a day, the due day stays; a hidden row comes back.", _PLAN
    ),
    Action(
        "task.skip",
        ("x",),
        "skip step",
        "Pass this step over: the next one comes, nothing is counted.",
        _PLAN,
    ),
    Action("task.stop", ("X",), "stop cadence…", "Stop, pause or replace the cadence it belongs to.", _PLAN),
    Action(
        "task.stage",
        ("greater_than_sign",),
        "stage…",
        "Move its deal to another stage: won and lost too.",
        _PLAN,
    ),
    Action("task.park", ("P",), "park deal…", "Let its deal rest until a day, with a reason.", _PLAN),
    Action(
        "task.handoff",
        ("O",),
        "hand off…",
        "Give its deal or contact to a colleague, with the context.",
        _PLAN,
    ),
    Action("task.reassign", ("o",), "owner…", "Give it to another owner.", _PLAN, footer=6),
    Action("task.priority", ("exclamation_mark",), "priority", "High priority, or normal again.", _PLAN),
    Action("task.repeat", ("full_stop",), "repeat", "Do the last change again, to these tasks.", _PLAN),
    Action("journal.undo", ("u",), "undo", "Undo your last change.", _PLAN, footer=9),
    Action("journal.redo", ("U",), "redo", "Redo what was undone.", _PLAN),
    Action("queue.mark", ("space",), "mark", "Mark the row and go to the next.", _MARK, footer=7),
    Action("queue.mark_pane", ("asterisk",), "mark pane", "Mark every row of the pane.", _MARK),
    Action("queue.clear", ("escape",), "clear", "Clear the marks, then the filter.", _MARK),
    Action("queue.filter", ("slash",), "filter", "Show only rows that hold what you type.", _SEE, footer=8),
    Action("queue.scope", ("at",), "whose", "Switch between my queue, the team's and a person's.", _SEE),
    Action("queue.order", ("equals_sign",), "order", "Order by due day first, or by priority first.", _SEE),
    Action("task.menu", ("m",), "menu…", "What can be done to the row, as a right click shows it.", _SEE),
    Action(
        "queue.later", ("L",), "all days", "Show what is due after the next 14 days, or fold it away.", _SEE
    ),
    Action("queue.hidden", ("H",), "hidden", "Show what is hidden until its day, or fold it away.", _SEE),
    Action(
        "card.walk",
        ("enter",),
        "walk",
        "Walk the queue one card at a time; again, and the panes are back.",
        _SEE,
    ),
    Action("card.toggle", ("i",), "card", "Show or hide the card.", _SEE),
    Action(
        "card.down",
        ("ctrl+e",),
        "card down",
        "Scroll the card down, where it is longer than the screen.",
        _SEE,
    ),
    Action("card.up", ("ctrl+y",), "card up", "Scroll the card up again.", _SEE),
    Action("card.copy", ("y",), "copy…", "Copy the person's phone number or e-mail address.", _SEE),
    Action("card.mail", ("M",), "mail", "Open a mail to the person in your mail program.", _SEE),
    Action("card.why", ("w",), "why", "Say on the card why this day, and what each outcome brings.", _SEE),
    Action(
        "view.forecast", ("f",), "forecast", "Show in Upcoming the steps that come if nobody replies.", _SEE
    ),
    Action("view.load", ("b",), "load", "Show how full each of the coming days is.", _SEE),
    Action(
        "app.palette",
        ("ctrl+p", "colon"),
        "find…",
        "Find an action, a contact, a deal, an account or an open task.",
        _APP,
        Scope.APP,
    ),
    Action("app.theme", ("T",), "theme…", "Try themes on, and keep one.", _APP, Scope.APP),
    Action(
        "app.help",
        ("question_mark", "f1"),
        "help",
        "The keys and what they do here.",
        _APP,
        Scope.APP,
        footer=10,
    ),
    Action("app.keys", ("K",), "keys…", "Give an action another key.", _APP, Scope.APP),
    Action("app.quit", ("q",), "quit", "Leave; everything is saved.", _APP, Scope.APP),
)
"""In the order of the help."""

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}


class FixedKey(NamedTuple):
    """A key of every question, which no setting changes."""

    keys: tuple[str, ...]
    does: str


IN_A_QUESTION: tuple[FixedKey, ...] = (
    FixedKey(("escape",), "Leave, and change nothing."),
    FixedKey(("enter",), "Take what is under the cursor, or save."),
    FixedKey(("down", "up"), "To the next choice, or the previous one."),
    FixedKey(("pagedown", "pageup"), "Ten lines down or up."),
    FixedKey(("tab", "shift+tab"), "To the next field, or the previous one."),
    FixedKey(("f1",), "The keys of this question."),
)
"""What the keys do in every question, beside its own letters; its frame names those that matter."""
