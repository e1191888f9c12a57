"""The short answer to a message that is not taken up; at most one, and mostly none."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.letters import post
from accounts.limits import TooMany, take
from codes.consult.answering import HEADERS
from codes.models import Inbound, Reason

DAY = timedelta(days=1)
STRANGERS_A_DAY = 200  # all of them together
TOLD_A_DAY = 3  # one person
TEMPLATES = {
    Reason.STRANGER: "codes/consult_unknown",
    Reason.OTHER: "codes/consult_unknown",
    Reason.ALLOWANCE: "codes/consult_allowance",
    Reason.CLOSED: "codes/consult_closed",
    Reason.EMPTY: "codes/consult_empty",
}


def answer_refused(row: Inbound, *, address: str, envelope: str, now: datetime) -> None:
    """Post the letter of the row's reason, unless the reason or a limit says silence.

    A stranger is answered only where envelope and header name the same address, once a day, in
    words that are the same whether or not the address or the consult is known.
    """
    template = TEMPLATES.get(Reason(row.reason))
    if not template or not address or not _may_be_told(row, address, envelope):
        return
    post(
        key=f"consult-refused:{row.pk}",
        to=address,
        template=template,
        context={"a_day": settings.CONSULT_A_DAY, "address": settings.CONSULT_ADDRESS},
        headers=HEADERS,
        now=now,
    )


def _may_be_told(row: Inbound, address: str, envelope: str) -> bool:
    strange = row.reason in (Reason.STRANGER, Reason.OTHER)
    if strange and envelope.strip("<>").lower() != address.lower():
        return False
    try:
        if strange:
            take(what="consult-stranger", who=address, limit=1, period=DAY)
            take(what="consult-strangers", who="all", limit=STRANGERS_A_DAY, period=DAY)
        else:
            limit = 1 if row.reason == Reason.ALLOWANCE else TOLD_A_DAY
            take(what=f"consult-{row.reason}", who=address, limit=limit, period=DAY)
    except TooMany:
        return False
    return True
