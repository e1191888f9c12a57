"""Who sent a message, and whether a person did."""

import re
from email.utils import getaddresses

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.addresses import is_address
from accounts.models import User
from codes.consult.addresses import is_ours
from codes.consult.mail import Mail, header

# Our own letters of a consult carry this, and nothing that carries it is answered.
LOOP_HEADER = "X-Consult-Loop"
LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "X-Autoreply", "X-Autorespond")
BULK = {"bulk", "junk", "list", "auto_reply"}
MACHINES = {"mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"}
RESULT = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc)\s*=\s*([a-z]+)", re.IGNORECASE)
COMMENT = re.compile(r"\([^()]*\)")


def sender(message: Mail) -> str:
    """The one address of the From header; empty when there is none, several, or a wrong one."""
    fields = message.get_all("From", [])
    found = getaddresses([header(message, "From")]) if len(fields) == 1 else []
    address = found[0][1].strip() if len(found) == 1 else ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def account(address: str) -> User | None:
    """The active account whose verified address it is."""
    if not address:
        return None
    proven = EmailAddress.objects.filter(is_address("email", address), verified=True)
    row = proven.filter(user__is_active=True).select_related("user").first()
    return row.user if row else None


def is_loop(message: Mail, address: str) -> bool:
    own = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()
    return LOOP_HEADER in message or is_ours(address) or address.lower() == own


def is_automatic(message: Mail, envelope: str, address: str) -> bool:
    """Bounces, answers of machines and mail of lists: none is answered."""
    said = header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        envelope in ("", "<>")
        or said not in ("", "no")
        or header(message, "Precedence").lower() in BULK
        or message.get_content_type() == "multipart/report"
        or address.partition("@")[0].lower() in MACHINES
        or any(name in message for name in LISTS)
    )


def is_forged(message: Mail) -> bool:
    """Whether the server we trust found that SPF, DKIM or DMARC fails.

    Only the topmost header of that server counts: those below it came with the message. A DMARC
    that passes outweighs a failed SPF, as with forwarded mail (RFC 7489, 6.6.2).
    """
    trusted = settings.CONSULT_TRUSTED_AUTHSERV
    if not trusted:
        return False
    for value in message.get_all("Authentication-Results", []):
        text = COMMENT.sub(" ", str(value))
        name, _semicolon, results = text.partition(";")
        if name.strip().lower().split()[:1] == [trusted]:
            return _fails(results)
    return False


def _fails(results: str) -> bool:
    found = {(method.lower(), result.lower()) for method, result in RESULT.findall(results)}
    if ("dmarc", "pass") in found:
        return False
    return any(result in ("fail", "hardfail") for _method, result in found)
