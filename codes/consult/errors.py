from accounts.errors import RuleBroken


class ConsultMoved(RuleBroken):
    """Somebody else, or a further message, changed the consult first."""


class Forbidden(Exception):
    """A call of a sending service without our secret."""


class Unreadable(Exception):
    """Nothing can be made of what a sending service posted."""
