"""What is typed into a long form: kept as one types, and held for who was logged out meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import RuleBroken
from accounts.limits import address, take
from accounts.requests import MemberRequest
from jobs import stash, typed_forms
from jobs.models import Job
from jobs.typed_forms import POSTING

HOUR = timedelta(hours=1)


def keeps_typed(
    view: Callable[[MemberRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Opens a posting form's view to who is logged out, so far that what they typed is not lost.

    It is held in their session, they are sent to log in, and `stash.put_back` finds it then.
    """

    @login_not_required
    @wraps(view)
    def keeping(request: HttpRequest, public_id: str) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(MemberRequest, request), public_id)
        return log_in_first(request, public_id, kind=POSTING, back=request.path)

    return keeping


def log_in_first(request: HttpRequest, public_id: str, *, kind: str, back: str) -> HttpResponse:
    """Sends a visitor to log in and from there to `back`; what they sent is held till then."""
    if request.method == "POST":
        try:
            take(what="stash", who=address(request), limit=30, period=HOUR)
            typed = typed_forms.typed_in(request.POST)
        except RuleBroken as error:
            return render(request, "jobs/not_held.html", {"error": error}, status=429)
        stash.put(request, public_id=public_id, typed=typed, now=timezone.now(), kind=kind)
        messages.info(
            request, _("You were logged out. What you typed is kept: log in to go on with it.")
        )
    return redirect_to_login(back)


def autosaved(request: MemberRequest, job: Job, *, kind: str) -> JsonResponse:
    now = timezone.now()
    try:
        take(what="autosave", who=request.user.email, limit=1200, period=HOUR)
        typed = typed_forms.typed_in(request.POST)
    except RuleBroken as error:
        return JsonResponse({"error": str(error)}, status=429)
    typed_forms.keep(user=request.user, job=job, kind=kind, typed=typed, now=now)
    return JsonResponse({"saved_at": now.isoformat()})
