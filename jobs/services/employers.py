"""What an employer may change of itself while postings speak in its name."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import employers
from accounts.models import Employer
from jobs.errors import IllegalMove
from jobs.states import JobStatus

# What moderators judged a posting by; it stands still while one is live or waits for them.
IDENTITY = ("name", "website")
UNDER_WAY = (JobStatus.PENDING, JobStatus.PUBLISHED)


@transaction.atomic
def update_employer(*, employer: Employer, now: datetime, **fields: Any) -> None:
    """Change what an employer says of itself.

    Raises IllegalMove for another name or website while postings are live or in review, so that
    nothing approved for one employer comes to stand under another's name.
    """
    stored = Employer.objects.select_for_update().get(pk=employer.pk)
    changed = any(fields.get(key, getattr(stored, key)) != getattr(stored, key) for key in IDENTITY)
    if changed and stored.jobs.filter(status__in=UNDER_WAY).exists():
        raise IllegalMove(
            _(
                "While postings are live or in review, the name and the website stay as they are. "
                "Change them before the next posting, or write to the moderators."
            )
        )
    employers.update_employer(employer=employer, now=now, **fields)
