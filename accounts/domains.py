"""Hosts and mail domains: what proves an employer, and what is banned."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.db.models.functions import Lower

from accounts.models import BannedDomain

WEBMAIL = Path(__file__).parent / "data" / "webmail_domains.txt"


def mail_domain(address: str) -> str:
    return plain(address.rpartition("@")[2].strip())


def host_of(url: str) -> str:
    """The host of a web address without its "www."; "" when there is none."""
    try:
        host = urlsplit(url.replace("\\", "/")).hostname or ""
    except ValueError:
        return ""
    return plain(host).removeprefix("www.")


def plain(host: str) -> str:
    """A host as DNS asks for it, so that one written in other letters compares equal."""
    host = host.rstrip(".").lower()
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def lies_in(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def is_webmail(domain: str) -> bool:
    """Whether anyone can have an address there, so that one proves nothing."""
    return any(parent in webmail_domains() for parent in parents(domain))


def is_banned(host: str) -> bool:
    banned = BannedDomain.objects.annotate(lower=Lower("domain"))
    return banned.filter(lower__in=parents(host)).exists()


def parents(host: str) -> list[str]:
    """ "jobs.lakeside.org" → itself, "lakeside.org", "org"."""
    labels = host.lower().split(".")
    return [".".join(labels[start:]) for start in range(len(labels))]


@cache
def webmail_domains() -> frozenset[str]:
    lines = WEBMAIL.read_text().splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and line[0] != "#")
