"""A message becomes a row. Whoever sent it is told "250" only after the commit."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.limits import TooMany, take
from accounts.models import User
from accounts.wake import wake
from codes import tasks
from codes.consult import mail, origin, refusing
from codes.consult.words import Words, fields, words_of_mail
from codes.models import Channel, Consult, ConsultStatus, Inbound, InboundStatus, Reason

DAY = timedelta(days=1)
SILENT = {Reason.AUTOMATIC, Reason.LOOP, Reason.FORGED}
# The sender of an envelope we were not told of. It is nobody's address, so no stranger is answered.
UNKNOWN = "?"


@dataclass(frozen=True)
class Envelope:
    """What the server was told before the message: `reference` is "" at the plain address.

    `believed` is False where whoever took the message found that its sender is not who it says.
    """

    sender: str
    recipient: str
    reference: str
    believed: bool = True


def receive(raw: bytes, envelope: Envelope, *, now: datetime) -> Inbound:
    """Keep a message once, screened; a second delivery returns the row of the first.

    The raw message ends here: it is neither stored nor logged. Letters of refusal are posted in the
    transaction of the row.
    """
    message = mail.parsed(raw)
    address = origin.sender(message)
    key = {"digest": _digest(message, address, raw), "recipient": envelope.recipient}
    if old := Inbound.objects.filter(**key).first():
        return old
    try:
        with transaction.atomic():
            return _kept(message, envelope, address, key, now)
    except IntegrityError:  # the same message was delivered twice at once
        return Inbound.objects.get(**key)


def receive_from_site(
    *, owner: User, text: Words, consult: Consult | None, token: str, now: datetime
) -> Inbound:
    """Keep what was written on the site, once per `token` of the form. Raises TooMany."""
    digest = hashlib.sha256(f"site:{owner.pk}:{token}".encode()).hexdigest()
    key = {"digest": digest, "recipient": consult.public_id if consult else ""}
    if old := Inbound.objects.filter(**key).first():
        return old
    _count(owner)
    row, made = Inbound.objects.get_or_create(
        **key,
        defaults={
            "channel": Channel.SITE,
            "status": InboundStatus.WAITING,
            "owner": owner,
            "consult": consult,
            "received_at": now,
            **fields(text),
        },
    )
    if made:
        wake(tasks.take_in_consult, row.pk)
    return row


def _kept(
    message: mail.Mail, envelope: Envelope, address: str, key: dict[str, str], now: datetime
) -> Inbound:
    owner = origin.account(address)
    consult = _thread(envelope)
    reason = _refused(message, envelope, address) or _unknown(owner, consult, envelope)
    if not reason:
        reason = _used_up(owner)
    found = Words() if reason else words_of_mail(message)
    if not reason and not found.text:
        reason, found = Reason.EMPTY, Words()
    row = Inbound.objects.create(
        **key,
        status=_status(reason),
        reason=reason,
        owner=owner,
        consult=consult if owner and consult and consult.owner_id == owner.pk else None,
        received_at=now,
        settled_at=now if reason else None,
        **fields(found),
    )
    if reason:
        refusing.answer_refused(row, address=address, envelope=envelope.sender, now=now)
    else:
        wake(tasks.take_in_consult, row.pk)
    return row


def _refused(message: mail.Mail, envelope: Envelope, address: str) -> Reason:
    if origin.is_loop(message, address):
        return Reason.LOOP
    if origin.is_automatic(message, envelope.sender, address):
        return Reason.AUTOMATIC
    forged = not envelope.believed or origin.is_forged(message)
    return Reason.FORGED if forged else Reason.NONE


def _unknown(owner: User | None, consult: Consult | None, envelope: Envelope) -> Reason:
    if owner is None:
        return Reason.STRANGER
    if not envelope.reference:
        return Reason.NONE
    if consult is None or consult.owner_id != owner.pk:
        return Reason.OTHER
    return Reason.CLOSED if consult.status == ConsultStatus.CLOSED else Reason.NONE


def _used_up(owner: User | None) -> Reason:
    try:
        if owner:
            _count(owner)
    except TooMany:
        return Reason.ALLOWANCE
    return Reason.NONE


def _count(owner: User) -> None:
    take(what="consult", who=f"u{owner.pk}", limit=settings.CONSULT_A_DAY, period=DAY)


def _thread(envelope: Envelope) -> Consult | None:
    rows = Consult.objects.filter(reference=envelope.reference)
    return rows.first() if envelope.reference else None


def _status(reason: Reason) -> InboundStatus:
    if not reason:
        return InboundStatus.WAITING
    return InboundStatus.DROPPED if reason in SILENT else InboundStatus.REFUSED


def _digest(message: mail.Mail, address: str, raw: bytes) -> str:
    """Of Message-ID and sender: nobody can take another's place by sending a known Message-ID.

    Without a Message-ID the whole message counts. Only the digest is kept.
    """
    named: Any = mail.header(message, "Message-ID")
    content = f"{named}\n{address.lower()}".encode() if named else raw
    return hashlib.sha256(content).hexdigest()
