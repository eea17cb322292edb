"""Amounts, phones, e-mails and words of single cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.terms import Channel, Priority
from fu_tui.exchange import cells
from fu_tui.exchange.cells import Amounts, BadCell


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("1054", "1054", ""),
        ("$1,054.50", "1054.50", "$"),
        ("1.054,50 €", "1054.50", "€"),
        ("USD 1,234,567", "1234567", "USD"),
        ("1.234.567", "1234567", ""),
        ("1'054.50 CHF", "1054.50", "CHF"),
        ("1 054,5 kr", "1054.5", "kr"),
        ("1,054", "1054", ""),
        ("12,5", "12.5", ""),
        ("0.125", "0.125", ""),
        ("1234.567", "1234.567", ""),
        ("-17", "-17", ""),
        ("-$17", "-17", "$"),
        ("12,34,567.50", "1234567.50", ""),
        ("0", "0", ""),
    ],
)
def test_an_amount_by_itself(cell: str, value: str, currency: str) -> None:
    assert Amounts([cell])[cell] == (Decimal(value), currency)


def test_a_single_group_follows_the_decimal_mark_of_its_column() -> None:
    assert Amounts(["1,054", "2.50"])["1,054"][0] == Decimal(1054)
    assert Amounts(["1,054", "2,50"])["1,054"][0] == Decimal("1.054")
    mixed = Amounts(["1,054", "2.50", "3,25"])
    assert mixed["2.50"][0] == Decimal("2.5")
    assert mixed["3,25"][0] == Decimal("3.25")
    assert mixed["1054"][0] == Decimal(1054)
    with pytest.raises(BadCell, match="“1,054” can be read in two ways"):
        mixed["1,054"]


@pytest.mark.parametrize("cell", ["", "-", "n/a", "TBD", "?"])
def test_no_amount(cell: str) -> None:
    assert Amounts([cell])[cell] == (None, "")


@pytest.mark.parametrize(
    "cell", ["lots", "1e5", "1054 or more", "50%", "--5", "1.", "5 lots", "12.34.56", "1.054.50", "1,5,000"]
)
def test_what_is_no_amount_says_so(cell: str) -> None:
    with pytest.raises(BadCell, match="is no amount"):
        Amounts([])[cell]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.booleans())
def test_a_column_of_money_is_read_as_it_was_written(cents: list[int], german: bool) -> None:
    written = [f"{c / 100:,.2f}" for c in cents]
    if german:
        written = [text.translate(str.maketrans(",.", ".,")) for text in written]
    column = Amounts(written)
    assert [column[text][0] for text in written] == [Decimal(c) / 100 for c in cents]


@pytest.mark.parametrize(
    ("written", "kept", "dropped"),
    [
        ("+1-532-344-1362", ("+1-532-344-1362",), ()),
        ("001-672-799-2170x5610", ("001-672-799-2170x5610",), ()),
        ("(850)241-9883x021", ("(850)241-9883x021",), ()),
        ("985.939.5411x2641", ("985.939.5411x2641",), ()),
        ("+49 (0)30 / 123 45 67", ("+49 (0)30 / 123 45 67",), ()),
        ("-2237", (), ("-2237",)),
        ("ext. 12 and 345", (), ("ext. 12 and 345",)),
        ("555 123 4567; 555-765-4321", ("555 123 4567", "555-765-4321"), ()),
        ("n/a", (), ()),
        ("", (), ()),
    ],
)
def test_phones_are_kept_as_written_or_left_out(
    written: str, kept: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    assert cells.phones([written]) == (kept, dropped)


def test_a_number_twice_is_one() -> None:
    assert cells.phones(["5551234567", "", "5551234567"]).kept == ("5551234567",)


@pytest.mark.parametrize(
    ("written", "kept", "dropped"),
    [
        ("hatkinson@mclaughlin.com", ("hatkinson@mclaughlin.com",), ()),
        ("Dana Reed <dana@isdom.example>", ("dana@isdom.example",), ()),
        ("a@x.org; b@x.org, c@x.org", ("a@x.org", "b@x.org", "c@x.org"), ()),
        ("mailto:a@x.org", ("a@x.org",), ()),
        ("dana at isdom", (), ("dana at isdom",)),
        ("a@b", (), ("a@b",)),
        ("a@@b.org", (), ("a@@b.org",)),
        ("a@b..org", (), ("a@b..org",)),
    ],
)
def test_emails_are_kept_or_left_out(written: str, kept: tuple[str, ...], dropped: tuple[str, ...]) -> None:
    assert cells.emails([written]) == (kept, dropped)


def test_consent_is_not_guessed() -> None:
    assert cells.yes("Yes")
    assert cells.yes("x")
    assert not cells.yes("")
    assert not cells.yes("FALSE")
    with pytest.raises(BadCell, match="“maybe” is neither yes nor no"):
        cells.yes("maybe")


def test_words_for_priority_and_channel() -> None:
    assert cells.priority("Urgent") is Priority.HIGH
    assert cells.priority("") is Priority.NORMAL
    assert cells.priority("low") is Priority.LOW
    assert cells.priority("someday") is None
    assert cells.channel("E-Mail") is Channel.MAIL
    assert cells.channel("phone call") is Channel.CALL
    assert cells.channel("pigeon") is None
