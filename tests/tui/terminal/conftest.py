"""The same world that the stories are told in."""

from __future__ import annotations

from tests.tui.stories.conftest import world

__all__ = ["world"]
