from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import RuleBroken
from accounts.limits import address, take
from accounts.requests import MemberRequest
from jobs import stash, typed_forms


def keeps_typed(
    view: Callable[[MemberRequest, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Opens a form's view to who is logged out, so far that what they typed is not lost.

    It is held in their session, they are sent to log in, and `stash.put_back` finds it then.
    """

    @login_not_required
    @wraps(view)
    def keeping(request: HttpRequest, public_id: str) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(MemberRequest, request), public_id)
        if request.method == "POST" and (refused := _hold(request, public_id)):
            return refused
        return redirect_to_login(request.path)

    return keeping


def _hold(request: HttpRequest, public_id: str) -> HttpResponse | None:
    try:
        take(what="stash", who=address(request), limit=30, period=timedelta(hours=1))
        typed = typed_forms.typed_in(request.POST)
    except RuleBroken as error:
        return render(request, "hire/not_held.html", {"error": error}, status=429)
    stash.put(request, public_id=public_id, typed=typed, now=timezone.now())
    messages.info(
        request, _("You were logged out. What you typed is kept: log in to go on with it.")
    )
    return None
