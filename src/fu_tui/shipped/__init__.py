"""What fu-tui comes with, as data a person can read: cadences and stages."""
