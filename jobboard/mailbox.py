"""The mail of embedded mode, readable in a browser. Without the local mail sink these pages do
not exist."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

import nh3
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SHOWN = 200
NAME = re.compile(r"[0-9]{20}-[0-9a-f]{6}")


@dataclass(frozen=True)
class StoredMail:
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def received_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:20]) / 1e9, tz=UTC)

    def get_absolute_url(self) -> str:
        return reverse("mailbox_message", args=[self.name])

    @cached_property
    def message(self) -> EmailMessage:
        with self.path.open("rb") as file:
            message = message_from_binary_file(file, policy=policy.default)
        assert isinstance(message, EmailMessage)  # noqa: S101 (what policy.default builds)
        return message

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "(no subject)")

    @property
    def recipients(self) -> str:
        return str(self.message["X-Envelope-To"] or self.message["To"] or "")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html_source(self) -> str:
        return self._body("html")

    @property
    def html(self) -> str:
        """The HTML part without anything that runs, loads or styles."""
        return nh3.clean(self.html_source, tags=nh3.ALLOWED_TAGS - {"img"})

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename("unnamed") for part in self.message.iter_attachments()]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part is not None else ""


def mail_folder() -> Path:
    """Where the sink keeps mail; there is none outside embedded mode."""
    if not (settings.EMBEDDED and settings.MAILBOX_DIR):
        raise Http404
    return Path(settings.MAILBOX_DIR)


@login_not_required
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    files = sorted(mail_folder().glob("[0-9]*.eml"), reverse=True)
    mails = [StoredMail(path) for path in files[:SHOWN]]
    return render(request, "mailbox/mailbox.html", {"mails": mails, "total": len(files)})


@login_not_required
@never_cache
@require_safe
def mailbox_message(request: HttpRequest, name: str) -> HttpResponse:
    path = mail_folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.exists():
        raise Http404
    return render(request, "mailbox/message.html", {"mail": StoredMail(path)})
