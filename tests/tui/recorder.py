"""A terminal in memory: what the app would write to a real one is kept byte for byte, and read as one reads it."""

from __future__ import annotations

import re

from textual.drivers import headless_driver

from tests.hostile import FORBIDDEN

SEQUENCE = re.compile(
    rb"\x1b\[(?P<csi>[0-9;:<>=?]*[ $]?[@-~])|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b[P_^](?P<dcs>[^\x1b]*)\x1b\\|\x1b(?P<other>.)",  # noqa: E501
    re.DOTALL,
)
OURS = re.compile(
    rb"[0-9;]*[mHJKhlu]|\?[0-9;]+(?:\$p|h|l)|[<>=][0-9]*u|\?u|c|[0-9]+n|[0-9]* ?q|[0-9]+;[0-9]+H"
)
"""Sequences that the framework itself writes: colours, places, modes and questions about them."""
POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The shape of the mouse pointer over a field."""


def obeyed(raw: bytes) -> list[bytes]:
    """Everything in the output that a terminal would obey and that the app itself would never write."""
    found = []
    for one in SEQUENCE.finditer(raw):
        if not OURS.fullmatch(one["csi"] or b"-") and not POINTER.fullmatch(one[0]):
            found.append(one[0])
    rest = SEQUENCE.sub(b"", raw).decode("utf-8", "replace")
    found += [each[0].encode() for each in FORBIDDEN.finditer(rest) if each[0] not in "\r\n\x1b"]
    return found


class Recorder(headless_driver.HeadlessDriver):
    """The framework's driver for tests, for which the app paints as for a real terminal."""

    raw = b""

    @property
    def is_headless(self) -> bool:
        """No: else nothing would be painted."""
        return False

    def write(self, data: str) -> None:
        """Keep it. Raises UnicodeEncodeError where a terminal could not be told."""
        self.raw += data.encode("utf-8")

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        raw, self.raw = self.raw, b""
        return raw
