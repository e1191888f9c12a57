from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from codes import lookup, lookup_tables
from codes.gate import marks
from codes.models import Section, Specialty

SUGGESTED = 8


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The look-up and its answer; it costs no view, whatever it shows."""
    return answer(request, request.GET.get("q", ""))


def answer(request: HttpRequest, text: str, *, status: int = 200) -> HttpResponse:
    """The page of the look-up with what was found for a text."""
    result = lookup.look_up(text, on=timezone.localdate())
    context = {
        "result": result,
        "beside": lookup_tables.look_up(result.typed.text, result.typed.modifiers),
        "marks": marks(request, [hit.code for hit in result.hits]),
        "specialties": Specialty.objects.all(),
        "tops": Section.objects.public().filter(parent=None),
    }
    return render(request, "codes/home.html", context, status=status)


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Options for the look-up box while somebody types."""
    result = lookup.look_up(
        request.GET.get("q", ""), on=timezone.localdate(), limit=SUGGESTED, typing=True
    )
    return render(request, "codes/_suggestions.html", {"result": result})
