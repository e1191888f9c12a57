"""The moves of a consult. One conditional UPDATE decides; each leaves a row."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from codes.consult.answering import post_answer
from codes.consult.errors import ConsultMoved
from codes.consult.reply_text import screened_reply
from codes.consult.states import Actor, sources
from codes.models import Consult, ConsultMessage, ConsultMove, MessageKind
from codes.models import ConsultStatus as Status

# A claim held longer than this may be taken over by another consultant.
CLAIM_LASTS = timedelta(hours=4)
FREE = {"claimed_by": None, "claimed_at": None}


@transaction.atomic
def claim(*, consult: Consult, by: User, now: datetime) -> None:
    """Raises ConsultMoved when another consultant holds it or it was answered."""
    lapsed = Q(status=Status.CLAIMED, claimed_at__lt=now - CLAIM_LASTS)
    may = Q(status=Status.REVIEW) | lapsed
    changes = {"claimed_by": by, "claimed_at": now}
    _move(consult, Status.CLAIMED, Actor.CONSULTANT, by, now, _("Claimed"), may, **changes)


@transaction.atomic
def release(*, consult: Consult, by: User, now: datetime) -> None:
    """Back to the queue; what was written stays for the next one."""
    mine = Q(claimed_by=by)
    _move(consult, Status.REVIEW, Actor.CONSULTANT, by, now, _("Put back"), mine, **FREE)


def save_reply(*, consult: Consult, by: User, text: str) -> None:
    """Keep what the claimant has written so far. Raises ConsultMoved when the claim is gone."""
    held = Consult.objects.filter(pk=consult.pk, status=Status.CLAIMED, claimed_by=by)
    if not held.update(reply=screened_reply(consult, text)):
        raise ConsultMoved(_("You hold this consult no longer. Copy what you wrote."))


@transaction.atomic
def sign(*, consult: Consult, by: User, text: str, seen: int, now: datetime) -> ConsultMessage:
    """Answer in the name of a consultant, who has read the messages up to `seen`.

    Raises ConsultMoved when somebody else was faster, the software included, or when a further
    message came in.
    """
    may = (Q(claimed_by=None) | Q(claimed_by=by)) & Q(round=seen)
    changes = {**FREE, "signed_by": by, "reply": ""}
    _move(consult, Status.ANSWERED, Actor.CONSULTANT, by, now, _("Signed"), may, **changes)
    return _answered(consult, seen, screened_reply(consult, text), by, now)


@transaction.atomic
def answer_with_draft(*, consult: Consult, seen: int, text: str, now: datetime) -> ConsultMessage:
    """Send the software's draft. Raises ConsultMoved when a consultant took the consult first."""
    _move(
        consult,
        Status.ANSWERED,
        Actor.SOFTWARE,
        None,
        now,
        _("Draft sent"),
        Q(round=seen),
        reply="",
    )
    return _answered(consult, seen, text, None, now)


@transaction.atomic
def close(*, consult: Consult, now: datetime) -> None:
    by = consult.owner
    _move(consult, Status.CLOSED, Actor.OWNER, by, now, _("Closed"), Q(), **FREE)


def _answered(
    consult: Consult, number: int, text: str, by: User | None, now: datetime
) -> ConsultMessage:
    kind = MessageKind.ANSWER
    answer = ConsultMessage.objects.create(
        consult=consult, round=number, kind=kind, by=by, text=text, at=now
    )
    post_answer(consult=consult, answer=answer, now=now)
    return answer


def _move(
    consult: Consult,
    to: Status,
    actor: Actor,
    by: User | None,
    now: datetime,
    what: str,
    may: Q,
    **changes: Any,
) -> None:
    """The row stays locked until the commit, so whoever comes second finds it moved."""
    held = Consult.objects.select_for_update().filter(pk=consult.pk)
    old = held.values_list("status", flat=True).first()
    allowed = Consult.objects.filter(may, pk=consult.pk, status__in=sources(to, actor))
    if not allowed.update(status=to, **changes):
        raise ConsultMoved(_("This consult was moved meanwhile. Read it again before you go on."))
    ConsultMove.objects.create(consult=consult, old=old or "", new=to, what=what, by=by, at=now)
    consult.refresh_from_db()
