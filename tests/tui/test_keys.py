"""What the settings accept as a key is what a terminal's bytes are understood as."""

from __future__ import annotations

from textual._xterm_parser import XTermParser
from textual.events import Key

from fu_tui.settings.keys import key_name

ARROWS = {"up": "1;{}A", "down": "1;{}B", "right": "1;{}C", "left": "1;{}D", "home": "1;{}H", "end": "1;{}F"}
NUMBERED = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6, "f5": 15, "f12": 24}
MODIFIERS = {"shift": 2, "alt": 3, "ctrl": 5}


def heard(sent: str) -> list[str]:
    return [event.key for event in XTermParser(False).feed(sent) if isinstance(event, Key)]


def test_named_keys_with_a_modifier_arrive() -> None:
    for modifier, number in MODIFIERS.items():
        named = {**ARROWS, **{key: f"{code};{{}}~" for key, code in NUMBERED.items()}}
        for key, form in named.items():
            if modifier == "shift" and key.startswith("f"):
                continue  # refused: most terminals send another function key
            assert heard("\x1b[" + form.format(number)) == [key_name(f"{modifier}+{key}")]
    assert heard("\x1b[Z") == [key_name("shift+tab")]


def test_letters_with_ctrl_arrive() -> None:
    for letter in set("abcdefghijklmnopqrstuvwxyz") - set("hijmq"):
        assert heard(chr(ord(letter) - 96)) == [key_name(f"ctrl+{letter}")]
