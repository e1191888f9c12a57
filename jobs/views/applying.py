"""Writing and sending an application."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.models import User
from accounts.requests import MemberRequest
from jobs import typed_forms, uploads
from jobs.application_rows import public_url
from jobs.errors import AlreadyApplied
from jobs.forms.applying import ApplicationForm
from jobs.models import Application, Job, Resume
from jobs.models.parts import ApplyMethod
from jobs.posting_page import apply_action
from jobs.services import applying, resumes
from jobs.typed_forms import APPLICATION, TooMuchTyped
from jobs.views.typed import autosaved, log_in_first

DAY = timedelta(days=1)
APPLICATIONS_A_DAY = 40
UPLOADS_A_DAY = 60


def _job(slug: str) -> Job:
    """A posting that was public once; its words may change, its public id at their end stays."""
    once_public = Job.objects.originals().filter(first_published_at__isnull=False)
    named = Q(slug=slug) | Q(public_id=slug.rpartition("-")[2])
    return get_object_or_404(once_public.select_related("employer"), named)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Open to who is logged out only so far that what they typed is not lost."""
    job = _job(slug)
    if not isinstance(request.user, User):
        back = reverse("desk:apply", args=[job.slug])
        return log_in_first(request, job.public_id, kind=APPLICATION, back=back)
    if sent := applying.live_application(job=job, applicant=request.user):
        if request.method == "POST":
            messages.error(request, str(AlreadyApplied()))
        return redirect("desk:application", pk=sent.pk)
    answer = _send if request.method == "POST" else _open
    return answer(request, job)  # type: ignore[arg-type]


def _open(request: MemberRequest, job: Job) -> HttpResponse:
    if not public_url(job):
        raise Http404
    form = ApplicationForm(job=job, applicant=request.user)
    typed = typed_forms.find(user=request.user, job=job, kind=APPLICATION)
    if typed:
        form.initial = typed_forms.shown_in(form, typed.data)
    now = timezone.now()
    if job.is_visible(at=now):
        if job.apply_method != ApplyMethod.SITE:
            return render(
                request, "desk/apply_elsewhere.html", {"job": job, "apply": apply_action(job)}
            )
        try:
            applying.check_applicant(job=job, applicant=request.user)
        except RuleBroken as error:
            return render(request, "desk/apply_refused.html", {"job": job, "error": error})
    return _show(request, job, form, now=now, typed_at=typed.saved_at if typed else None)


def _send(request: MemberRequest, job: Job) -> HttpResponse:
    now = timezone.now()
    _keep(request, job, now=now)
    form = ApplicationForm(
        request.POST,
        request.FILES,
        job=job,
        applicant=request.user,
        too_large=uploads.too_large(request),
    )
    form.full_clean()
    resume = _resume(request, job, form, now=now)
    if form.is_valid():
        try:
            sent = _apply(request, job, form, resume, now=now)
        except AlreadyApplied as error:
            messages.error(request, str(error))
            return redirect("desk:apply", slug=job.slug)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            return redirect(reverse("desk:application", args=[sent.pk]) + "?sent=1")
    return _show(request, job, form, now=now)


def _resume(
    request: MemberRequest, job: Job, form: ApplicationForm, *, now: datetime
) -> Resume | None:
    """The résumé to send; one that was uploaded is stored, whatever else the form lacks."""
    file = form.cleaned_data.get("upload")
    if form.kind is None or file is None:
        chosen: Resume | None = form.cleaned_data.get("resume")
        return chosen
    try:
        take(what="resume", who=str(request.user.pk), limit=UPLOADS_A_DAY, period=DAY)
        stored = resumes.store_resume(owner=request.user, file=file, kind=form.kind)
    except RuleBroken as error:
        form.add_error("upload", str(error))
        return None
    form.choose(stored)
    _keep(request, job, now=now, resume=stored)
    return stored


def _apply(
    request: MemberRequest,
    job: Job,
    form: ApplicationForm,
    resume: Resume | None,
    *,
    now: datetime,
) -> Application:
    take(what="apply", who=str(request.user.pk), limit=APPLICATIONS_A_DAY, period=DAY)
    sent = applying.apply_to_job(
        job=job,
        applicant=request.user,
        message=form.cleaned_data["message"],
        answers=form.answers(),
        resume=resume,
        now=now,
    )
    messages.success(request, _("Sent to %(name)s.") % {"name": job.employer.name})
    return sent


def _keep(request: MemberRequest, job: Job, *, now: datetime, resume: Resume | None = None) -> None:
    """Too much text is not kept: the form shows it again and says what is too long."""
    try:
        typed = typed_forms.typed_in(request.POST)
    except TooMuchTyped:
        return
    if resume:
        typed["resume"] = [str(resume.pk)]
    typed_forms.keep(user=request.user, job=job, kind=APPLICATION, typed=typed, now=now)


def _show(
    request: MemberRequest,
    job: Job,
    form: ApplicationForm,
    *,
    now: datetime,
    typed_at: datetime | None = None,
) -> HttpResponse:
    """A closed posting's form shows what was typed, to be copied; it cannot be sent."""
    context = {"job": job, "url": public_url(job), "form": form, "typed_at": typed_at}
    if job.is_visible(at=now):
        return render(request, "desk/apply.html", context)
    return render(request, "desk/apply_closed.html", context, status=410 if form.is_bound else 200)


@require_POST
def autosave(request: MemberRequest, slug: str) -> HttpResponse:
    return autosaved(request, _job(slug), kind=APPLICATION)
