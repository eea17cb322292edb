"""One typed line is understood (R39, R42). Today is Tue 24 Nov 2026, 10:14."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.capture import Draft, parse_line, understand
from fu_tui.core.dates import BadDate, VagueDate
from fu_tui.core.errors import FuError, UsageError
from fu_tui.core.terms import Priority

TUE = date(2026, 11, 24)
NOW = time(10, 14)
FRI = date(2026, 11, 27)
FULL = "Call Dana, confirm approval, resend quote @dana fri 14:00 !high #gtx +sam ~proposal // she asked for net 60"


def draft(line: str) -> Draft:
    return parse_line(line, today=TUE, now=NOW)


def test_everything_can_be_said_in_one_line() -> None:
    said = draft(FULL)
    assert said.action == "Call Dana, confirm approval, resend quote"
    assert (said.contact, said.link, said.owner, said.cadence) == ("dana", "gtx", "sam", "proposal")
    assert said.priority is Priority.HIGH
    assert said.body == "she asked for net 60"
    assert said.when is not None
    assert (said.when.day, said.when.at) == (FRI, time(14))


def test_spans_say_what_was_understood_where() -> None:
    assert [(kind, FULL[start:end]) for start, end, kind in draft(FULL).spans] == [
        ("contact", "@dana"),
        ("when", "fri 14:00"),
        ("priority", "!high"),
        ("link", "#gtx"),
        ("owner", "+sam"),
        ("cadence", "~proposal"),
        ("body", "// she asked for net 60"),
    ]


def test_a_plain_line_is_all_action() -> None:
    assert draft("  Send   the recap ") == Draft("Send the recap")


@pytest.mark.parametrize(
    ("line", "slot", "value"),
    [
        ('Call @"Dana Reed" fri', "contact", "Dana Reed"),
        ("Call @“Dana Reed” fri", "contact", "Dana Reed"),
        ('Call @"Dana Reed", then wait', "contact", "Dana Reed"),
        ("Call @dana@isdom.example fri", "contact", "dana@isdom.example"),
        ("Call @12", "contact", "12"),
        ("Answer @dana's question", "contact", "dana"),
        ('Answer @"Dana Reed"\'s question', "contact", "Dana Reed"),
        ("Call (@dana)", "contact", "dana"),
        ("Call @dana.", "contact", "dana"),
        ("Call @o'neil", "contact", "o'neil"),
        ('Send #"GTX Plus Basic" quote', "link", "GTX Plus Basic"),
        ("Send quote #881", "link", "881"),
        ('Send quote +"Sam Lee"', "owner", "Sam Lee"),
        ("Send quote ~post-meeting", "cadence", "post-meeting"),
        ("Send quote !LOW", "priority", Priority.LOW),
        ("Send quote !normal", "priority", Priority.NORMAL),
        ("Send quote //she asked", "body", "she asked"),
        ("Send quote // see https://x.example // twice", "body", "see https://x.example // twice"),
        ("Send quote\nshe asked\r\nfor net 60", "body", "she asked\nfor net 60"),
        ("Send quote // now\nand then", "body", "now\nand then"),
    ],
)
def test_a_sigil_takes_a_word_or_a_quoted_name(line: str, slot: str, value: object) -> None:
    assert getattr(draft(line), slot) == value


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("Write to dana@isdom.example", "Write to dana@isdom.example"),
        ("Open https://x.example/a // b", "Open https://x.example/a"),
        ("Compare C# and F#", "Compare C# and F#"),
        ("Call +44 20 7946 0958", "Call +44 20 7946 0958"),
        ("Order ~20 seats at ~10%", "Order ~20 seats at ~10%"),
        ("Call Dana!", "Call Dana!"),
        ("Call Dana @14:00", "Call Dana"),
        ("Call Dana @ 14:00", "Call Dana"),
        ("Sell @ list price", "Sell @ list price"),
        ("Say hello !!", "Say hello !!"),
        ("Write \\@dana a note", "Write @dana a note"),
        ("Write \\fri on it", "Write fri on it"),
        ("Explain \\// comments", "Explain // comments"),
        ("Copy \\\\server\\share", "Copy \\\\server\\share"),
        ('Send "the fri list"', 'Send "the fri list"'),
        ("Call Dana fri, ask for terms", "Call Dana, ask for terms"),
        ("Call Dana, fri, ask for terms", "Call Dana, ask for terms"),
        ("Call Dana (fri) about terms", "Call Dana about terms"),
        ("Fri: call Dana", "call Dana"),
        ("Call Dana, fri", "Call Dana"),
        ("Call Dana by fri.", "Call Dana."),
        ("- Call Dana", "Call Dana"),
        ("Answer @dana's question", "Answer question"),
        ("Did Dana sign @dana?", "Did Dana sign?"),
        ("@dana fri", ""),
        ("call\tDana \x1b[2J now", "call Dana [2J now"),
        ("Rene\u0301 calls", "Ren\u00e9 calls"),
    ],
)
def test_what_is_left_is_the_action(line: str, action: str) -> None:
    assert draft(line).action == action


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        ("Call @dana and @ravi", "Two contacts are named: @dana and @ravi.", "\\@ravi"),
        ('Call @"Dana Reed" and @ravi', 'Two contacts are named: @"Dana Reed" and @ravi.', "\\@ravi"),
        ("Send #a #b", "Two deals or cases are named: #a and #b.", "\\#b"),
        ("Send +sam +ann", "Two owners are named: +sam and +ann.", "\\+ann"),
        ("Send !high !low", "Two priorities are named: !high and !low.", "\\!low"),
        ("Send ~lost ~chase", "Two cadences are named: ~lost and ~chase.", "\\~chase"),
        ("Send !hgih", '"!hgih" is no priority.', "Did you mean !high?"),
        ("Send !zzz", '"!zzz" is no priority.', "There are !high, !normal, !low and !private."),
        ('Call @"Dana Reed', "The quote after @ is not closed.", '@"Dana Reed"'),
        ('Call @"" fri', "Nothing stands in the quotes after @.", '@"Dana Reed"'),
        ('Call @"', "The quote after @ is not closed.", '@"Dana Reed"'),
    ],
)
def test_a_slip_is_refused_with_the_remedy(line: str, message: str, remedy: str) -> None:
    with pytest.raises(UsageError) as refusal:
        draft(line)
    assert refusal.value.message == message
    assert remedy in refusal.value.remedy
    assert understand(line, today=TUE, now=NOW).problem == str(refusal.value)


def test_a_date_is_no_owner() -> None:
    said = draft("Send quote +3d +sam")
    assert (said.owner, said.when and said.when.day) == ("sam", FRI)


def test_dates_are_not_read_inside_names_quotes_and_the_body() -> None:
    assert draft('Send #"fri deal" \\27 nov "27 nov" // fri').when is None


def test_refused_dates_are_raised() -> None:
    with pytest.raises(VagueDate):
        draft("Call Dana next week")
    with pytest.raises(BadDate):
        draft("Call Dana 31 nov")


def test_a_line_being_typed_is_understood_so_far() -> None:
    empty = understand("  ", today=TUE, now=NOW)
    assert (empty.draft, empty.when, empty.vague, empty.problem) == (None, None, None, "")

    vague = understand("Call Dana next week @dana", today=TUE, now=NOW)
    assert vague.vague is not None
    assert vague.vague.phrase == "next week"
    assert (vague.when, vague.problem) == (None, "")
    assert vague.draft is not None
    assert (vague.draft.action, vague.draft.contact) == ("Call Dana next week", "dana")

    bad = understand("Call @dana 31 nov", today=TUE, now=NOW)
    assert bad.problem.startswith("There is no 31 Nov")
    assert bad.draft is not None
    assert bad.draft.contact == "dana"

    slip = understand("Call @dana @ravi fri", today=TUE, now=NOW)
    assert slip.problem.startswith("Two contacts")
    assert slip.when is not None
    assert slip.when.day == FRI


def test_understanding_agrees_with_parsing() -> None:
    assert understand(FULL, today=TUE, now=NOW).draft == draft(FULL)


PIECES = (
    'call Dana @dana @"Dana @“x” #gtx +sam +3d !high !hgih ~proposal // \\@x \\fri fri 27 nov 14:00 next week soon'
    " ( ) , . Reed\" 's ! @ # + ~ \\ \n https://x.example a@b.example 'x at 9 \x1b \u202e é 31/11"
)
LINES = st.lists(st.sampled_from(PIECES.split(" ")), max_size=16).map(" ".join)


@given(st.text() | LINES, st.booleans())
def test_parsing_never_fails_but_with_a_refusal(text: str, day_first: bool) -> None:
    seen = understand(text, today=TUE, now=NOW, day_first=day_first)
    said, refusal = None, None
    try:
        said = parse_line(text, today=TUE, now=NOW, day_first=day_first)
    except FuError as error:
        refusal = error
    if refusal is not None:
        assert seen.vague is not None or seen.problem == str(refusal)
    else:
        assert said is not None
        assert seen.draft in (said, None)
        assert (seen.vague, seen.problem) == (None, "")
        assert said.action == said.action.strip()
        assert not any(ch in said.action for ch in "\n\t\x1b\u202e")
        assert all(0 <= start < end <= len(text) for start, end, _ in said.spans)
        assert all(a.end <= b.start for a, b in pairwise(said.spans))


@given(st.text(st.sampled_from("abc XY-'."), min_size=1).filter(str.strip))
def test_any_name_can_be_quoted(name: str) -> None:
    assert draft(f'Call @"{name}" tomorrow').contact == name.strip()


@pytest.mark.parametrize(
    "piece", ['"', '@"', "((((", "\\", "in 2 ", "fri ", "+9999bd ", "next ", "//", "@a ", "“", "1"]
)
def test_long_lines_are_read_fast(piece: str) -> None:
    line = piece * (4000 // len(piece))
    start = perf_counter()
    understand(line, today=TUE, now=NOW)
    assert perf_counter() - start < 2


def test_reading_a_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, datetime as d; from fu_tui.core.capture import understand; from fu_tui.core.lint import check;"
        "u = understand('Call Dana in a month', today=d.date(2026, 11, 24), now=d.time(10)); check(u.draft.action);"
        "heavy = {'pendulum', 'click', 'rapidfuzz', 'holidays', 'peewee', 'textual', 'difflib'};"
        "print(u.when.day, *heavy & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2026-12-24"]
