"""What search engines may find: open postings, and the pages of specialties and states."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from codes.models import Code, Specialty
from jobs.models import Job, State
from jobs.search import figures

Landing = tuple[str, datetime]


class SiteMap(Sitemap):  # type: ignore[type-arg]
    """Addresses are those of SITE_URL, whatever name the request used."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class JobSitemap(SiteMap):
    limit = 5000

    def items(self) -> Any:
        return Job.objects.visible().order_by("-pk").only("slug", "updated_at")

    def lastmod(self, item: Job) -> datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = Job.objects.visible().aggregate(at=Max("updated_at"))["at"]
        return latest


class LandingSitemap(SiteMap):
    """Pages of specialties and states, each with the last change of a posting on it."""

    def items(self) -> list[Landing]:
        return [
            *_pages("jobs:specialty", Specialty.objects, figures.specialties(timezone.now())),
            *_pages("jobs:state", State.objects, figures.states(timezone.now())),
        ]

    def location(self, item: Landing) -> str:
        return item[0]

    def lastmod(self, item: Landing) -> datetime:
        return item[1]


def _pages(name: str, rows: Any, found: dict[Any, figures.Presence]) -> list[Landing]:
    slugs = rows.filter(pk__in=found).values_list("pk", "slug")
    return [(reverse(name, args=[slug]), found[pk].changed_at) for pk, slug in slugs]


class CodeSitemap(SiteMap):
    """Pages of codes that have words of ours; numbers alone are of no use to a searcher."""

    limit = 5000

    def items(self) -> Any:
        rows = Code.objects.public().filter(summary__isnull=False, valid_to=None)
        return rows.order_by("pk").only("system", "code")


SITEMAPS = {"jobs": JobSitemap, "landing": LandingSitemap, "codes": CodeSitemap}
