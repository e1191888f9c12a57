"""The cookie by which the meter knows a visitor again: a random number, and nothing else."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "reader"
SALT = "accounts.guests"
KEPT = timedelta(days=62)  # longer than any month that a view is counted in
FORM = re.compile(r"[0-9a-f]{32}")


def guest_of(request: HttpRequest) -> str | None:
    """The visitor's number; None without a cookie, and for one that we did not sign."""
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return value if isinstance(value, str) and FORM.fullmatch(value) else None


def remember(response: HttpResponse, guest: str | None = None) -> None:
    """Give a visitor a number of their own, or the one they have for some time longer."""
    response.set_cookie(
        COOKIE,
        signing.dumps(guest or secrets.token_hex(16), salt=SALT),
        max_age=KEPT,
        httponly=True,
        secure=settings.SITE_HTTPS,
        samesite="Lax",
    )
