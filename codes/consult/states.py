"""Who may move a consult from what to what. A status that is no "from" is final."""

from enum import StrEnum

from codes.models import ConsultStatus as Status


class Actor(StrEnum):
    OWNER = "owner"
    CONSULTANT = "consultant"
    SOFTWARE = "software"


MOVES = {
    (Status.REVIEW, Status.CLAIMED): {Actor.CONSULTANT},
    (Status.CLAIMED, Status.CLAIMED): {Actor.CONSULTANT},  # a claim that lies there is taken over
    (Status.CLAIMED, Status.REVIEW): {Actor.CONSULTANT},
    (Status.REVIEW, Status.ANSWERED): {Actor.CONSULTANT, Actor.SOFTWARE},
    (Status.CLAIMED, Status.ANSWERED): {Actor.CONSULTANT},
    (Status.ANSWERED, Status.REVIEW): {Actor.OWNER},
    (Status.REVIEW, Status.CLOSED): {Actor.OWNER},
    (Status.CLAIMED, Status.CLOSED): {Actor.OWNER},
    (Status.ANSWERED, Status.CLOSED): {Actor.OWNER},
}


def sources(to: Status, actor: Actor) -> list[Status]:
    """The statuses from which `actor` may move a consult to `to`."""
    return [old for (old, new), who in MOVES.items() if new == to and actor in who]
