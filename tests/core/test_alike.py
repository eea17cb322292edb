"""Two actions that may be the same (R54)."""

from __future__ import annotations

import pytest

from fu_tui.core.alike import is_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call Ana about the quote", "Call Ana about the quote"),
        ("Call Ana about the quote", "Phone Ana re quote"),
        ("Send the pricing recap", "Send Ana the pricing recap"),
        ("Resend quotes", "Resend the quote"),
        ("Call Ana", "call Ana again"),
        ("Call Ana about the signed quote", "Call about the quote"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert is_alike(one, other, "Ana Ruiz")
    assert is_alike(other, one, "Ana Ruiz")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Call Ana about the quote", "Send Ana the onboarding checklist"),
        ("Call Ana about the quote", "Call Ana about the seats"),
        ("Call Ana", "Send Ana the deck"),
        ("", "Call Ana"),
        ("", ""),
    ],
)
def test_another_action(one: str, other: str) -> None:
    assert not is_alike(one, other, "Ana Ruiz")
