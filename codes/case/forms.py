from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from codes.case.file_text import TEXT_AT_MOST, FileRefused, text_of
from codes.models.case import CaseSetting

EARLIEST = date(1996, 1, 1)  # NCCI begins


class CaseForm(forms.Form):
    """A case as text or as a file, with the day and place of service."""

    text = forms.CharField(
        label=_("The report"),
        required=False,
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_(
            "Leave out names, dates, numbers and addresses. What is left of them is taken out "
            "before anything else happens, but no screen finds everything."
        ),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("PDF, DOCX or text, up to 1 MB. The file itself is not kept."),
    )
    on = forms.DateField(
        label=_("Date of service"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today when left empty."),
    )
    setting = forms.ChoiceField(label=_("Setting and claim"), required=False, choices=CaseSetting)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"] or timezone.localdate()
        if day < EARLIEST:
            raise forms.ValidationError(_("The edits begin in 1996."), "early")
        return day

    def clean_setting(self) -> str:
        return self.cleaned_data["setting"] or CaseSetting.UNSTATED

    def clean_text(self) -> str:
        """Without what no encoding writes, as half a surrogate pair from JSON."""
        text = str(self.cleaned_data["text"]).encode("utf-8", "replace").decode()
        return text.replace("\0", "").replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        """The text of the file counts where one was sent."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if file := data.get("file"):
            try:
                data["text"] = text_of(file, size=file.size)
            except FileRefused as error:
                self.add_error("file", str(error))
        elif "text" not in self.errors and "file" not in self.errors and not data.get("text"):
            self.add_error("text", _("Paste a report, or choose a file."))
        return data


class KeepForm(CaseForm):
    """A case to keep: its text again, which is screened again."""

    title = forms.CharField(label=_("A name for it"), required=False, max_length=120)
    text = forms.CharField(required=True, max_length=TEXT_AT_MOST)
    file = None  # type: ignore[assignment]
