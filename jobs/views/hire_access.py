"""Who may open what on the employer's desk: strangers find nothing, a role may be too small."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Employer, User
from accounts.requests import MemberRequest
from jobs.models import Job


def employer_read(request: MemberRequest, slug: str) -> Employer:
    return get_object_or_404(Employer.objects.read_by(request.user).with_verified(), slug=slug)


def employer_edited(request: MemberRequest, slug: str) -> Employer:
    employer = employer_read(request, slug)
    if not may_edit(request.user, employer):
        raise PermissionDenied(_("Your role here is to read."))
    return employer


def employer_owned(request: MemberRequest, slug: str) -> Employer:
    employer = employer_read(request, slug)
    if not Employer.objects.owned_by(request.user).filter(pk=employer.pk).exists():
        raise PermissionDenied(_("Only an owner may do that."))
    return employer


def job_read(request: MemberRequest, public_id: str) -> Job:
    jobs = Job.objects.read_by(request.user).select_related("employer", "revision_of")
    return get_object_or_404(jobs, public_id=public_id)


def job_edited(request: MemberRequest, public_id: str) -> Job:
    job = job_read(request, public_id)
    if not may_edit(request.user, job.employer):
        raise PermissionDenied(_("Your role here is to read."))
    return job


def may_edit(user: User, employer: Employer) -> bool:
    return Employer.objects.edited_by(user).filter(pk=employer.pk).exists()
