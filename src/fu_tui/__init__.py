"""fu-tui: a keyboard-driven follow-up queue. This module holds the version and imports nothing."""

__version__ = "0.1.0"
