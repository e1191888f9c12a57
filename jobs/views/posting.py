from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person
from jobs import structured_data
from jobs.eligibility import profile_of
from jobs.models import Job
from jobs.posting_page import (
    Standing,
    apply_action,
    closed_words,
    posting_context,
    standing,
    with_own,
)


@login_not_required
@require_safe
@vary_on_headers("HX-Request", "HX-Current-URL")
@conditional_page
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """A posting; htmx gets the reading pane alone. Never metered, and no log-in needed."""
    now = timezone.now()
    reader = person(request)
    found = with_own(Job.objects.originals().for_page(), reader).filter(slug=slug).first()
    found = found or _by_public_id(slug)
    if found is None:
        raise Http404
    match standing(found, at=now):
        case Standing.HIDDEN:
            raise Http404
        case Standing.GONE:
            return render(request, "jobs/job_gone.html", status=410)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = posting_context(found, now=now, profile=profile_of(request.user))
    if not found.is_visible(at=now):
        context["closed"] = closed_words(found)
        return render(request, _template(request, "jobs/job_closed.html"), context)
    context |= {
        "apply": apply_action(found),
        "back": _back(request, found),
        "structured_data": structured_data.script(found),
    }
    return render(request, _template(request, "jobs/job.html"), context)


def _back(request: HttpRequest, job: Job) -> str:
    """From the reading pane, the search page with this posting open in it; else ""."""
    address = getattr(request, "htmx", None) and request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    if not address:
        return ""
    path, _question, asked = address.partition("#")[0].partition("?")
    query = QueryDict(asked, mutable=True)
    query["open"] = job.slug
    return f"{path}?{query.urlencode()}"


def _template(request: HttpRequest, name: str) -> str:
    return f"{name}#pane" if "HX-Request" in request.headers else name


def _by_public_id(slug: str) -> Job | None:
    """An address whose words changed still ends in the posting's public id."""
    return Job.objects.originals().filter(public_id=slug.rpartition("-")[2]).first()
