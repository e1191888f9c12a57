from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import MemberRequest
from jobs import desk as parts


@require_GET
def desk(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "applications": parts.applications(request.user, now=now),
        "saved": parts.saved(request.user, now=now),
        "alerts": parts.alerts(request.user),
        "profiled": parts.profiled(request.user),
        "employers": parts.employers(request.user),
    }
    return render(request, "desk/desk.html", context)
