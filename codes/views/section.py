from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from codes import specialty_page, standing
from codes.models import Section, Specialty

PAGE = 100


@login_not_required
@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section of the range tree with its parts and codes."""
    row = get_object_or_404(Section.objects.public().select_related("parent"), slug=slug)
    context = {
        "section": row,
        "path": standing.around(row),
        "children": row.children.order_by("span"),
        "specialties": row.specialties.all(),
        "page": Paginator(standing.codes_of(row), PAGE).get_page(request.GET.get("page")),
        "on": timezone.localdate(),
    }
    return render(request, "codes/section.html", context)


@login_not_required
@require_safe
def specialty(request: HttpRequest, slug: str) -> HttpResponse:
    """A specialty: its sections and codes, and the work there is in it."""
    row = get_object_or_404(Specialty.objects.prefetch_related("ranges"), slug=slug)
    now = timezone.now()
    context = specialty_page.context(row) | {"on": timezone.localdate(now)}
    context |= import_string(f"{settings.CODE_JOBS}.for_specialty")(
        row, reader=request.user, now=now
    )
    return render(request, "codes/specialty.html", context)
