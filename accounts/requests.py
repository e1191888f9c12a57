from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User


def person(request: HttpRequest) -> User | None:
    """Who is logged in; None for a visitor."""
    return request.user if isinstance(request.user, User) else None
