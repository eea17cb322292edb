"""The process's one SQLite library. Nothing else may import sqlite3 by itself.

Two copies of the library on one file take each other's locks away and corrupt it without an error. So this is the copy
that peewee chooses too, found as it finds it; peewee itself is ten times as long to load and comes with the first verb.
"""

from __future__ import annotations

import sqlite3
from typing import Any

try:
    from pysqlite3 import dbapi2 as _other  # type: ignore[import-not-found]
except ImportError:
    pass
else:
    if _other.sqlite_version_info >= sqlite3.sqlite_version_info:
        sqlite3: Any = _other  # type: ignore[no-redef]

VERSION: tuple[int, int, int] = sqlite3.sqlite_version_info

__all__ = ["VERSION", "sqlite3"]
