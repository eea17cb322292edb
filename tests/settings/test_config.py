"""The settings file: what it may say, and that nothing in it ever stops the app."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.settings.config import SIZE_LIMIT, Settings, load, parse, read

WHOLE = """\
[desk]
profile = "solo"

[ui]
theme = "day"
card = false

[dates]
day_first = false

[user]
as = "dana"

[keys]
"task.no_reply" = "z"
task.add = ["a", "ctrl+n", "+"]
"journal.redo" = "none"
"""


def problems(text: str) -> list[str]:
    """What is told; everything else must be at its default."""
    settings, found = parse(text)
    assert settings == Settings()
    return [str(problem) for problem in found]


def test_every_setting() -> None:
    settings, found = parse(WHOLE)
    assert found == ()
    assert (settings.theme, settings.card, settings.day_first, settings.user) == ("day", False, False, "dana")
    keys = dict(settings.bindings)
    assert (keys["task.no_reply"], keys["task.add"], keys["journal.redo"]) == (
        ("z",),
        ("a", "ctrl+n", "plus"),
        (),
    )


def test_the_example_changes_every_setting_there_is() -> None:
    settings, _ = parse(WHOLE)
    for field in dataclasses.fields(Settings):
        assert getattr(settings, field.name) != getattr(Settings(), field.name), field.name


def test_the_documented_example_says_the_defaults() -> None:
    text = Path(__file__).parents[2].joinpath("docs/settings.md").read_text()
    example = text.split("```toml\n")[1].split("```")[0]
    settings, found = parse(example)
    assert found == ()
    assert settings == Settings(user="dana")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[desk]\nprofile = 'boss'", ['line 2: [desk] profile must be "solo", "team" or "office"']),
        ("[desk]\nprofile = 1", ['line 2: [desk] profile must be "solo", "team" or "office"']),
        ("\n[ui]\nthme = 'day'", ['line 3: [ui] has no setting "thme"; did you mean "theme"?']),
        ("[uii]\ncard = true", ['line 1: there is no section "uii"; did you mean "ui"?']),
        ("[colours]\nx = 1", ['line 1: there is no section "colours"']),
        ("theme = 'day'", ['line 1: "theme" stands under [ui]']),
        ("ui = 'day'", ['line 1: "ui" is a heading: write [ui] on a line of its own']),
        ("[ui]\n\ncard = 'yes'", ["line 3: [ui] card must be true or false"]),
        ("[ui]\ncard = 1", ["line 2: [ui] card must be true or false"]),
        ("ui.theme = 7", ['line 1: [ui] theme must be the name of a theme, such as "night"']),
        ("[user]\nas = []", ['line 2: [user] as must be a user\'s name, such as "dana"']),
        ("[keys]\n# mine\n'task.ad' = 'x'", ['line 3: [keys] no action is called "task.ad"; did you mean "task.add"?']),
        ("[keys]\ntask.add = 7", ['line 2: [keys] task.add must be a key, such as "n", or a list of keys']),
        ("[keys.task]\nadd = ['x', 1]", ['line 2: [keys] task.add must be a key, such as "n", or a list of keys']),
        (
            "[keys]\n'task.hide' = 'ctrl+i'",
            ["line 2: [keys] a terminal sends tab for ctrl+i, so it can't have an action of its own"],
        ),
        (
            "[keys]\n'task.hide' = 'x'\n'task.snooze' = 'x'",
            [
                'line 2: [keys] x already is "snooze…" (task.snooze); give that one another key, or "none"',
                'line 3: [keys] x already is "hide…" (task.hide); give that one another key, or "none"',
            ],
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(text: str, told: list[str]) -> None:
    assert problems(text) == told


def test_problems_come_in_the_order_of_the_lines() -> None:
    told = problems("[keys]\ntask.hide = 'q'\nx.y = 'z'\n[ui]\ncard = 1")
    assert [line.split(":")[0] for line in told] == ["line 2", "line 3", "line 5"]


def test_one_mistake_leaves_the_rest_in_force() -> None:
    settings, found = parse("[ui]\ntheme = 'day'\ncard = 1")
    assert (settings.theme, settings.card, len(found)) == ("day", True, 1)


def test_a_syntax_error_is_told_with_its_line() -> None:
    [told] = problems("[ui]\ntheme = night\n")
    assert told.startswith("line 2: this is not TOML, so the defaults are used: ")


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "9" * 10_000], ids=["nested", "digits"])
def test_hostile_toml_is_a_problem_like_any_other(text: str) -> None:
    assert len(problems(text)) == 1


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Settings(), ())


def test_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xef\xbb\xbf[ui]\r\ncard = false\r\n")
    assert load(path) == (Settings(card=False), ())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[ui]\ntheme = 'caf\xe9'\n", "line 2: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"#" * (SIZE_LIMIT + 1), "the file is larger than 1 MiB, so it was not read"),
    ],
)
def test_a_file_that_is_no_settings_file(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings, [problem] = load(path)
    assert (settings, str(problem)) == (Settings(), told)


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"[ui]\ncard = false\n".ljust(SIZE_LIMIT, b"#"))
    assert load(path) == (Settings(card=False), ())


def test_a_folder_in_the_file_s_place(tmp_path: Path) -> None:
    settings, [problem] = load(tmp_path)
    assert (settings, str(problem)) == (Settings(), "the file can't be read: Is a directory")


@given(st.text(alphabet="[]ui.=keys'\"\n task.dhemc#{},true1", max_size=60))
def test_no_text_ever_raises(text: str) -> None:
    settings, found = parse(text)
    assert isinstance(settings, Settings)
    assert all(str(problem) for problem in found)


def test_a_profile_takes_keys_away_and_makes_them_free() -> None:
    settings, found = parse("[desk]\nprofile = 'solo'\n[keys]\n'task.snooze' = ['s', 'o']")
    keys = dict(settings.bindings)
    assert (found, keys["task.reassign"], keys["queue.scope"], keys["task.snooze"]) == (
        (),
        (),
        (),
        ("s", "o"),
    )


def test_a_key_that_a_person_sets_counts_whatever_the_profile_hides() -> None:
    settings, _ = parse("[desk]\nprofile = 'solo'\n[keys]\n'task.reassign' = 'o'")
    assert dict(settings.bindings)["task.reassign"] == ("o",)


def test_what_was_taken_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("# mine\n[ui]\ntheme = 'day'\ncard = 3\n[keys]\ntask.add = 'f2'\n'task.snooze' = 'n'\n")
    found = read(file)
    assert {name: found.lines.get(name) for name in ("ui.theme", "ui.card", "keys.task.add", "keys.task.snooze")} == {
        "ui.theme": 3, "ui.card": None, "keys.task.add": 6, "keys.task.snooze": None,
    }  # fmt: skip
    assert found[:2] == load(file)


@pytest.mark.parametrize("text", ["", "[ui", "ui.theme = 7"])
def test_of_what_is_wrong_nothing_was_taken(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    assert "ui.theme" not in read(file).lines
