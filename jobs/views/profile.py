from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from jobs.forms.profile import ProfileForms


@require_http_methods(["GET", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    if request.method == "GET":
        return _show(request, ProfileForms(request.user))
    with transaction.atomic():
        # One at a time, so that the second of two clicks is told what the first has added.
        person = User.objects.select_for_update().get(pk=request.user.pk)
        forms = ProfileForms(person, request.POST)
        if forms.is_valid():
            forms.save()
            messages.success(request, _("Your profile is saved."))
            return redirect("desk:profile")
    return _show(request, forms)


def _show(request: MemberRequest, forms: ProfileForms) -> HttpResponse:
    return render(request, "desk/profile.html", {"forms": forms})
