"""Files in and out: reading, matching columns, staging, reporting. One format per module."""
