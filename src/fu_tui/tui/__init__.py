"""Textual lives here and nowhere else: app, panes, modals, screens."""
