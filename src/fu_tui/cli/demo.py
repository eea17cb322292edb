"""`fu demo`: a desk on invented data. One rule: it has a file of its own and never touches a real one."""

from __future__ import annotations

import click

from fu_tui.cli import out, params
from fu_tui.cli.session import Session
from fu_tui.core.errors import UsageError

IN_THE_SHELL = "The same in the shell: fu --demo list, fu --demo show 1, … The desk again: fu --demo."


@click.command(
    epilog=params.examples(
        "fu demo", "fu demo --keep", "fu --demo list          (a command on the demo's data)"
    )
)
@click.option("--keep", is_flag=True, help="Go on where the last demo stopped.")
@click.pass_obj
def demo(session: Session, keep: bool) -> int | None:
    """Open a desk on invented data, its days around today.

    Your own data is not touched. Every command works on the demo's data after --demo: `fu --demo list`,
    `fu --demo close 12 no_reply`. Without a terminal the demo prints its list.
    """
    from fu_tui.bootstrap import DEMO_USER
    from fu_tui.bootstrap import demo as invented
    from fu_tui.cli.screen import has_screen, open_desk

    if session.db_name or session.user:
        raise UsageError(
            "The demo has a file and a user of its own.", "Leave --db, --as, --demo, FU_DB and FU_USER out."
        )
    with invented(session.clock, keep=keep) as path:
        if has_screen():
            code = open_desk(str(path), DEMO_USER, badge="DEMO")
            if code == 0:
                out.talk(IN_THE_SHELL)
            return code
        from fu_tui.cli.listing import list_

        out.talk(f"DEMO, invented data in {path}. {IN_THE_SHELL}")
        session.db_name, session.user = str(path), DEMO_USER
        click.get_current_context().invoke(list_)
        session.shut()
    return None
