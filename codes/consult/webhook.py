"""Mail that a sending service posts to us; from here on it goes the way of all other mail."""

from collections.abc import Callable
from email.errors import MessageError
from email.policy import compat32

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from codes.consult.addresses import reference_in
from codes.consult.errors import Forbidden, Unreadable
from codes.consult.intake import UNKNOWN, Envelope, receive

SERVICES: dict[str, Callable[[], AnymailBaseWebhookView]] = {
    "mailgun": MailgunInboundWebhookView,
    "mailjet": MailjetInboundWebhookView,
    "postmark": PostmarkInboundWebhookView,
    "sparkpost": SparkPostInboundWebhookView,
}
# What the services write into the message about SPF and DKIM, beside Authentication-Results. A
# sender can add a line of Mailgun's, but cannot take away the one that says "fail".
MAILGUN_SAYS = ("X-Mailgun-Spf", "X-Mailgun-Dkim-Check-Result")


def is_on(service: str) -> bool:
    return bool(service) and service == settings.CONSULT_WEBHOOK and service in SERVICES


def take(request: HttpRequest, service: str) -> int:
    """Keep the messages of one call, each committed on return; says how many are rows.

    A message that is to no address of ours is left: the service would only send it again.
    Raises Forbidden without the secret, Unreadable when nothing can be made of what was posted.
    """
    messages = _messages(request, SERVICES[service]())
    ready = [(_raw(each), envelope) for each in messages if (envelope := _envelope(each))]
    for raw, envelope in ready:
        receive(raw, envelope, now=timezone.now())
    return len(ready)


def _messages(request: HttpRequest, service: AnymailBaseWebhookView) -> list[AnymailInboundMessage]:
    try:
        service.run_validators(request)
        return [event.message for event in service.parse_events(request)]
    except AnymailWebhookValidationFailure as error:
        raise Forbidden from error
    except (
        AnymailConfigurationError,
        AttributeError,  # JSON of another shape: a list where an object should be
        LookupError,
        MessageError,
        TypeError,
        ValueError,
    ) as error:
        raise Unreadable from error


def _envelope(message: AnymailInboundMessage) -> Envelope | None:
    recipient = _recipient(message)
    reference = reference_in(recipient)
    if reference is None:
        return None
    told = message.envelope_sender
    return Envelope(UNKNOWN if told is None else told, recipient, reference, _is_believed(message))


def _recipient(message: AnymailInboundMessage) -> str:
    """The address the service took it for; else the first of ours that the headers name.

    Raises Unreadable when neither says one: so a service that was set up wrongly comes to light.
    """
    if message.envelope_recipient:
        return str(message.envelope_recipient).strip("<> ").lower()
    named = [*message.to, *message.cc, *message.bcc]
    ours = (each.addr_spec.lower() for each in named if reference_in(each.addr_spec) is not None)
    if found := next(ours, ""):
        return found
    raise Unreadable


def _is_believed(message: AnymailInboundMessage) -> bool:
    """Of Received-SPF the topmost counts (RFC 7208, 9.1): those below are of servers before."""
    said = [each for name in MAILGUN_SAYS for each in message.get_all(name, [])]
    said += message.get_all("Received-SPF", [])[:1]
    return not any(str(each).strip().lower().startswith("fail") for each in said)


def _raw(message: AnymailInboundMessage) -> bytes:
    """As it would have come by SMTP. The old policy writes any header, however badly it is made."""
    try:
        return bytes(message.as_bytes(policy=compat32))
    except (LookupError, MessageError, TypeError, ValueError) as error:
        raise Unreadable from error
