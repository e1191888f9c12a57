"""Who logs in brings along what they had opened as a visitor."""

from datetime import datetime

from django.http import HttpRequest

from accounts import meter
from accounts.guests import guest_of
from accounts.meter import Viewer
from accounts.models import Tier, User
from accounts.tiers import all_tiers, tier_for


def bring_guest(request: HttpRequest, user: User, *, now: datetime) -> None:
    guest = guest_of(request)
    if guest is None:
        return
    tiers = all_tiers()
    meter.merge(
        guest=Viewer.guest(guest),
        person=Viewer.person(user),
        guest_tier=tiers[Tier.GUEST],
        tier=tier_for(user, now=now, tiers=tiers),
        now=now,
    )
