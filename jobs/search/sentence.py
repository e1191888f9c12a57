"""A search as an English sentence, for headings, alerts and mail."""

from collections.abc import Iterator
from decimal import Decimal

from jobs.models.parts import PlaceMode
from jobs.search import vocabulary as words_of_filters
from jobs.search.query import Hires, SearchQuery
from jobs.search.vocabulary import Vocabulary

VOCABULARY_KINDS = {
    "specialties": "specialty",
    "credentials": "credential",
    "settings": "setting",
    "employment_types": "type",
}


def describe(query: SearchQuery, vocabulary: Vocabulary | None = None) -> str:
    """ "Jobs for “stents”, in Urology, asking for CPC or CCS-P, hiring in Ohio." """
    if vocabulary is None:
        named = query.state or any(getattr(query, field) for field in VOCABULARY_KINDS)
        vocabulary = words_of_filters.load() if named else Vocabulary({})
    parts = [*_subject(query, vocabulary), *_terms(query, vocabulary), *_bounds(query)]
    return f"{', '.join(['Jobs ' + parts[0], *parts[1:]])}." if parts else "All jobs."


def _subject(query: SearchQuery, vocabulary: Vocabulary) -> Iterator[str]:
    if words := query.words.strip():
        yield f"for “{words}”"
    if query.code:
        yield f"coding {query.code.replace('-', '–')}"
    if query.specialties:
        yield f"in {_any('specialty', query.specialties, vocabulary)}"
    if query.settings:
        yield f"with {_any('setting', query.settings, vocabulary)} work"
    if query.credentials:
        yield f"asking for {_any('credential', query.credentials, vocabulary)}"


def _terms(query: SearchQuery, vocabulary: Vocabulary) -> Iterator[str]:
    if query.modes:
        yield f"placed {_or([str(PlaceMode(mode).label).lower() for mode in query.modes])}"
    if query.state:
        yield f"hiring in {vocabulary.label('state', query.state)}{_or_not_stated(query)}"
    if query.employment_types:
        yield f"employed {_any('type', query.employment_types, vocabulary)}".lower()
    if query.apprentice:
        yield "open to apprentices"


def _bounds(query: SearchQuery) -> Iterator[str]:
    if query.pay_min is not None:
        yield f"paying {dollars(query.pay_min)} an hour or more{_or_not_stated(query)}"
    if query.years_max is not None:
        years = f"{query.years_max} {'year' if query.years_max == 1 else 'years'}"
        yield f"asking for {years} at most{_or_not_stated(query)}"
    if days := query.posted_within_days:
        yield "posted in the last day" if days == 1 else f"posted in the last {days} days"
    if query.hires:
        answers = [str(each.label).lower() for each in Hires if each in query.hires]
        yield f"hiring you: {_or(answers)}"


def _or_not_stated(query: SearchQuery) -> str:
    return " (or not stated)" if query.include_not_stated else ""


def dollars(amount: Decimal) -> str:
    return f"${amount:.0f}" if amount == amount.to_integral_value() else f"${amount:.2f}"


def _any(kind: str, keys: tuple[str, ...], vocabulary: Vocabulary) -> str:
    return _or([vocabulary.label(kind, key) for key in keys])


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
