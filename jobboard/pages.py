from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.tiers import all_tiers

ABOUT = ("codes", "data", "dates", "privacy")


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@login_not_required
@require_safe
def about_page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in ABOUT:
        raise Http404
    context = {"tiers": all_tiers().values()} if page == "codes" else {}
    return render(request, f"pages/{page}.html", context)
