"""Waiting rows into consults, each once, whatever dies meanwhile."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from codes.case.file_text import TEXT_AT_MOST
from codes.consult import moves
from codes.consult.answering import post_receipt
from codes.consult.draft import Draft, draft
from codes.consult.errors import ConsultMoved
from codes.models import (
    Consult,
    ConsultMessage,
    ConsultMove,
    ConsultStatus,
    Inbound,
    InboundStatus,
    MessageKind,
    Reason,
)

BATCH = 200
BATCH_TIME = timedelta(seconds=30)
# After so many failed tries the software gives up drafting, and says so.
TRIES = 3
NO_DRAFT = "The software could not make a draft of this text. No code is suggested."
INBOUND_KEPT = timedelta(days=90)


def take_in_due(*, now: datetime) -> int:
    """Take up what waits, a transaction each; returns how many rows were looked at.

    Ends when the batch has taken its time, or at an error, which surfaces: the row that failed
    comes last in the next batch, so one bad message holds up nothing.
    """
    started = time.monotonic()
    pks = list(Inbound.objects.waiting().values_list("pk", flat=True)[:BATCH])
    for done, pk in enumerate(pks):
        if time.monotonic() - started > BATCH_TIME.total_seconds():
            return done
        take_in(inbound_id=pk, now=now)
    return len(pks)


def take_in(*, inbound_id: int, now: datetime) -> None:
    """Turn one row into a question of a consult with its draft, or do nothing when another has it.

    The try is counted and committed first: a message that kills its worker is not tried for ever.
    """
    row = _claimed(inbound_id)
    if row is None:
        return
    with transaction.atomic():
        held = Inbound.objects.waiting().select_for_update(skip_locked=True, of=("self",))
        row = held.select_related("owner").filter(pk=inbound_id).first()
        if row is not None:
            _take_in(row, now)


@transaction.atomic
def _claimed(inbound_id: int) -> Inbound | None:
    held = Inbound.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    row = held.filter(pk=inbound_id).first()
    if row is not None:
        Inbound.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
    return row


def _take_in(row: Inbound, now: datetime) -> None:
    consult = row.consult or _new(row, now)
    made = _draft(consult, row)
    if not _next_round(consult, row, now):
        _settle(
            row, InboundStatus.REFUSED, now, reason=Reason.CLOSED, text="", subject="", files=[]
        )
        return
    _keep(consult, row, made, now)
    _settle(row, InboundStatus.TAKEN, now, consult=consult, text="")
    if settings.CONSULT_REVIEW:
        post_receipt(consult=consult, now=now)
    elif consult.status == ConsultStatus.REVIEW:
        moves.answer_with_draft(consult=consult, seen=consult.round, text=made.text, now=now)


def _new(row: Inbound, now: datetime) -> Consult:
    assert row.owner is not None  # noqa: S101 (a constraint: what waits has an owner)
    consult = Consult.objects.create(
        owner=row.owner, subject=row.subject, created_at=row.received_at, due_at=_due(row)
    )
    ConsultMove.objects.create(
        consult=consult, new=ConsultStatus.REVIEW, what="Came in", by=row.owner, at=now
    )
    return consult


def _due(row: Inbound) -> datetime:
    return row.received_at + timedelta(hours=settings.CONSULT_HOURS)


def _draft(consult: Consult, row: Inbound) -> Draft:
    """Of the whole thread, so that an answer to a question of ours is read with its case."""
    if row.attempts > TRIES:
        return Draft(NO_DRAFT, {})
    asked = consult.messages.filter(kind=MessageKind.QUESTION).values_list("text", flat=True)
    whole = "\n\n".join([*asked, row.text])[-TEXT_AT_MOST:]
    return draft(whole, on=consult.created_at.date())


def _next_round(consult: Consult, row: Inbound, now: datetime) -> bool:
    """Count one more question; False when the consult was closed meanwhile.

    An answered consult goes back to the queue. One that is claimed stays with its consultant, whose
    signature under the old round no longer holds.
    """
    open_ = Consult.objects.filter(pk=consult.pk).exclude(status=ConsultStatus.CLOSED)
    if not open_.update(round=F("round") + 1):
        return False
    consult.refresh_from_db()
    if consult.status == ConsultStatus.ANSWERED:
        open_.update(status=ConsultStatus.REVIEW, due_at=_due(row))
        ConsultMove.objects.create(
            consult=consult,
            old=ConsultStatus.ANSWERED,
            new=ConsultStatus.REVIEW,
            what="A further message",
            by=row.owner,
            at=now,
        )
        consult.refresh_from_db()
    return True


def _keep(consult: Consult, row: Inbound, made: Draft, now: datetime) -> None:
    common = {"consult": consult, "round": consult.round}
    ConsultMessage.objects.create(
        **common,
        kind=MessageKind.QUESTION,
        inbound=row,
        by=row.owner,
        text=row.text,
        at=row.received_at,
    )
    ConsultMessage.objects.create(
        **common, kind=MessageKind.DRAFT, text=made.text, data=made.data, at=now
    )
    if consult.status == ConsultStatus.REVIEW:
        Consult.objects.filter(pk=consult.pk).update(reply=made.text)


def _settle(row: Inbound, status: InboundStatus, now: datetime, **changes: object) -> None:
    Inbound.objects.filter(pk=row.pk).update(status=status, settled_at=now, **changes)


def answer_unreviewed(*, now: datetime) -> int:
    """Send the drafts of consults that wait for nobody, since review was switched off."""
    if settings.CONSULT_REVIEW:
        return 0
    waiting = Consult.objects.filter(status=ConsultStatus.REVIEW, round__gt=0)
    sent = 0
    for consult in waiting.select_related("owner").order_by("due_at")[:BATCH]:
        made = consult.messages.filter(kind=MessageKind.DRAFT, round=consult.round).first()
        try:
            text = made.text if made else NO_DRAFT
            moves.answer_with_draft(consult=consult, seen=consult.round, text=text, now=now)
        except ConsultMoved:
            continue
        sent += 1
    return sent


def drop_old_inbound(*, now: datetime) -> int:
    """Delete rows of what was not taken up, long after a second delivery could come."""
    settled = Inbound.objects.filter(status__in=[InboundStatus.REFUSED, InboundStatus.DROPPED])
    return settled.filter(received_at__lt=now - INBOUND_KEPT).delete()[0]
