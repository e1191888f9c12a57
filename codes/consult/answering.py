"""The letters of a consult. Each is posted with the move it tells of, once per question."""

from datetime import datetime

from django.db.models import Q

from accounts.letters import post
from accounts.models import Letter
from accounts.outgoing import message_id
from codes.consult.addresses import thread_address
from codes.consult.mail import QUOTE_ENDS
from codes.consult.origin import LOOP_HEADER
from codes.models import Consult, ConsultMessage, Inbound
from codes.screen import KINDS, Removed, summary

HEADERS = {"Auto-Submitted": "auto-replied", LOOP_HEADER: "1"}


def post_answer(*, consult: Consult, answer: ConsultMessage, now: datetime) -> Letter | None:
    """The draft of the software, or what a consultant signed, who is named."""
    template = "codes/consult_signed" if answer.by else "codes/consult_draft"
    return _post(consult, answer.round, template, {"answer": answer}, now, what="answer")


def post_receipt(*, consult: Consult, now: datetime) -> Letter | None:
    """Says that a consultant will answer, and until when."""
    return _post(consult, consult.round, "codes/consult_receipt", {}, now, what="receipt")


def _post(
    consult: Consult,
    number: int,
    template: str,
    context: dict[str, object],
    now: datetime,
    *,
    what: str,
) -> Letter | None:
    inbound = Inbound.objects.filter(message__consult=consult, message__round=number).first()
    told = {
        "consult": consult,
        "subject": consult.subject or "your case",
        "removed": removed_words(inbound),
        "unread": [each for each in inbound.files if each["why"]] if inbound else [],
        "cut": inbound.cut if inbound else False,
        "line": QUOTE_ENDS,
    }
    return post(
        key=f"consult-{what}:{consult.pk}:{number}",
        to=consult.owner.email,
        template=template,
        context={**told, **context},
        reply_to=thread_address(consult.reference),
        headers=HEADERS | _thread_headers(consult),
        now=now,
    )


def _thread_headers(consult: Consult) -> dict[str, str]:
    """So that a mail program shows our letters of a consult as one conversation.

    They name each other (RFC 5322, 3.6.4). The Message-ID of what was sent to us is not kept, as
    nothing of a message is that was not screened.
    """
    ours = Q(key__startswith=f"consult-answer:{consult.pk}:")
    ours |= Q(key__startswith=f"consult-receipt:{consult.pk}:")
    before = [message_id(each) for each in Letter.objects.filter(ours).order_by("pk")]
    return {"In-Reply-To": before[-1], "References": " ".join(before[-20:])} if before else {}


def removed_words(inbound: Inbound | None) -> str:
    """ "Taken out: 2 names and 1 date." Empty where nothing was."""
    counts = inbound.removed if inbound else {}
    return summary([Removed(kind, counts[kind]) for kind in KINDS if counts.get(kind)])
