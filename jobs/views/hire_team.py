from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import team
from accounts.employer_forms import InvitationForm, RoleForm
from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.models import Employer, Invitation
from accounts.models.employer import Role
from accounts.requests import MemberRequest
from jobs.views.hire import desk
from jobs.views.hire_access import employer_owned, employer_read


@require_GET
def members(request: MemberRequest, slug: str) -> HttpResponse:
    found = employer_read(request, slug)
    return render(request, "hire/team.html", _team(request, found, InvitationForm()))


@require_POST
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    found = employer_owned(request, slug)
    form = InvitationForm(request.POST)
    if form.is_valid():
        try:
            take(what="invite", who=str(found.pk), limit=30, period=timedelta(days=1))
            team.invite(employer=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        except RuleBroken as error:
            form.add_error("email", str(error))
        else:
            messages.success(
                request, _("The invitation to %(email)s is on its way.") % form.cleaned_data
            )
            return redirect("hire:team", slug=slug)
    return render(request, "hire/team.html", _team(request, found, form))


@require_POST
def invitation_revoke(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    found = employer_owned(request, slug)
    get_object_or_404(found.invitations, pk=pk, accepted_at=None).delete()
    messages.success(request, _("The invitation is taken back. Its link no longer works."))
    return redirect("hire:team", slug=slug)


@require_POST
def member_role(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    member = get_object_or_404(employer_owned(request, slug).members, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            team.change_role(member=member, **form.cleaned_data)
        except RuleBroken as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The role is changed."))
    return redirect("hire:team", slug=slug)


@require_POST
def member_remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """An owner removes anyone; everybody may leave."""
    found = employer_read(request, slug)
    member = get_object_or_404(found.members, pk=pk)
    if member.user_id != request.user.pk:
        employer_owned(request, slug)
    try:
        team.remove_member(member=member)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("hire:team", slug=slug)
    if member.user_id == request.user.pk:
        messages.success(request, _("You have left %(name)s.") % {"name": found.name})
        return redirect("hire:home")
    messages.success(request, _("%(name)s is no longer in the team.") % {"name": member.user})
    return redirect("hire:team", slug=slug)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    found = get_object_or_404(Invitation.objects.select_related("employer"), token=token)
    if request.method == "POST":
        try:
            team.accept(token=token, by=request.user, now=timezone.now())
        except RuleBroken as error:
            messages.error(request, str(error))
            return redirect("hire:invitation", token=token)
        return redirect("hire:employer", slug=found.employer.slug)
    is_over = found.accepted_at is not None or found.expires_at <= timezone.now()
    return render(request, "hire/invitation.html", {"invitation": found, "is_over": is_over})


def _team(request: MemberRequest, found: Employer, form: InvitationForm) -> dict[str, Any]:
    return {
        **desk(request, found, "team"),
        "members": found.members.select_related("user").order_by("joined_at"),
        "invitations": found.invitations.filter(accepted_at=None).order_by("-created_at"),
        "roles": Role.choices,
        "form": form,
        "now": timezone.now(),
    }
