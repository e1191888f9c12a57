"""The profile of a coder: a few forms that are sent, refused and saved as one."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_choices
from codes.models import Specialty
from jobs.models import Credential, HeldCredential, Profile, SpecialtyYears

ROWS_TO_ADD = 3
YEARS = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Dates and times are shown to you in it.")
    )

    class Meta:
        model = User
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Profile
        fields = ["state", "years", "settings", "software"]
        labels = {
            "state": _("State you live in"),
            "years": _("Years of coding, all together"),
            "settings": _("Settings you have coded in"),
            "software": _("Software you know"),
        }
        widgets = {
            "years": YEARS,
            "settings": forms.CheckboxSelectMultiple,
            "software": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].empty_label = _("Not stated")  # type: ignore[attr-defined]


class CredentialField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, credential: Credential) -> str:
        return f"{credential.code}: {credential.name}"


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row names one of `term`; all rows share the choices, which are read once."""

    term: ClassVar[str]

    def __init__(self, *args: Any, choices: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.term].choices = choices  # type: ignore[attr-defined]


class HeldForm(RowForm):
    term = "credential"
    credential = CredentialField(
        Credential.objects.all(), label=_("Credential"), empty_label=_("Choose one")
    )

    class Meta:
        model = HeldCredential
        fields = ["credential", "since", "member_number"]
        labels = {"since": _("Held since (year)")}

    def save(self, commit: bool = True) -> HeldCredential:
        """Another credential or number than the one a moderator looked up is not verified."""
        if {"credential", "member_number"} & set(self.changed_data):
            self.instance.verified_at = self.instance.verified_by = None
        held: HeldCredential = super().save(commit)
        return held

    def clean_since(self) -> int | None:
        since: int | None = self.cleaned_data["since"]
        if since and since > timezone.localdate().year:
            raise forms.ValidationError(_("That year has not come yet."), "future")
        return since


class PracticeForm(RowForm):
    term = "specialty"
    specialty = forms.ModelChoiceField(
        Specialty.objects.all(), label=_("Specialty"), empty_label=_("Choose one")
    )

    class Meta:
        model = SpecialtyYears
        fields = ["specialty", "years"]
        labels = {"years": _("Years in it")}
        widgets = {"years": YEARS}


class Rows(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of one profile; the last ones are empty, to add with."""

    form: type[RowForm]

    @cached_property
    def choices(self) -> list[Any]:
        return list(self.form.base_fields[self.form.term].choices)  # type: ignore[attr-defined]

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "choices": self.choices}

    def add_fields(self, form: "forms.ModelForm[Any]", index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take this row out")

    def clean(self) -> None:
        """A row may not be changed into one that another window has added meanwhile."""
        super().clean()
        terms = {form.cleaned_data.get(self.form.term) for form in self.initial_forms}
        if terms & set(self._unseen()):
            raise forms.ValidationError(self.get_form_error(), "twice")

    def save_new(self, form: "forms.ModelForm[Any]", commit: bool = True) -> Any:
        """A row that another window, or the first of two clicks, has added is written over."""
        if stored := self._unseen().get(form.cleaned_data[self.form.term]):
            form.instance.pk, form.instance._state.adding = stored.pk, False
        return super().save_new(form, commit)

    def _unseen(self) -> dict[Any, Any]:
        """Rows of the profile that were stored after this page was opened, by their term."""
        seen = {form.instance.pk for form in self.initial_forms}
        return {getattr(row, self.form.term): row for row in self._rows if row.pk not in seen}

    @cached_property
    def _rows(self) -> list[Any]:
        return list(self.get_queryset().select_related(self.form.term))

    def get_unique_error_message(self, unique_check: Any) -> str:
        return self.get_form_error()

    def get_form_error(self) -> str:
        return str(_("Name each one once."))


HeldRows = forms.inlineformset_factory(
    Profile,
    HeldCredential,
    form=HeldForm,
    formset=Rows,
    extra=ROWS_TO_ADD,
    can_delete_extra=False,
)
PracticeRows = forms.inlineformset_factory(
    Profile,
    SpecialtyYears,
    form=PracticeForm,
    formset=Rows,
    extra=ROWS_TO_ADD,
    can_delete_extra=False,
)


class ProfileForms:
    """All of a person's profile. Iterates over its fields, as a form does."""

    def __init__(self, user: User, data: Any = None) -> None:
        profile = Profile.objects.filter(user=user).first() or Profile(user=user)
        self.person = PersonForm(data, instance=user, prefix="person")
        self.profile = ProfileForm(data, instance=profile, prefix="profile")
        self.held = HeldRows(data, instance=profile, prefix="held")
        self.practices = PracticeRows(data, instance=profile, prefix="practice")

    def is_valid(self) -> bool:
        parts = (self.person, self.profile, self.held, self.practices)
        return all(part.is_valid() for part in parts)

    def save(self) -> None:
        self.person.save()
        profile = self.profile.save()
        for rows in (self.held, self.practices):
            rows.instance = profile
            rows.save()

    def _forms(self) -> Iterator[forms.BaseForm]:
        return chain([self.person, self.profile], self.held, self.practices)

    def __iter__(self) -> Iterator[BoundField]:
        return chain.from_iterable(self._forms())

    @property
    def errors(self) -> list[Any]:
        named = (error for field in self for error in field.errors)
        return [*named, *self.non_field_errors]

    @property
    def non_field_errors(self) -> list[Any]:
        own = chain.from_iterable(form.non_field_errors() for form in self._forms())
        rows = (*self.held.non_form_errors(), *self.practices.non_form_errors())
        return list(dict.fromkeys([*rows, *own]))
