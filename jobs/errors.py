from accounts.errors import RuleBroken


class IllegalMove(RuleBroken):
    """The status now stored does not allow the move, or somebody else moved first."""


class NotOpen(RuleBroken):
    """The posting takes no applications now."""


class AlreadyApplied(RuleBroken):
    """The coder has a live application for the posting."""


class FileRefused(RuleBroken):
    """An upload is not what it says it is, or is too large."""


class BannedLink(RuleBroken):
    """A posting or employer points to a banned domain."""
