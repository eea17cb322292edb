"""The wording rules (R1–R8, R152): what is refused, what is hinted, and the better wording."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.lint import MAX_WORDS, Verdict, check
from fu_tui.core.lint_better import Better, better_wording


def codes(action: str) -> list[str]:
    return [hint.code for hint in check(action).hints]


def better(action: str, code: str) -> str | tuple[str, str]:
    return next(hint.better for hint in check(action).hints if hint.code == code)


@pytest.mark.parametrize("action", ["", "   ", "?", "…", "—"])
def test_nothing_is_refused(action: str) -> None:
    verdict = check(action)
    assert verdict.refused.startswith("No action stands here.")
    assert verdict.hints == ()


@pytest.mark.parametrize(
    "action",
    [
        "follow up",
        "Follow up",
        "Follow-up",
        "followup",
        "Follow up!",
        "Just follow up",
        "Please follow up with Dana",
        "Following up",
        "Follow up again",
        "Follow up with lead",
        "Follow up with the new lead",
        "Follow up with Dana",
        "follow up with dana",
        "Follow up with Dana Reed of Isdom",
        "Follow up with Dana and Ravi",
        "Follow up with Dana and Mark",
        "Follow up Dana",
        "follow up dana",
        "Follow-up call",
        "Follow up call with Dana",
        "Follow up on Dana",
        "Follow up on Dana Reed",
        "Follow up on the client",
        "Follow up: Dana",
        "Follow up - Dana",
        "Follow up with",
        "Follow up on",
        "Follow up about",
        "Follow up with Dana about",
        "Follow up with Dana by phone",
        "Follow up with Dana on LinkedIn",
        "Check in",
        "Check in on Dana",
        "Check in with the team",
        "Checking in",
        "Just checking in with Dana",
        "Touch base",
        "Touch base with Dana",
        "Circle back",
        "Circle back to Dana",
        "Circle back with Dana soon",
        "Ping",
        "ping dana",
        "Ping Dana on Slack",
        "Reach out",
        "Reach out to Dana",
        "Reach out to 3 leads",
        "Catch up",
        "Catch up with Dana",
        "Need to follow up with Dana",
    ],
)
def test_a_bare_follow_up_is_refused_with_the_remedy(action: str) -> None:
    refused = check(action).refused
    assert "says no action" in refused
    assert "about the signed quote" in refused


@pytest.mark.parametrize(
    "action",
    [
        "Follow up with Dana on the signed quote",
        "Follow up with Dana about terms",
        "Follow up with Dana re quote",
        "Follow up with Dana regarding seats",
        "Follow up with Dana to confirm the date",
        "Follow up with Dana for the signed quote",
        "Follow up with Dana after the demo",
        "Follow up with Dana, confirm approval",
        "Follow up with Dana and send the quote",
        "Follow up with Dana: send the quote",
        "Follow up on the signed quote",
        "Follow up on pricing",
        "follow up on pricing",
        "Follow up on GTX Plus Basic",
        "Follow up on NDA",
        "Follow up on licensing",
        "Follow up about the invoice",
        "Follow up: signed quote",
        "Follow up invoice 4411",
        "Follow up to confirm the date",
        "Follow up with the signed quote",
        "Check in on the signed quote",
        "Check in with Dana on onboarding",
        "Reach out to Dana about the pilot",
        "Reach out to schedule the demo",
        "Ping Dana about the quote",
        "Ping Dana on Slack about the quote",
        "Ping Dana to send the quote",
        "Touch base with Dana on terms",
        "Circle back to Dana with the new price",
        "Catch up with Dana on the pilot",
        "Send the follow-up email",
        "Call Dana to follow up",
        "Prepare the check-in with Dana",
        "Call Dana",
        "Call (@dana)",
    ],
)
def test_a_purpose_or_another_verb_is_enough(action: str) -> None:
    assert check(action).refused == ""


@pytest.mark.parametrize(
    "action",
    [
        "Call Dana",
        "call dana about terms",
        "Call Dana, confirm approval, resend quote",
        "Discuss pricing and terms",
        "Review quote and call notes",
        "Send the summary and next steps",
        "Draft and send the proposal",
        "Call Dana and Mark Lee",
        "Call and name the blocker",
        "Re-send the invoice",
        "Resend the invoice",
        "Double-check the figures",
        "Frobnicate the quote",
        "Finalise pricing with Dana",
        "Ask whether Dana signed",
        "Look into and/or clauses with legal",
        "Wait for the signature",
        "Say thanks, then",
        "Have Dana sign",
        "Do the recap",
        "Contract for Betatech",
        "Follow up with Dana on the signed quote",
    ],
)
def test_a_good_wording_gets_no_hint(action: str) -> None:
    assert check(action).refused == ""
    assert check(action).hints == ()


def test_more_than_ten_words_is_hinted() -> None:
    ten = "Call Dana about the signed quote for the GTX seats"
    assert len(ten.split()) == MAX_WORDS
    assert codes(ten) == []
    assert codes(f"{ten} today") == ["long"]
    assert codes("Call Dana – ask for the signed quote & the GTX seats") == []
    hint = check(f"{ten} today").hints[0]
    assert "11 words" in hint.text
    assert "//" in hint.text


@pytest.mark.parametrize(
    ("action", "cut"),
    [
        (
            "Call Dana, confirm approval, resend the quote because she asked for net 60",
            "Call Dana, confirm approval, resend the quote",
        ),
        (
            "Send the pricing recap to the whole purchasing team at Betatech before their meeting",
            "Send the pricing recap to the whole purchasing team",
        ),
        ("Send a b c d e f g h i j k", "Send a b c d e f g h i"),
    ],
)
def test_a_long_wording_is_cut_where_it_pauses(action: str, cut: str) -> None:
    assert better(action, "long") == cut
    assert "long" not in codes(cut)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Please call Dana", "Call Dana"),
        ("Need to call Dana", "Call Dana"),
        ("I should call Dana", "Call Dana"),
        ("To call Dana", "Call Dana"),
        ("Calling Dana about terms", "Call Dana about terms"),
        ("Preparing the quote", "Prepare the quote"),
        ("Shipping the samples", "Ship the samples"),
        ("Called Dana", "Call Dana"),
        ("Calling Dana .", "Call Dana"),
        ("Dana: send the quote", "Send the quote (Dana)"),
        ("Betatech – renew contract", "Renew contract (Betatech)"),
        ("Dana Reed", ""),
        ("The quote for Dana", ""),
        ("New pricing", ""),
        ("Angebot an Dana senden", ""),
    ],
)
def test_a_wording_begins_with_its_verb(action: str, said: str) -> None:
    assert codes(action) == ["verb"]
    assert better(action, "verb") == said
    assert not said or codes(said) == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Did Dana sign?", "Find out: did Dana sign"),
        ("What does Betatech need", "Find out: what does Betatech need"),
        ("Is the quote signed?", "Find out: is the quote signed"),
        ("Call Dana about terms?", "Call Dana about terms"),
        ("Quote signed?", "Find out: quote signed"),
        ("How to price this", "Find out: how to price this"),
        ("GTX price?", "Find out: GTX price"),
    ],
)
def test_a_question_is_no_action(action: str, said: str) -> None:
    assert codes(action) == ["question"]
    assert better(action, "question") == said
    assert codes(said) == []


@pytest.mark.parametrize(
    ("action", "first", "second"),
    [
        ("Call Dana and send quote", "Call Dana", "Send quote"),
        ("Call Dana, then send the quote", "Call Dana", "Send the quote"),
        ("Call Dana and then send the quote", "Call Dana", "Send the quote"),
        ("Call Dana then email Ravi", "Call Dana", "Email Ravi"),
        ("Call Dana & send quote", "Call Dana", "Send quote"),
        ("Call Dana; send quote", "Call Dana", "Send quote"),
        ("Call Dana. Send quote.", "Call Dana", "Send quote"),
        ("Send the quote and call Dana", "Send the quote", "Call Dana"),
        ("Review the draft and quote the seats", "Review the draft", "Quote the seats"),
        ("Confirm approval and resend quote", "Confirm approval", "Resend quote"),
    ],
)
def test_two_actions_are_two_follow_ups(action: str, first: str, second: str) -> None:
    assert codes(action) == ["two"]
    assert better(action, "two") == (first, second)
    assert better_wording(action, check(action)) == Better(first, second=second)
    assert codes(first) == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("Follow up with Dana about quote", "Ask Dana about the quote"),
        ("Follow up with Dana Reed on the signed quote", "Ask Dana Reed about the signed quote"),
        ("follow up with dana re terms", "Ask dana about terms"),
        ("Just checking in with Dana on onboarding", "Ask Dana about the onboarding"),
        ("Ping Dana on Slack about the quote", "Ask Dana about the quote"),
        ("Reach out to Dana about the pilot", "Ask Dana about the pilot"),
        ("Follow up with Dana to confirm the date", "Ask Dana to confirm the date"),
        ("Reach out to schedule the demo", "Schedule the demo"),
        ("Follow up on pricing", "Ask about the pricing"),
        ("Follow up with Dana, confirm approval", ""),
        ("Follow up with Dana", ""),
        ("Call Dana about the quote", ""),
        ("Circle the typos", ""),
        ("Check internal notes about the quote", ""),
    ],
)
def test_an_act_is_named_instead_of_follow_up(action: str, said: str) -> None:
    verdict = check(action)
    mended = better_wording(action, verdict)
    assert (mended.action if mended else "") == said
    assert not said or check(said) == Verdict()


def test_what_is_too_long_goes_behind_the_slashes() -> None:
    action = "Call Dana, confirm approval, resend the quote because she asked for net 60"
    assert better_wording(action, check(action)) == Better(
        "Call Dana, confirm approval, resend the quote", body="because she asked for net 60"
    )


def test_what_is_shipped_obeys_both() -> None:
    text = files("fu_tui").joinpath("shipped", "cadences.toml").read_text("utf-8")
    actions = [
        line.split('action = "')[1].split('"')[0] for line in text.splitlines() if 'action = "' in line
    ]
    assert len(actions) > 20
    assert tomllib.loads(text)
    for action in actions:
        verdict = check(action)
        assert (verdict.refused, [hint.code for hint in verdict.hints]) == ("", []), action


WORDS = (
    "follow up follow-up with Dana on the to about call send quote and then , ; ? : – - ( ) just please ping check in "
    "touch base what did I re- ing calling 3 & // not."
)
LINES = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@given(st.text() | LINES)
def test_checking_never_fails_and_a_better_wording_differs(action: str) -> None:
    verdict = check(action)
    for hint in verdict.hints:
        assert hint.text
        assert hint.better != action
        for said in hint.better if isinstance(hint.better, tuple) else (hint.better,):
            assert said == said.strip()
    mended = better_wording(action, verdict)
    assert mended is None or mended.action.strip()
