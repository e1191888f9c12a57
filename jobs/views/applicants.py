"""An employer's applicants: by stage, one by one, and the moves of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import RuleBroken
from accounts.requests import MemberRequest
from jobs import applicants
from jobs.application_rows import moves_from, timeline, tone
from jobs.eligibility import profile_of, verdict_for
from jobs.forms.applicants import ApplicantFilter
from jobs.forms.applying import MoveForm
from jobs.models import Application, Job
from jobs.services import applying
from jobs.states import Actor, ApplicationStatus
from jobs.views.hire import desk
from jobs.views.hire_access import job_read, may_edit

PAGE_SIZE = 30


@require_GET
def applicant_list(request: MemberRequest, public_id: str) -> HttpResponse:
    job = job_read(request, public_id)
    if job.is_revision:
        raise Http404
    search = ApplicantFilter(request.GET, Application.objects.live().filter(job=job))
    shown, form = search.qs, search.form
    context = {**desk(request, job.employer, "postings"), "job": job, "form": form}
    if stage := form.cleaned_data.get("stage"):
        return render(
            request, "hire/applicants_stage.html", context | _stage(request, shown, stage)
        )
    context["stages"] = applicants.by_stage(shown)
    context["any"] = any(stage.count for stage in context["stages"])
    context["filtered"] = form.has_changed()
    return render(request, "hire/applicants.html", context)


def _stage(request: MemberRequest, shown: Any, stage: str) -> dict[str, Any]:
    rows = applicants.for_cards(shown).order_by("moved_at", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "stage": ApplicationStatus(stage).label}


@require_GET
def applicant(request: MemberRequest, pk: int) -> HttpResponse:
    found = _received(request, pk)
    form = MoveForm(initial={"seen": found.status})
    return render(request, "hire/applicant.html", _context(request, found, form))


@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    found = _received(request, pk)
    if not may_edit(request.user, found.job.employer):
        raise PermissionDenied(_("Your role here is to read."))
    form = MoveForm(request.POST)
    if not form.is_valid():
        return render(request, "hire/applicant.html", _context(request, found, form))
    try:
        applying.move_application(
            application=found,
            actor=Actor.EMPLOYER,
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except RuleBroken as error:
        return _refused(request, found, form, str(error))
    messages.success(request, _("Moved. The coder is told by mail."))
    return redirect("hire:applicant", pk=found.pk)


def _refused(
    request: MemberRequest, found: Application, form: MoveForm, error: str
) -> HttpResponse:
    """Back to the applicant with the note as typed, unless the coder withdrew meanwhile."""
    found.refresh_from_db(fields=["status", "moved_at"])
    if found.status == ApplicationStatus.WITHDRAWN:
        messages.error(request, _("The coder has withdrawn this application."))
        return redirect("hire:applicants", public_id=found.job.public_id)
    form.refuse(error, stored=found.status)
    return render(request, "hire/applicant.html", _context(request, found, form))


def _received(request: MemberRequest, pk: int) -> Application:
    received = Application.objects.received_by(request.user)
    related = received.select_related("job__employer", "applicant", "resume")
    return get_object_or_404(related, pk=pk)


def _context(request: MemberRequest, found: Application, form: MoveForm) -> dict[str, Any]:
    profile = profile_of(found.applicant)
    job = Job.objects.for_cards().get(pk=found.job_id)
    return {
        **desk(request, found.job.employer, "postings"),
        "application": found,
        "job": found.job,
        "form": form,
        "status": ApplicationStatus(found.status).label,
        "tone": tone(found.status),
        "answers": found.answers.all(),
        "events": timeline(found, names=True),
        "profile": profile,
        "verdict": verdict_for(job, profile),
        "moves": moves_from(found.status) if may_edit(request.user, found.job.employer) else [],
    }
