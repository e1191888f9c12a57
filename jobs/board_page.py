"""What the page of a search shows beside its postings: facets, active filters, sorts, pager."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from jobs.models.parts import PlaceMode
from jobs.search import Results, SearchQuery, Sort
from jobs.search.kept import kept
from jobs.search.query import Hires
from jobs.search.sentence import dollars
from jobs.search.vocabulary import Vocabulary

# Facet -> the field of SearchQuery that holds its choice, in the order of the page.
FACETS = {
    "hires": ("hires", gettext_lazy("Hires me")),
    "specialty": ("specialties", gettext_lazy("Specialty")),
    "credential": ("credentials", gettext_lazy("Credential asked")),
    "setting": ("settings", gettext_lazy("Setting")),
    "mode": ("modes", gettext_lazy("Place")),
    "type": ("employment_types", gettext_lazy("Employment")),
}
OPTIONS_SHOWN = 6
# Facets whose values have an order of their own.
ORDERED = {
    "hires": tuple(Hires),
    "mode": (PlaceMode.REMOTE, PlaceMode.HYBRID, PlaceMode.ONSITE, PlaceMode.NOT_STATED),
}


def beside(
    query: SearchQuery, results: Results, terms: Vocabulary, now: datetime
) -> dict[str, Any]:
    return {
        "facets": facets_html(query, results, terms, now),
        "active": active(query, terms),
        "sorts": sorts(query),
        "page": pager(results),
        "links": links(query),
    }


def facets(query: SearchQuery, results: Results, terms: Vocabulary) -> list[dict[str, Any]]:
    return [_facet(kind, query, results, terms) for kind in FACETS if kind in results.facets]


def facets_html(
    query: SearchQuery, results: Results, terms: Vocabulary, now: datetime
) -> SafeString:
    """The facets, which look the same to all whose counts these are; to make them costs more than
    to find the jobs.
    """

    def make() -> str:
        context = {"facets": facets(query, results, terms), "query": query, "results": results}
        return render_to_string("jobs/_facets.html", context)

    asked = replace(query, sort=None, page=1).to_querystring()
    counts = f"facets {asked} {results.facets}"
    return SafeString(kept(counts, make, now))


def _facet(kind: str, query: SearchQuery, results: Results, terms: Vocabulary) -> dict[str, Any]:
    """What `components/facet.html` reads: what has postings or is chosen, the frequent first."""
    field, legend = FACETS[kind]
    chosen, counts = getattr(query, field), results.facets[kind]
    options = [
        option(kind, key, label, count=counts.get(key, 0), checked=key in chosen)
        for key, label in labels(kind, terms)
        if counts.get(key) or key in chosen
    ]
    if kind not in ORDERED:
        options.sort(key=lambda each: (not each["checked"], -each["count"]))
    more = options[OPTIONS_SHOWN:]
    return {
        "legend": legend,
        "options": options[:OPTIONS_SHOWN],
        "more": more,
        "more_open": any(each["checked"] for each in more),
    }


def option(kind: str, key: str, label: str, *, count: int, checked: bool) -> dict[str, Any]:
    return {"name": kind, "value": key, "label": label, "count": count, "checked": checked}


def labels(kind: str, terms: Vocabulary) -> list[tuple[str, str]]:
    if kind in ORDERED:
        return [(each.value, str(each.label)) for each in ORDERED[kind]]
    return [(key, term.label) for key, term in terms.of(kind).items()]


def refinements(
    query: SearchQuery, results: Results, terms: Vocabulary, *, kinds: tuple[str, ...]
) -> list[dict[str, Any]]:
    """The frequent values of some facets, each with the address of the search it narrows to."""
    found = []
    for kind in kinds:
        field, legend = FACETS[kind]
        known = dict(labels(kind, terms))
        often = sorted(results.facets[kind].items(), key=lambda pair: -pair[1])[:OPTIONS_SHOWN]
        narrowed = [
            {
                "label": known.get(key, key),
                "count": count,
                "url": address(query.with_field(field, (key,))),
            }
            for key, count in often
        ]
        found.append({"legend": legend, "links": narrowed})
    return found


def active(query: SearchQuery, terms: Vocabulary) -> list[dict[str, str]]:
    """Each filter in force, with the address of the same search without it."""
    found = [*_active_choices(query, terms), *_active_bounds(query, terms)]
    return [{"label": label, "url": address(without)} for label, without in found]


def _active_choices(query: SearchQuery, terms: Vocabulary) -> Iterator[tuple[str, SearchQuery]]:
    if words := query.words.strip():
        yield f"“{words}”", query.without("words")
    if query.code:
        yield query.code.replace("-", "–"), query.without("code")
    for kind, (field, legend) in FACETS.items():
        known = dict(labels(kind, terms))
        for key in getattr(query, field):
            label = known.get(key, key)
            named = f"{legend}: {label.lower()}" if kind == "hires" else label
            yield named, query.without(field, key)


def _active_bounds(query: SearchQuery, terms: Vocabulary) -> Iterator[tuple[str, SearchQuery]]:
    if query.state:
        label = _("Hires in %(state)s") % {"state": terms.label("state", query.state)}
        yield label, query.without("state")
    if query.pay_min is not None:
        yield f"{dollars(query.pay_min)}/h {_('or more')}", query.without("pay_min")
    if query.years_max is not None:
        label = _("At most %(years)s years asked") % {"years": query.years_max}
        yield label, query.without("years_max")
    if query.include_not_stated:
        yield _("Or not stated"), query.without("include_not_stated")
    if query.apprentice:
        yield _("Apprentices welcome"), query.without("apprentice")
    if days := query.posted_within_days:
        yield _("Posted within %(days)s d") % {"days": days}, query.without("posted_within_days")


def unused(asked: SearchQuery, query: SearchQuery, reader: User | AnonymousUser) -> list[str]:
    """What the address asks and the search leaves out, for want of a profile to compare with."""
    if asked.hires == query.hires:
        return []
    if reader.is_authenticated:
        text = _('Fill <a href="{}">your profile</a> to use “Hires me”.')
    else:
        text = _('Log in and fill <a href="{}">your profile</a> to use “Hires me”.')
    return [format_html(text, reverse("desk:profile"))]


def sorts(query: SearchQuery) -> list[dict[str, Any]]:
    """The orders on offer; the best match is one only where there are words."""
    usual = replace(query, sort=None).order
    offered = [sort for sort in Sort if sort != Sort.RELEVANCE or query.words.strip()]
    return [
        {
            "label": sort.label,
            "url": address(replace(query, sort=None if sort == usual else sort, page=1)),
            "current": sort == query.order,
        }
        for sort in offered
    ]


def pager(results: Results) -> "Page[int]":
    """Django's page over as many rows as were found, for `components/pager.html`."""
    return Paginator(range(results.total), settings.PAGE_SIZE).get_page(results.page)


def address(query: SearchQuery, name: str = "jobs:job_list") -> str:
    asked = query.to_querystring()
    return f"{reverse(name)}?{asked}" if asked else reverse(name)


def links(query: SearchQuery) -> dict[str, str]:
    """Where the same search is a feed or an alert, and its own address without sort and page."""
    same = query.for_alert()
    alert = f"{reverse('alerts:new')}?{same.to_querystring()}" if same.is_filtered else ""
    return {
        "atom": address(same, "jobs:atom"),
        "rss": address(same, "jobs:rss"),
        "alert": alert,
        "canonical": settings.SITE_URL + address(same),
    }
