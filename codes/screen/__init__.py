"""Takes the identifiers of people out of a case before anything is stored or sent.

A screen and no guarantee: it follows the kinds of HIPAA's Safe Harbor (45 CFR 164.514(b)(2))
by rules and lists of names, so an unusual name, a misspelt one or a telling circumstance can stay.
Whoever pastes a case still has to leave identifiers out; the page says so.
"""

from codes.screen.result import KINDS, Removed, Screened, summary
from codes.screen.screening import screen

__all__ = ["KINDS", "Removed", "Screened", "screen", "summary"]
