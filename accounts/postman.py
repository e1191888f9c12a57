"""Sends the letters that `accounts.letters` posted."""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives

from accounts import outgoing
from accounts.models import Letter, OutgoingStatus

LETTERS_KEPT = timedelta(days=180)


def write(letter: Letter, now: datetime) -> EmailMultiAlternatives:
    return outgoing.message(
        letter,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=letter.headers,
        reply_to=letter.reply_to,
    )


def send(*, letter_id: int, now: datetime) -> None:
    outgoing.deliver(Letter.objects.all(), pk=letter_id, write=write, now=now)


def send_due(*, now: datetime) -> int:
    return outgoing.deliver_due(Letter.objects.all(), write=write, now=now)


def forget_secrets() -> int:
    """Erase the words of settled letters that held a secret link; returns how many."""
    spent = Letter.objects.filter(forget=True).exclude(status=OutgoingStatus.WAITING)
    return int(spent.exclude(text="").update(text="", html=""))


def drop_old(*, now: datetime) -> int:
    """Delete letters settled long ago, long after their keys could be posted again."""
    settled = Letter.objects.exclude(status=OutgoingStatus.WAITING)
    return settled.filter(created_at__lt=now - LETTERS_KEPT).delete()[0]
