from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.zones import zone_choices
from jobs.models import Alert


class AlertTimesForm(forms.ModelForm):  # type: ignore[type-arg]
    """When an alert mails."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Alert
        fields = ["cadence", "time_zone"]
        widgets = {"cadence": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.initial.get("time_zone") or self.instance.time_zone
        self.fields["time_zone"].choices = zone_choices(current)  # type: ignore[attr-defined]


class AlertForm(AlertTimesForm):
    """A new alert of somebody without log-in; the address is asked to confirm."""

    class Meta(AlertTimesForm.Meta):
        fields = ["email", "cadence", "time_zone"]
