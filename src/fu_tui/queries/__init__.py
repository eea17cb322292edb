"""The read side: one SQL statement, a tuple of frozen rows. Never a model instance, never a write."""
