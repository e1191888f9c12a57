from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from jobs import board_page, listing
from jobs.eligibility import profile_of
from jobs.filters import JobFilter
from jobs.search import vocabulary
from jobs.search.find import find
from jobs.search.hires import coder_of


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def job_list(request: HttpRequest) -> HttpResponse:
    """The search page; htmx gets the results and the counts of the facets alone."""
    now, terms = timezone.now(), vocabulary.load()
    form, profile = JobFilter(request.GET, terms), profile_of(request.user)
    query = form.query if profile else form.query.for_all()
    results = find(query, now, terms, coder_of(profile))
    context = {
        "form": form,
        "problems": [*form.problems, *board_page.unused(form.query, query, request.user)],
        "query": query,
        "results": results,
        "sentence": query.describe(terms),
        "cards": listing.cards(results.ids, now=now, reader=request.user, profile=profile),
        "states": terms.of("state").values(),
        "partial": "HX-Request" in request.headers,
        **board_page.beside(query, results, terms, now),
    }
    if not context["partial"]:
        return render(request, "jobs/job_list.html", context)
    response = render(request, "jobs/job_list.html#results", context)
    response["HX-Push-Url"] = board_page.address(query)
    return response


@login_not_required
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Tells where the feeds are."""
    context = {
        "specialties": vocabulary.load().of("specialty").values(),
        "size": settings.PAGE_SIZE,
    }
    return render(request, "jobs/feeds.html", context)
