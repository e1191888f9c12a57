"""Postings in the admin: read, and decided on; never written, moved by hand or deleted."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from accounts.errors import RuleBroken
from accounts.moderator_admin import ReadOnlyAdmin
from jobs.admin import detail
from jobs.admin.decisions import VERBS, BanForm, DecisionForm, Verb, decide, decide_all
from jobs.admin.queue import KindFilter, Queue, StatusFilter
from jobs.models import Job
from jobs.moderators import LONG_WAIT, may_moderate
from jobs.posting_page import posting_context
from jobs.services import moderation
from jobs.states import JobStatus

Action = Callable[["JobAdmin", HttpRequest, QuerySet[Job]], HttpResponse | None]


def action_of(verb: Verb) -> Action:
    @admin.action(permissions=["moderate"], description=verb.label)
    def run(
        modeladmin: "JobAdmin", request: HttpRequest, queryset: QuerySet[Job]
    ) -> HttpResponse | None:
        return modeladmin.decide_many(request, queryset, verb)

    run.__name__ = verb.name
    return run


@admin.action(permissions=["moderate"], description=_("Ban a domain"))
def ban(
    modeladmin: "JobAdmin", request: HttpRequest, queryset: QuerySet[Job]
) -> HttpResponse | None:
    return modeladmin.ban_from(request, queryset)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = [
        "title_or_none",
        "kind",
        "waiting",
        "employer_name",
        "verified",
        "trust",
        "signal_list",
        "status",
    ]
    list_display_links = ["title_or_none"]
    list_filter = [StatusFilter, KindFilter, "employer__trust"]
    list_select_related = ["employer", "source"]
    list_per_page = 25
    search_fields = ["title", "public_id", "employer__name", "apply_url", "contact_email"]
    ordering = ["submitted_at", "pk"]
    show_full_result_count = False
    actions = [*(action_of(verb) for verb in VERBS.values()), ban]

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return detail.postings()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Queue]:
        return Queue

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/decide/", wrap(self.decide_view), name="jobs_job_decide"),
            path("<int:pk>/ban/", wrap(self.ban_view), name="jobs_job_ban"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="jobs_job_preview"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Postings"), **(extra_context or {})})

    # The columns of the list.

    @admin.display(description=_("posting"), ordering="title")
    def title_or_none(self, job: Job) -> str:
        return str(job)

    @admin.display(description=_("kind"))
    def kind(self, job: Job) -> str:
        if job.is_revision:
            return str(_("Edit"))
        return str(_("Imported") if job.source_id else _("New"))

    @admin.display(description=_("waiting"), ordering="submitted_at")
    def waiting(self, job: Job) -> str:
        if job.status != JobStatus.PENDING or job.submitted_at is None:
            return ""
        age = timesince(job.submitted_at, depth=1)
        if timezone.now() - job.submitted_at <= LONG_WAIT:
            return age
        return format_html('<strong class="long-wait">{} · {}</strong>', age, _("overdue"))

    @admin.display(description=_("employer"), ordering="employer__name")
    def employer_name(self, job: Job) -> SafeString:
        return format_html(
            '<a href="?employer={}&amp;status=any">{}</a>', job.employer_id, job.employer
        )

    @admin.display(description=_("verified"))
    def verified(self, job: Job) -> str:
        proven = [domain.domain for domain in job.employer.domains.all() if domain.verified_at]
        return ", ".join(proven) or str(_("No"))

    @admin.display(description=_("trust"), ordering="employer__trust")
    def trust(self, job: Job) -> str:
        return job.employer.get_trust_display()

    @admin.display(description=_("signals"))
    def signal_list(self, job: Any) -> SafeString:
        rows = [("grave" if signal.grave else "mild", signal.label) for signal in job.signals]
        return format_html_join(" ", '<span class="signal {}">{}</span>', rows)

    # One posting.

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._page(request, self._posting(request, detail.as_pk(object_id)))

    def _posting(self, request: HttpRequest, pk: int) -> Job:
        if not may_moderate(request.user):
            raise PermissionDenied
        return get_object_or_404(detail.postings(), pk=pk)

    def _page(self, request: HttpRequest, job: Job, **bound: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **detail.context(job, now=timezone.now(), **bound),
            "opts": self.opts,
            "title": str(job),
        }
        return TemplateResponse(request, "admin/jobs/job/detail.html", context)

    def decide_view(self, request: Any, pk: int) -> HttpResponse:
        job, verb = self._posting(request, pk), VERBS.get(request.POST.get("verb"))
        if verb is None:
            return redirect("admin:jobs_job_change", pk)
        form = DecisionForm(request.POST, verb=verb)
        if not form.is_valid():
            return self._page(request, job, bound=form)
        try:
            seen = request.POST.get("seen", "")
            answers = form.cleaned_data
            decide(verb, job, by=request.user, now=timezone.now(), seen=seen, answers=answers)
        except RuleBroken as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:jobs_job_change", pk)
        self.message_user(request, verb.done % job, messages.SUCCESS)
        return redirect("admin:jobs_job_changelist")

    def ban_view(self, request: Any, pk: int) -> HttpResponse:
        form = BanForm(request.POST or None, jobs=[self._posting(request, pk)])
        if form.is_valid():
            self._ban(request, form)
        return redirect("admin:jobs_job_change", pk)

    def _ban(self, request: Any, form: BanForm) -> None:
        domain = form.cleaned_data["domain"]
        removed = moderation.ban_domain(
            by=request.user, now=timezone.now(), domain=domain, note=form.cleaned_data["note"]
        )
        said = _("%(domain)s is banned. Postings removed: %(count)s")
        self.message_user(
            request, said % {"domain": domain, "count": len(removed)}, messages.SUCCESS
        )

    @method_decorator([xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]})])
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The posting as coders will see it, to be framed by its own page in the admin."""
        context = posting_context(self._posting(request, pk), now=timezone.now())
        return TemplateResponse(request, "admin/jobs/job/preview.html", context)

    # Many postings.

    def decide_many(self, request: Any, queryset: QuerySet[Job], verb: Verb) -> HttpResponse | None:
        decided = "decided" in request.POST
        form = DecisionForm(request.POST if decided else None, verb=verb)
        if not form.is_valid():
            return self._ask(request, queryset, form=form, label=verb.label)
        pks = request.POST.getlist(ACTION_CHECKBOX_NAME)
        done, refused = decide_all(
            verb,
            detail.postings().filter(pk__in=pks),
            by=request.user,
            now=timezone.now(),
            seen={pk: request.POST.get(f"seen-{pk}", "") for pk in pks},
            answers=form.cleaned_data,
        )
        for job in done:
            self.message_user(request, verb.done % job, messages.SUCCESS)
        for refusal in refused:
            self.message_user(request, refusal, messages.ERROR)
        return None

    def ban_from(self, request: Any, queryset: QuerySet[Job]) -> HttpResponse | None:
        form = BanForm(request.POST if "decided" in request.POST else None, jobs=queryset)
        if not form.is_valid():
            return self._ask(request, queryset, form=form, label=_("Ban a domain"))
        self._ban(request, form)
        return None

    def _ask(self, request: Any, queryset: QuerySet[Job], **asked: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **asked,
            "rows": [(job, detail.seen_mark(job)) for job in queryset],
            "action": request.POST["action"],
            "opts": self.opts,
            "title": asked["label"],
            "selected_name": ACTION_CHECKBOX_NAME,
            "back": reverse("admin:jobs_job_changelist"),
        }
        return TemplateResponse(request, "admin/jobs/job/ask.html", context)
