"""What a consultant writes, without identifiers. Lines of our own drafts stand as they are: their
dates of service and addresses of code pages are no patient's."""

from itertools import groupby

from codes.models import Consult, MessageKind
from codes.screen import screen


def screened_reply(consult: Consult, text: str) -> str:
    """Screens each run of lines that no draft of the consult holds."""
    drafts = consult.messages.filter(kind=MessageKind.DRAFT).values_list("text", flat=True)
    ours = {line.strip() for draft in drafts for line in draft.split("\n")}
    runs = groupby(text.split("\n"), key=lambda line: line.strip() in ours)
    parts = ["\n".join(lines) if known else screen("\n".join(lines)).text for known, lines in runs]
    return "\n".join(parts).strip()
