"""An import plan in words. One rule: what was taken, changed and not taken is said with its number and its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fu_tui.core.terms import StageKind
from fu_tui.exchange.plan import FileReport, ImportPlan

SHOWN = 20
"""Rejected rows that are listed; the rest are counted."""


def report_lines(plan: ImportPlan, shown: int = SHOWN) -> Iterator[str]:
    """The plan for people, line by line: files, records, stages, repairs, and at most `shown` rejected rows."""
    for file in plan.files:
        yield _file(file)
    yield f"In all: {_records(plan)}."
    if plan.stages:
        yield "Stages: " + ", ".join(
            f"{stage.name} {stage.deals:,}" + ("" if stage.kind is StageKind.OPEN else f" ({stage.kind})")
            for stage in plan.stages
        )
    for repair in plan.repairs:
        yield f"{repair.count:,} × {repair.what} ({repair.file}, first on line {repair.line})"
    for file in plan.files:
        if file.ignored:
            yield f"Columns not taken from {file.name}: {', '.join(file.ignored[:shown])}{_more(file.ignored, shown)}"
    for name in plan.passed_over:
        yield f"Not read: {name}"
    for reject in plan.rejects[:shown]:
        yield f"Not taken: {reject.file}, line {reject.line}: {reject.reason}"
    if len(plan.rejects) > shown:
        yield f"Not taken: {len(plan.rejects) - shown:,} more rows"


def report_json(plan: ImportPlan) -> dict[str, Any]:
    """The plan for programs: every file with its counts, every rejected row with its line and reason."""
    return {
        "files": [
            {
                "name": file.name, "kind": str(file.kind), "read": file.read, "taken": file.taken,
                "merged": file.merged, "rejected": file.rejected, "ignored_columns": list(file.ignored),
            }
            for file in plan.files
        ],
        "records": {
            "users": len(plan.users), "stages": len(plan.stages), "accounts": len(plan.accounts),
            "contacts": len(plan.contacts), "deals": len(plan.deals), "notes": len(plan.notes),
            "tasks": len(plan.tasks),
        },
        "repairs": [
            {"file": repair.file, "what": repair.what, "count": repair.count, "line": repair.line}
            for repair in plan.repairs
        ],
        "rejected": [
            {"file": reject.file, "line": reject.line, "reason": reject.reason, "cells": list(reject.cells)}
            for reject in plan.rejects
        ],
        "passed_over": list(plan.passed_over),
    }  # fmt: skip


def _file(file: FileReport) -> str:
    fates = [f"{file.taken:,} taken"]
    if file.merged:
        fates.append(f"{file.merged:,} merged with earlier rows")
    if file.rejected:
        fates.append(f"{file.rejected:,} not taken")
    return f"{file.name} ({file.kind}): {file.read:,} rows, {', '.join(fates)}"


def _records(plan: ImportPlan) -> str:
    counts = {
        "users": len(plan.users),
        "accounts": len(plan.accounts),
        "contacts": len(plan.contacts),
        "deals": len(plan.deals),
        "notes": len(plan.notes),
        "follow-ups": len(plan.tasks),
    }
    implied = {
        "users": sum(user.implied for user in plan.users),
        "accounts": sum(account.implied for account in plan.accounts),
        "contacts": sum(contact.implied for contact in plan.contacts),
    }
    return (
        ", ".join(
            f"{n:,} {what}" + (f" ({implied[what]:,} only named by others)" if implied.get(what) else "")
            for what, n in counts.items()
            if n
        )
        or "nothing"
    )


def _more(names: tuple[str, ...], shown: int) -> str:
    return f" and {len(names) - shown:,} more" if len(names) > shown else ""
