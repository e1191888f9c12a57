"""What is not kept for ever; `docs/moderation.md` says what, how long, and what stays."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import meter, postman
from accounts.models import OutgoingStatus
from codes.assistant import talk
from jobs import alerts
from jobs.models import Application, Digest, Resume, TypedForm
from jobs.services.resumes import delete_resume

TYPED_FORMS_KEPT = timedelta(days=180)
BATCH = 200


def purge_old_data(*, now: datetime) -> dict[str, int]:
    """Delete what is past its time; returns how many rows of each kind."""
    return {
        "typed forms": purge_typed_forms(now=now),
        "applications": purge_applications(now=now),
        "unconfirmed alerts": alerts.drop_unconfirmed(now=now),
        "ended alerts": alerts.drop_ended(now=now),
        "digests": purge_digests(now=now),
        "letters": postman.drop_old(now=now),
        "code page views": meter.forget(now=now),
        "visitors' questions": talk.forget_guests(now=now),
    }


def purge_typed_forms(*, now: datetime) -> int:
    """Half-typed forms that nobody came back to; what was saved as a draft stays."""
    old = TypedForm.objects.filter(saved_at__lt=now - TYPED_FORMS_KEPT)
    return old.delete()[0]


def purge_digests(*, now: datetime) -> int:
    """Digests whose alerts are gone: while an alert lives, its ledger needs them."""
    alone = Digest.objects.filter(matches=None).exclude(status=OutgoingStatus.WAITING)
    return alone.filter(created_at__lt=now - postman.LETTERS_KEPT).delete()[0]


def purge_applications(*, now: datetime) -> int:
    """Applications not moved for as long as they are kept, in batches of one transaction each."""
    purged = 0
    while batch := _purge_batch(now):
        purged += batch
    return purged


@transaction.atomic
def _purge_batch(now: datetime) -> int:
    old = Application.objects.filter(moved_at__lt=now - settings.APPLICATIONS_KEPT)
    found = list(
        old.select_for_update(skip_locked=True).order_by("pk").values_list("pk", "resume")[:BATCH]
    )
    Application.objects.filter(pk__in=[pk for pk, _resume in found]).delete()
    _delete_resumes({resume for _pk, resume in found if resume}, now=now)
    return len(found)


def _delete_resumes(sent: set[int], *, now: datetime) -> None:
    """Résumés that went with the purged applications alone; a newer one, or one that another
    application still holds, stays its owner's.
    """
    old = Resume.objects.filter(pk__in=sent, created_at__lt=now - settings.APPLICATIONS_KEPT)
    for resume in old.filter(applications=None):
        delete_resume(resume=resume)
