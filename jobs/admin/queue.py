"""The list of postings: the queue first, oldest on top, with what a moderator looks at."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.states import JobStatus
from jobs.trust import signals_of


class StatusFilter(admin.SimpleListFilter):
    """Shows what waits for a decision until another status is chosen."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        others = [(value, name) for value, name in JobStatus.choices if value != JobStatus.PENDING]
        return [*others, ("any", _("Any"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "any":
            return queryset
        return queryset.filter(status=self.value() or JobStatus.PENDING)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for number, choice in enumerate(super().choices(changelist)):
            yield choice if number else {**choice, "display": JobStatus.PENDING.label}


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("new", _("New")), ("edit", _("Edits")), ("imported", _("Imported"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "new":
                return queryset.filter(revision_of=None, source=None)
            case "edit":
                return queryset.filter(revision_of__isnull=False)
            case "imported":
                return queryset.filter(source__isnull=False)
        return queryset


class Queue(ChangeList):
    """Reads the signals of a whole page of postings at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        jobs: list[Job] = list(self.result_list)
        signals = signals_of(jobs, now=timezone.now())
        for job in jobs:
            job.signals = signals[job.pk]  # type: ignore[attr-defined]
        self.result_list = jobs
