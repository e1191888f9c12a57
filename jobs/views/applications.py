"""What a coder has applied for, and where each application stands."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.errors import RuleBroken
from accounts.requests import MemberRequest
from jobs.application_rows import may_withdraw, row, timeline
from jobs.models import Application
from jobs.services import applying


@require_GET
def application_list(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    sent = Application.objects.sent_by(request.user).select_related("job__employer")
    page = Paginator(sent, settings.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [row(each, now=now) for each in page]}
    return render(request, "desk/applications.html", context)


@require_GET
def application(request: MemberRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    context = {
        "row": row(found, now=timezone.now()),
        "application": found,
        "answers": found.answers.all(),
        "events": timeline(found),
        "withdrawable": may_withdraw(found),
        "just_sent": request.GET.get("sent") == "1",
    }
    return render(request, "desk/application.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if request.method == "POST":
        _withdraw(request, found)
    elif may_withdraw(found):
        return render(request, "desk/withdraw.html", {"application": found})
    return redirect("desk:application", pk=found.pk)


def _withdraw(request: MemberRequest, found: Application) -> None:
    try:
        applying.withdraw_application(application=found, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Withdrawn. The employer can no longer read what you sent."))


def _own(request: MemberRequest, pk: int) -> Application:
    sent = Application.objects.sent_by(request.user)
    return get_object_or_404(sent.select_related("job__employer", "resume", "applicant"), pk=pk)
