"""A digest's words, written when it is sent, and its way out."""

from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import letters, outgoing
from jobs.cards import card
from jobs.models import Alert, Digest, Job, Match
from jobs.search.query import SearchQuery

SALT = "alert-digest"


def write(digest: Digest, now: datetime) -> EmailMultiAlternatives | None:
    """The mail of a digest, of what is visible at `now`; None when nothing is left to say."""
    groups = _groups(digest, now=now)
    if not groups:
        return None
    jobs = {item["url"]: item for group in groups for item in group["cards"]}
    context = {
        "SITE_NAME": settings.SITE_NAME,
        "groups": groups,
        "count": len(jobs),
        "stop_link": letters.link(unsubscribe_path(digest)),
        "postal_address": settings.POSTAL_ADDRESS,
    }
    subject = render_to_string("mail/alerts/digest_subject.txt", context)
    return outgoing.message(
        digest,
        subject=" ".join(subject.split()),
        text=render_to_string("mail/alerts/digest_message.txt", context),
        html=render_to_string("mail/alerts/digest_message.html", context),
        headers=_list_headers(digest),
    )


def _groups(digest: Digest, *, now: datetime) -> list[dict[str, Any]]:
    """The digest's finds under the search that found them first; each job stands once."""
    matches = digest.matches.filter(alert__ended_at=None).select_related("alert")
    matches = matches.order_by("alert_id", "pk")
    jobs = Job.objects.visible(at=now).for_cards().in_bulk([match.job_id for match in matches])
    groups = []
    for alert, found in groupby(matches, key=lambda match: match.alert):
        cards = [_mail_card(jobs.pop(m.job_id), now=now) for m in found if m.job_id in jobs]
        if cards:
            groups.append({"cards": cards, **_about(alert)})
    return groups


def _mail_card(job: Job, *, now: datetime) -> dict[str, Any]:
    return {**card(job, now=now), "url": letters.link(job.get_absolute_url())}


def _about(alert: Alert) -> dict[str, str]:
    return {
        "sentence": SearchQuery.from_querystring(alert.query).describe(),
        "search_link": letters.link(f"{reverse('jobs:job_list')}?{alert.query}"),
        "manage_link": letters.link(reverse("alerts:manage", args=[alert.token])),
    }


def unsubscribe_path(digest: Digest) -> str:
    return reverse("alerts:unsubscribe", args=[signing.dumps(digest.pk, salt=SALT)])


def alerts_behind(token: str) -> list[int]:
    """The alerts whose finds a digest carried. Raises signing.BadSignature for a made-up token."""
    digest_id = signing.loads(token, salt=SALT)
    return list(Match.objects.filter(digest=digest_id).values_list("alert", flat=True).distinct())


def _list_headers(digest: Digest) -> dict[str, str]:
    """RFC 8058: one POST to this address ends the mail, without cookie, log-in or question."""
    return {
        "List-Unsubscribe": f"<{letters.link(unsubscribe_path(digest))}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"Job alerts <alerts.{urlsplit(settings.SITE_URL).hostname}>",
    }


def send(*, digest_id: int, now: datetime) -> None:
    outgoing.deliver(Digest.objects.all(), pk=digest_id, write=write, now=now)


def send_due(*, now: datetime) -> int:
    return outgoing.deliver_due(Digest.objects.all(), write=write, now=now)
