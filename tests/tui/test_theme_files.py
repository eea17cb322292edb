"""Themes as files: the shipped ones are whole and can be read, and what is wrong with others is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fu_tui.core.errors import NotFound, UsageError
from fu_tui.settings import themes
from fu_tui.settings.contrast import AAA, contrast, too_faint
from fu_tui.settings.themes import BadTheme, Ink, load_theme, load_themes, parse_theme
from tests.hygiene.sources import ROOT

NIGHT = (themes.shipped_folder() / "night.toml").read_text()


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BadTheme) as bad:
        parse_theme("mine", text)
    return bad.value.problems


def test_the_shipped_themes_are_whole() -> None:
    loaded = load_themes()
    assert not loaded.problems
    assert {theme.name: (theme.dark, theme.ansi) for theme in loaded.themes.values()} == {
        "beacon": (True, False),
        "ember": (True, False),
        "night": (True, False),
        "stark": (True, False),
        "day": (False, False),
        "frost": (False, False),
        "ansi": (True, True),
        "ansi-dark": (True, True),
        "ansi-light": (False, True),
    }
    for file in loaded.files:
        assert file.path.read_text().startswith("# "), "each opens with what it is for"
        assert file.theme
        assert file.theme.about
        assert not file.own


@pytest.mark.parametrize("name", sorted(load_themes().themes))
def test_every_word_can_be_read_on_every_ground(name: str) -> None:
    assert too_faint(load_theme(name)) == ()


def test_a_faint_theme_is_found_out_the_worst_first() -> None:
    faint = parse_theme("faint", NIGHT.replace('dim = "#959dc4"', 'dim = "#606680"'))
    assert too_faint(faint)[0].startswith("dim on selected has 2.3 : 1")
    assert too_faint(load_theme("night"), AAA)
    assert too_faint(load_theme("stark"), AAA) == ()


def test_on_a_reversed_ground_the_text_s_own_colour_is_measured() -> None:
    text = NIGHT.replace('selected = "#292f49"', 'selected = "#15161e reverse"').replace("#e0af68", "#303030")
    told = too_faint(parse_theme("mine", text))
    assert any("mark on marked" in sentence for sentence in told)
    assert not any("on selected" in sentence for sentence in told)


def test_contrast_is_the_wcag_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_ansi_theme_leaves_the_background_to_the_terminal() -> None:
    ansi = load_theme("ansi")
    assert ansi.inks["background"] == Ink("default")
    assert "reverse" in ansi.inks["selected"].attributes


def test_everything_wrong_is_told_at_once() -> None:
    text = (
        NIGHT.replace('accent = "#7aa2f7 bold"', 'acent = "#7aa2f7"')
        .replace('dim = "#959dc4"', 'dim = "grey"')
        .replace('mark = "#e0af68 bold"', 'mark = "#e0af68 loud"')
        .replace("dark = true", 'dark = "yes"')
    )
    told = problems(text)
    assert len(told) == 5
    for words in (
        "There is no role 'acent', perhaps accent was meant.",
        "[inks] lacks accent.",
        "dim is 'grey', but a colour is # and six digits",
        "mark is '#e0af68 loud', but an attribute is one of",
        "dark is true or false, not 'yes'",
    ):
        assert any(words in sentence for sentence in told), words


def test_an_ansi_theme_knows_only_the_terminals_colours() -> None:
    assert any(
        "dim is '#959dc4', but an ansi theme knows only" in p
        for p in problems(NIGHT.replace("ansi = false", "ansi = true"))
    )


def test_what_it_is_is_told_in_a_line() -> None:
    assert parse_theme("mine", 'about = "mine"\n' + NIGHT.replace("about", "# about")).about == "mine"
    for wrong in ('"two\\nlines"', f'"{"x" * 61}"', "3"):
        (told,) = problems(f"about = {wrong}\n" + NIGHT.replace("about", "# about"))
        assert "about is a line of at most 60 letters" in told


@pytest.mark.parametrize("text", ["dark = ", "inks = 3", "[inks]\ntext = 3", ""])
def test_no_text_breaks_the_reader(text: str) -> None:
    assert problems(text)


def test_a_persons_own_theme_wins_and_bad_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text(NIGHT.replace("#15161e", "#000000"))
    (tmp_path / "broken.toml").write_text("dark =")
    (tmp_path / "big.toml").write_bytes(b"#" * (themes.MAX_BYTES + 1))
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    (tmp_path / "two words.toml").write_text(NIGHT)
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    loaded = load_themes(tmp_path)
    assert loaded.themes["night"].inks["background"].colour == "#000000"
    assert set(loaded.themes) == set(load_themes().themes)
    assert len(loaded.problems) == 6
    listed = {file.name: file for file in loaded.listed}
    assert listed["night"].own
    assert not listed["day"].own
    assert listed["broken"].theme is None
    assert "not TOML" in listed["broken"].problems[0]
    assert [file.name for file in loaded.listed][:5] == ["beacon", "ember", "night", "stark", "day"]
    assert {file.name for file in loaded.listed[-6:]} == {
        "big",
        "broken",
        "gone",
        "latin",
        "pipe",
        "two words",
    }, "broken ones last"
    assert load_theme("night", tmp_path) == loaded.themes["night"]
    with pytest.raises(BadTheme, match="1 MiB"):
        load_theme("big", tmp_path)


def test_a_name_never_leaves_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text(NIGHT)
    inner = tmp_path / "themes"
    inner.mkdir()
    for name in ("../secret", "a/b", "", "x" * 65, "..", "\x00"):
        with pytest.raises((UsageError, NotFound)):
            load_theme(name, inner)
    with pytest.raises(NotFound, match=r'"nigth"; did you mean "night"\? There are'):
        load_theme("nigth")
    with pytest.raises(NotFound, match="day, ember, frost, night"):
        load_theme("dusk", tmp_path / "nowhere")


def test_the_docs_list_every_role_and_every_theme() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [
        line for line in (f"| `{role}` | {what} |" for role, what in themes.ROLES.items()) if line not in text
    ] == []
    assert [name for name in load_themes().themes if f"`{name}`" not in text] == []
