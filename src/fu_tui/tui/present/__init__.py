"""Rows to strips and sentences: pure functions, no widgets."""
