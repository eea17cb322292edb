"""The write side: one public verb is one transaction, one journal entry and a tuple of events."""
