from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.models import ReasonCode, ReasonKind


class ReportForm(forms.Form):
    reason = forms.ModelChoiceField(
        ReasonCode.objects.none(),
        label=_("What is wrong"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    note = forms.CharField(
        label=_("What a moderator should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Moderators read it; the employer does not. Leave out patients' details."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        reasons = ReasonCode.objects.filter(kind=ReasonKind.REPORT).order_by("pk")
        self.fields["reason"].queryset = reasons  # type: ignore[attr-defined]
