from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from codes.codes import CODE_PATTERN
from codes.forms import EARLIEST
from codes.releases import OUTPATIENT, PRACTITIONER

LONGEST = 1000


class AskForm(forms.Form):
    """A question, and what it is read on where that is said apart from it."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "58340 with 74740?"}),
        help_text=_("Codes, edits, units, modifiers, fees. Leave out whatever names a person."),
    )
    on = forms.DateField(
        label=_("Date of service"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    setting = forms.ChoiceField(
        label=_("Setting"),
        required=False,
        choices=[
            ("", _("As the question says, else practitioner")),
            (PRACTITIONER, _("Practitioner")),
            (OUTPATIENT, _("Outpatient hospital")),
        ],
    )
    code = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "ask-%s")
        super().__init__(*args, **kwargs)

    def clean_question(self) -> str:
        return str(self.cleaned_data["question"]).replace("\0", " ")

    def clean_code(self) -> str:
        """A code page's code; anything else counts as none."""
        text = self.cleaned_data["code"].upper()
        return text if CODE_PATTERN.fullmatch(text) else ""

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day < EARLIEST:
            raise forms.ValidationError(_("The edits begin in 1996."), "early")
        return day


class ComplaintForm(forms.Form):
    complaint = forms.CharField(
        label=_("What is wrong"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
