"""Rate limits, counted in the shared cache so that they hold across web processes."""

import hashlib
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import RuleBroken


class TooMany(RuleBroken):
    """A person or address did something too often; what they typed is kept by the caller."""


def take(*, what: str, who: str, limit: int, period: timedelta) -> None:
    """Count one act. Raises TooMany when `who` has done `what` more than `limit` times in `period`.

    The window is fixed and starts with the first act. `who` counts the same in any
    letters, and is stored hashed.
    """
    digest = hashlib.blake2s(who.lower().encode(), digest_size=16).hexdigest()
    key = f"limit:{what}:{digest}"
    cache.add(key, 0, int(period.total_seconds()))
    if cache.incr(key) > limit:
        raise TooMany(_("That was done too often. Please wait a while and try again."))


def address(request: HttpRequest) -> str:
    """The client's address, seen through as many proxies as TRUSTED_PROXY_COUNT says."""
    return str(get_adapter().get_client_ip(request))
