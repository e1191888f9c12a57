"""Where consultants work: the queue with its due times, and one consult to edit and sign."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import RuleBroken
from accounts.requests import MemberRequest
from codes.consult import moves
from codes.consult.forms import AnswerForm
from codes.consult.thread import thread
from codes.models import Consult, ConsultStatus, MessageKind

consultants_only = permission_required("codes.sign_consult", raise_exception=True)


@consultants_only
@require_GET
def queue(request: MemberRequest) -> HttpResponse:
    rows = Consult.objects.open_for(request.user).filter(round__gt=0)
    found = rows.select_related("claimed_by").order_by("due_at", "pk")
    context = {
        "page": Paginator(found, settings.PAGE_SIZE).get_page(request.GET.get("page")),
        "now": timezone.now(),
        "review": settings.CONSULT_REVIEW,
    }
    return render(request, "consult/queue.html", context)


@consultants_only
@require_GET
def work(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _row(request, public_id)
    form = AnswerForm(initial={"text": found.reply, "seen": found.round})
    return _page(request, found, form)


@consultants_only
@require_POST
def claim(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _row(request, public_id)
    try:
        moves.claim(consult=found, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("consult:work", public_id=public_id)


@consultants_only
@require_POST
def release(request: MemberRequest, public_id: str) -> HttpResponse:
    found = _row(request, public_id)
    try:
        moves.release(consult=found, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
    return redirect("consult:queue")


@consultants_only
@require_POST
def answer(request: MemberRequest, public_id: str) -> HttpResponse:
    """Save what is written, or sign it; where that fails, the words stay on the page."""
    found = _row(request, public_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        _keep(request, found, form)
    except RuleBroken as error:
        form.add_error(None, str(error))
        found.refresh_from_db()
        return _page(request, found, form)
    if form.cleaned_data["sign"]:
        messages.success(request, _("Signed. The answer is on its way."))
        return redirect("consult:queue")
    messages.success(request, _("Saved. It is not sent before you sign it."))
    return redirect("consult:work", public_id=public_id)


def _keep(request: MemberRequest, found: Consult, form: AnswerForm) -> None:
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    if form.cleaned_data["sign"]:
        moves.sign(consult=found, by=request.user, text=text, seen=seen, now=timezone.now())
    else:
        moves.save_reply(consult=found, by=request.user, text=text)


def _row(request: MemberRequest, public_id: str) -> Consult:
    rows = Consult.objects.read_by(request.user).select_related("claimed_by", "owner")
    return get_object_or_404(rows, public_id=public_id)


def _page(request: MemberRequest, found: Consult, form: AnswerForm) -> HttpResponse:
    drafts = found.messages.filter(kind=MessageKind.DRAFT, round=found.round)
    context = {
        "consult": found,
        "thread": thread(found),
        "draft": drafts.first(),
        "moves": found.moves.select_related("by"),
        "form": form,
        "mine": found.claimed_by_id == request.user.pk,
        "open": found.status in (ConsultStatus.REVIEW, ConsultStatus.CLAIMED),
        "late": found.due_at < timezone.now(),
    }
    return render(request, "consult/work.html", context)
