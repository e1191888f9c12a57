class RuleBroken(Exception):
    """A rule of the house refused what a person asked; its text is meant for that person."""
