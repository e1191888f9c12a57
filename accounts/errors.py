class RuleBroken(Exception):
    """A rule of the house refused what a person asked; its text is meant for that person."""


class DomainRefused(RuleBroken):
    """The domain is banned, anyone's, or proven by another employer."""


class InvitationOver(RuleBroken):
    """The invitation was used, taken back, or has expired."""


class LastOwner(RuleBroken):
    """An employer would be left without anyone who may manage it."""


class AlreadyMember(RuleBroken):
    """The person invited belongs to the employer."""
