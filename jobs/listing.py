"""The cards of a list of postings, as HTML in the order asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Value
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.models.employer import EmployerDomain
from jobs.cards import card
from jobs.models import Job, Profile
from jobs.posting_page import with_own
from jobs.search.kept import kept_many

TEMPLATE = "components/job_card.html"


def cards(
    ids: Sequence[int],
    *,
    now: datetime,
    reader: User | AnonymousUser,
    profile: Profile | None,
) -> list[SafeString]:
    """Postings that are not visible any more are left out. A visitor's cards are kept, for all
    visitors see the same; a reader's tell of their own profile and are made each time.
    """
    made = _own(ids, now, reader, profile) if isinstance(reader, User) else _common(ids, now)
    return [made[pk] for pk in ids if pk in made]


def _own(
    ids: Iterable[int], now: datetime, reader: User, profile: Profile | None
) -> dict[int, SafeString]:
    jobs = with_own(Job.objects.visible(at=now).for_cards(), reader).filter(pk__in=ids)
    return {job.pk: _html(card(job, now=now, profile=profile)) for job in jobs}


def _common(ids: Iterable[int], now: datetime) -> dict[int, SafeString]:
    """The database tells each time which are visible, and all that a card may show of age."""
    known = {str(facts): facts[0] for facts in _facts(ids, now)}

    def make(missing: list[str]) -> dict[str, str]:
        pks = {known[facts]: facts for facts in missing}
        jobs = Job.objects.visible(at=now).for_cards().filter(pk__in=pks)
        return {pks[job.pk]: str(_html(card(job, now=now))) for job in jobs}

    made = kept_many(known, make, now) if known else {}
    return {known[facts]: SafeString(html) for facts, html in made.items()}


def _facts(ids: Iterable[int], now: datetime) -> list[tuple[Any, ...]]:
    """What a kept card hangs on beside the search row: times, employer, and the day it is."""
    day = timezone.localdate(now).isoformat()
    verified = EmployerDomain.objects.verified().filter(employer=OuterRef("employer"))
    jobs = Job.objects.visible(at=now).filter(pk__in=ids).order_by()
    rows = jobs.annotate(is_verified=Exists(verified), day=Value(day)).values_list(
        "pk",
        "updated_at",
        "confirmed_open_at",
        "last_seen_at",
        "employer__name",
        "is_verified",
        "day",
    )
    return list(rows)


def _html(values: dict[str, Any]) -> SafeString:
    return SafeString(get_template(TEMPLATE).render({"card": values}))
