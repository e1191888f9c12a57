from datetime import datetime
from pathlib import Path

from accounts.models import Employer, EmployerDomain, Member, User
from accounts.models.employer import Role
from codes.entries import Entry, named, read
from jobs.demo.people import make_person

FIELDS = ("slug", "name", "kind", "website", "city", "state", "time_zone", "trust", "about")


def add_employers(path: Path, *, now: datetime) -> set[str]:
    """Add the employers that are missing, and who writes for them; returns their slugs."""
    known = set(Employer.objects.values_list("slug", flat=True))
    added = set()
    for number, entry in enumerate(read(path), 1):
        with named(path, number, entry.get("slug", "?")):
            if entry["slug"] not in known:
                _add(entry, now=now)
                added.add(entry["slug"])
    return added


def _add(entry: Entry, *, now: datetime) -> None:
    employer = Employer(**{name: entry[name] for name in FIELDS})
    employer.full_clean()
    employer.save()
    contact = User.objects.filter(email=entry["contact"]).first() or make_person(
        entry["contact"], f"Coding office, {employer.name}", time_zone=employer.time_zone
    )
    if entry["verified_domain"]:
        EmployerDomain.objects.create(
            employer=employer,
            domain=f"{employer.slug}.example",
            verified_at=now,
            verified_by=contact,
        )


def owners(path: Path) -> dict[str, User]:
    """Who writes for each employer, by its slug."""
    contacts = {entry["slug"]: entry["contact"] for entry in read(path)}
    people = {user.email: user for user in User.objects.filter(email__in=contacts.values())}
    return {slug: people[email] for slug, email in contacts.items()}


def join_owners(path: Path, slugs: set[str]) -> None:
    for slug, owner in owners(path).items():
        if slug in slugs:
            employer = Employer.objects.get(slug=slug)
            Member.objects.create(employer=employer, user=owner, role=Role.OWNER)
