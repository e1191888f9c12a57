from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import timezone

from accounts import letters


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in mail takes the same way as all other mail: a row first, so none is lost."""

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
