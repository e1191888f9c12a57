from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from codes import lookup_text
from codes.codes import CodeSystem
from codes.models import Code, CodeReport
from codes.topics import Topic

EARLIEST = date(1996, 1, 1)  # NCCI begins


class CodePageForm(forms.Form):
    """What a reader asks of a page that is open: a locality, another code, a day of service."""

    locality = forms.RegexField(r"^\d{5}-\d{2}$", required=False)
    other = forms.CharField(
        label=_("With which code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "58340"}),
    )
    on = forms.DateField(
        label=_("Date of service"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, code: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_other(self) -> Code | None:
        """The row of the code typed; modifiers and words around it do no harm."""
        text = self.cleaned_data["other"]
        if not text:
            return None
        codes = lookup_text.parse(text).codes
        wanted = [code for system, code in codes if system in (CodeSystem.CPT, CodeSystem.HCPCS)]
        row = Code.objects.public().with_words().filter(code__in=wanted, key__isnull=False).first()
        if row is None:
            raise forms.ValidationError(
                _("%(text)s is no CPT or HCPCS code in the loaded data."),
                "unknown",
                {"text": text},
            )
        if row == self.code:
            raise forms.ValidationError(_("That is this code itself."), "same")
        return row

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day < EARLIEST:
            raise forms.ValidationError(_("The edits begin in 1996."), "early")
        return day


class CodeReportForm(forms.ModelForm):  # type: ignore[type-arg]
    where = forms.ChoiceField(
        label=_("Where on the page"),
        required=False,
        choices=[
            ("", _("The page as a whole")),
            ("plain", _("In common language")),
            *Topic.choices,
        ],
    )

    class Meta:
        model = CodeReport
        fields = ["where", "text"]
        labels = {"text": _("What is wrong")}
        help_texts = {
            "text": _("Say what should stand there and, where you can, the source. No patients.")
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
