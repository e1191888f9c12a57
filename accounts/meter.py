"""The meter: who may open how many pages. It knows pages by opaque keys only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from accounts.models import Allowance, Tier, User, View, Window

KEPT = timedelta(days=92)  # longer than any window but the one that never ends
EVER = Window.EVER.starts_on(date.min)
MOST_PIPS = 10
# Visitors have told us no time zone, and read dates in this one (accounts.middleware).
GUEST_ZONE = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Viewer:
    """Whose pages are counted, and in whose calendar."""

    key: str
    zone: ZoneInfo

    @classmethod
    def guest(cls, guest: str) -> "Viewer":
        return cls(f"g:{guest}", GUEST_ZONE)

    @classmethod
    def person(cls, user: User) -> "Viewer":
        return cls(f"u:{user.pk}", user.zone)


@dataclass(frozen=True)
class Reading:
    """What the meter shows. `remaining` and `limit` are None where there is no limit.

    `resets_on` is the first day, in the viewer's zone, on which more may be opened.
    """

    is_open: bool
    tier: Tier
    remaining: int | None
    resets_on: date | None
    is_new: bool = False

    @property
    def limit(self) -> int | None:
        return self.tier.limit

    @property
    def pips(self) -> list[bool]:
        """One for each view of a small allowance, true for those that remain."""
        limit, left = self.limit or 0, self.remaining or 0
        return [place < left for place in range(limit)] if limit <= MOST_PIPS else []


def take(
    *, viewer: Viewer, tier: Tier, content: str, now: datetime, only_open: bool = False
) -> Reading:
    """Open a page for a viewer if the tier allows one more, or if it is open already.

    One statement decides and counts (accounts_take_view), so of many at once none is granted over
    the limit, and none below it is lost. Opening an open page again costs nothing; with
    `only_open` nothing else is opened.
    """
    if tier.limit is None:
        return Reading(True, tier, None, None)
    day = now.astimezone(viewer.zone).date()
    window = Window(tier.window)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT opened, used, is_new FROM accounts_take_view(%s, %s, %s, %s, %s)",
            [viewer.key, content, window.starts_on(day), 0 if only_open else tier.limit, now],
        )
        is_open, used, is_new = cursor.fetchone()
    left = max(tier.limit - used, 0)
    return Reading(is_open, tier, left, window.next_starts_on(day), is_new)


def peek(*, viewer: Viewer | None, tier: Tier, now: datetime) -> Reading:
    """What a viewer has left, without opening anything; a viewer not yet known has it all."""
    if tier.limit is None:
        return Reading(True, tier, None, None)
    zone = viewer.zone if viewer else GUEST_ZONE
    day, window = now.astimezone(zone).date(), Window(tier.window)
    mine = Allowance.objects.filter(
        viewer=viewer.key if viewer else "", window=window.starts_on(day)
    )
    used = mine.values_list("used", flat=True).first() or 0
    return Reading(False, tier, max(tier.limit - used, 0), window.next_starts_on(day))


def opened(viewer: Viewer, contents: Sequence[str], *, now: datetime) -> set[str]:
    """Which of these pages the viewer has opened this month; costs nothing."""
    month = Window.MONTH.starts_on(now.astimezone(viewer.zone).date())
    mine = View.objects.filter(viewer=viewer.key, content__in=contents, window__gte=month)
    return set(mine.values_list("content", flat=True))


@transaction.atomic
def merge(*, guest: Viewer, person: Viewer, guest_tier: Tier, tier: Tier, now: datetime) -> None:
    """Bring along what a guest has open now, for the person they turn out to be.

    Up to the guest's own limit the pages come free, once a window, however often one logs out and
    in; any beyond it are taken from the person's own allowance while that lasts.
    """
    if tier.limit is None or guest_tier.limit is None:
        return
    theirs = _window(guest_tier, guest, now)
    window = _window(tier, person, now)
    Allowance.objects.bulk_create(
        [Allowance(viewer=person.key, window=window)], ignore_conflicts=True
    )
    mine = Allowance.objects.select_for_update().get(viewer=person.key, window=window)
    have = View.objects.filter(viewer=person.key, window=window).values_list("content", flat=True)
    opened = View.objects.filter(viewer=guest.key, window=theirs).order_by("pk")
    for content in opened.exclude(content__in=list(have)).values_list("content", flat=True):
        free = mine.carried < guest_tier.limit
        if not free and mine.used >= tier.limit:
            break
        mine.carried, mine.used = mine.carried + free, mine.used + (not free)
        View.objects.create(
            viewer=person.key, content=content, window=window, carried=free, opened_at=now
        )
    mine.save(update_fields=["carried", "used"])


def forget(*, now: datetime) -> int:
    """Delete what was opened in windows long past; returns the number of views."""
    before = now - KEPT
    views = View.objects.filter(opened_at__lt=before).exclude(window=EVER)
    Allowance.objects.filter(window__lt=before.date()).exclude(window=EVER).delete()
    return views.delete()[0]


def _window(tier: Tier, viewer: Viewer, now: datetime) -> date:
    return Window(tier.window).starts_on(now.astimezone(viewer.zone).date())
