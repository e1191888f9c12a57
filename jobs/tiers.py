"""What the board adds to the tiers of the code-page meter."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Tier, User
from jobs.models import HeldCredential, Job


def tier_of(user: User, *, now: datetime) -> Iterator[str]:
    """The tiers a person has earned: a credential that we checked, an employer that hires now."""
    if HeldCredential.objects.verified().filter(profile__user=user).exists():
        yield Tier.VERIFIED
    if Job.objects.visible(at=now).filter(employer__members__user=user).exists():
        yield Tier.EMPLOYER
