"""How well a theme can be read, measured. One rule: a theme is told what can't be read in it, never refused for it."""

from __future__ import annotations

from fu_tui.settings.themes import GROUNDS, RULES, TEXTS, Theme

AA = 4.5
"""The contrast of words, WCAG 2 level AA."""
AAA = 7.0
"""The same, level AAA."""
LINE = 2.0
"""The contrast of a pane's rule: it leads the eye to a title that says the same in words."""


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio, 1 to 21, of two colours `#rrggbb`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_faint(theme: Theme, least: float = AA) -> tuple[str, ...]:
    """What in `theme` can't be read well, a sentence each, the worst first: none for a good theme, nor for an ansi one,
    whose colours only the terminal knows.

    Words have `least` on every ground they can stand on, dim words too: they carry the contact. A pane's rule has
    `LINE`. `faint` is free: it draws what may be overlooked.
    """
    if theme.ansi:
        return ()
    wanted = [(role, ground, least) for role in TEXTS for ground in GROUNDS]
    wanted += [(role, "background", LINE) for role in RULES]
    measured = [(_ratio(theme, role, ground), role, ground, enough) for role, ground, enough in wanted]
    return tuple(
        f"{role} on {ground} has {ratio:.1f} : 1, less than {enough:g}."
        for ratio, role, ground, enough in sorted(measured, key=lambda each: each[0] / each[3])
        if ratio < enough
    )


def _ratio(theme: Theme, role: str, ground: str) -> float:
    """As it is painted: on a reversed ground every word has the text's colour."""
    under = theme.inks[ground]
    words = theme.inks["text" if "reverse" in under.attributes else role]
    return contrast(words.colour, under.colour)
