"""The process's one SQLite library: the copy that peewee chose. Nothing else may import sqlite3 by itself.

Two copies of the library on one file take each other's locks away and corrupt it without an error.
"""

from peewee import sqlite3  # type: ignore[attr-defined]  # peewee's stubs leave it out

VERSION: tuple[int, int, int] = sqlite3.sqlite_version_info

__all__ = ["VERSION", "sqlite3"]
