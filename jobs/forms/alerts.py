import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.models import Alert

US_ZONES = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
    ("Pacific/Guam", _("Guam")),
]


def zone_choices(current: str) -> list[tuple[str, Any]]:
    """The zones of the United States, and the reader's own where it is another."""
    known = {name for name, label in US_ZONES}
    if current in known or current not in zoneinfo.available_timezones():
        return US_ZONES
    return [*US_ZONES, (current, current)]


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
