"""Whether a reader gets the gated sections of a code page, and what the meter says of it."""

import hashlib
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from accounts import limits, meter
from accounts.guests import guest_of
from accounts.meter import Reading, Viewer
from accounts.models import Tier, User
from accounts.requests import person
from accounts.tiers import all_tiers, tier_for
from codes.models import Code, Guidance

# They get the open part at no cost. Nobody gets more for calling itself so.
ROBOT = re.compile(
    r"(?<!cu)bot\b|crawler|spider|slurp|facebookexternalhit|embedly|whatsapp/|skypeuripreview",
    re.IGNORECASE,
)
# A visitor whose browser sent no cookie is sent here once, to see whether it keeps one.
ASKED = "reader"
# New pages that visitors of one network may open in a day. Many people may share a network, so it
# is far above what one person is given, and stops machines only; see docs/data-and-law.md.
A_NETWORK_A_DAY = 60


class Standing(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    ASK_COOKIE = "ask_cookie"
    NO_COOKIE = "no_cookie"
    ROBOT = "robot"
    NETWORK = "network"


@dataclass(frozen=True)
class Access:
    """`reading` is what remains after this view; None where nothing was or could be counted."""

    standing: Standing
    reading: Reading | None
    tier: Tier
    next_tier: Tier | None = None

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN


def enter(request: HttpRequest, code: Code, *, now: datetime) -> Access:
    """Open the page for this reader, or say why not. Counts only where its text is delivered."""
    user, tiers = person(request), all_tiers()
    tier = tier_for(user, now=now, tiers=tiers)
    following = _next_tier(user, tiers, tier)
    if tier.limit is None:
        return Access(Standing.OPEN, Reading(True, tier, None, None), tier)
    if not _is_reading(request, user):
        return Access(Standing.ROBOT, None, tier, following)
    viewer = _viewer(request, user)
    if viewer is None:
        standing = Standing.NO_COOKIE if ASKED in request.GET else Standing.ASK_COOKIE
        return Access(standing, None, tier, following)
    network = None if user else _Network.of(request, now)
    over = network is not None and network.is_over()
    reading = meter.take(
        viewer=viewer, tier=tier, content=content_key(code), now=now, only_open=over
    )
    if network and reading.is_new:
        network.count()
    if reading.is_open:
        return Access(Standing.OPEN, reading, tier, following)
    standing = Standing.NETWORK if over and reading.remaining else Standing.LOCKED
    return Access(standing, reading, tier, following)


def marks(request: HttpRequest, codes: Sequence[Code]) -> dict[int, str]:
    """What a list says of pages behind the gate, by code: "open" for this reader, or "full"."""
    full = Guidance.objects.filter(code__in=codes).values_list("code", flat=True).distinct()
    viewer = _viewer(request, person(request))
    mine = _opened(viewer, codes)
    by_key = {content_key(code): code.pk for code in codes}
    return dict.fromkeys(full, "full") | {by_key[key]: "open" for key in mine if key in by_key}


def _opened(viewer: Viewer | None, codes: Sequence[Code]) -> set[str]:
    if viewer is None:
        return set()
    keys = [content_key(code) for code in codes]
    return meter.opened(viewer, keys, now=timezone.now())


def content_key(code: Code) -> str:
    return f"{code.system}:{code.code}"


def _viewer(request: HttpRequest, user: User | None) -> Viewer | None:
    if user is not None:
        return Viewer.person(user)
    guest = guest_of(request)
    return Viewer.guest(guest) if guest else None


def _next_tier(user: User | None, tiers: dict[str, Tier], tier: Tier) -> Tier | None:
    """What an account would add, for who has none or has not proven the address."""
    member = tiers[Tier.MEMBER]
    return member if user is None or tier.slug == Tier.GUEST else None


def _is_reading(request: HttpRequest, user: User | None) -> bool:
    """A page that a person sees now: no HEAD, no prefetch, no image or frame of another site.

    A visitor whose browser calls itself a robot reads as one; somebody logged in does not.
    """
    purpose = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}"
    shown = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    robot = user is None and ROBOT.search(request.headers.get("User-Agent", ""))
    return request.method == "GET" and shown and "prefetch" not in purpose and not robot


@dataclass(frozen=True)
class _Network:
    """How many new pages visitors of one network opened today; its address is kept as a hash."""

    key: str

    @classmethod
    def of(cls, request: HttpRequest, now: datetime) -> "_Network":
        day = timezone.localdate(now)
        salt = hashlib.sha256(f"{settings.SECRET_KEY}:{day}".encode()).digest()
        network = _network(limits.address(request)).encode()
        return cls(f"guest-pages:{hashlib.blake2s(network, key=salt).hexdigest()}")

    def is_over(self) -> bool:
        return int(cache.get(self.key, 0)) >= A_NETWORK_A_DAY

    def count(self) -> None:
        cache.add(self.key, 0, int(timedelta(days=1).total_seconds()))
        cache.incr(self.key)


def _network(address: str) -> str:
    """The address's /24 or /48, for one house has many."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    bits = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network(f"{ip}/{bits}", strict=False))
