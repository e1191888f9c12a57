"""What somebody sent while logged out: held in the session until the log-in, then put back."""

from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from jobs import typed_forms
from jobs.models import Job
from jobs.models.job import JobQuerySet
from jobs.typed_forms import APPLICATION, POSTING, Typed

KEY = "typed_while_logged_out"
MOST_FORMS = 3


def put(
    request: HttpRequest, *, public_id: str, typed: Typed, now: datetime, kind: str = POSTING
) -> None:
    """Hold what was typed for one posting; the oldest of more than three is dropped."""
    held: dict[str, Any] = request.session.get(KEY, {})
    held.pop(f"{kind}:{public_id}", None)
    held[f"{kind}:{public_id}"] = {"typed": typed, "at": now.isoformat()}
    newest = list(held.items())[-MOST_FORMS:]
    request.session[KEY] = dict(newest)


@receiver(user_logged_in)
def put_back(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Keep it for who logged in, where they may write that form and typed nothing later."""
    for key, held in request.session.pop(KEY, {}).items():
        kind, _colon, public_id = key.partition(":")
        job = _writable_by(user, kind).filter(public_id=public_id).first()
        at = parse_datetime(held["at"]) or timezone.now()
        if job and _typed_by(user, held["typed"]) and not _typed_later(user, job, kind, at):
            typed_forms.keep(user=user, job=job, kind=kind, typed=held["typed"], now=at)


def _writable_by(user: User, kind: str) -> JobQuerySet:
    if kind == APPLICATION:
        return Job.objects.originals().filter(first_published_at__isnull=False)
    return Job.objects.edited_by(user)


def _typed_by(user: User, typed: Typed) -> bool:
    """A form of one's own names its writer: the next person at the machine gets none of it."""
    return typed.get("typed_by", [str(user.pk)]) == [str(user.pk)]


def _typed_later(user: User, job: Job, kind: str, at: datetime) -> bool:
    row = typed_forms.find(user=user, job=job, kind=kind)
    return row is not None and row.saved_at > at
