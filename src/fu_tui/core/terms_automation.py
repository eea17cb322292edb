"""The terms of cases and of what happens by itself or beside a close: triggers, absences, series, stages. One rule: as
in terms, each is spelled here and nowhere else; apart from those, as no row of the queue needs them before the first
paint."""

from __future__ import annotations

from enum import StrEnum


class CaseKind(StrEnum):
    TICKET = "ticket"
    APPROVAL = "approval"
    DOCUMENT = "document"
    RENEWAL = "renewal"
    VENDOR = "vendor"


class CaseStatus(StrEnum):
    OPEN = "open"
    PENDING = "pending"
    CLOSED = "closed"


class AbsencePolicy(StrEnum):
    COVER_URGENT = "cover_urgent"
    """The cover gets what is overdue, due in the absence with high priority, or has an hour."""
    COVER_ALL = "cover_all"
    PAUSE = "pause"


class TriggerEvent(StrEnum):
    INQUIRY = "inquiry"
    MEETING_HELD = "meeting_held"
    PROPOSAL_SENT = "proposal_sent"
    MAIL_UNANSWERED = "mail_unanswered"
    PROPOSAL_UNANSWERED = "proposal_unanswered"
    DELIVERED = "delivered"
    RENEWAL_DUE = "renewal_due"
    SILENT = "silent"
    CASE_HIGH = "case_high"
    DEAL_STALE = "deal_stale"
    STAGE_LATE = "stage_late"


class TriggerEffect(StrEnum):
    CREATE_TASK = "create_task"
    ENROLL = "enroll"
    NOTIFY = "notify"


class TriggerUnit(StrEnum):
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"


class SeriesState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class Then(StrEnum):
    """What becomes of the cadence that ran in the stage before."""

    KEEP = "keep"
    REPLACE = "replace"
    """By the one that belongs to the new stage."""
    STOP = "stop"
