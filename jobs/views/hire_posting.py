"""Writing a posting: the form, what it keeps while one types, and how coders will see it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.requests import MemberRequest
from jobs import hire_posting, typed_forms
from jobs.errors import EditedMeanwhile
from jobs.forms.posting import PostingForm
from jobs.forms.posting_sections import FOLDED
from jobs.models import Job
from jobs.posting_advice import advice_on
from jobs.services import drafting
from jobs.states import EDITABLE
from jobs.typed_forms import POSTING
from jobs.views.hire import desk
from jobs.views.hire_access import employer_edited, job_edited, job_read
from jobs.views.hire_moves import send_to_review
from jobs.views.typed import autosaved, keeps_typed


@require_http_methods(["GET", "POST"])
def job_new(request: MemberRequest, slug: str) -> HttpResponse:
    found = employer_edited(request, slug)
    if request.method == "POST":
        try:
            take(what="posting", who=str(found.pk), limit=60, period=timedelta(days=1))
        except RuleBroken as error:
            messages.error(request, str(error))
            return redirect("hire:employer", slug=slug)
        job = drafting.start_posting(employer=found, by=request.user)
        return redirect("hire:job_edit", public_id=job.public_id)
    return render(request, "hire/job_new.html", desk(request, found, "postings"))


@require_GET
def job(request: MemberRequest, public_id: str) -> HttpResponse:
    found = job_read(request, public_id)
    now = timezone.now()
    context = {
        **desk(request, found.employer, "postings"),
        **hire_posting.page(found, reader=request.user, now=now),
        "cleared": request.GET.get("sent") == "1",
    }
    return render(request, "hire/job.html", context)


@never_cache
@keeps_typed
@require_http_methods(["GET", "POST"])
def job_edit(request: MemberRequest, public_id: str) -> HttpResponse:
    found = job_edited(request, public_id)
    if request.method == "POST":
        return _save(request, found)
    if found.status not in EDITABLE:
        return redirect("hire:job", public_id=public_id)
    return _open(request, found)


def _open(request: MemberRequest, found: Job) -> HttpResponse:
    form = PostingForm(instance=found, now=timezone.now())
    typed = typed_forms.find(user=request.user, job=found, kind=POSTING)
    if typed and request.GET.get("version") != "saved":
        form.initial.update(typed_forms.shown_in(form, typed.data))
    return _show(request, found, form, typed_at=typed.saved_at if typed else None)


def _save(request: MemberRequest, found: Job) -> HttpResponse:
    now = timezone.now()
    kept = _keep(request, found, now=now)
    form = PostingForm(request.POST, instance=found, now=now)
    if not form.is_valid():
        return _show(request, job_edited(request, found.public_id), form, typed_at=kept)
    try:
        saved = drafting.save_posting(
            job=found, written=form.written(), seen=form.cleaned_data["seen"], by=request.user
        )
    except EditedMeanwhile as error:
        return _show_both(request, found.public_id, form, error)
    except RuleBroken as error:
        messages.error(request, str(error))
        return redirect("hire:job", public_id=found.public_id)
    return _go_on(request, saved)


def _keep(request: MemberRequest, found: Job, *, now: datetime) -> datetime | None:
    try:
        typed = typed_forms.typed_in(request.POST)
    except RuleBroken as error:
        messages.error(request, str(error))
        return None
    return typed_forms.keep(
        user=request.user, job=found, kind=POSTING, typed=typed, now=now
    ).saved_at


def _show_both(
    request: MemberRequest, public_id: str, form: PostingForm, error: EditedMeanwhile
) -> HttpResponse:
    """The writer's version again, now written over the newer one when it is saved once more."""
    stored = job_edited(request, public_id)
    post = request.POST.copy()
    post["seen"] = stored.updated_at.isoformat()
    form.data = post
    return _show(request, stored, form, newer=str(error))


def _go_on(request: MemberRequest, saved: Job) -> HttpResponse:
    intent = request.POST.get("intent")
    if intent == "preview":
        return redirect("hire:preview", public_id=saved.public_id)
    if intent == "submit":
        return send_to_review(request, saved)
    messages.success(request, _("Saved."))
    return redirect(reverse("hire:job_edit", args=[saved.public_id]) + "?saved=1")


def _show(
    request: MemberRequest,
    found: Job,
    form: PostingForm,
    *,
    typed_at: datetime | None = None,
    newer: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        **desk(request, found.employer, "postings"),
        "job": found,
        "form": form,
        "sections": (sections := list(form.sections())),
        "wrong": sum(section["wrong"] for section in sections),
        "folded": FOLDED,
        "decision": hire_posting.decision(found),
        "advice": advice_on(found) if found.title and not form.is_bound else [],
        "typed_at": typed_at,
        "newer": newer,
        "cleared": request.GET.get("saved") == "1" and not typed_at,
    }
    return render(request, "hire/job_edit.html", context)


@require_POST
def autosave(request: MemberRequest, public_id: str) -> HttpResponse:
    return autosaved(request, job_edited(request, public_id), kind=POSTING)


@require_POST
def typed_discard(request: MemberRequest, public_id: str) -> HttpResponse:
    """Drop what one typed and never saved; the saved posting shows again."""
    found = job_edited(request, public_id)
    typed_forms.forget(user=request.user, job=found, kind=POSTING)
    return redirect(reverse("hire:job_edit", args=[public_id]) + "?saved=1")
