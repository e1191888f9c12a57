"""Résumés are handed out by the site alone, as downloads, to their owner and who received them."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.errors import RuleBroken
from accounts.requests import MemberRequest
from jobs.models import Application, Resume
from jobs.services import resumes

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def resume(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Resume.objects.readable_by(request.user), pk=pk)
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.kind, headers=HEADERS
    )


@require_GET
def resume_list(request: MemberRequest) -> HttpResponse:
    using = Application.objects.live().filter(resume=OuterRef("pk"))
    own = Resume.objects.filter(owner=request.user).annotate(in_use=Exists(using))
    return render(request, "desk/resumes.html", {"resumes": own})


@require_POST
def resume_delete(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Resume, pk=pk, owner=request.user)
    try:
        resumes.delete_resume(resume=found)
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
    return redirect("desk:resumes")
