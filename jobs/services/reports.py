"""Complaints of readers about a posting."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from jobs.errors import AlreadyReported
from jobs.models import Job, ReasonCode, Report


def report_posting(*, job: Job, by: User, reason: ReasonCode, note: str) -> Report:
    """Put a complaint before the moderators. Raises AlreadyReported while one of `by` is open."""
    try:
        with transaction.atomic():
            return Report.objects.create(job=job, reporter=by, reason=reason, note=note)
    except IntegrityError as error:
        if "report_one_open_per_reader" not in str(error):
            raise
        raise AlreadyReported(
            _("You have reported this posting. A moderator will look at it.")
        ) from error
