"""Rows for tests: plain functions, keyword arguments, valid unless told otherwise."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import Employer, Member, User
from accounts.models.employer import EmployerKind, Role

numbers = count(1)
PASSWORD = "correct horse battery"


def make_user(*, verified: bool = True, **fields: Any) -> User:
    """A person who can log in with PASSWORD; `verified` tells whether the address is proven."""
    fields.setdefault("email", f"person{next(numbers)}@example.com")
    fields.setdefault("name", "Pat Coder")
    user = User.objects.create_user(password=PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def make_employer(*, owner: User | None = None, **fields: Any) -> Employer:
    number = next(numbers)
    fields.setdefault("name", f"Lakeside Clinic {number}")
    fields.setdefault("slug", f"lakeside-clinic-{number}")
    fields.setdefault("kind", EmployerKind.PRACTICE)
    employer = Employer.objects.create(**fields)
    if owner:
        make_member(employer=employer, user=owner, role=Role.OWNER)
    return employer


def make_member(
    *, employer: Employer | None = None, user: User | None = None, role: str = Role.RECRUITER
) -> Member:
    return Member.objects.create(
        employer=employer or make_employer(), user=user or make_user(), role=role
    )
