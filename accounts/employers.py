"""Making an employer, and proving that it is the one it says."""

import secrets
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.domains import host_of, is_banned, is_webmail, lies_in, mail_domain
from accounts.errors import DomainRefused
from accounts.models import Employer, EmployerDomain, Member, User
from accounts.models.employer import Role

# First words of addresses below /hire/ that no employer may take.
RESERVED = frozenset({"applicants", "employer", "invitation", "jobs"})


@transaction.atomic
def create_employer(*, by: User, now: datetime, **fields: Any) -> Employer:
    """Make an employer of the form's `fields`, owned by `by`.

    Raises DomainRefused when its website, or an address of its maker, is banned.
    """
    refuse_banned(host_of(fields.get("website", "")))
    for address in EmailAddress.objects.filter(user=by):
        refuse_banned(mail_domain(address.email))
    employer = with_free_slug(**fields)
    Member.objects.create(employer=employer, user=by, role=Role.OWNER)
    verify_domains(employer=employer, now=now)
    return employer


@transaction.atomic
def update_employer(*, employer: Employer, now: datetime, **fields: Any) -> None:
    refuse_banned(host_of(fields.get("website", employer.website)))
    for name, value in fields.items():
        setattr(employer, name, value)
    employer.save(update_fields=list(fields))
    verify_domains(employer=employer, now=now)


@transaction.atomic
def claim_domain(*, employer: Employer, domain: str, now: datetime) -> EmployerDomain:
    """Note a mail domain as the employer's own; it counts once a member's address proves it.

    Raises DomainRefused when the domain is banned, is webmail, or is proven by another employer.
    """
    domain = domain.lower()
    refuse_banned(domain)
    if is_webmail(domain):
        raise DomainRefused(
            _("Anyone can have an address at %(domain)s, so it cannot show who an employer is.")
            % {"domain": domain}
        )
    verified = EmployerDomain.objects.verified().filter(domain__iexact=domain)
    if verified.exclude(employer=employer).exists():
        raise DomainRefused(
            _("Another employer here has proven %(domain)s. Ask its owner to invite you.")
            % {"domain": domain}
        )
    claim, _made = EmployerDomain.objects.get_or_create(employer=employer, domain=domain)
    verify_domains(employer=employer, now=now)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def verify_domains(*, employer: Employer, now: datetime) -> None:
    """Mark the claimed domains at which a member holds a verified address.

    The domain of the website needs no claim. A domain another employer proved first stays open.
    """
    proofs = _proofs(employer)
    host = host_of(employer.website)
    for domain in proofs:
        if lies_in(host, domain):
            EmployerDomain.objects.get_or_create(employer=employer, domain=domain)
    for claim in employer.domains.filter(domain__in=proofs, verified_at=None):
        _mark_verified(claim, by=proofs[claim.domain], now=now)


def refuse_banned(host: str) -> None:
    if host and is_banned(host):
        raise DomainRefused(
            _("%(host)s is barred from this board. Write to us if you think that is a mistake.")
            % {"host": host}
        )


def _proofs(employer: Employer) -> dict[str, User]:
    """The mail domains proven by members, webmail and banned ones left out."""
    members = User.objects.filter(memberships__employer=employer)
    addresses = EmailAddress.objects.filter(user__in=members, verified=True)
    found = {mail_domain(row.email): row.user for row in addresses.select_related("user")}
    return {
        domain: user
        for domain, user in found.items()
        if "." in domain and not is_webmail(domain) and not is_banned(domain)
    }


def _mark_verified(claim: EmployerDomain, *, by: User, now: datetime) -> None:
    claim.verified_at, claim.verified_by = now, by
    try:
        with transaction.atomic():
            claim.save(update_fields=["verified_at", "verified_by"])
    except IntegrityError:
        claim.refresh_from_db()


def with_free_slug(**fields: Any) -> Employer:
    """An employer, stored; the database decides between two who take the same name at once."""
    slug = slugify(fields["name"])[:130] or "employer"
    wanted = [] if slug in RESERVED else [slug]
    wanted += [f"{slug}-{secrets.token_hex(3)}" for _try in range(3)]
    for candidate in wanted[:-1]:
        try:
            with transaction.atomic():
                return Employer.objects.create(slug=candidate, **fields)
        except IntegrityError:
            continue
    return Employer.objects.create(slug=wanted[-1], **fields)
