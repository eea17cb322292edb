"""The lists of what slips on a terminal: what they look like full, empty and marked, and what each key answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from fu_tui.tui.modals.slips import ListTab, Mend, SlipAnswer, SlipItem, SlipsModal, Standing
from tests.tui.modal_stage import Stage, shows

CLOSE, NOBODY = Mend("d", "close", "close…"), Mend("z", "not_needed", "not needed")
OWNER, GO = Mend("o", "owner", "owner…"), Mend(".", "go", "go to it", many=False)
LINK = Mend("e", "edit", "link it…", many=False)
TASKS = (
    SlipItem("task:1", "Send the case study", "Dana Reed · Isdom", "41 days",
             "Nothing has come of it for 41 days, though it was moved 3 times: decide what becomes of it.",
             (CLOSE, NOBODY, OWNER, GO)),
    SlipItem("task:2", "Ask for the logo before the fair opens in March", "Ana Ruiz · Betatech", "16 days",
             "Nothing has come of it for 16 days: decide what becomes of it.", (CLOSE, NOBODY, OWNER, GO)),
    SlipItem("task:3", "Order more paper", "", "no link",
             "It is about nobody: linked to no contact, deal, account or case, it stands in nobody's history.",
             (LINK, NOBODY, CLOSE, OWNER, GO)),
)  # fmt: skip
TABS = (
    ListTab("triage", "To decide", 3, "Nothing waits for a decision.", True),
    ListTab("no-next-step", "No next step", 1204, "Every open deal has a next step.", True),
    ListTab("stalled", "Stalled", 0, "Every cadence that runs has its task.", True),
    ListTab("parked", "Parked", 2, "Nothing is parked or paused.", False),
)


def slips(standing: Standing | None = None, rows: Sequence[SlipItem] = TASKS) -> SlipsModal:
    def read(tab: str, words: str) -> tuple[Sequence[SlipItem], bool]:
        return [row for row in rows if words in row.name] if tab == "triage" else (), False

    return SlipsModal("What slips · team", lambda: TABS, read, standing or Standing("triage"))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20), (40, 12)])
async def test_it_looks_as_it_was_looked_at(
    size: tuple[int, int], golden: Callable[[str, str], None]
) -> None:
    app = Stage(slips(Standing("triage", said="Call Ana: no reply yet → Ask one question, Fri 27 Nov")))
    async with app.run_test(size=size) as pilot:
        await shows(pilot, "case study")
        seen = [app.text]
        await pilot.press("down", "down", "space")
        await shows(pilot, "1 marked")
        seen.append(app.text)
        await pilot.press("tab", "tab")
        await shows(pilot, "Every cadence")
        seen.append(app.text)
    golden(f"slips-{size[0]}x{size[1]}", "\n\n".join(seen) + "\n")


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], SlipAnswer("close", ("task:1",))),
        (["down", "z"], SlipAnswer("not_needed", ("task:2",))),
        (["j", "j", "k", "."], SlipAnswer("go", ("task:2",))),
        (["pagedown", "enter"], SlipAnswer("edit", ("task:3",))),
        (["space", "space", "o"], SlipAnswer("owner", ("task:1", "task:2"))),
        (["*", "enter"], SlipAnswer("close", ("task:1", "task:2", "task:3"))),
        (["*", "e"], ...),  # a link is one task's
        (["*", "*", "down", "enter"], SlipAnswer("close", ("task:2",))),
        (["/", *"logo", "enter", "enter"], SlipAnswer("close", ("task:2",))),
        (["/", *"zzz", "enter", "enter"], ...),
        (["u"], SlipAnswer("undo")),
        (["3", "enter", "d"], ...),
        (["tab", "shift+tab", "enter"], SlipAnswer("close", ("task:1",))),
        (["/", *"logo", "escape", "space", "escape", "escape"], None),
        (["x", "9"], ...),
    ],
)
async def test_a_key_answers(keys: list[str], answer: object) -> None:
    app = Stage(slips())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    assert (app.answers[0] if app.answers else ...) == answer


async def test_clicks_choose_a_list_a_row_and_what_mends_it() -> None:
    app = Stage(slips())
    async with app.run_test(size=(80, 24)) as pilot:
        await shows(pilot, "case study")
        lines = app.text.splitlines()

        async def click(words: str) -> None:
            y = next(y for y, line in enumerate(lines) if words in line)
            await pilot.click(offset=(lines[y].index(words) + 1, y))

        await click("Ask for the logo")
        await click("Stalled")
        await shows(pilot, "Every cadence")
        await click("To decide")
        await shows(pilot, "case study")
        await click("Order more paper")
        await shows(pilot, "It is about nobody")
        lines = app.text.splitlines()
        await click("not needed")
        await pilot.pause()
    assert app.answers == [SlipAnswer("not_needed", ("task:3",))]


async def test_where_it_stood_it_stands_again() -> None:
    standing = Standing("triage")
    for keys, rows in ((["down", "down", "z"], TASKS), (["z"], TASKS[:2])):
        app = Stage(slips(standing, rows))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*keys)
            await pilot.pause()
    assert app.answers == [SlipAnswer("not_needed", ("task:2",))], "the last row, as the one below is gone"
