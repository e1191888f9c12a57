"""Mails, rows and people of consults for tests."""

import asyncio
from contextlib import contextmanager
from email.message import EmailMessage
from itertools import count

from aiosmtpd.controller import Controller
from django.utils import timezone

from accounts.tests.factories import make_user
from codes.consult import intake, work
from codes.consult.addresses import thread_address
from codes.consult.consultants import ensure_consultants
from codes.consult.intake import Envelope
from codes.consult.listener import Porter, door
from codes.models import Consult, Inbound, InboundStatus
from jobboard.embedded.ports import free_port

ADDRESS = "consults@localhost"
HSG = "PROCEDURE: Hysterosalpingogram. Contrast was injected through a catheter and films taken."
numbers = count(1)


def make_mail(sender="coder@example.com", text=HSG, **headers):
    """A plain mail; a header of None is left out."""
    mail = EmailMessage()
    named = {
        "From": sender,
        "To": ADDRESS,
        "Subject": "HSG report",
        "Message-ID": f"<{next(numbers)}@example.com>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in named.items():
        if value is not None:
            mail[name] = value
    if text is not None:
        mail.set_content(text)
    return mail


def receive(mail, *, envelope=None, consult=None, recipient=None):
    """What the listener does with a message to the plain address, or to a consult's."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    sender = "coder@example.com" if envelope is None else envelope
    to = recipient or (thread_address(consult.reference) if consult else ADDRESS)
    reference = consult.reference if consult else ""
    return intake.receive(raw, Envelope(sender, to, reference), now=timezone.now())


def make_inbound(*, owner=None, consult=None, text=HSG, **fields):
    fields.setdefault("digest", f"{next(numbers):064}")
    return Inbound.objects.create(
        recipient=ADDRESS,
        status=InboundStatus.WAITING,
        owner=owner or (consult.owner if consult else make_user()),
        consult=consult,
        subject="HSG report",
        text=text,
        received_at=timezone.now(),
        **fields,
    )


def make_consult(**fields):
    """A consult as the worker makes it: in review with CONSULT_REVIEW, else answered."""
    row = make_inbound(**fields)
    work.take_in(inbound_id=row.pk, now=timezone.now())
    return Consult.objects.get(inbound=row)


def make_consultant(**fields):
    user = make_user(**{"name": "Dana Expert", **fields})
    user.groups.add(ensure_consultants())
    return user


class Doors(Controller):
    def factory(self):
        self.opened = [*getattr(self, "opened", []), door(self.handler)]
        return self.opened[-1]

    async def hang_up(self):
        """Close what callers left open; a turn of the loop does it."""
        for each in getattr(self, "opened", []):
            if each.transport is not None:
                each.transport.abort()
        await asyncio.sleep(0)


@contextmanager
def listening():
    """The listener, as the command serves it; yields its port."""
    port = free_port()
    porter = Porter()
    doors = Doors(porter, hostname="127.0.0.1", port=port)
    doors.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(doors.hang_up(), doors.loop).result()
        doors.stop()
        porter.pool.shutdown()
