"""Which channel an action speaks of, from its first word. One rule: a guess is shown, and typing another wins."""

from __future__ import annotations

from fu_tui.core.terms import Channel

FIRST_WORDS: dict[str, Channel] = {
    **dict.fromkeys(("call", "phone", "ring", "dial"), Channel.CALL),
    **dict.fromkeys(
        (
            "mail",
            "email",
            "e-mail",
            "send",
            "write",
            "share",
            "answer",
            "reply",
            "resend",
            "forward",
            "introduce",
        ),
        Channel.MAIL,
    ),
    **dict.fromkeys(("text", "sms", "whatsapp"), Channel.TEXT),
    **dict.fromkeys(("linkedin", "connect"), Channel.LINKEDIN),
    **dict.fromkeys(("meet", "visit", "demo", "present"), Channel.MEETING),
}


def channel_of(action: str) -> Channel | None:
    """The channel that the first word of `action` names; None where it names none (R154)."""
    first = action.split(maxsplit=1)[0] if action.strip() else ""
    return FIRST_WORDS.get(first.strip(",.:;!?").casefold())
