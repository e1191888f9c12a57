"""The address of a thread: the consult's random reference and our signature of it."""

import base64
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "codes.consult.reference"
REFERENCE = 16
BASE32_OF_TEN_BYTES = 16


def thread_address(reference: str) -> str:
    """consults+<reference><signature>@…: within the 64 letters a local part may have."""
    local, domain = settings.CONSULT_ADDRESS.rsplit("@", 1)
    return f"{local}+{reference}{_signature(reference, settings.SECRET_KEY)}@{domain}"


def reference_in(address: str) -> str | None:
    """The reference an address of ours carries; "" for the plain one, None when it is not ours.

    Needs no database, so it can be asked while the sender still waits at RCPT.
    """
    ours, domain = settings.CONSULT_ADDRESS.rsplit("@", 1)
    local, _at, host = address.lower().rpartition("@")
    name, plus, tag = local.partition("+")
    if host != domain or name != ours:
        return None
    if not plus:
        return ""
    return tag[:REFERENCE] if _is_signed(tag) else None


def is_ours(address: str) -> bool:
    """Whether mail from there is our own, whatever stands behind the plus."""
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" == settings.CONSULT_ADDRESS


def _is_signed(tag: str) -> bool:
    if len(tag) != REFERENCE + BASE32_OF_TEN_BYTES or not tag.isascii():
        return False
    reference, signature = tag[:REFERENCE], tag[REFERENCE:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(secrets.compare_digest(signature, _signature(reference, key)) for key in keys)


def _signature(reference: str, key: str) -> str:
    digest = salted_hmac(SALT, reference, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
