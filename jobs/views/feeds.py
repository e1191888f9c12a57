"""Atom and RSS of any search: the newest postings it finds, under addresses that never change."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from jobs.board_page import address
from jobs.cards import card
from jobs.filters import JobFilter
from jobs.models import Job
from jobs.search import SearchQuery, Sort, vocabulary
from jobs.search.find import find

# What XML 1.0 has no way to say; one such character would end the whole feed.
NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Found:
    query: SearchQuery
    sentence: str
    now: datetime
    jobs: list[Job]


class SearchAtom(Feed):  # type: ignore[type-arg]
    feed_type: type[SyndicationFeed] = Atom1Feed
    url_name = "jobs:atom"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Found:
        now, terms = timezone.now(), vocabulary.load()
        asked = replace(JobFilter(request.GET, terms).query.for_all(), page=1)
        newest = replace(asked, sort=Sort.NEWEST)
        ids = find(newest, now, terms).ids
        jobs = Job.objects.visible(at=now).for_cards().in_bulk(ids)
        found = [jobs[pk] for pk in ids if pk in jobs]
        return Found(asked.for_alert(), asked.describe(terms), now, found)

    def title(self, found: Found) -> str:
        return sayable(f"{settings.SITE_NAME}: {found.sentence}")

    def link(self, found: Found) -> str:
        return address(found.query)

    def feed_url(self, found: Found) -> str:
        return address(found.query, self.url_name)

    def feed_guid(self, found: Found) -> str:
        return settings.SITE_URL + self.feed_url(found)

    def description(self, found: Found) -> str:
        return _("The newest postings of this search.")

    subtitle = description

    def items(self, found: Found) -> list[Job]:
        return found.jobs

    def item_title(self, item: Job) -> str:
        return sayable(f"{item.title}, {item.employer.name}")

    def item_description(self, item: Job) -> str:
        """The facts of the card, without those that age."""
        shown = card(item, now=timezone.now())
        pay = shown["pay_text"] or _("pay not stated")
        place = shown["place_text"] or _("place not stated")
        parts = [pay, shown["employment_text"], place, shown["credentials_text"]]
        return sayable(" · ".join(part for part in parts if part))

    def item_guid(self, item: Job) -> str:
        return tag_uri(item)

    item_guid_is_permalink = False

    def item_author_name(self, item: Job) -> str:
        return sayable(item.employer.name)

    def item_categories(self, item: Job) -> list[str]:
        return [specialty.name for specialty in item.specialties.all()]

    def item_pubdate(self, item: Job) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Job) -> datetime:
        return item.updated_at


class SearchRss(SearchAtom):
    feed_type = Rss201rev2Feed
    url_name = "jobs:rss"


def sayable(text: str) -> str:
    return NOT_IN_XML.sub("", text)


def tag_uri(job: Job) -> str:
    """RFC 4151: who named it, on which day, and the public id."""
    host = urlsplit(settings.SITE_URL).hostname
    day = f"{job.first_published_at:%Y-%m-%d}" if job.first_published_at else ""
    return f"tag:{host},{day}:jobs/{job.public_id}"


def opened(feed: "Feed[Job, Found]") -> Callable[..., HttpResponse]:
    """A feed anyone may fetch, that answers 304 to whoever has it."""
    return login_not_required(require_safe(conditional_page(feed)))


atom, rss = opened(SearchAtom()), opened(SearchRss())
