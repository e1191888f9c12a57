"""From a case's text to codes: the page, what is kept of it, and the same as JSON."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import TooMany, address, take
from accounts.requests import MemberRequest
from codes.case import keeping, shown
from codes.case.answer import CaseAnswer, answer
from codes.case.export import as_csv, as_json
from codes.case.forms import CaseForm, KeepForm
from codes.models import Case
from codes.screen import Screened, screen

AN_HOUR = timedelta(hours=1)
VISITOR_LIMIT, PERSON_LIMIT = 20, 120  # cases an hour
KEPT_LIMIT = 60  # kept cases a day
API_AT_MOST = 256 * 1024
EXPORTS: dict[str, Callable[[dict[str, Any]], HttpResponse]] = {"csv": as_csv, "json": as_json}
private = cache_control(private=True, no_store=True)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def home(request: HttpRequest) -> HttpResponse:
    """A case in, ranked codes out. Nothing is kept."""
    if request.method == "POST":
        try:
            _take(request)  # before the form, which reads the file
        except TooMany as error:
            return _refused(request, error)
    form = CaseForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found, screened = _answer(form)
        if export := EXPORTS.get(request.POST.get("out", "")):
            return export(found.as_json() | {"removed": screened.counts})
        context |= shown.page(found.as_json(), screened.counts)
        context["keep"] = {"on": found.on, "setting": found.setting, "text": found.text}
        context["form"] = CaseForm(initial=context["keep"])
    return render(request, "case/home.html", context)


def _refused(request: HttpRequest, error: TooMany) -> HttpResponse:
    """What was typed stands in the form again, and nothing is said of it but the limit."""
    form = CaseForm(request.POST)
    form.errors.clear()
    form.add_error(None, str(error))
    return render(request, "case/home.html", {"form": form}, status=429)


@csrf_exempt  # it computes and changes nothing, so another site gains nothing by asking
@login_not_required
@require_POST
@private
def api(request: HttpRequest) -> JsonResponse:
    """The same as JSON: {"text", "on", "setting"} in, the answer out."""
    if len(request.body) > API_AT_MOST:
        return JsonResponse({"error": _("The request is larger than 256 KB.")}, status=413)
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        return JsonResponse({"error": _("The request is not JSON.")}, status=400)
    if not isinstance(asked, dict):
        return JsonResponse({"error": _("The request is not a JSON object.")}, status=400)
    form = CaseForm({name: str(asked.get(name) or "") for name in ("text", "on", "setting")})
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=400)
    try:
        _take(request)
    except TooMany as error:
        return JsonResponse({"error": str(error)}, status=429)
    found, screened = _answer(form)
    return JsonResponse(shown.draft(found.as_json() | {"removed": screened.counts}))


def _take(request: HttpRequest) -> None:
    """Count one case of the person or, without one, of the address."""
    if request.user.is_authenticated:
        take(what="case", who=f"person {request.user.pk}", limit=PERSON_LIMIT, period=AN_HOUR)
    else:
        take(what="case", who=f"at {address(request)}", limit=VISITOR_LIMIT, period=AN_HOUR)


def _answer(form: CaseForm) -> tuple[CaseAnswer, Screened]:
    data = form.cleaned_data
    screened = screen(data["text"])
    return answer(screened.text, on=data["on"], setting=data["setting"]), screened


@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    form = KeepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The case could not be kept. Compute it again."))
        return redirect("case:home")
    try:
        take(what="case-keep", who=str(request.user.pk), limit=KEPT_LIMIT, period=timedelta(days=1))
    except TooMany as error:
        messages.error(request, str(error))
        return redirect("case:home")
    case = keeping.keep_case(owner=request.user, **form.cleaned_data)
    messages.success(request, _("The case is kept, without what the screen took out."))
    return redirect(case)


@require_safe
@private
def mine(request: MemberRequest) -> HttpResponse:
    cases = Case.objects.kept_by(request.user)[:100]
    return render(request, "case/mine.html", {"cases": cases})


@require_safe
@private
def kept(request: MemberRequest, public_id: str) -> HttpResponse:
    case = _own(request, public_id)
    context = shown.page(case.result | {"text": case.text}, case.removed)
    live = case.shared_until is not None and case.shared_until > timezone.now()
    return render(request, "case/kept.html", context | {"case": case, "is_shared": live})


@require_safe
@private
def export(request: MemberRequest, public_id: str, kind: str) -> HttpResponse:
    case = _own(request, public_id)
    return EXPORTS[kind](case.result | {"text": case.text, "removed": case.removed})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def delete(request: MemberRequest, public_id: str) -> HttpResponse:
    """A GET asks first."""
    case = _own(request, public_id)
    if request.method != "POST":
        return render(request, "case/delete.html", {"case": case})
    case.delete()
    messages.success(request, _("The case is deleted."))
    return redirect("case:mine")


@require_POST
def share(request: MemberRequest, public_id: str) -> HttpResponse:
    case = _own(request, public_id)
    keeping.share_case(case=case, now=timezone.now())
    return redirect(case)


@require_POST
def unshare(request: MemberRequest, public_id: str) -> HttpResponse:
    case = _own(request, public_id)
    keeping.end_share(case=case)
    messages.success(request, _("The link has ended."))
    return redirect(case)


@login_not_required
@require_safe
@private
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What whoever has the link may read until it ends: no owner, nothing to change."""
    case = get_object_or_404(Case.objects.shared(at=timezone.now()), share_token=token)
    context = shown.page(case.result | {"text": case.text}, case.removed)
    return render(request, "case/shared.html", context | {"case": case})


def _own(request: MemberRequest, public_id: str) -> Case:
    return get_object_or_404(Case.objects.kept_by(request.user), public_id=public_id)
