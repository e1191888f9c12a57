"""Saved searches that mail what is new: made, confirmed, re-timed and ended here."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accounts import letters
from accounts.addresses import is_address
from accounts.models import User
from jobs.errors import AlertExists
from jobs.models import Alert, Cadence
from jobs.models.alert import AlertQuerySet
from jobs.search.query import SearchQuery

MAIL_HOUR = time(7)
INSTANT_GAP = timedelta(minutes=15)
UNCONFIRMED_KEPT = timedelta(days=7)
# As long as somebody may still follow a link in the last mails.
ENDED_KEPT = timedelta(days=30)
MONDAY = 0


def next_digest_at(*, cadence: str, zone: ZoneInfo, after: datetime) -> datetime:
    """When the next mail of a cadence is due, strictly after `after`.

    Daily and weekly mail leaves at 07:00 by the reader's clock, whatever daylight saving does.
    """
    if cadence == Cadence.INSTANT:
        return after + INSTANT_GAP
    day = after.astimezone(zone).date()
    while True:
        due = datetime.combine(day, MAIL_HOUR, tzinfo=zone)
        if due > after and (cadence == Cadence.DAILY or day.weekday() == MONDAY):
            return due
        day += timedelta(days=1)


@transaction.atomic
def create_alert(
    *,
    query: SearchQuery,
    email: str,
    cadence: str,
    time_zone: str,
    user: User | None,
    now: datetime,
) -> Alert:
    """Save a search as an alert. A signed-in person's is live at once; any other is asked by mail.

    Raises AlertExists when the person has it already. For an address without log-in the answer
    is the same whether the alert is new or not, so that nobody learns who has alerts.
    """
    fields = {
        "email": user.email if user else email,
        "query": query.to_querystring(),
        "cadence": cadence,
        "time_zone": time_zone,
        "user": user,
        "confirmed_at": now if user else None,
        "next_digest_at": next_digest_at(cadence=cadence, zone=ZoneInfo(time_zone), after=now),
    }
    try:
        with transaction.atomic():
            alert = Alert.objects.create(**fields)
    except IntegrityError as error:
        return _existing(fields, error, now=now)
    if not user:
        _ask(alert, now=now)
    return alert


def _existing(fields: Mapping[str, object], error: IntegrityError, *, now: datetime) -> Alert:
    alert = Alert.objects.filter(
        is_address("email", str(fields["email"])), query=fields["query"], ended_at=None
    ).first()
    if alert is None:
        raise error
    if fields["user"]:
        if alert.confirmed_at:
            raise AlertExists
        confirm_alert(alert=alert, now=now)
    elif not alert.confirmed_at:
        _ask(alert, now=now)
    return alert


def _ask(alert: Alert, *, now: datetime) -> None:
    letters.post(
        key=f"alert-confirm:{alert.pk}:{now:%Y-%m-%dT%H}",
        to=alert.email,
        template="alerts/confirm",
        context={
            "sentence": SearchQuery.from_querystring(alert.query).describe(),
            "link": letters.link(reverse("alerts:confirm", args=[alert.token])),
            "days": UNCONFIRMED_KEPT.days,
        },
        now=now,
    )


def confirm_alert(*, alert: Alert, now: datetime) -> bool:
    """Start an alert whose address is proven; False when it was started or ended before."""
    due = next_digest_at(cadence=alert.cadence, zone=alert.zone, after=now)
    waiting = Alert.objects.filter(pk=alert.pk, confirmed_at=None, ended_at=None)
    return bool(waiting.update(confirmed_at=now, next_digest_at=due))


def retime_alert(*, alert: Alert, cadence: str, time_zone: str, now: datetime) -> None:
    due = next_digest_at(cadence=cadence, zone=ZoneInfo(time_zone), after=now)
    live = Alert.objects.filter(pk=alert.pk, ended_at=None)
    live.update(cadence=cadence, time_zone=time_zone, next_digest_at=due)


def end_alerts(*, ids: list[int], now: datetime) -> int:
    """End alerts; one that has ended stays so. Returns how many were running."""
    return Alert.objects.filter(pk__in=ids, ended_at=None).update(ended_at=now)


def drop_unconfirmed(*, now: datetime) -> int:
    """Forget addresses that never answered; returns how many alerts went."""
    stale = Alert.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED_KEPT)
    return stale.delete()[0]


def drop_ended(*, now: datetime) -> int:
    """Forget what was looked for, and what was found; returns how many alerts went."""
    _rows, kinds = Alert.objects.filter(ended_at__lt=now - ENDED_KEPT).delete()
    return kinds.get(Alert._meta.label, 0)


def alerts_of(user: User) -> AlertQuerySet:
    """A person's running alerts, with those made for the address before there was an account."""
    return Alert.objects.filter(Q(user=user) | is_address("email", user.email), ended_at=None)
