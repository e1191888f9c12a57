from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.requests import MemberRequest
from jobs.forms.reports import ReportForm
from jobs.models import Job
from jobs.services import reports

A_DAY = 10


@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, slug: str) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible(at=timezone.now()), slug=slug)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        try:
            take(what="report", who=str(request.user.pk), limit=A_DAY, period=timedelta(days=1))
            reports.report_posting(job=job, by=request.user, **form.cleaned_data)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. A moderator will look at the posting."))
            return redirect(job)
    return render(request, "jobs/report.html", {"form": form, "job": job})
