from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from accounts.guests import guest_of, remember
from accounts.requests import person
from codes import code_page, gate, lookup_text
from codes.codes import CodeSystem
from codes.forms import CodePageForm
from codes.gate import Access, Standing
from codes.models import Code
from codes.views.lookup import answer

SYSTEMS = {system.slug: system for system in CodeSystem}


@login_not_required
@require_safe
@cache_control(private=True, no_store=True)
@vary_on_cookie
def code(request: HttpRequest, system: str, text: str) -> HttpResponse:
    """A code's page. What is gated is in the answer only for who has opened the page."""
    try:
        row, now = find(system, text), timezone.now()
    except Http404:
        if system.lower() not in SYSTEMS or not lookup_text.parse(text).is_code:
            raise
        return answer(request, text, status=404)
    if request.path != row.get_absolute_url():
        return HttpResponsePermanentRedirect(_kept(row.get_absolute_url(), request))
    on = timezone.localdate(now)
    if gate.ASKED in request.GET and guest_of(request):
        return redirect(_kept(row.get_absolute_url(), request, without=gate.ASKED))
    access = gate.enter(request, row, now=now) if code_page.is_gated(row, on=on) else None
    if access and access.standing == Standing.ASK_COOKIE:
        return _with_number(redirect(f"{row.get_absolute_url()}?{_asked(request)}"), request)
    context = code_page.open_part(row, on=on) | _access(request, row, access)
    for_code = import_string(f"{settings.CODE_JOBS}.for_code")
    context |= for_code(row, context["specialties"], reader=request.user, now=now)
    if context["is_open"]:
        form = CodePageForm(request.GET, code=row)
        context |= code_page.gated_part(row, form, on=on)
    response = render(request, "codes/code.html", context)
    return _with_number(response, request) if access else response


def _with_number(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """A visitor's number goes along with each gated page, so that it lasts while it is used."""
    if person(request) is None:
        remember(response, guest_of(request))
    return response


def find(system: str, text: str) -> Code:
    """The code of an address in any letters, with its dot or without. Raises Http404."""
    if system.lower() not in SYSTEMS or "\0" in text:
        raise Http404
    rows = Code.objects.public().with_words()
    wanted = {"system": SYSTEMS[system.lower()], "code": text.upper().replace(".", "")}
    row = rows.filter(**wanted).first()
    if row is None:
        raise Http404
    return row


def _access(request: HttpRequest, row: Code, access: Access | None) -> dict[str, Any]:
    is_open = access is None or access.is_open
    url = f"{settings.SITE_URL}{row.get_absolute_url()}"
    return {
        "access": access,
        "is_open": is_open,
        "sections": code_page.sections(row, is_open=is_open),
        "canonical": url,
        "structured_data": code_page.structured_data(row, access, url),
        "next": urlencode({"next": request.path}),
    }


def _kept(path: str, request: HttpRequest, *, without: str = "") -> str:
    asked = request.GET.copy()
    asked.pop(without, None)
    return f"{path}?{asked.urlencode()}" if asked else path


def _asked(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked[gate.ASKED] = "new"
    return asked.urlencode()
