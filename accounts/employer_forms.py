import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.domains import host_of
from accounts.models import Employer, Invitation
from accounts.models.employer import Role
from accounts.web_address import WebAddressField
from accounts.zones import zone_choices

STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
    "NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class EmployerForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an employer says of itself; coders see it beside each posting."""

    website = WebAddressField(label=gettext_lazy("Website"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", "—"), *((code, code) for code in sorted(STATES.split()))],
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("Closing days of your postings end at midnight there."),
    )

    class Meta:
        model = Employer
        fields = ["name", "kind", "website", "about", "city", "state", "time_zone"]
        help_texts = {
            "about": gettext_lazy("A few sentences in plain text: what you do, and who codes it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.initial.get("time_zone") or self.instance.time_zone
        self.fields["time_zone"].choices = zone_choices(current)  # type: ignore[attr-defined]


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=gettext_lazy("Mail domain"),
        max_length=253,
        help_text=gettext_lazy("The part after the @ of your work addresses: lakeside.org"),
    )

    def clean_domain(self) -> str:
        """Takes a domain, an address at it or a web address."""
        typed = str(self.cleaned_data["domain"]).strip().lower().rpartition("@")[2]
        domain = host_of(typed if "//" in typed else f"//{typed}")
        if not DOMAIN.fullmatch(domain):
            raise ValidationError(_("That is not a domain such as lakeside.org."), "domain")
        return domain


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Invitation
        fields = ["email", "role"]

    def validate_constraints(self) -> None:
        """An open invitation to the same address is replaced, not refused."""


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
