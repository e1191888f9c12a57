"""What an employer does with a posting: each act is one POST and one service."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.requests import MemberRequest
from jobs.closing_day import closing_instant
from jobs.models import Job
from jobs.services import posting
from jobs.states import EDITABLE, JobStatus
from jobs.views.hire_access import job_edited

DAY = timedelta(days=1)


class RenewForm(forms.Form):
    closes_on = forms.DateField(label=gettext_lazy("New closing day"))


@require_POST
def submit(request: MemberRequest, public_id: str) -> HttpResponse:
    return send_to_review(request, job_edited(request, public_id))


def send_to_review(request: MemberRequest, job: Job) -> HttpResponse:
    """A refusal leads back to the form, where what was saved stands."""
    try:
        take(what="submit", who=str(job.employer_id), limit=30, period=DAY)
        posting.submit_posting(job=job, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        name = "hire:job_edit" if job.status in EDITABLE else "hire:job"
        return redirect(name, public_id=job.public_id)
    if job.status == JobStatus.MERGED and job.revision_of:
        messages.success(request, _("The change is live. It needed no review."))
        return redirect("hire:job", public_id=job.revision_of.public_id)
    messages.success(request, _("Submitted. You will be told by mail what the moderator decides."))
    return redirect(reverse("hire:job", args=[job.public_id]) + "?sent=1")


@require_POST
def withdraw(request: MemberRequest, public_id: str) -> HttpResponse:
    return _act(request, public_id, posting.withdraw_posting, _("Withdrawn."))


@require_POST
def filled(request: MemberRequest, public_id: str) -> HttpResponse:
    return _act(request, public_id, posting.mark_filled, _("Marked as filled."))


@require_POST
def confirm(request: MemberRequest, public_id: str) -> HttpResponse:
    done = _("Confirmed. Coders see that it is open as of today.")
    return _act(request, public_id, posting.confirm_open, done)


@require_POST
def renew(request: MemberRequest, public_id: str) -> HttpResponse:
    job = job_edited(request, public_id)
    form = RenewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the new closing day."))
        return redirect("hire:job", public_id=public_id)
    closes_at = closing_instant(form.cleaned_data["closes_on"], job.employer.zone)
    return _act(request, public_id, posting.renew_posting, _("Renewed."), closes_at=closes_at)


@require_POST
def copy(request: MemberRequest, public_id: str) -> HttpResponse:
    job = job_edited(request, public_id)
    try:
        take(what="posting", who=str(job.employer_id), limit=60, period=DAY)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("hire:job", public_id=public_id)
    made = posting.copy_posting(job=job, by=request.user, now=timezone.now())
    messages.success(request, _("This is the copy. Check it, and choose its closing day."))
    return redirect("hire:job_edit", public_id=made.public_id)


@require_POST
def revise(request: MemberRequest, public_id: str) -> HttpResponse:
    """Open the edit of a live posting, which stays up until the edit is approved."""
    job = job_edited(request, public_id)
    try:
        made = posting.start_revision(job=job, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("hire:job", public_id=public_id)
    name = "hire:job_edit" if made.status in EDITABLE else "hire:job"
    return redirect(name, public_id=made.public_id)


@require_POST
def discard(request: MemberRequest, public_id: str) -> HttpResponse:
    job = job_edited(request, public_id)
    drop = posting.discard_revision if job.is_revision else posting.discard_draft
    try:
        drop(job=job, by=request.user, now=timezone.now())
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("hire:job", public_id=public_id)
    messages.success(request, _("Discarded."))
    if job.revision_of:
        return redirect("hire:job", public_id=job.revision_of.public_id)
    return redirect("hire:employer", slug=job.employer.slug)


def _act(
    request: MemberRequest, public_id: str, verb: Callable[..., Any], done: str, **more: Any
) -> HttpResponse:
    job = job_edited(request, public_id)
    try:
        verb(job=job, by=request.user, now=timezone.now(), **more)
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("hire:job", public_id=public_id)
