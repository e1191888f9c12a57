"""A person's own consults: what was asked, what was answered, a further message, the end."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import RuleBroken
from accounts.requests import MemberRequest
from codes.consult import moves
from codes.consult.addresses import thread_address
from codes.consult.consultants import may_sign
from codes.consult.forms import MessageForm, NewForm
from codes.consult.intake import receive_from_site
from codes.consult.thread import thread, waiting_rows
from codes.consult.words import words
from codes.models import Case, Consult, ConsultStatus


@require_GET
def consult_list(request: MemberRequest) -> HttpResponse:
    own = Consult.objects.asked_by(request.user)
    context = {
        "page": Paginator(own, settings.PAGE_SIZE).get_page(request.GET.get("page")),
        "waiting": waiting_rows(request.user),
        "address": settings.CONSULT_ADDRESS if settings.CONSULT_BY_MAIL else "",
        "a_day": settings.CONSULT_A_DAY,
        "consultant": may_sign(request.user),
    }
    return render(request, "consult/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """A consult begun on the site; ?case= takes the text of a case that was kept."""
    if request.method != "POST":
        cases = Case.objects.kept_by(request.user)
        case = cases.filter(public_id=request.GET.get("case", "")[:32]).first()
        return render(request, "consult/new.html", {"form": NewForm.about(case)})
    form = NewForm(request.POST)
    if form.is_valid() and _sent(request, form, None):
        messages.success(request, _("Sent. The answer comes by mail, and stands here."))
        return redirect("consult:list")
    return render(request, "consult/new.html", {"form": form})


@require_GET
def consult(request: MemberRequest, public_id: str) -> HttpResponse:
    return _page(request, _own(request, public_id), MessageForm())


@require_POST
def add(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    form = MessageForm(request.POST)
    if found.status == ConsultStatus.CLOSED:
        messages.error(request, _("This consult is closed. Begin a new one."))
        return redirect(found)
    if form.is_valid() and _sent(request, form, found):
        messages.success(request, _("Sent. The answer comes by mail, and stands here."))
        return redirect(found)
    return _page(request, found, form)


@require_POST
def close(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _own(request, public_id)
    try:
        moves.close(consult=found, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Closed. Nothing more is sent about it."))
    return redirect(found)


def _own(request: MemberRequest, public_id: str) -> Consult:
    own = Consult.objects.asked_by(request.user).select_related("owner", "signed_by")
    return get_object_or_404(own, public_id=public_id)


def _sent(request: MemberRequest, form: MessageForm, found: Consult | None) -> bool:
    data = form.cleaned_data
    said = words(subject=data.get("subject", ""), text=data["text"])
    try:
        receive_from_site(
            owner=request.user, text=said, consult=found, token=data["token"], now=timezone.now()
        )
    except RuleBroken as error:
        form.add_error(None, str(error))
        return False
    return True


def _page(request: MemberRequest, found: Consult, form: MessageForm) -> HttpResponse:
    context: dict[str, Any] = {
        "consult": found,
        "thread": thread(found),
        "moves": found.moves.select_related("by"),
        "form": form,
        "address": thread_address(found.reference) if settings.CONSULT_BY_MAIL else "",
        "closed": found.status == ConsultStatus.CLOSED,
    }
    return render(request, "consult/consult.html", context)
