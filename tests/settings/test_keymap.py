"""The keymap: what a person may remap, and what is refused with its reason while the default stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.settings.actions import ACTIONS, BY_ID
from fu_tui.settings.keymap import followers, resolve
from fu_tui.settings.keys import presses


def keys(overrides: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    keymap = resolve(overrides)
    assert keymap.complaints == ()
    return dict(keymap.bindings)


def complaint(overrides: dict[str, tuple[str, ...]]) -> str:
    """The one complaint; the defaults must have stayed."""
    keymap = resolve(overrides)
    assert keymap.bindings == resolve({}).bindings
    [only] = keymap.complaints
    return only.text


def test_without_overrides_the_defaults_hold() -> None:
    assert resolve({}).bindings == tuple((action.id, action.keys) for action in ACTIONS)


def test_remap() -> None:
    assert keys({"task.no_reply": ("z",)})["task.no_reply"] == ("z",)


def test_several_keys_each_once() -> None:
    assert keys({"task.add": ("+", "f5", "+")})["task.add"] == ("plus", "f5")


def test_none_unbinds_and_frees_the_key() -> None:
    found = keys({"task.no_reply": ("none",), "task.voicemail": ("n",)})
    assert (found["task.no_reply"], found["task.voicemail"]) == ((), ("n",))


def test_two_actions_may_swap_keys() -> None:
    found = keys({"task.snooze": ("d",), "task.close": ("s",)})
    assert (found["task.snooze"], found["task.close"]) == (("d",), ("s",))


def test_unknown_action_names_the_nearest() -> None:
    text = complaint({"task.noreply": ("x",)})
    assert text == 'no action is called "task.noreply"; did you mean "task.no_reply"?'


def test_a_key_that_another_action_has_by_default_is_refused() -> None:
    text = complaint({"task.snooze": ("n",)})
    assert text == 'n already is "no reply" (task.no_reply); give that one another key, or "none"'


def test_a_key_of_the_app_is_refused_on_the_desk() -> None:
    assert 'q already is "quit"' in complaint({"task.snooze": ("q",)})
    assert 'n already is "no reply"' in complaint({"app.quit": ("n",)})


def test_two_overrides_that_want_one_key_are_both_refused() -> None:
    keymap = resolve({"task.snooze": ("x",), "task.hide": ("x",)})
    assert keymap.bindings == resolve({}).bindings
    assert [c.id for c in keymap.complaints] == ["task.snooze", "task.hide"]


def test_a_refusal_that_brings_back_a_default_refuses_who_had_taken_its_key() -> None:
    # hide wants quit's key and is refused, so S is hide's again and snooze can't have it.
    keymap = resolve({"task.hide": ("q",), "task.snooze": ("S",)})
    assert keymap.bindings == resolve({}).bindings
    assert [c.id for c in keymap.complaints] == ["task.hide", "task.snooze"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ctrl+h", "sends backspace"),
        ("ctrl+i", "sends tab"),
        ("ctrl+j", "sends enter"),
        ("ctrl+M", "sends enter"),
        ("ctrl+[", "sends escape"),
        ("ctrl+q", "always leaves"),
        ("ctrl+5", "most terminals can't send ctrl+5"),
        ("ctrl++", "most terminals can't send ctrl++"),
        ("shift+n", 'such as "N"'),
        ("super+n", "no key a terminal can send"),
        ("ctrl+shift+n", "no key a terminal can send"),
        ("c+", "no key a terminal can send"),
        ("pagdown", 'did you mean "pagedown"'),
        ("f25", "is not a key"),
        ("", "to unbind"),
        (" ", 'write "space"'),
        ("\x07", "control character"),
        ("g  c", "one blank"),
        ("g c d", "is 3 presses; there may be two"),
        ("g esc", "esc leaves"),
        ("esc g", "esc leaves"),
        ("g ctrl+i", "sends tab"),
        ("ctrl+enter", "most terminals send enter"),
        ("shift+f5", "most terminals send f5"),
        ("ctrl+space", "most terminals send space"),
        ("alt+esc", "most terminals send esc"),
        ("alt+b", "sends ctrl+left"),
        ("alt+.", "alt goes with the letters"),
        ("alt+1", "alt goes with the letters"),
    ],
)
def test_keys_out_of_reach_are_named_with_the_reason(written: str, reason: str) -> None:
    keymap = resolve({"task.hide": (written,)})
    [only] = keymap.complaints
    assert reason in only.text
    assert dict(keymap.bindings)["task.hide"] == ("S",)


def test_two_presses() -> None:
    found = keys({"task.snooze": ("z t",), "task.hide": ("z !", "g z")})
    assert (found["task.snooze"], found["task.hide"]) == (("z t",), ("z exclamation_mark", "g z"))
    following = followers(resolve({"task.snooze": ("z t",), "task.hide": ("z !",)}).bindings)
    assert following["z"] == {"t": "task.snooze", "exclamation_mark": "task.hide"}
    assert following["g"]["q"] == "go.queue"


def test_a_first_press_that_does_something_alone_hides_what_follows() -> None:
    assert complaint({"task.hide": ("n x",)}) == (
        'n x can\'t be reached: n already is "no reply" (task.no_reply); give that one another key, or "none"'
    )


def test_a_key_that_begins_others_can_t_be_an_action_s() -> None:
    assert complaint({"task.hide": ("g",)}) == (
        'g begins g q, which is "queue" (go.queue); give that one another key, or "none"'
    )
    nobody = {action.id: ("none",) for action in ACTIONS if action.id.startswith("go.")}
    assert keys({"task.hide": ("g",), **nobody})["task.hide"] == ("g",)


def test_a_key_of_the_same_action_that_begins_the_other() -> None:
    assert complaint({"task.hide": ("x", "x y")}) == "x y can't be reached: x alone does the same"


def test_a_prefix_is_free_again_where_its_action_has_gone() -> None:
    found = keys({"task.no_reply": ("none",), "task.hide": ("n x",), "task.voicemail": ("n v",)})
    assert (found["task.hide"], found["task.voicemail"]) == (("n x",), ("n v",))


def test_none_stands_alone() -> None:
    assert complaint({"task.hide": ("x", "none")}) == '"none" stands alone'


def test_one_bad_key_refuses_the_whole_override() -> None:
    assert "sends tab" in complaint({"task.hide": ("x", "ctrl+i")})


KEYS = st.sampled_from(
    [
        "n",
        "x",
        "q",
        "N",
        "!",
        "f5",
        "ctrl+n",
        "ctrl+i",
        "none",
        "",
        "tab",
        "g",
        "g q",
        "g n",
        "n x",
        "x g",
        "x x",
    ]
)


@given(
    st.dictionaries(
        st.sampled_from([*BY_ID, "task.nothing"]), st.lists(KEYS, max_size=3).map(tuple), max_size=8
    )
)
def test_whatever_is_asked_for_no_key_ever_stands_twice(overrides: dict[str, tuple[str, ...]]) -> None:
    keymap = resolve(overrides)
    heard = [key for _, names in keymap.bindings for key in names]
    assert len(heard) == len(set(heard)), "one scope and the app's: all keys share a room"
    firsts = {key.partition(" ")[0] for key in heard if " " in key}
    assert not firsts & set(heard), "a key that begins another would never be heard alone"
    refused = {c.id for c in keymap.complaints}
    for action_id, names in keymap.bindings:
        if action_id in overrides and action_id not in refused:
            asked = overrides[action_id]
            assert names == (() if asked == ("none",) else tuple(dict.fromkeys(map(presses, asked))))
        else:
            assert names == BY_ID[action_id].keys
