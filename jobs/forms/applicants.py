"""The filter above an employer's applicants. What is mistyped narrows nothing."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, ModelChoiceFilter

from jobs.models import Application, Credential
from jobs.states import STAGES


class TickFilter(Filter):  # type: ignore[misc]
    """Narrows when it is ticked, and only then."""

    field_class = forms.BooleanField


class ApplicantFilter(FilterSet):  # type: ignore[misc]
    q = CharFilter(label=_("Name or e-mail"), method="named", max_length=120)
    stage = ChoiceFilter(
        field_name="status",
        label=_("Stage"),
        choices=[(stage.value, stage.label) for stage in STAGES],
        empty_label=_("All stages"),
    )
    credential = ModelChoiceFilter(
        field_name="applicant__profile__held__credential",
        queryset=Credential.objects.all(),
        to_field_name="code",
        label=_("Holds"),
        empty_label=_("Any credential"),
    )
    resume = TickFilter(label=_("With a résumé"), method="with_resume")

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def named(
        self, applications: QuerySet[Application], name: str, words: str
    ) -> QuerySet[Application]:
        return applications.filter(
            Q(applicant__name__icontains=words) | Q(applicant__email__icontains=words)
        )

    def with_resume(
        self, applications: QuerySet[Application], name: str, ticked: bool
    ) -> QuerySet[Application]:
        return applications.filter(resume__isnull=False) if ticked else applications
