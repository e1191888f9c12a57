from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from codes.models import Specialty
from jobs import board_page, listing
from jobs.eligibility import profile_of
from jobs.models import State
from jobs.search import SearchQuery, figures, vocabulary
from jobs.search.find import find

CARDS_SHOWN = 10


@login_not_required
@require_safe
def specialty(request: HttpRequest, slug: str) -> HttpResponse:
    """The open jobs of a specialty; a page only while there are any."""
    row = get_object_or_404(Specialty.objects.prefetch_related("ranges"), slug=slug)
    query = SearchQuery(specialties=(row.slug,))
    context = _landing(request, query, refine=("setting", "credential", "mode"))
    context |= {
        "heading": _("%(specialty)s coding jobs") % {"specialty": row.name},
        "text": row.description,
        "band": figures.pay_by_specialty(context["now"]).get(row.pk),
        "usual_credentials": row.usual_credentials,
        "ranges": [_chip(run.lo, run.hi) for run in row.ranges.all()],
    }
    return render(request, "jobs/landing.html", context)


@login_not_required
@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """The open jobs that hire in a state; a page only while there are any."""
    row = get_object_or_404(State, slug=slug)
    context = _landing(
        request, SearchQuery(state=row.code), refine=("specialty", "mode", "credential")
    )
    context |= {
        "heading": _("Medical coding jobs that hire in %(state)s") % {"state": row.name},
        "text": _("On-site and hybrid jobs there, and remote jobs whose employers hire there."),
        "note": row.pay_range_note if row.pay_range_required else "",
        "band": figures.pay_in_state(row.code, context["now"]),
    }
    return render(request, "jobs/landing.html", context)


def _landing(
    request: HttpRequest, query: SearchQuery, *, refine: tuple[str, ...]
) -> dict[str, Any]:
    now, terms = timezone.now(), vocabulary.load()
    results = find(query, now, terms)
    if not results.total:
        raise Http404
    return {
        "now": now,
        "total": results.total,
        "cards": listing.cards(
            results.ids[:CARDS_SHOWN],
            now=now,
            reader=request.user,
            profile=profile_of(request.user),
        ),
        "refine": board_page.refinements(query, results, terms, kinds=refine),
        "links": board_page.links(query),
        "canonical": f"{settings.SITE_URL}{request.path}",
        "search": board_page.address(query),
    }


def _chip(lo: str, hi: str) -> dict[str, str]:
    code = lo if lo == hi else f"{lo}-{hi}"
    text = code.replace("-", "–")
    return {"text": text, "url": board_page.address(SearchQuery(code=code))}
