"""`fu doctor`: whether the file keeps its promises. One rule: a broken promise is exit code 1; what only waits for
somebody's decision is listed and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session

if TYPE_CHECKING:
    from fu_tui.queries.doctor import Finding, Report


@click.command(epilog=params.examples("fu doctor", "fu doctor --repair", "fu doctor --json"))
@click.option("--repair", is_flag=True, help="Reckon the caches again (last contact, load of the days).")
@params.as_json
@click.pass_obj
def doctor(session: Session, repair: bool, in_json: bool) -> int:
    """Check every promise the database makes.

    Violations are errors (exit code 1). Lists are things that wait for a decision.
    """
    from fu_tui.queries.doctor import examine, repair_caches

    if repair:
        repair_caches(session.db)
    report = examine(session.db)
    if in_json:
        out.answer_json(_json(report))
    else:
        out.lines(_lines(report))
    return 1 if report.violations else 0


def _lines(report: Report) -> list[str]:
    facts = report.facts
    newest = facts.backups[0].name if facts.backups else "none yet"
    return [
        out.styled(f"{facts.path}"),
        out.styled(f"  schema {facts.schema}, SQLite {facts.sqlite}", out.DIM),
        out.styled(
            f"  journal {facts.journal_mode}, synchronous {facts.synchronous}: {facts.journal_why}", out.DIM
        ),
        out.styled(f"  {len(facts.backups)} backups kept, the newest: {newest}", out.DIM),
        *(out.styled(_words(finding), out.RED) for finding in report.violations),
        out.styled(
            f"{len(report.violations)} kinds of violation." if report.violations else "No violations.",
            out.BOLD,
        ),
        *(out.styled(_words(finding)) for finding in report.lists),
    ]


def _words(finding: Finding) -> str:
    some = ", ".join(f"#{number}" for number in finding.ids)
    more = ", …" if finding.count > len(finding.ids) else ""
    what = f"{finding.entity.replace('_', ' ')}s".replace("ys", "ies")
    return f"{finding.code:>7}  {what} {finding.text}: {finding.count:,}{f' ({some}{more})' if some else ''}"


def _json(report: Report) -> dict[str, Any]:
    facts = report.facts
    return {
        "file": str(facts.path), "schema": facts.schema, "sqlite": facts.sqlite,
        "journal_mode": facts.journal_mode, "journal_why": facts.journal_why, "synchronous": facts.synchronous,
        "backups": [str(path) for path in facts.backups],
        "violations": [_finding(finding) for finding in report.violations],
        "lists": [_finding(finding) for finding in report.lists],
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "count": finding.count, "entity": finding.entity, "text": finding.text,
            "ids": list(finding.ids)}  # fmt: skip
