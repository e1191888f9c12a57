from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import MemberRequest
from jobs import hire_posting
from jobs.models import Job
from jobs.posting_advice import advice_on
from jobs.posting_page import posting_context
from jobs.views.hire import desk


@require_GET
def preview(request: MemberRequest, public_id: str) -> HttpResponse:
    """The posting as coders will see it, and what would make it better."""
    jobs = Job.objects.read_by(request.user).for_page()
    found = get_object_or_404(jobs, public_id=public_id)
    now = timezone.now()
    context = {
        **posting_context(found, now=now, profile=None),
        **desk(request, found.employer, "postings"),
        **hire_posting.page(found, reader=request.user, now=now),
        "advice": advice_on(found),
    }
    return render(request, "hire/preview.html", context)
