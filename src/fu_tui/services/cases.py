"""Cases: what somebody waits for besides a deal. One rule: a case of high priority has a task at once (R132)."""

from __future__ import annotations

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.core.events import CaseClosed, CaseOpened, Event
from fu_tui.core.terms import Priority
from fu_tui.core.terms_automation import CaseKind, CaseStatus, TriggerEvent
from fu_tui.services.context import Context
from fu_tui.services.triggers import Matter, hear
from fu_tui.store.models import Account, Case, Contact
from fu_tui.store.unit import Unit


class Cases:
    """The verbs `open_case` and `close_case`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def open_case(
        self,
        title: str,
        *,
        contact_id: int | None = None,
        account_id: int | None = None,
        kind: CaseKind = CaseKind.TICKET,
        priority: Priority = Priority.NORMAL,
        owner_id: int | None = None,
    ) -> tuple[Event, ...]:
        """Open a case about a contact or an account; one of high priority gets its task now.

        owner_id: whose it is; the contact's or account's owner unless told, else who acts.
        Raises UsageError for a case without a title or nobody it is about.
        """
        title = " ".join(title.split())
        if not title:
            raise UsageError("A case has a title.", "Say what they wait for.")
        if contact_id is None and account_id is None:
            raise UsageError("A case is about somebody.", "Name a contact or an account.")
        with self._context.unit("case") as work:
            if contact_id is not None:
                contact = work.load(Contact, contact_id)
                account_id = account_id or contact.account
                owner_id = owner_id or contact.owner
            if account_id is not None:
                owner_id = owner_id or work.load(Account, account_id).owner
            case_id = work.insert(
                Case, title=title, contact=contact_id, account=account_id, kind=kind, priority=priority,
                owner=owner_id or self._context.me.id, opened_at=work.at,
            )  # fmt: skip
            events: list[Event] = [CaseOpened(case_id, title, priority)]
            if priority is Priority.HIGH:
                events += hear(self._context, work, TriggerEvent.CASE_HIGH, matter_of(work, case_id))
            work.summary = f'opened the case "{title}"'
        return tuple(events)

    def close_case(self, case_id: int) -> tuple[Event, ...]:
        """Close a case. Its tasks stay: each says by its own close how it ended.

        Raises NotFound for an unknown one, Refused for one that is closed.
        """
        with self._context.unit("case") as work:
            try:
                case = work.load(Case, case_id)
            except NotFound:
                raise NotFound(f"There is no case {case_id}.", "`fu cases list` shows them.") from None
            if case.status is CaseStatus.CLOSED:
                raise Refused(f"Case {case_id} is closed already.", "`fu cases list` shows the open ones.")
            work.update(Case, case_id, status=CaseStatus.CLOSED, closed_at=work.at)
            work.summary = f'closed the case "{case.title}"'
        return (CaseClosed(case_id, case.title),)


def matter_of(work: Unit, case_id: int) -> Matter:
    """A case as a trigger sees it."""
    case = work.load(Case, case_id)
    return Matter(
        f"case:{case_id}", case.opened_at, case.contact, None, case.account, case_id, body=case.title
    )
