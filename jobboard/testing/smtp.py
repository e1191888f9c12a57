"""A real mail server for tests, which behaves as badly as it is told to."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from jobboard.embedded.ports import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: list[str]
    message: EmailMessage


@dataclass
class SmtpSink:
    """What the server took, and how it treats what comes next.

    `refuse` maps a recipient, or "*" for all, to the answer at RCPT ("550 No such person"; 4xx is
    "try later").
    `after_data` answers the message itself. `drop_after_data` keeps the message and breaks the
    connection
    instead of answering, as a server does that dies too late. `hang` never answers the message;
    `hang_after_data` keeps it first.
    `take` is how many messages are accepted before every further one is answered with 451.
    `sessions_in_data` counts
    the messages begun.
    """

    port: int
    received: list[Received] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    after_data: str | None = None
    drop_after_data: bool = False
    hang: bool = False
    hang_after_data: bool = False
    take: int | None = None
    sessions_in_data: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        return [item.message for item in self.received]

    @property
    def recipients(self) -> list[str]:
        return [address for item in self.received for address in item.recipients]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.refuse.get(address, self.refuse.get("*"))
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.sessions_in_data += 1
        if self.hang:
            await asyncio.Event().wait()
        if self.take is not None and len(self.received) >= self.take:
            return "451 Too much for now"
        if self.after_data:
            return self.after_data
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), message))
        if self.drop_after_data and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        if self.hang_after_data:
            await asyncio.Event().wait()
        return "250 Taken"


@contextmanager
def smtp_server() -> Iterator[SmtpSink]:
    sink = SmtpSink(free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[SmtpSink]:
    """A mail server of this test's own, with Django's mail really going there."""
    with smtp_server() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_SSL = settings.EMAIL_USE_TLS = False
        yield sink
