from django.utils.translation import gettext as _

from accounts.errors import RuleBroken


class IllegalMove(RuleBroken):
    """The status now stored does not allow the move, or somebody else moved first."""


class NotOpen(RuleBroken):
    """The posting takes no applications now."""


class AlreadyApplied(RuleBroken):
    """The coder has a live application for the posting."""

    def __str__(self) -> str:
        return _("You have applied already. This is what you sent.")


class OwnPosting(NotOpen):
    """The posting is of an employer to which the person belongs."""


class NotVerified(RuleBroken):
    """The person has not confirmed an e-mail address."""


class AlreadyReported(RuleBroken):
    """The reader has an open report of the posting."""


class FileRefused(RuleBroken):
    """An upload is not what it says it is, or is too large."""


class BannedLink(RuleBroken):
    """A posting or employer points to a banned domain."""


class AlertExists(RuleBroken):
    """The person has an alert for the same search."""

    def __str__(self) -> str:
        return _("You have an alert for this search already.")


class NotReady(RuleBroken):
    """Something is missing in the posting, or cannot be true."""


class ClosingRefused(RuleBroken):
    """The closing time is past, or too far off."""


class EditedMeanwhile(RuleBroken):
    """Somebody saved the posting after the writer opened it."""
