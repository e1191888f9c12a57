"""The employer's desk: its first page, an employer's postings, and what it says of itself."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.employer_forms import DomainForm, EmployerForm
from accounts.employers import claim_domain, create_employer, verify_domains
from accounts.errors import RuleBroken
from accounts.limits import take
from accounts.models import Employer
from accounts.requests import MemberRequest, person
from accounts.zones import zone_name
from jobs import hire_rows
from jobs.services.employers import update_employer
from jobs.views.hire_access import employer_owned, employer_read, may_edit

PAGE_SIZE = 30


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """A visitor's welcome, or the way to one's employer."""
    reader = person(request)
    employers = list(Employer.objects.read_by(reader).with_verified()) if reader else []
    if len(employers) == 1:
        return redirect("hire:employer", slug=employers[0].slug)
    template = "hire/employers.html" if employers else "hire/welcome.html"
    return render(request, template, {"employers": employers})


@require_GET
def employer(request: MemberRequest, slug: str) -> HttpResponse:
    found = employer_read(request, slug)
    now = timezone.now()
    closed = request.GET.get("show") == "closed"
    postings = hire_rows.postings(found)
    shown = (
        postings.exclude(status__in=hire_rows.OPEN).order_by("-updated_at")
        if closed
        else postings.filter(status__in=hire_rows.OPEN).order_by("status", "-updated_at")
    )
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **desk(request, found, "postings"),
        "rows": [hire_rows.row(job, now=now) for job in page],
        "page": page,
        "closed": closed,
        "writable": may_edit(request.user, found),
    }
    return render(request, "hire/employer.html", context)


@require_http_methods(["GET", "POST"])
def employer_new(request: MemberRequest) -> HttpResponse:
    initial = {"time_zone": request.user.time_zone}
    form = EmployerForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            take(what="employer", who=request.user.email, limit=5, period=timedelta(days=1))
            made = create_employer(by=request.user, now=timezone.now(), **form.cleaned_data)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s is set up.") % {"name": made.name})
            return redirect("hire:employer", slug=made.slug)
    return render(request, "hire/employer_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def employer_edit(request: MemberRequest, slug: str) -> HttpResponse:
    found = employer_owned(request, slug)
    form = EmployerForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            update_employer(employer=found, now=timezone.now(), **form.cleaned_data)
        except RuleBroken as error:
            form.add_error("website", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("hire:employer_edit", slug=slug)
    return render(request, "hire/employer_edit.html", _about(request, found, form, DomainForm()))


@require_POST
def domain_claim(request: MemberRequest, slug: str) -> HttpResponse:
    """Claim a domain, or look again at those claimed when none is given."""
    found = employer_owned(request, slug)
    now = timezone.now()
    if not request.POST.get("domain"):
        verify_domains(employer=found, now=now)
        return redirect("hire:employer_edit", slug=slug)
    form = DomainForm(request.POST)
    if form.is_valid():
        try:
            take(what="domain", who=str(found.pk), limit=20, period=timedelta(days=1))
            claim_domain(employer=found, now=now, **form.cleaned_data)
        except RuleBroken as error:
            form.add_error("domain", str(error))
        else:
            return redirect("hire:employer_edit", slug=slug)
    context = _about(request, found, EmployerForm(instance=found), form)
    return render(request, "hire/employer_edit.html", context)


def desk(request: MemberRequest, found: Employer, current: str) -> dict[str, Any]:
    """What the head of each page of an employer shows."""
    return {
        "employer": found,
        "zone": zone_name(found.time_zone),
        "current": current,
        "others": Employer.objects.read_by(request.user).exclude(pk=found.pk),
        "owned": Employer.objects.owned_by(request.user).filter(pk=found.pk).exists(),
    }


def _about(
    request: MemberRequest, found: Employer, form: EmployerForm, domain_form: DomainForm
) -> dict[str, Any]:
    # The form writes on its instance while it is checked; the head shows what is stored.
    stored = employer_owned(request, found.slug)
    return {
        **desk(request, stored, "about"),
        "form": form,
        "domain_form": domain_form,
        "domains": stored.domains.order_by("domain"),
    }
