from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from codes.codes import RANGED
from codes.models import Abbreviation, Code, Modifier, PlaceOfService

RANGED_SYSTEMS = [system for system, _label in RANGED]
TABLES: dict[str, type[Model]] = {
    "modifiers": Modifier,
    "places-of-service": PlaceOfService,
    "abbreviations": Abbreviation,
}


@login_not_required
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One of the small tables, whole."""
    if name not in TABLES:
        raise Http404
    rows: QuerySet[Model] = TABLES[name]._default_manager.all()
    public = Code.objects.public().filter(system__in=RANGED_SYSTEMS)
    named = set(public.values_list("code", flat=True)) if name == "abbreviations" else set()
    return render(request, f"codes/{name}.html", {"rows": rows, "named": named})
