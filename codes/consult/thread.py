"""A consult as its owner reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from accounts.models import User
from codes.consult.answering import removed_words
from codes.consult.chips import with_chips
from codes.models import Consult, ConsultMessage, Inbound, MessageKind

Shown = dict[str, SafeString]


@dataclass(frozen=True)
class Said:
    """One message; `who` is a consultant, or says that the software answered."""

    at: datetime
    kind: str
    who: str
    text: SafeString
    removed: str = ""
    waits: bool = False
    verified: bool = False


def thread(consult: Consult) -> list[Said]:
    """Questions and answers, and what came in and is being read. Drafts are the consultants'."""
    rows = consult.messages.exclude(kind=MessageKind.DRAFT).select_related("by", "inbound")
    said, waiting = list(rows.order_by("round", "pk")), list(consult.inbound.waiting())
    shown = with_chips([row.text for row in said] + [row.text for row in waiting])
    return [_said(row, shown) for row in said] + [_waits(row, shown) for row in waiting]


def waiting_rows(user: User) -> list[Inbound]:
    """What a person sent that no consult was made of yet."""
    return list(Inbound.objects.waiting().filter(owner=user, consult=None)[:20])


def _said(row: ConsultMessage, shown: Shown) -> Said:
    if row.kind == MessageKind.QUESTION:
        return Said(row.at, row.kind, "", shown[row.text], removed=removed_words(row.inbound))
    return Said(
        row.at,
        row.kind,
        row.by.get_full_name() if row.by else "",
        shown[row.text],
        verified=row.by is not None,
    )


def _waits(row: Inbound, shown: Shown) -> Said:
    words, removed = shown[row.text], removed_words(row)
    return Said(row.received_at, MessageKind.QUESTION, "", words, removed, waits=True)
