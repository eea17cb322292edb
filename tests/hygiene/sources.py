"""The project's own files, for the tests that read them, and the names that a module uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "fu_tui"

_OURS = ("src", "tests", "docs", "themes", "requirements", ".ci")
_WRITTEN = frozenset({"", ".py", ".md", ".toml", ".txt", ".tcss", ".csv", ".json", ".svg", ".sql"})
_MADE = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"})


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Every Python file under `folder`, in order."""
    return sorted(path for path in folder.rglob("*.py") if not _MADE & set(path.parts))


def written_files() -> list[Path]:
    """Every text file that people write: code, tests, docs, themes, data and what lies at the top."""
    below = (path for name in _OURS for path in (ROOT / name).rglob("*") if not _MADE & set(path.parts))
    files = [path for path in (*below, *ROOT.iterdir()) if path.is_file() and path.suffix in _WRITTEN]
    return sorted(path for path in files if path.name != ".coverage")


def relative(path: Path) -> str:
    """`path` as a person would name it: from the top of the project."""
    return path.relative_to(ROOT).as_posix()


def names_used(source: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import and of every dotted use of something imported.

    `from datetime import datetime as dt; dt.now()` gives "datetime.datetime" and "datetime.datetime.now".
    """
    tree = ast.parse(source)
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                aliases[name.asname or name.name.partition(".")[0]] = (
                    name.name if name.asname else name.name.partition(".")[0]
                )
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                aliases[name.asname or name.name] = f"{node.module}.{name.name}"
                yield node.lineno, f"{node.module}.{name.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (dotted := _dotted(node)):
            first, _, rest = dotted.partition(".")
            if first in aliases:
                yield node.lineno, f"{aliases[first]}.{rest}"


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := _dotted(node.value)):
        return f"{base}.{node.attr}"
    return None
