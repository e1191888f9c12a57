from pathlib import Path

from allauth.account.models import EmailAddress

from accounts.models import User
from codes.entries import named, read


def add_people(path: Path, *, password: str) -> set[str]:
    """Add the people who are missing; returns their addresses."""
    added = set()
    for number, entry in enumerate(read(path), 1):
        with named(path, number, entry.get("email", "?")):
            if User.objects.filter(email__iexact=entry["email"]).exists():
                continue
            make_person(
                entry["email"],
                entry["name"],
                password=password if entry["logs_in"] else None,
                time_zone=entry["time_zone"],
            )
            added.add(entry["email"])
    return added


def make_person(email: str, name: str, *, password: str | None = None, **fields: str) -> User:
    """A person with a proven address; without a password nobody can log in as them."""
    user = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user
