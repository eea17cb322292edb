"""Textual lives here and nowhere else: app, panes, modals, screens."""

import os

# The second paint of a key waits for a frame; Textual reads this once, when it is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")
