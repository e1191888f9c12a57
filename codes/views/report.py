from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.requests import MemberRequest
from codes.forms import CodeReportForm
from codes.views.code import find

A_DAY = 20


@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, system: str, text: str) -> HttpResponse:
    """An error on a code page, told to the moderators."""
    row = find(system, text)
    form = CodeReportForm(request.POST or None)
    if form.is_valid():
        try:
            take(
                what="code-report", who=str(request.user.pk), limit=A_DAY, period=timedelta(days=1)
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            form.instance.code, form.instance.by = row, request.user
            form.save()
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(row)
    return render(request, "codes/report.html", {"form": form, "code": row})
