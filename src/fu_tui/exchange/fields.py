"""What a file may say, kind by kind: our fields and the names that columns have for them. Data.

Within a kind the order counts: an earlier field takes a column first, an earlier name is the better one.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What the rows of a file are."""

    PRODUCTS = "products"
    """Only read to know how products are spelled."""
    USERS = "users"
    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    DEALS = "deals"
    LEADS = "leads"
    """A row is a contact, its account, a deal and a note at once."""
    TASKS = "tasks"


IGNORE = "ignore"
"""The field of columns that are known and not taken."""
MANY = frozenset({"phones", "emails", "facts", IGNORE})
"""Fields that take every column of theirs, numbered ones too ("Phone 1", "Phone 2")."""
DAYS = frozenset({"entered", "created", "closed", "renewal", "due"})
"""Fields that hold a date."""
TIMED = frozenset({"due"})
"""Those of them whose time of day counts."""
LONG = frozenset({"note"})
"""Fields that keep their line breaks."""

Names = dict[str, tuple[str, ...]]


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """`name` as names of columns, stages and products are compared: letters and digits only, without case."""
    return "".join(char for char in name.casefold() if char.isalnum())


_ID: tuple[str, ...] = ("id", "record id", "external id")
_OWNER: Names = {
    "owner": (
        "owner", "owner name", "deal owner", "opportunity owner", "lead owner", "contact owner",
        "account owner", "company owner", "task owner", "record owner", "sales agent", "sales rep",
        "sales representative", "salesperson", "assigned to", "assignee", "responsible", "agent", "rep",
        "account manager", "account executive",
    ),
}  # fmt: skip
_ACCOUNT: Names = {
    "account": (
        "account", "account name", "company", "company name", "organisation", "organization",
        "organisation name", "organization name", "customer", "customer name", "client", "client name",
        "associated company", "employer", "firm", "business",
    ),
}  # fmt: skip
_PERSON: Names = {
    "first_name": ("first name", "given name", "forename", "first"),
    "last_name": ("last name", "family name", "surname", "last"),
    "name": (
        "contact", "contact name", "contact person", "full name", "person", "name", "lead name", "lead",
        "associated contact", "primary contact",
    ),
}  # fmt: skip
_NOTE: Names = {
    "note": ("note", "notes", "comment", "comments", "remark", "remarks", "description", "details", "memo"),
}
_REACH: Names = {
    "emails": ("email", "e-mail", "mail", "email address", "work email"),
    "phones": (
        "phone", "telephone", "tel", "mobile", "cell", "phone number", "work phone", "mobile phone",
        "mobile number", "office phone", "home phone", "direct phone",
    ),
}  # fmt: skip
_CONSENT: Names = {
    "do_not_contact": ("do not contact", "dnc", "opted out", "opt out"),
    "no_mail": ("email opt out", "has opted out of email", "unsubscribed", "unsubscribed from all email"),
    "no_call": ("do not call",),
}
_FACTS: Names = {
    "facts": (
        "source", "lead source", "website", "web site", "domain", "linkedin", "department", "sector",
        "industry", "year established", "founded", "revenue", "annual revenue", "employees",
        "number of employees", "office location", "location", "address", "street", "city", "zip",
        "postal code", "state", "country", "subsidiary of", "parent account", "parent company",
    ),
}  # fmt: skip
_JOB: Names = {"job": ("job title", "title", "position", "role")}
_NEXT: Names = {
    "action": ("next action", "next step", "next activity", "action"),
    "due": (
        "next step date", "next action date", "next activity date", "next follow-up", "next follow-up date",
        "follow-up date", "follow-up on", "next contact", "next contact date", "due", "due date", "due on",
    ),
}  # fmt: skip
_STAGE: Names = {
    "stage": ("deal stage", "stage", "stage name", "pipeline stage", "lead stage", "lead status", "status")
}
_WORTH: Names = {
    "product": ("product", "product name", "item"),
    "amount": (
        "close value", "amount", "value", "deal value", "deal amount", "opportunity amount", "expected revenue",
    ),
    "currency": ("currency", "currency code", "currency iso code"),
    "entered": (
        "engage date", "stage entered", "entered stage", "date entered stage", "stage entered on", "stage since",
        "last stage change", "last stage change date",
    ),
    "created": (
        "created", "created date", "create date", "created on", "date created", "created at", "creation date",
        "open date", "opened", "start date",
    ),
}  # fmt: skip

FIELDS: dict[Kind, Names] = {
    Kind.PRODUCTS: {
        "name": ("product", "product name", "name", "item"),
        IGNORE: ("series", "family", "category", "product line", "sales price", "price", "list price",
                 "unit price", "sku", "product code"),
    },
    Kind.USERS: {
        "external_id": ("user id", "employee id", *_ID),
        "name": ("name", "full name", "user", "user name", "sales agent", "sales rep", "salesperson",
                 "agent", "rep", "employee", "owner"),
        "emails": _REACH["emails"],
        "manager": ("manager", "manager name", "supervisor", "team lead", "reports to"),
        "role": ("role", "profile"),
    },
    Kind.ACCOUNTS: {
        "external_id": ("account id", "company id", "customer id", *_ID),
        "name": (*_ACCOUNT["account"], "name"),
        **_OWNER, **_NOTE,
        "facts": (*_FACTS["facts"], *_REACH["phones"]),
    },
    Kind.CONTACTS: {
        "external_id": ("contact id", "person id", *_ID),
        **_PERSON, **_ACCOUNT, **_OWNER, **_REACH, **_JOB, **_CONSENT, **_NOTE, **_FACTS,
    },
    Kind.DEALS: {
        "external_id": ("opportunity id", "deal id", *_ID),
        "title": ("deal name", "opportunity name", "deal title", "deal", "opportunity", "title", "name"),
        **_ACCOUNT, **_OWNER, **_STAGE, **_WORTH,
        "closed": ("close date", "closed date", "closed on", "date closed", "closed", "closing date"),
        "lost_reason": ("lost reason", "closed lost reason", "loss reason", "reason lost"),
        "renewal": ("renewal date", "renewal", "renews on", "contract end", "contract end date"),
        **_PERSON, **_NEXT, **_NOTE,
    },
    Kind.LEADS: {
        "external_id": ("lead id", "contact id", *_ID),
        "account_id": ("account id", "company id"),
        **_PERSON, **_ACCOUNT, **_OWNER, **_STAGE, **_WORTH, **_REACH, **_JOB, **_CONSENT, **_NEXT, **_NOTE,
        **_FACTS,
    },
    Kind.TASKS: {
        "external_id": ("task id", "activity id", *_ID),
        "action": (*_NEXT["action"], "task", "task name", "subject", "what", "to do", "title"),
        "due": (*_NEXT["due"], "when", "deadline", "reminder", "reminder date", "date"),
        "deal": ("deal", "deal name", "deal title", "deal id", "opportunity", "opportunity name",
                 "opportunity id"),
        "priority": ("priority", "importance", "urgency"),
        "channel": ("channel", "type", "task type", "activity type", "method"),
        "status": ("status", "task status", "done", "completed", "complete"),
        **_PERSON, **_ACCOUNT, **_OWNER, **_REACH, **_NOTE,
    },
}  # fmt: skip
for _fields in FIELDS.values():
    _fields.setdefault(IGNORE, ())

_NAMED = frozenset({"name", "first_name", "last_name"})
NEEDS: dict[Kind, tuple[frozenset[str], ...]] = {
    Kind.PRODUCTS: (frozenset({"name"}),),
    Kind.USERS: (frozenset({"name"}), frozenset({"manager", "role", "emails"})),
    Kind.ACCOUNTS: (frozenset({"name"}),),
    Kind.CONTACTS: (_NAMED,),
    Kind.DEALS: (frozenset({"stage"}), frozenset({"external_id", "title", "product", "account"})),
    Kind.LEADS: (_NAMED, frozenset({"stage"}), frozenset({"emails", "phones"})),
    Kind.TASKS: (frozenset({"due"}), _NAMED | {"action", "account", "deal"}),
}
"""Of each set a file of that kind has at least one field."""

TELLING: dict[Kind, frozenset[str]] = {
    Kind.PRODUCTS: frozenset({IGNORE}),
    Kind.USERS: frozenset({"manager"}),
    Kind.ACCOUNTS: frozenset(),
    Kind.CONTACTS: frozenset(),
    Kind.DEALS: frozenset({"stage", "amount", "closed"}),
    Kind.LEADS: frozenset({"stage", "amount"}),
    Kind.TASKS: frozenset({"due", "action"}),
}
"""Fields that count double when the kind of a file is recognised."""
