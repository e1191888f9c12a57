from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import letters
from accounts.arrivals import bring_guest
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in mail takes the same way as all other mail: a row first, so none is lost."""

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> Any:
        """What the visitor had opened stays open for the person they turn out to be."""
        bring_guest(request, user, now=timezone.now())
        return super().post_login(request, user, **hooks)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = SimpleNamespace(name=settings.SITE_NAME, domain=urlsplit(settings.SITE_URL).netloc)
        words = {"email": email, **context, "current_site": site}
        mail = self.render_mail(template_prefix, email, words)
        letters.put(
            key=f"account:{uuid4()}",
            to=email,
            subject=str(mail.subject),
            text=str(mail.body),
            try_at=timezone.now(),
            forget=True,
        )
