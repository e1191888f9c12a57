from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
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
from codes.assistant.answer import Answer, from_json
from codes.models import Conversation, Turn

DAY = timedelta(days=1)
HISTORY = 20
AN_ADDRESS_A_DAY = 300  # many people may share one; this stops machines only


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_cookie
def ask(request: HttpRequest) -> HttpResponse:
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
def talk(request: HttpRequest, public_id: str) -> HttpResponse:
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
    return redirect(f"{_url(row.conversation)}#turn-{row.pk}")


def _mine(request: HttpRequest) -> Any:
    return Conversation.objects.held_by(user=person(request), guest=guest_of(request) or "")


def _url(row: Conversation) -> str:
    return reverse("ask:talk", args=[row.public_id])


def _code(request: HttpRequest) -> str:
    form = AskForm({"question": "-", "code": request.GET.get("code", "")[:8]})
    return form.cleaned_data["code"] if form.is_valid() else ""


def _take(request: HttpRequest, row: Conversation | None) -> HttpResponse:
    """Answer what was typed; where it cannot be answered it stands in the form as it was."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, row)
    try:
        _count(request)
    except RuleBroken:
        form.add_error(None, _too_many(request))
        return _page(request, form, row, status=429)
    return _answered(request, form.cleaned_data, row)


def _answered(request: HttpRequest, said: dict[str, Any], row: Conversation | None) -> HttpResponse:
    user, guest = person(request), guest_of(request)
    turns = list(row.turns.all()) if row else []
    if len(turns) >= talks.AT_MOST:
        row, turns = None, []
    code = said["code"] or next((each.context_code for each in turns[:1]), "")
    answer = talks.answered(
        said["question"],
        now=timezone.now(),
        turns=turns,
        context_code=code,
        on=said["on"],
        setting=said["setting"],
        reader=request.user,
    )
    if user is None and guest is None:
        return _unkept(request, answer)
    row = row or talks.begin(user=user, guest=guest or "")
    kept = talks.keep(conversation=row, question=said["question"], answer=answer, context_code=code)
    return redirect(f"{_url(row)}#turn-{kept.pk}")


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
