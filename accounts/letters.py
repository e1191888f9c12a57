"""Posting a letter: its words are settled now, it is sent after the commit."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from accounts import tasks
from accounts.models import Letter
from accounts.wake import wake


def post(
    *,
    key: str,
    to: str,
    template: str,
    context: dict[str, Any],
    now: datetime,
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    forget: bool = False,
) -> Letter | None:
    """Render and store a letter; None when `key` was posted before.

    Takes templates/mail/<template>_subject.txt, …_message.txt and, where there is one,
    …_message.html.
    """
    words = {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL, **context}
    subject = " ".join(render_to_string(f"mail/{template}_subject.txt", words).split())
    return put(
        key=key,
        to=to,
        subject=subject[:250],
        text=render_to_string(f"mail/{template}_message.txt", words),
        html=_optional(f"mail/{template}_message.html", words),
        headers=headers or {},
        reply_to=reply_to,
        try_at=now,
        forget=forget,
    )


def put(*, key: str, **fields: Any) -> Letter | None:
    """Store a letter once per `key`; the database decides between two who post it together."""
    stored = Letter.objects.bulk_create([Letter(key=key, **fields)], ignore_conflicts=True)[0]
    letter: Letter | None = Letter.objects.filter(message_id=stored.message_id).first()
    if letter:
        wake(tasks.send_letter, letter.pk)
    return letter


def link(path: str) -> str:
    """The whole address of a path of this site, for use in mail."""
    return f"{settings.SITE_URL}{path}"


def _optional(template: str, words: dict[str, Any]) -> str:
    try:
        return render_to_string(template, words)
    except TemplateDoesNotExist:
        return ""
