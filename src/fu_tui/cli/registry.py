"""Every command and where it is. One rule: a command's module is imported when the command is asked for, not before.

The order is that of the help.
"""

from __future__ import annotations

SECTIONS: dict[str, dict[str, str]] = {
    "The queue": {
        "list": "listing:list_",
        "add": "add:add",
        "show": "show:show",
        "why": "why:why",
        "close": "close:close",
        "edit": "edit:edit",
        "snooze": "moves:snooze",
        "spread": "spread:spread",
        "hide": "moves:hide",
        "unhide": "moves:unhide",
        "reassign": "moves:reassign",
    },
    "Cadences": {
        "enroll": "enroll:enroll",
        "enrollments": "life:enrollments",
        "pause": "life:pause",
        "resume": "life:resume",
        "skip": "life:skip",
        "stop": "life:stop",
        "replace": "life:replace",
        "migrate": "life:migrate",
        "cadence": "cadence:cadence",
        "series": "series:series",
        "triggers": "triggers:triggers",
        "stages": "triggers:stages",
        "tick": "triggers:tick",
        "notices": "triggers:notices",
    },
    "What was done": {
        "log": "log:log",
        "undo": "journal:undo",
        "redo": "journal:redo",
        "journal": "journal:journal",
    },
    "Records": {
        "contacts": "records:contacts",
        "deals": "records:deals",
        "users": "users:users",
        "handoff": "deals:handoff",
        "absence": "absence:absence",
        "calendar": "calendar:calendar",
        "cases": "log:cases",
    },
    "The file": {
        "init": "init:init",
        "import": "import_:import_",
        "demo": "demo:demo",
        "config": "config:config",
        "doctor": "doctor:doctor",
        "backup": "backup:backup",
        "restore": "backup:restore",
    },
}
"""Heading → name → "module:function" below fu_tui.cli."""
COMMANDS = {name: place for section in SECTIONS.values() for name, place in section.items()}
