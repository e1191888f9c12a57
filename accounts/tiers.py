"""Which tier of the meter a reader is in. The storeys above add theirs by `METER_TIER`."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Tier, User

FILE = Path(__file__).parent / "data" / "tiers.json"


@cache
def shipped() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return entries


def all_tiers() -> dict[str, Tier]:
    """The tiers as moderators left them; one whose row is not there reads as shipped."""
    stored = {tier.slug: tier for tier in Tier.objects.all()}
    return {entry["slug"]: Tier(**entry) for entry in shipped()} | stored


def tier_for(user: User | None, *, now: datetime, tiers: dict[str, Tier]) -> Tier:
    """The most generous tier that fits. An account with no proven address reads as a guest."""
    if user is None:
        return tiers[Tier.GUEST]
    if user.is_staff:
        return tiers[Tier.STAFF]
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        return tiers[Tier.GUEST]
    earned: Iterable[str] = import_string(settings.METER_TIER)(user, now=now)
    return max((tiers[slug] for slug in {Tier.MEMBER, *earned}), key=_generosity)


def _generosity(tier: Tier) -> float:
    return float("inf") if tier.limit is None else tier.limit
