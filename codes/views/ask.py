import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_cookie

from accounts import limits
from accounts.errors import RuleBroken
from accounts.guests import guest_of, remember
from accounts.requests import person
from codes.ask_forms import AskForm, ComplaintForm
from codes.assistant import talk as talks
from codes.assistant.answer import Answer, Step, Tell, from_json
from codes.assistant.stream import steps_of
from codes.models import Conversation, Turn

DAY = timedelta(days=1)
HISTORY = 20
STEPS = "application/x-ndjson"
AN_ADDRESS_A_DAY = 300  # many people may share one; this stops machines only


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_cookie
def ask(request: HttpRequest) -> HttpResponseBase:
    """A new conversation: its form, and on a POST its first answer."""
    if request.method == "POST":
        return _take(request, None)
    form = AskForm(initial={"question": request.GET.get("q", ""), "code": _code(request)})
    response = _page(request, form)
    if person(request) is None and guest_of(request) is None:
        remember(response)
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_cookie
def talk(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A conversation that goes on."""
    row = get_object_or_404(_mine(request), public_id=public_id)
    if request.method == "POST":
        return _take(request, row)
    return _page(request, AskForm(), row)


@login_not_required
@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    get_object_or_404(_mine(request), public_id=public_id).delete()
    messages.success(request, _("The conversation was deleted."))
    return redirect("ask:ask")


@login_not_required
@require_POST
def delete_all(request: HttpRequest) -> HttpResponse:
    _mine(request).delete()
    messages.success(request, _("Your conversations were deleted."))
    return redirect("ask:ask")


@login_not_required
@require_POST
def verdict(request: HttpRequest, turn: int) -> HttpResponse:
    """Helpful, or what is wrong; the moderators read the second."""
    row = get_object_or_404(Turn, pk=turn, conversation__in=_mine(request))
    form = ComplaintForm(request.POST)
    if request.POST.get("verdict") == "up":
        talks.praise(turn=row)
        messages.success(request, _("Thank you."))
    elif form.is_valid():
        talks.complain(turn=row, text=form.cleaned_data["complaint"])
        messages.success(request, _("Thank you. A moderator will read it with the answer."))
    else:
        messages.error(request, _("Say in a few words what is wrong, 500 letters at most."))
    return redirect(_turn_url(row))


def _mine(request: HttpRequest) -> Any:
    return Conversation.objects.held_by(user=person(request), guest=guest_of(request) or "")


def _url(row: Conversation) -> str:
    return reverse("ask:talk", args=[row.public_id])


def _code(request: HttpRequest) -> str:
    form = AskForm({"question": "-", "code": request.GET.get("code", "")[:8]})
    return form.cleaned_data["code"] if form.is_valid() else ""


def _take(request: HttpRequest, row: Conversation | None) -> HttpResponseBase:
    """Answer what was typed; where it cannot be answered it stands in the form as it was.

    Who asks for steps gets them line by line, and last the address of the answer.
    """
    form, streams = AskForm(request.POST), STEPS in request.headers.get("Accept", "")
    if streams and not (form.is_valid() and _holder(request)):
        return _as_form()
    if not form.is_valid():
        return _page(request, form, row)
    try:
        _count(request)
    except RuleBroken:
        form.add_error(None, _too_many(request))
        return _as_form() if streams else _page(request, form, row, status=429)
    question = talks.Question(now=timezone.now(), reader=request.user, **form.cleaned_data)
    if not _holder(request):
        return _unkept(request, talks.answered(question))
    if streams:
        return _streamed(request, question, row)
    return redirect(_turn_url(_kept(request, question, row)))


def _as_form() -> HttpResponse:
    """There is a page to show instead of steps: the browser is to send the form as any other."""
    return HttpResponse(json.dumps({"form": True}) + "\n", content_type=STEPS)


def _holder(request: HttpRequest) -> object:
    return person(request) or guest_of(request)


def _kept(
    request: HttpRequest,
    question: talks.Question,
    row: Conversation | None,
    tell: Tell | None = None,
) -> Turn:
    user, guest = person(request), guest_of(request) or ""
    if user and guest:
        talks.adopt(guest=guest, user=user)
    return talks.go_on(question, row, user=user, guest=guest, tell=tell)


def _streamed(
    request: HttpRequest, question: talks.Question, row: Conversation | None
) -> StreamingHttpResponse:
    """JSON lines. No server between may hold them back (X-Accel-Buffering)."""
    told = steps_of(lambda tell: _kept(request, question, row, tell))
    lines = (
        {"step": f"{each.tool}: {each.text}"}
        if isinstance(each, Step)
        else {"url": _turn_url(each)}
        for each in told
    )
    response = StreamingHttpResponse(
        (json.dumps(line) + "\n" for line in lines), content_type=STEPS
    )
    response["X-Accel-Buffering"] = "no"
    return response


def _turn_url(turn: Turn) -> str:
    return f"{_url(turn.conversation)}#turn-{turn.pk}"


def _unkept(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer to a browser that sent no cookie: shown, and stored nowhere."""
    response = _page(request, AskForm(), unkept=answer)
    remember(response)
    return response


def _count(request: HttpRequest) -> None:
    """Raises TooMany. A visitor is counted by cookie, and by address far above that."""
    user = person(request)
    if user is not None:
        limits.take(what="ask", who=f"u{user.pk}", limit=settings.ASK_MEMBER_A_DAY, period=DAY)
        return
    address = limits.address(request)
    limits.take(what="ask-address", who=address, limit=AN_ADDRESS_A_DAY, period=DAY)
    who = guest_of(request) or address
    limits.take(what="ask", who=f"g{who}", limit=settings.ASK_GUEST_A_DAY, period=DAY)


def _too_many(request: HttpRequest) -> str:
    if person(request) is None:
        return _(
            "A visitor may ask %(guest)d questions a day, and you have. With an account it is "
            "%(member)d. Your question is kept below."
        ) % {"guest": settings.ASK_GUEST_A_DAY, "member": settings.ASK_MEMBER_A_DAY}
    return _(
        "An account may ask %(member)d questions a day, and you have. Your question is kept below."
    ) % {"member": settings.ASK_MEMBER_A_DAY}


def _page(
    request: HttpRequest,
    form: AskForm,
    row: Conversation | None = None,
    *,
    unkept: Answer | None = None,
    status: int = 200,
) -> HttpResponse:
    turns = [(each, from_json(each.answer)) for each in row.turns.all()] if row else []
    context = {
        "form": form,
        "talk": row,
        "turns": turns,
        "unkept": unkept,
        "history": _history(request),
        "code": form["code"].value() or (turns[0][0].context_code if turns else ""),
        "guest_limit": settings.ASK_GUEST_A_DAY,
        "member_limit": settings.ASK_MEMBER_A_DAY,
        "complaint": ComplaintForm(auto_id=False),
    }
    return render(request, "ask/ask.html", context, status=status)


def _history(request: HttpRequest) -> list[Conversation]:
    """The newest conversations with their first question."""
    rows = list(_mine(request).prefetch_related("turns")[:HISTORY])
    return [row for row in rows if row.turns.all()]
