"""The search language: one value that the page runs, an alert stores and a sentence tells."""

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from jobs.search.vocabulary import Vocabulary


class Sort(models.TextChoices):
    RELEVANCE = "relevance", _("best match")
    NEWEST = "newest", _("newest")
    PAY = "pay", _("pay")


class Hires(models.TextChoices):
    YES = "yes", _("Yes")
    UNKNOWN = "unknown", _("Not stated")
    NO = "no", _("No")


# Field of SearchQuery -> its name in the query string, in the order of printing.
NAMES = {
    "words": "q",
    "code": "code",
    "specialties": "specialty",
    "credentials": "credential",
    "settings": "setting",
    "modes": "mode",
    "employment_types": "type",
    "state": "state",
    "pay_min": "pay",
    "years_max": "years",
    "include_not_stated": "unstated",
    "apprentice": "apprentice",
    "posted_within_days": "within",
    "hires": "hires",
    "sort": "sort",
    "page": "page",
}


@dataclass(frozen=True)
class SearchQuery:
    """What someone looks for. Several values of one field mean any of them.

    `words` keeps a closing space, because a word that is still typed finds by its beginning.
    `pay_min` is in dollars an hour. `include_not_stated` lets postings pass the filters by
    state, pay and years that do not state theirs. `hires` are answers to whether a posting hires
    the reader, so it asks nothing without one. `sort` is None for the usual order.
    """

    words: str = ""
    code: str = ""
    specialties: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    employment_types: tuple[str, ...] = ()
    state: str = ""
    pay_min: Decimal | None = None
    years_max: int | None = None
    include_not_stated: bool = False
    apprentice: bool = False
    posted_within_days: int | None = None
    hires: tuple[str, ...] = ()
    sort: Sort | None = None
    page: int = 1

    @classmethod
    def from_querystring(cls, text: str) -> "SearchQuery":
        """Read a stored query string. Names that are known no more stay, and find nothing."""
        from jobs.filters import JobFilter  # the form makes this class, so it cannot come first

        return JobFilter(QueryDict(text)).query

    def to_querystring(self) -> str:
        """The canonical form: what is not asked for is left out."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                pairs += [(NAMES[field.name], text) for text in _texts(value)]
        return urlencode(pairs)

    def for_alert(self) -> "SearchQuery":
        """The same search without what only a page needs, and the same for all readers."""
        return replace(self.for_all(), sort=None, page=1)

    def for_all(self) -> "SearchQuery":
        """The same search without what is asked of the reader's own profile."""
        return replace(self, hires=())

    def without(self, field: str, value: str | None = None) -> "SearchQuery":
        """The same search, first page, without one filter or one of its values."""
        left = next(each.default for each in fields(self) if each.name == field)
        if value is not None:
            left = tuple(each for each in getattr(self, field) if each != value)
        return self.with_field(field, left)

    def with_field(self, field: str, value: Any) -> "SearchQuery":
        """The same search, first page, with one filter set anew."""
        return replace(self, page=1, **{field: value})

    def describe(self, vocabulary: "Vocabulary | None" = None) -> str:
        from jobs.search.sentence import describe  # it reads the fields of this class

        return describe(self, vocabulary)

    @property
    def order(self) -> Sort:
        return self.sort or (Sort.RELEVANCE if self.words.strip() else Sort.NEWEST)

    @property
    def is_filtered(self) -> bool:
        return replace(self, sort=None, page=1) != SearchQuery()


def _texts(value: object) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return ["1"]
    return [f"{value:f}" if isinstance(value, Decimal) else str(value)]
