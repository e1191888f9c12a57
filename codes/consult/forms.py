import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from codes.case.file_text import TEXT_AT_MOST
from codes.models import Case

AREA = {"rows": 8, "spellcheck": "false"}


class MessageForm(forms.Form):
    """A message of the owner; `token` makes sending it twice one message."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("Leave out names, dates and numbers. What is left of them is taken out."),
    )
    token = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": secrets.token_urlsafe(16)})
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()


class NewForm(MessageForm):
    """A new consult, from a typed text or from a case that was kept."""

    subject = forms.CharField(label=_("Subject"), max_length=120, required=False)

    field_order = ("subject", "text", "token")

    @classmethod
    def about(cls, case: Case | None) -> "NewForm":
        token = secrets.token_urlsafe(16)
        if case is None:
            return cls(initial={"token": token})
        return cls(initial={"token": token, "subject": case.title, "text": case.text})


class AnswerForm(forms.Form):
    """What a consultant answers. `seen` is the number of the last message on the screen."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=TEXT_AT_MOST,
        widget=forms.Textarea(attrs={**AREA, "rows": 18}),
        help_text=_("It begins as the software's draft. Your name is put below it."),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    sign = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\0", "").strip()
