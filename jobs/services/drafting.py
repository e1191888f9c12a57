"""Writing a posting before it goes to the moderators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Employer, User
from jobs import content, pay, typed_forms
from jobs.code_text import Run
from jobs.errors import EditedMeanwhile, IllegalMove
from jobs.models import Credential, CredentialRequirement, Job, JobCodeRange, JobSite, Question
from jobs.models.parts import PaySource
from jobs.site_text import Site
from jobs.slugs import slug_of
from jobs.states import EDITABLE

COLUMNS = tuple(content.FIELDS)
TERMS = content.TERMS


@dataclass(frozen=True)
class Written:
    """All that an employer wrote, read and judged; `columns` also holds `closes_at`."""

    columns: Mapping[str, Any]
    terms: Mapping[str, Iterable[Any]]
    sites: Iterable[Site]
    code_ranges: Iterable[Run]
    credential_groups: Iterable[tuple[list[str], bool]]
    questions: Iterable[tuple[str, str, bool]]


def start_posting(*, employer: Employer, by: User) -> Job:
    """An empty draft, so that what is typed has a place from the first key on."""
    job = Job(employer=employer, created_by=by)
    job.slug = slug_of(job)
    job.save()
    return job


@transaction.atomic
def save_posting(*, job: Job, written: Written, seen: datetime | None, by: User) -> Job:
    """Write the posting whole, and forget what `by` had typed into its form.

    Raises IllegalMove when it is with the moderators or beyond, EditedMeanwhile when the row
    stored is no longer the version `seen`.
    """
    row = Job.objects.select_for_update(of=("self",)).select_related("employer").get(pk=job.pk)
    if row.status not in EDITABLE:
        raise IllegalMove(
            _("This posting is %(status)s now and cannot be written on. Your text is kept.")
            % {"status": row.get_status_display().lower()}
        )
    if seen is not None and seen != row.updated_at:
        raise EditedMeanwhile(
            _("This posting was saved by someone after you opened it. Both versions are kept.")
        )
    for name, value in written.columns.items():
        setattr(row, name, value)
    row.pay_source = PaySource.EMPLOYER
    row.hourly_min, row.hourly_max = pay.comparable(row)
    row.slug = slug_of(row)
    row.save()
    _write_rows(row, written)
    typed_forms.forget(user=by, job=row, kind=typed_forms.POSTING)
    return row


def _write_rows(job: Job, written: Written) -> None:
    for name, terms in written.terms.items():
        getattr(job, name).set(terms)
    job.sites.all().delete()
    JobSite.objects.bulk_create(
        JobSite(job=job, city=s.city, state_id=s.state, postal_code=s.postal_code, street=s.street)
        for s in written.sites
    )
    job.code_ranges.all().delete()
    JobCodeRange.objects.bulk_create(
        JobCodeRange(job=job, system=system, span=span) for system, span in written.code_ranges
    )
    job.questions.all().delete()
    Question.objects.bulk_create(
        Question(job=job, position=position, text=text, kind=kind, required=required)
        for position, (text, kind, required) in enumerate(written.questions)
    )
    _write_credentials(job, written.credential_groups)


def _write_credentials(job: Job, groups: Iterable[tuple[list[str], bool]]) -> None:
    job.credential_requirements.all().delete()
    for position, (codes, required) in enumerate(groups):
        group = CredentialRequirement.objects.create(job=job, required=required, position=position)
        group.credentials.set(Credential.objects.filter(code__in=codes))
