"""What a coder sends with an application, and what an employer decides on one."""

import hashlib
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from jobs.errors import FileRefused
from jobs.models import Answer, Job, Question, QuestionKind, Resume
from jobs.resume_file import judge, too_large_text
from jobs.states import ApplicationStatus

YES_NO = [("Yes", _("Yes")), ("No", _("No"))]
ACCEPTED = ".pdf,.docx,application/pdf"


class ApplicationForm(forms.Form):
    """Message, answers and résumé. `kind` is the kind of the uploaded file, once it is judged."""

    message = forms.CharField(
        label=_("Message to the employer"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    resume = forms.ModelChoiceField(
        Resume.objects.none(),
        label=_("A résumé you sent before"),
        required=False,
        blank=True,
        empty_label=_("None of these"),
        widget=forms.RadioSelect,
    )
    upload = forms.FileField(
        label=_("Résumé"),
        help_text=_("PDF or DOCX, at most 5 MB."),
        required=False,
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    kind = None

    def __init__(
        self, *args: Any, job: Job, applicant: User, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.questions = {_field_name(each): each for each in job.questions.all()}
        self.fields |= {name: _answer_field(each) for name, each in self.questions.items()}
        self.fields["resume"].queryset = Resume.objects.filter(owner=applicant)  # type: ignore[attr-defined]
        self.fields["upload"].widget.attrs["data-max-bytes"] = settings.RESUME_MAX_BYTES
        self.order_fields(["message", *self.questions, "resume", "upload"])

    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.questions]

    @property
    def has_resumes(self) -> bool:
        return bool(self.fields["resume"].queryset)  # type: ignore[attr-defined]

    def clean_upload(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["upload"]
        if self.too_large:
            raise forms.ValidationError(too_large_text(), "too_large")
        if file is None:
            return None
        try:
            self.kind = judge(file, size=file.size or 0)
        except FileRefused as error:
            raise forms.ValidationError(str(error), "refused") from error
        return file

    def clean(self) -> dict[str, Any]:
        sent = ("message", "resume", "upload")
        if not any(self.cleaned_data.get(name) or name in self.errors for name in sent):
            raise forms.ValidationError(_("Write a message or add a résumé."), "nothing_sent")
        return self.cleaned_data

    def choose(self, resume: Resume) -> None:
        """Show a stored upload as the chosen résumé, so that it need not be sent again."""
        data = cast(QueryDict, self.data).copy()
        data["resume"] = str(resume.pk)
        self.data = data

    def answers(self) -> list[tuple[str, str]]:
        return [
            (question.text, self.cleaned_data[name]) for name, question in self.questions.items()
        ]


def _field_name(question: Question) -> str:
    """Named by its words: a posting may change while one types, and its rows with it."""
    words = f"{question.kind} {question.text}"
    return f"answer-{hashlib.blake2s(words.encode(), digest_size=6).hexdigest()}"


def _answer_field(question: Question) -> forms.Field:
    messages = {"required": _("Answer this question.")}
    if question.kind == QuestionKind.YES_NO:
        return forms.ChoiceField(
            label=question.text,
            choices=YES_NO,
            required=question.required,
            error_messages=messages,
            widget=forms.RadioSelect,
        )
    return forms.CharField(
        label=question.text,
        max_length=Answer._meta.get_field("answer").max_length,
        required=question.required,
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(forms.Form):
    """`seen` is the status that the deciding member had before them."""

    to = forms.ChoiceField(choices=ApplicationStatus.choices)
    seen = forms.ChoiceField(choices=ApplicationStatus.choices, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note to the coder"),
        help_text=_("Stands in the letter and on the coder’s page of the application."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def refuse(self, error: str, *, stored: str) -> None:
        """Show the note again, now against the status that is stored."""
        self.add_error(None, error)
        data = cast(QueryDict, self.data).copy()
        data["seen"] = stored
        self.data = data
