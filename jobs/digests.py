"""What is due becomes one digest to one address: never the same job twice, never an empty one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from accounts.models import OutgoingStatus
from jobs.alerts import next_digest_at
from jobs.models import Alert, Cadence, Digest, Match

# One mail lists this many jobs at most; the others stay in the ledger for the next one.
LISTED = 25


def queue_due(*, now: datetime) -> list[int]:
    """Gather what is due into one digest for each address; returns the new digests' ids."""
    due = Alert.objects.due(at=now).filter(_has_something_to_do())
    addresses = due.order_by().values_list(Lower("email"), flat=True).distinct()
    made = [queue_for(address=address, now=now) for address in list(addresses)]
    return [digest.pk for digest in made if digest]


def _has_something_to_do() -> Q:
    """An instant alert waits for a find; the others move on to their next day without one."""
    found = Exists(Match.objects.filter(alert=OuterRef("pk"), digest=None))
    return ~Q(cadence=Cadence.INSTANT) | Q(found)


@transaction.atomic
def queue_for(*, address: str, now: datetime) -> Digest | None:
    """Claim an address's due alerts and what they found in one digest; None without a find."""
    due = Alert.objects.due(at=now).annotate(address=Lower("email")).filter(address=address)
    alerts = list(due.select_for_update(skip_locked=True))
    for alert in alerts:
        alert.next_digest_at = next_digest_at(cadence=alert.cadence, zone=alert.zone, after=now)
    Alert.objects.bulk_update(alerts, ["next_digest_at"])
    _settle_repeats(alerts, address=address)
    finds = Match.objects.filter(alert__in=alerts, digest=None).order_by("matched_at", "pk")
    jobs = list(dict.fromkeys(finds.values_list("job_id", flat=True)))[:LISTED]
    if not jobs:
        return None
    digest = Digest.objects.create(to=alerts[0].email, try_at=now)
    finds.filter(job__in=jobs).update(digest=digest)
    return digest


def _settle_repeats(alerts: list[Alert], *, address: str) -> None:
    """A job that another digest to the address carries is not mailed again for a second search."""
    mailed = Match.objects.filter(
        job=OuterRef("job"),
        digest__isnull=False,
        digest__status__in=[OutgoingStatus.WAITING, OutgoingStatus.SENT],
        digest__to__iexact=address,
    )
    repeats = Match.objects.filter(alert__in=alerts, digest=None).filter(Exists(mailed))
    repeats.update(digest=mailed.values("digest")[:1])
