from accounts.models.employer import (
    BannedDomain,
    Employer,
    EmployerDomain,
    Invitation,
    Member,
)
from accounts.models.letter import Letter, Outgoing, OutgoingStatus
from accounts.models.meter import Allowance, Tier, View, Window
from accounts.models.user import User

__all__ = [
    "Allowance",
    "BannedDomain",
    "Employer",
    "EmployerDomain",
    "Invitation",
    "Letter",
    "Member",
    "Outgoing",
    "OutgoingStatus",
    "Tier",
    "User",
    "View",
    "Window",
]
