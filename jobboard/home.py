"""The front page, and what machines ask for first."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobs import listing
from jobs.eligibility import profile_of
from jobs.home_page import headings, pay_plot
from jobs.search import SearchQuery, vocabulary
from jobs.search.find import find

NEWEST_SHOWN = 6
NOT_FOR_ROBOTS = (
    "/accounts/",
    "/admin/",
    "/alerts/",
    "/applications/",
    "/desk/",
    "/hire/",
    "/saved/",
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now, terms = timezone.now(), vocabulary.load()
    newest = find(SearchQuery(), now, terms)
    context = {
        "total": newest.total,
        "cards": listing.cards(
            newest.ids[:NEWEST_SHOWN],
            now=now,
            reader=request.user,
            profile=profile_of(request.user),
        ),
        "states": terms.of("state").values(),
        "plot": pay_plot(now),
        "headings": headings(now),
        "canonical": settings.SITE_URL + reverse("home"),
    }
    return render(request, "home.html", context)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
