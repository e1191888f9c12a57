"""Speaks SMTP and LMTP on one port, behind the mail server that faces the world."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.smtp import SMTP, Session, syntax
from aiosmtpd.smtp import Envelope as Told
from django.db import connection
from django.utils import timezone

from codes.consult.addresses import reference_in
from codes.consult.intake import Envelope, receive

logger = logging.getLogger(__name__)
# aiosmtpd's own log holds commands, addresses and, at its lowest level, lines of the message.
logging.getLogger("mail.log").setLevel(logging.ERROR)

BYTES_AT_MOST = 5 * 1024 * 1024
LINE_AT_MOST = 64 * 1024  # RFC 5321 says 1,000, and badly made mail does not keep to it
SECONDS = 120  # an idle connection ends
WORKERS = 4
LATER = "451 4.3.0 Not taken, please try again later"


class Door(SMTP):
    """One recipient a transaction, so that the one answer after DATA is right in LMTP as well."""

    line_length_limit = LINE_AT_MOST

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802
        await self.smtp_EHLO(arg)


class Porter:
    """Answers at RCPT by the address alone, and after DATA by what the database says."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="consult")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Told, address: str, options: list[str]
    ) -> str:
        if reference_in(address) is None:
            return "550 5.1.1 No such address here"
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address.lower())
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Told) -> str:  # noqa: N802
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.pool, _receive, envelope)
        return "250 2.0.0 Kept"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever went wrong, nothing was kept: the sender keeps it. The message is not logged."""
        logger.error("a message was not taken: %s", type(error).__name__)
        return LATER


def _receive(told: Told) -> None:
    recipient = told.rcpt_tos[0]
    envelope = Envelope(told.mail_from or "", recipient, reference_in(recipient) or "")
    try:
        receive(told.original_content or b"", envelope, now=timezone.now())
    finally:
        connection.close()


def door(porter: Porter) -> Door:
    return Door(
        porter,
        data_size_limit=BYTES_AT_MOST,
        enable_SMTPUTF8=True,
        hostname="consults",
        ident="ready",
        timeout=SECONDS,
    )


async def serve(host: str, port: int, stopped: asyncio.Event) -> None:
    porter = Porter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: door(porter), host, port)
    async with server:
        await stopped.wait()
    porter.pool.shutdown()
