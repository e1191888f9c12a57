"""A consult as its owner reads it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from codes.consult.answering import removed_words
from codes.models import Consult, ConsultMessage, Inbound, MessageKind


@dataclass(frozen=True)
class Said:
    """One message; `who` is a consultant, or says that the software answered."""

    at: datetime
    kind: str
    who: str
    text: str
    removed: str = ""
    waits: bool = False
    verified: bool = False


def thread(consult: Consult) -> list[Said]:
    """Questions and answers, and what came in and is being read. Drafts are the consultants'."""
    rows = consult.messages.exclude(kind=MessageKind.DRAFT).select_related("by", "inbound")
    said = [_said(row) for row in rows.order_by("round", "pk")]
    waiting = consult.inbound.waiting()
    return [*said, *(_waits(row) for row in waiting)]


def waiting_rows(user: User) -> list[Inbound]:
    """What a person sent that no consult was made of yet."""
    return list(Inbound.objects.waiting().filter(owner=user, consult=None)[:20])


def _said(row: ConsultMessage) -> Said:
    if row.kind == MessageKind.QUESTION:
        return Said(row.at, row.kind, "", row.text, removed=removed_words(row.inbound))
    return Said(
        row.at,
        row.kind,
        row.by.get_full_name() if row.by else "",
        row.text,
        verified=row.by is not None,
    )


def _waits(row: Inbound) -> Said:
    return Said(row.received_at, MessageKind.QUESTION, "", row.text, removed_words(row), waits=True)
