"""Jobs a coder has put aside."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import RuleBroken
from accounts.models import User
from accounts.requests import MemberRequest
from jobs import saved_jobs
from jobs.application_rows import public_url
from jobs.eligibility import profile_of
from jobs.models import Job, SavedJob


@require_GET
def saved_list(request: MemberRequest) -> HttpResponse:
    saved = SavedJob.objects.filter(user=request.user)
    page = Paginator(saved, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    rows = saved_jobs.rows(page, now=timezone.now(), profile=profile_of(request.user))
    return render(request, "desk/saved.html", {"page": page, "rows": rows})


@login_not_required
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Save a job, or with saved=no take it off the list; then back to `next` or its page."""
    once_public = Job.objects.originals().filter(first_published_at__isnull=False)
    job = get_object_or_404(once_public, slug=slug)
    if not isinstance(request.user, User):
        if not public_url(job):
            return redirect("account_login")
        messages.info(request, _("Log in to save jobs. You come back to this one."))
        return redirect_to_login(job.get_absolute_url())
    try:
        if request.POST.get("saved") == "no":
            saved_jobs.unsave_job(user=request.user, job=job)
        else:
            saved_jobs.save_job(user=request.user, job=job, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect(_back(request, job))


def _back(request: HttpRequest, job: Job) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return job.get_absolute_url()
