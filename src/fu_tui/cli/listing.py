"""`fu list`: the queue and the lists of what wants a decision. One rule: it reads pages, never counts off rows."""

from __future__ import annotations

from dataclasses import replace

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.cli.task_lines import drawn
from fu_tui.core.errors import UsageError
from fu_tui.core.terms import Bucket
from fu_tui.queries.counts import counts
from fu_tui.queries.queue import UPCOMING_DAYS, Order, View, count, page

DAILY = (Bucket.OVERDUE, Bucket.TODAY, Bucket.UPCOMING)
TITLES = {
    Bucket.OVERDUE: "Overdue",
    Bucket.TODAY: "Due today",
    Bucket.UPCOMING: "Upcoming",
    Bucket.LATER: "Later",
    Bucket.HIDDEN: "Hidden",
}
BUCKETS = {
    "overdue": (Bucket.OVERDUE,),
    "today": (Bucket.TODAY,),
    "upcoming": (Bucket.UPCOMING,),
    "hidden": (Bucket.HIDDEN,),
    "all": tuple(TITLES),
}
RECORDS = ("stalled", "no-next-step", "unowned", "parked")
"""Lists that are not of tasks."""
ATTENTION = ("triage", "unlinked", *RECORDS)
LISTS = (*BUCKETS, *ATTENTION)


@click.command("list", epilog=params.examples(
    "fu list", "fu list overdue --owner all", "fu list --on fri --filter betatech",
    "fu list no-next-step --limit 20", "fu list all --json",
))  # fmt: skip
@click.argument("which", type=click.Choice(LISTS), required=False, metavar="[LIST]")
@params.owner
@params.words
@click.option("--on", metavar="DATE", help="Only what is due on this day.")
@params.limit
@click.option(
    "--order", type=click.Choice([order.value for order in Order]), default="due", help="What comes first."
)
@params.as_json
@click.pass_obj
def list_(
    session: Session,
    which: str | None,
    owner: str | None,
    words: str,
    on: str | None,
    limit: int | None,
    order: str,
    in_json: bool,
) -> None:
    """Show what is overdue, due today, and coming.

    LIST is one of overdue, today, upcoming, hidden, all (everything open), triage (nothing happened for 14 days,
    or linked to nobody), unlinked (the latter alone), stalled (cadences without a task), no-next-step (open deals
    nobody works on, contacts left without one), unowned (contacts without an owner), parked (deals that rest, with
    reason and day, and paused cadences). Without --owner it is your own queue.
    """
    most = params.page_size(limit, in_json)
    if which == "unowned" and owner:
        raise UsageError("Unowned contacts have no owner.", "Leave --owner out.")
    if on and which in RECORDS:
        raise UsageError(f"What {which} lists is due on no day.", "Leave --on out.")
    view = replace(session.view(owner), on=session.day(on), order=Order(order))
    if words:
        from fu_tui.queries.hits import seek

        view = replace(view, sought=seek(session.db, words))
    if which in ATTENTION:
        from fu_tui.cli import attention

        getattr(attention, which.replace("-", "_"))(session, view, most, in_json)
    else:
        daily = which is None and view.on is None
        _queue(session, view, DAILY if daily else BUCKETS[which or "all"], most, in_json, daily)


def _queue(
    session: Session, view: View, buckets: tuple[Bucket, ...], most: int, in_json: bool, daily: bool
) -> None:
    pages = {bucket: page(session.db, view, bucket, most) for bucket in buckets}
    if in_json:
        from fu_tui.cli.task_json import tasks_json

        out.answer_json(tasks_json(session, [row.id for rows in pages.values() for row in rows]))
        return
    shown = {bucket: rows for bucket, rows in pages.items() if rows}
    lines = drawn(session, view, [row for rows in shown.values() for row in rows])
    text: list[str] = []
    for bucket, rows in shown.items():
        total = len(rows) if len(rows) != most else _total(session, view, bucket)
        title = f"{TITLES[bucket]} {total:,}"
        if bucket is Bucket.UPCOMING:
            title += f" · {UPCOMING_DAYS} days"
        style = (out.BOLD, out.RED) if bucket is Bucket.OVERDUE else (out.BOLD,)
        text += [out.styled(title, *style), *(f"  {lines.pop(0)}" for _ in rows)]
        if total > len(rows):
            text.append(out.styled(f"  {total - len(rows):,} more (--limit)", out.DIM))
    if not shown:
        text.append(_nothing(buckets, view))
    if daily:
        text += _beside(session, view, bool(shown))
    out.lines(text)


def _total(session: Session, view: View, bucket: Bucket) -> int:
    """How many rows a bucket has; counted off only where words or a day narrow it."""
    if view.words or view.on:
        return count(session.db, view, bucket)
    return int(getattr(counts(session.db, view), bucket.value))


def _nothing(buckets: tuple[Bucket, ...], view: View) -> str:
    if view.words or view.on:
        return "Nothing matches."
    if buckets == DAILY:
        return f"Nothing is due in the next {UPCOMING_DAYS} days."
    return "Nothing is open." if len(buckets) > 1 else f"Nothing under {TITLES[buckets[0]].lower()}."


def _beside(session: Session, view: View, any_shown: bool) -> list[str]:
    """What the daily view leaves out; and what to do where it is empty."""
    if view.words:
        return []
    found = counts(session.db, view)
    parts = [
        f"{n:,} {words}"
        for n, words in ((found.later, "later (fu list all)"), (found.hidden, "hidden (fu list hidden)"))
        if n
    ]
    lines = [out.styled(" · ".join(parts), out.DIM)] if parts else []
    if found.overdue or found.today:
        return lines
    slipping = _slipping(session, view)
    return lines + (slipping or ([] if any_shown or not view.scope.is_mine else _elsewhere(session)))


def _slipping(session: Session, view: View) -> list[str]:
    """What is left where nothing is due: the day is done when these lists are empty."""
    from fu_tui.queries.slips import left

    lists = left(session.db, view)
    parts = [
        f"{n:,} {words} (fu list {name})"
        for n, words, name in (
            (lists.triage, "to decide", "triage"),
            (lists.no_next_step, "without a next step", "no-next-step"),
            (lists.stalled, "stalled", "stalled"),
            (lists.unowned, "without an owner", "unowned"),
        )
        if n
    ]
    return [f"Left: {' · '.join(parts)}"] if parts else []


def _elsewhere(session: Session) -> list[str]:
    """Where the work is, beside an empty desk."""
    from fu_tui.queries.look import Look

    look = Look(session.db, session.me, session.clock)
    owners = ", ".join(f"{name} {n:,}" for name, n in look.elsewhere())
    return [out.styled(f"Work lies with {owners}: fu list --owner all")] if owners else []
