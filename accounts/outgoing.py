"""Rows into mail: one locked row, one mail, one mark."""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from accounts.models import Outgoing, OutgoingStatus
from accounts.models.letter import OutgoingQuerySet

logger = logging.getLogger(__name__)

# After each failed try, how long until the next; after the last the row counts as refused.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720, 720)]
BATCH = 200
BATCH_TIME = timedelta(seconds=120)

Write = Callable[[Any, datetime], EmailMultiAlternatives | None]


def message_id(row: Outgoing) -> str:
    return f"<{row.message_id}@{urlsplit(settings.SITE_URL).hostname}>"


def message(
    row: Outgoing,
    *,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    reply_to: str = "",
) -> EmailMultiAlternatives:
    """The mail of a row; a row sent twice carries the same Message-ID, so receivers can tell."""
    own = {"Message-ID": message_id(row), "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(
        subject,
        text,
        to=[row.to],
        headers=own | (headers or {}),
        reply_to=[reply_to] if reply_to else None,
    )
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


@transaction.atomic
def deliver(rows: OutgoingQuerySet, *, pk: int, write: Write, now: datetime) -> None:
    """Send one row of `rows`, or do nothing when it is not due or another worker holds it.

    At least once: the row stays locked while the mail goes out, so a worker that dies before the
    server has taken the mail leaves the row waiting, and only one that dies between the server's
    yes and the commit sends that one mail again. A refusal or a silent server is kept on the row.
    """
    row = rows.due(at=now).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        return
    mail = write(row, now)
    if mail is None:
        row.status = OutgoingStatus.DROPPED
    else:
        _send(row, mail, now=now)
    row.save()


def _send(row: Any, mail: EmailMultiAlternatives, *, now: datetime) -> None:
    row.attempts += 1
    try:
        mail.send()
    except smtplib.SMTPResponseException as error:
        _settle(
            row, f"{error.smtp_code} {error.smtp_error!r}", refused=error.smtp_code >= 500, now=now
        )
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _settle(row, f"{code} {words!r}", refused=code >= 500, now=now)
    except OSError as error:
        _settle(row, str(error) or type(error).__name__, refused=False, now=now)
    else:
        row.status, row.sent_at, row.error = OutgoingStatus.SENT, timezone.now(), ""


def _settle(row: Any, error: str, *, refused: bool, now: datetime) -> None:
    row.error = error[:300]
    if refused or row.attempts > len(WAITS):
        row.status = OutgoingStatus.REFUSED
    else:
        row.try_at = now + WAITS[row.attempts - 1]
    logger.warning("%s %s try %s: %s", type(row).__name__, row.pk, row.attempts, error)


def deliver_due(rows: OutgoingQuerySet, *, write: Write, now: datetime) -> int:
    """Send what is due, oldest first, one transaction a mail; returns how many were looked at.

    Stops early when the batch has taken its time: a mail server that hangs must not hold a worker.
    """
    started = time.monotonic()
    pks = list(rows.due(at=now).order_by("try_at").values_list("pk", flat=True)[:BATCH])
    for done, pk in enumerate(pks):
        if time.monotonic() - started > BATCH_TIME.total_seconds():
            return done
        deliver(rows, pk=pk, write=write, now=now)
    return len(pks)
