"""Where a posting leads: the hosts it names, and those that are banned."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.domains import parents, plain
from accounts.models import BannedDomain, Employer
from jobs.errors import BannedLink
from jobs.models import Job
from jobs.sanitise import text_of

# A host inside running text, alone, in an address or after an @.
_HOST = re.compile(
    r"(?<![\w.-])(?:https?://|[\w.+-]+@)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24})\b",
    re.IGNORECASE,
)
# Text that is written freely and may name a host.
TEXTS = ("description", "benefits", "shift", "bonus", "home_office", "apprentice_note")


def host_of(address: str) -> str:
    """The host of a web or mail address in lower case; "" when there is none."""
    address = address.strip().replace("\\", "/")  # as browsers read it
    if not address:
        return ""
    if "://" not in address:
        address = f"//{address.rpartition('@')[2]}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return plain(host)


def hosts_in(text: str) -> set[str]:
    return {found.group(1).lower() for found in _HOST.finditer(text)}


def employer_hosts(employer: Employer) -> set[str]:
    own = {domain.domain.lower() for domain in employer.domains.all()}
    return (own | {host_of(employer.website)}) - {""}


def hosts_of(job: Job) -> set[str]:
    """All hosts that a coder who follows the posting could end at."""
    typed = {host_of(job.apply_url), host_of(job.apply_email), host_of(job.contact_email)}
    written = hosts_in("\n".join(text_of(getattr(job, name)) for name in TEXTS))
    return (typed | written | employer_hosts(job.employer)) - {""}


def banned_among(hosts: Iterable[str]) -> list[str]:
    """The banned domains that hold one of the hosts."""
    names = {name for host in hosts for name in parents(host)}
    lower = BannedDomain.objects.annotate(lower=Lower("domain")).filter(lower__in=names)
    return sorted(lower.values_list("lower", flat=True))


def refuse_banned(job: Job) -> None:
    """Raises BannedLink when the posting or its employer leads to a banned domain."""
    if banned := banned_among(hosts_of(job)):
        raise BannedLink(
            _("Postings that lead to %(domain)s are refused. Write to us if that is a mistake.")
            % {"domain": banned[0]}
        )


def naming(domain: str) -> Q:
    """Postings that may lead to `domain`; `hosts_of` decides, as text alone finds too many."""
    columns = ("apply_url", "apply_email", "contact_email", *TEXTS)
    held: Any = Q(employer__website__icontains=domain) | Q(
        employer__domains__domain__icontains=domain
    )
    for column in columns:
        held |= Q(**{f"{column}__icontains": domain})
    return Q(held)
