"""Amounts of money as they stand on a card."""

from __future__ import annotations

import math

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def amount_words(amount: float | None, currency: str) -> str:
    """`$4,514` (of "USD" and of "$"), `4,514 CHF`, `4,514.50 SEK`; cents only where there are any.

    Empty where none is known.
    """
    if amount is None or not math.isfinite(amount):
        return ""
    number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    sign = _SIGNS.get(currency.upper(), currency if currency in _SIGNS.values() else "")
    return f"{sign}{number}" if sign else f"{number} {currency}".strip()
