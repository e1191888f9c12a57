"""The posting form: one long form over all that an employer may state."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models.functions import Lower
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web_address import WebAddressField
from accounts.zones import zone_name
from jobs import deadlines
from jobs.closing_day import closing_day, closing_instant
from jobs.errors import ClosingRefused
from jobs.forms import posting_rules
from jobs.forms.posting_fields import (
    CodeRunsField,
    CredentialGroupsField,
    DescriptionField,
    SitesField,
)
from jobs.forms.posting_sections import QUESTIONS, SECTIONS
from jobs.forms.posting_words import HELP, LABELS, MISSING, WIDGETS
from jobs.models import Job, Question, QuestionKind
from jobs.models.parts import CodeSet, StateRule
from jobs.services.drafting import COLUMNS, TERMS, Written
from jobs.site_text import Site


class PostingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Reads a posting whole; `written()` is what `drafting.save_posting` takes.

    `seen` carries the version of the posting that the writer had before them.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    description = DescriptionField(
        label=gettext_lazy("Description"), max_length=20_000, help_text=HELP["description"]
    )
    code_sets = forms.MultipleChoiceField(
        label=gettext_lazy("Code sets"),
        choices=CodeSet.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    code_ranges = CodeRunsField(
        label=gettext_lazy("Codes the work covers"),
        required=False,
        max_length=4000,
        help_text=HELP["code_ranges"],
    )
    credentials_required = CredentialGroupsField(
        label=gettext_lazy("Required credentials"),
        required=False,
        max_length=1000,
        help_text=HELP["credentials"],
    )
    credentials_preferred = CredentialGroupsField(
        label=gettext_lazy("Preferred credentials"), required=False, max_length=1000
    )
    sites = SitesField(
        label=gettext_lazy("Places of work"),
        required=False,
        max_length=4000,
        help_text=HELP["sites"],
    )
    state_rule = forms.ChoiceField(
        label=gettext_lazy("Where a coder may live"),
        choices=StateRule.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    apply_url = WebAddressField(
        label=gettext_lazy("Web address to apply"), required=False, max_length=500
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Closes at the end of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    class Meta:
        model = Job
        fields = sorted({*COLUMNS, *TERMS})
        labels = LABELS
        help_texts = HELP
        widgets = WIDGETS

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        job: Job = kwargs["instance"]
        kwargs["initial"] = {**_initial(job, now=now), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.now, self.zone = now, job.employer.zone
        self.fields["title"].required = True
        for name, message in MISSING.items():
            self.fields[name].error_messages["required"] = message
        software: Any = self.fields["software"]
        software.queryset = software.queryset.order_by(Lower("name"))
        self.fields["closes_on"].help_text = _("In %(zone)s, at most %(days)s days from now.") % {
            "zone": zone_name(job.employer.time_zone),
            "days": settings.POSTING_RUNS_AT_MOST.days,
        }
        for number in range(1, QUESTIONS + 1):
            self._add_question(number)

    def _add_question(self, number: int) -> None:
        name = f"question_{number}"
        self.fields[name] = forms.CharField(
            label=_("Question %(number)s") % {"number": number}, max_length=250, required=False
        )
        self.fields[f"{name}_kind"] = forms.ChoiceField(
            label=_("Answer to question %(number)s") % {"number": number},
            choices=QuestionKind.choices,
            required=False,
        )
        self.fields[f"{name}_required"] = forms.BooleanField(
            label=_("Question %(number)s must be answered") % {"number": number}, required=False
        )

    def sections(self) -> Iterator[dict[str, Any]]:
        """The sections for the template, with the fields themselves."""
        for section in SECTIONS:
            rows = [[self[name] for name in row] for row in section.rows]
            wrong = sum(len(field.errors) for row in rows for field in row)
            yield {**section._asdict(), "rows": rows, "wrong": wrong}

    def clean_seen(self) -> datetime | None:
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        clean = self.cleaned_data
        for field, message in posting_rules.problems(clean):
            self.add_error(field, message)
        if "closes_on" in clean:
            self._check_closing(self._closes_at())
        return clean

    def _check_closing(self, closes_at: datetime) -> None:
        """An edit may keep the closing day that the live posting has, whatever it is."""
        live = self.instance.revision_of
        if live and live.closes_at == closes_at:
            return
        try:
            deadlines.check_closing(closes_at, now=self.now, zone=self.zone)
        except ClosingRefused as error:
            self.add_error("closes_on", str(error))

    def _closes_at(self) -> datetime:
        """The end of the day chosen; the instant stored, when that is on the same day."""
        day: date = self.cleaned_data["closes_on"]
        stored: datetime | None = self.instance.closes_at
        if stored and closing_day(stored, self.zone) == day:
            return stored
        return closing_instant(day, self.zone)

    def written(self) -> Written:
        clean = self.cleaned_data
        columns = {name: clean[name] for name in COLUMNS}
        columns["state_rule"] = columns["state_rule"] or StateRule.NOT_STATED
        columns["closes_at"] = self._closes_at()
        groups = [
            (group, required)
            for required, name in ((True, "credentials_required"), (False, "credentials_preferred"))
            for group in clean[name]
        ]
        return Written(
            columns=columns,
            terms={name: list(clean[name]) for name in TERMS},
            sites=clean["sites"],
            code_ranges=clean["code_ranges"],
            credential_groups=groups,
            questions=list(self._questions()),
        )

    def _questions(self) -> Iterator[tuple[str, str, bool]]:
        for number in range(1, QUESTIONS + 1):
            name = f"question_{number}"
            if text := self.cleaned_data[name]:
                kind = self.cleaned_data[f"{name}_kind"] or QuestionKind.TEXT
                yield text, kind, self.cleaned_data[f"{name}_required"]


def _initial(job: Job, *, now: datetime) -> dict[str, Any]:
    zone = job.employer.zone
    closes_at = job.closes_at or deadlines.default_closing(now=now, zone=zone)
    groups = list(job.credential_requirements.prefetch_related("credentials"))
    codes = {
        required: [
            [credential.code for credential in group.credentials.all()]
            for group in groups
            if group.required == required
        ]
        for required in (True, False)
    }
    return {
        "seen": job.updated_at.isoformat(),
        "description": DescriptionField().typed(job.description),
        "code_ranges": [(run.system, run.span) for run in job.code_ranges.all()],
        "credentials_required": codes[True],
        "credentials_preferred": codes[False],
        "sites": [
            Site(site.city, site.state_id, site.postal_code, site.street)
            for site in job.sites.all()
        ],
        # A posting never written has no answer yet, so that none is taken for one.
        "state_rule": job.state_rule if job.title else "",
        "closes_on": closing_day(closes_at, zone),
        **_initial_questions(job.questions.all()),
    }


def _initial_questions(questions: Any) -> dict[str, Any]:
    rows = {f"question_{number}_required": True for number in range(1, QUESTIONS + 1)}
    found: dict[str, Any] = {**rows}
    question: Question
    for number, question in enumerate(questions, start=1):
        name = f"question_{number}"
        found |= {
            name: question.text,
            f"{name}_kind": question.kind,
            f"{name}_required": question.required,
        }
    return found
