"""The applicants of one posting, by stage."""

from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from jobs.models import Application
from jobs.states import STAGES

SHOWN_PER_STAGE = 25


@dataclass
class Stage:
    value: str
    label: str
    count: int = 0
    applications: list[Application] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.applications)


def by_stage(applications: QuerySet[Application]) -> list[Stage]:
    """Every stage in order, those who wait longest first; long stages show their beginning."""
    stages = {stage.value: Stage(stage.value, str(stage.label)) for stage in STAGES}
    counts = applications.order_by().values_list("status").annotate(Count("pk"))
    for status, count in counts:
        stages[status].count = count
    for application in _beginnings(applications):
        stages[application.status].applications.append(application)
    return list(stages.values())


def _beginnings(applications: QuerySet[Application]) -> QuerySet[Application]:
    place = Window(RowNumber(), partition_by=F("status"), order_by=["moved_at", "pk"])
    return (
        for_cards(applications)
        .annotate(place=place)
        .filter(place__lte=SHOWN_PER_STAGE)
        .order_by("moved_at", "pk")
    )


def for_cards(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With what a card reads of each applicant, in a constant number of queries."""
    return applications.select_related("applicant__profile__state").prefetch_related(
        "applicant__profile__held__credential"
    )
