"""The one parser of searches: a query string in, a SearchQuery and what was wrong with it out."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from codes.codes import key_of, span_of, system_of
from jobs.models.parts import PlaceMode
from jobs.search import vocabulary as words_of_filters
from jobs.search.query import NAMES, Hires, SearchQuery, Sort
from jobs.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_WORDS = 120
MOST_BYTES_OF_WORDS = 600  # as they stand in a query string, which an alert stores
MOST_VALUES = 12
LAST_PAGE = 100_000
WITHIN = (
    ("", _("Any time")),
    (1, _("Day")),
    (3, _("3 days")),
    (7, _("Week")),
    (14, _("2 weeks")),
    (30, _("Month")),
)
KEY = re.compile(r"[A-Za-z0-9_+-]{1,60}")


class WordsField(forms.CharField):
    """Free words; of a closing space one is kept, for it ends the word that is typed."""

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", " ", super().to_python(value) or "").lstrip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(quote_plus(value)) > MOST_BYTES_OF_WORDS:
            raise forms.ValidationError(_("That is too long to search for."), "too_long")


class CodeField(forms.CharField):
    """A code or a range of one system: "74740", "74400-74485", with a hyphen or a dash."""

    def clean(self, value: Any) -> str:
        text = re.sub(r"\s+", "", super().clean(value) or "").upper().replace("–", "-")
        if not text:
            return ""
        lo, _dash, hi = text.partition("-")
        try:
            span_of(system_of(lo), lo, hi or lo)
        except ValueError as error:
            raise forms.ValidationError(_("It is no CPT or HCPCS code or range.")) from error
        return text if hi and key_of(hi) != key_of(lo) else lo


class KeysField(forms.Field):
    """Any number of keys, in one order; those that are not `known` are refused one by one.

    With `known` None every well-formed key stays: a stored search must not grow wider because
    a word of its filters has gone.
    """

    widget = forms.MultipleHiddenInput

    def __init__(
        self, kind: str, label: "StrOrPromise", known: frozenset[str] | None = None
    ) -> None:
        super().__init__(required=False, label=label)
        self.kind = kind
        self.known = known
        self.refused: list[str] = []

    def to_python(self, value: Any) -> tuple[str, ...]:
        given = sorted({text for text in value or () if text})
        kept = [key for key in given if self._is_known(key)][:MOST_VALUES]
        self.refused = [key for key in given if key not in kept]
        return tuple(kept)

    def _is_known(self, key: str) -> bool:
        return bool(KEY.fullmatch(key)) if self.known is None else key in self.known


class JobFilter(forms.Form):
    """The search form. What is wrong is left out of `query` and named in `problems`."""

    words = WordsField(required=False, max_length=MOST_WORDS, strip=False, label=_("Words"))
    code = CodeField(required=False, max_length=20, label=_("Code or range"))
    specialties = KeysField("specialty", _("Specialty"))
    credentials = KeysField("credential", _("Credential asked"))
    settings = KeysField("setting", _("Setting"))
    modes = KeysField("mode", _("Place"), frozenset(PlaceMode.values))
    employment_types = KeysField("type", _("Employment"))
    state = KeysField("state", _("State"))
    pay_min = forms.DecimalField(
        required=False,
        min_value=1,
        max_value=500,
        decimal_places=2,
        label=_("Pays at least, dollars an hour"),
    )
    years_max = forms.IntegerField(
        required=False, min_value=0, max_value=40, label=_("Years asked, at most")
    )
    include_not_stated = forms.BooleanField(required=False, label=_("Include not stated"))
    apprentice = forms.BooleanField(required=False, label=_("Apprentices welcome"))
    posted_within_days = forms.TypedChoiceField(
        required=False, choices=WITHIN, coerce=int, empty_value=None, label=_("Posted within")
    )
    hires = KeysField("hires", _("Hires me"), frozenset(Hires.values))
    sort = forms.TypedChoiceField(
        required=False, choices=Sort, coerce=Sort, empty_value=None, label=_("Sorted by")
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE, label=_("Page"))

    def __init__(self, data: QueryDict, vocabulary: Vocabulary | None = None) -> None:
        super().__init__(data)
        for field in self.fields.values():
            if isinstance(field, KeysField) and vocabulary and field.known is None:
                field.known = frozenset(vocabulary.of(field.kind))
        self.full_clean()

    def add_prefix(self, field_name: str) -> str:
        return NAMES.get(field_name, field_name)

    @property
    def query(self) -> SearchQuery:
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        values["state"] = next(iter(values["state"]), "")
        if "pay_min" in values:
            values["pay_min"] = values["pay_min"].normalize()
        if not (values["state"] or "pay_min" in values or "years_max" in values):
            values["include_not_stated"] = False
        query = SearchQuery(**values)
        unsorted = SearchQuery(words=query.words)
        return SearchQuery(**{**values, "sort": None}) if query.sort == unsorted.order else query

    @property
    def problems(self) -> list[str]:
        """What was left out and why, in words for the reader."""
        found = [
            self._problem(name, " ".join(self._given(name)), " ".join(map(str, errors)))
            for name, errors in self.errors.items()
        ]
        for name, field in self.fields.items():
            if isinstance(field, KeysField):
                found += [self._problem(name, key, "") for key in field.refused]
        return found

    def _problem(self, name: str, given: str, why: str) -> str:
        shown = "".join(each for each in given if each.isprintable())[:60]
        text = gettext("%(filter)s: “%(given)s” is not used. %(why)s")
        return (text % {"filter": self.fields[name].label, "given": shown, "why": why}).strip()

    def _given(self, name: str) -> list[str]:
        return self.data.getlist(NAMES[name])  # type: ignore[attr-defined,no-any-return]


def read_query(data: QueryDict, vocabulary: Vocabulary | None = None) -> SearchQuery:
    """The search that a request asks for; what is wrong in it is left out."""
    return JobFilter(data, vocabulary or words_of_filters.load()).query
