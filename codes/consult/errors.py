from accounts.errors import RuleBroken


class ConsultMoved(RuleBroken):
    """Somebody else, or a further message, changed the consult first."""
