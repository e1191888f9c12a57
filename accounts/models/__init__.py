from accounts.models.employer import (
    BannedDomain,
    Employer,
    EmployerDomain,
    Invitation,
    Member,
)
from accounts.models.letter import Letter, Outgoing, OutgoingStatus
from accounts.models.user import User

__all__ = [
    "BannedDomain",
    "Employer",
    "EmployerDomain",
    "Invitation",
    "Letter",
    "Member",
    "Outgoing",
    "OutgoingStatus",
    "User",
]
