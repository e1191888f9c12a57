"""Whether one coder can be hired for one posting: yes, no or not stated, each with its reasons.

The rule is plain comparisons of keys, so that a search can state it in SQL over the columns of a
search row. What the posting or the coder does not say is never guessed at: it answers "unknown".
Years that a posting does not name ask nothing; a credential or a state that it does not name may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from jobs.models.parts import Apprentice, PlaceMode, StateRule

Answer = Literal["yes", "no", "unknown"]
NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Asked:
    """A credential that a posting names."""

    pk: int
    code: str
    apprentice_of: int | None = None


@dataclass(frozen=True)
class Held:
    """A credential that a coder holds. `taken_for`: codes employers often take it for."""

    pk: int
    code: str
    since: int | None = None
    apprentice_of: int | None = None
    supersedes: int | None = None
    taken_for: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Home:
    code: str
    name: str


@dataclass(frozen=True)
class Requirements:
    """What a posting asks. `groups`: any one credential of each; `preferred_only`: none is must."""

    groups: tuple[tuple[Asked, ...], ...] = ()
    preferred_only: bool = False
    apprentice: str = Apprentice.NOT_STATED
    mode: str = PlaceMode.NOT_STATED
    state_rule: str = StateRule.NOT_STATED
    states: frozenset[str] = frozenset()
    site_states: frozenset[str] = frozenset()
    years_min: Decimal | None = None
    specialties: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Practice:
    """Years in one specialty."""

    specialty: int
    name: str
    years: Decimal | None = None


@dataclass(frozen=True)
class Person:
    """What a coder says of themselves; whatever is absent is not known."""

    held: tuple[Held, ...] = ()
    home: Home | None = None
    years: Decimal | None = None
    practices: tuple[Practice, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One requirement and how the coder meets it; `short` names it on a card."""

    answer: Answer
    text: str
    short: str = ""


@dataclass(frozen=True)
class Verdict:
    """`reasons` stand in order: credentials, state, years; `state` is the one about the state."""

    answer: Answer
    reasons: tuple[Reason, ...]
    state: Reason

    @property
    def word(self) -> str:
        if self.answer == "yes":
            return _("You can be hired for this")
        return self.short

    @property
    def short(self) -> str:
        """The verdict on a card: what stands in the way, first things first."""
        if self.answer == "yes":
            return _("Hires you")
        return next(reason.short for reason in self.reasons if reason.answer == self.answer)


def verdict(requirements: Requirements, person: Person) -> Verdict:
    """A single no decides; without one, a single unknown does."""
    state = _state(requirements, person)
    reasons = (*_credentials(requirements, person), state, *_years(requirements, person))
    answers = {reason.answer for reason in reasons}
    answer: Answer = "no" if "no" in answers else "unknown" if "unknown" in answers else "yes"
    return Verdict(answer, reasons, state)


def _credentials(requirements: Requirements, person: Person) -> Iterator[Reason]:
    if not requirements.groups:
        if requirements.preferred_only:
            yield Reason("yes", _("No credential is required"))
        else:
            yield Reason("unknown", _("Credential asked: not stated"), _("Not stated: credential"))
    for group in requirements.groups:
        yield _group(group, requirements.apprentice, person.held)


def _group(group: tuple[Asked, ...], apprentice: str, held: tuple[Held, ...]) -> Reason:
    asked = either(credential.code for credential in group)
    if full := next((each for each in held if _meets(each, group)), None):
        text = _("%(asked)s required: you hold %(held)s") % {"asked": asked, "held": _since(full)}
        return Reason("yes", text)
    keys = {credential.pk for credential in group}
    if learner := next((each for each in held if each.apprentice_of in keys), None):
        return _learner(asked, learner, apprentice)
    if not held:
        text = _("%(asked)s required: your profile names no credential") % {"asked": asked}
        return Reason("unknown", text, _("Your profile lacks credentials"))
    return _not_held(asked, keys, held)


def _meets(held: Held, group: tuple[Asked, ...]) -> bool:
    """Itself, what it supersedes, or the full form of an apprentice credential asked for."""
    keys = {credential.pk for credential in group}
    full_forms = {credential.apprentice_of for credential in group} - {None}
    return held.pk in keys | full_forms or held.supersedes in keys


def _learner(asked: str, held: Held, apprentice: str) -> Reason:
    words = {"asked": asked, "held": held.code}
    match apprentice:
        case Apprentice.YES:
            text = _("%(asked)s required, apprentices welcome: you hold %(held)s")
            return Reason("yes", text % words)
        case Apprentice.NO:
            text = _("%(asked)s required, no apprentices: you hold %(held)s")
            return Reason("no", text % words, _("No apprentices"))
        case Apprentice.CONDITIONS:
            text = _("%(asked)s required, apprentices with conditions: you hold %(held)s")
            return Reason("unknown", text % words, _("Apprentices: conditions"))
    text = _("%(asked)s required, apprentices not mentioned: you hold %(held)s")
    return Reason("unknown", text % words, _("Not stated: apprentices"))


def _not_held(asked: str, keys: set[int], held: tuple[Held, ...]) -> Reason:
    words = {"asked": asked, "held": either(each.code for each in held)}
    short = _("Asks for %(asked)s") % words
    if near := next((each for each in held if each.taken_for & keys), None):
        text = _(
            "%(asked)s required: you hold %(near)s, which some employers take for it; "
            "this posting does not name it"
        )
        return Reason("no", text % {**words, "near": near.code}, short)
    return Reason("no", _("%(asked)s required: not in your profile") % words, short)


def _state(requirements: Requirements, person: Person) -> Reason:
    if is_placed(requirements):
        return _near(requirements, person.home)
    return _by_rule(requirements, person.home)


def is_placed(requirements: Requirements) -> bool:
    """Whether it is a place of work that decides where a coder may live."""
    silent = requirements.mode == PlaceMode.NOT_STATED
    by_default = silent and requirements.state_rule == StateRule.NOT_STATED
    return by_default or requirements.mode in {PlaceMode.ONSITE, PlaceMode.HYBRID}


def states_near(requirements: Requirements) -> frozenset[str]:
    if requirements.state_rule == StateRule.ONLY:
        return requirements.site_states | requirements.states
    return requirements.site_states


def _near(requirements: Requirements, home: Home | None) -> Reason:
    """Work at a place: a coder elsewhere may still move or commute, which nobody here knows."""
    hires_in = states_near(requirements)
    if not hires_in:
        return Reason("unknown", _("Place of work: not stated"), _("Not stated: place"))
    places = listed(hires_in)
    if home is None:
        return _home_unknown(_("Work in %(places)s") % {"places": places})
    words = {"places": places, "home": home.name}
    text = _("Work in %(places)s: you live in %(home)s") % words
    if home.code in hires_in:
        return Reason("yes", text)
    return Reason("unknown", text, _("Work in %(places)s") % words)


def _by_rule(requirements: Requirements, home: Home | None) -> Reason:
    places = listed(requirements.states)
    named = bool(requirements.states)
    match requirements.state_rule:
        case StateRule.ANY:
            return Reason("yes", _("Hires in any state"))
        case StateRule.ONLY if named:
            return _allowed(_("Hires in %(places)s") % {"places": places}, requirements, home)
        case StateRule.EXCEPT if named:
            rule = _("Hires in any state except %(places)s") % {"places": places}
            return _allowed(rule, requirements, home)
    return Reason("unknown", _("States it hires in: not stated"), _("Not stated: states"))


def _allowed(rule: str, requirements: Requirements, home: Home | None) -> Reason:
    if home is None:
        return _home_unknown(rule)
    words = {"rule": rule, "home": home.name}
    text = _("%(rule)s: you live in %(home)s") % words
    listed_there = home.code in requirements.states
    if listed_there == (requirements.state_rule == StateRule.ONLY):
        return Reason("yes", text)
    short = _("Does not hire in %(home)s") % words
    # Without a stated place the rule may be about the office, so it shuts nobody out.
    return Reason("no" if requirements.mode == PlaceMode.REMOTE else "unknown", text, short)


def _home_unknown(rule: str) -> Reason:
    text = _("%(rule)s: your profile names no state") % {"rule": rule}
    return Reason("unknown", text, _("Your profile lacks your state"))


def _years(requirements: Requirements, person: Person) -> Iterator[Reason]:
    asked = requirements.years_min
    if asked is None:
        return
    best = _best_practice(requirements, person)
    stated = (person.years, best.years if best else None)
    known = [years for years in stated if years is not None]
    rule = _("%(years)s of experience asked") % {"years": in_years(asked)}
    if not asked:
        yield Reason("yes", _("No experience asked"))
    elif not known:
        text = _("%(rule)s: your profile names no years") % {"rule": rule}
        yield Reason("unknown", text, _("Your profile lacks your years"))
    else:
        yield _enough(rule, asked, max(known), best)


def _enough(rule: str, asked: Decimal, stated: Decimal, best: Practice | None) -> Reason:
    words = {"rule": rule, "years": plain(stated)}
    text = _("%(rule)s: you state %(years)s") % words
    if best:
        practice = {"text": text, "years": plain(best.years or Decimal(0)), "name": best.name}
        text = _("%(text)s (%(name)s: %(years)s)") % practice
    if stated >= asked:
        return Reason("yes", text)
    return Reason("no", text, _("Asks for %(years)s") % {"years": in_years(asked)})


def _best_practice(requirements: Requirements, person: Person) -> Practice | None:
    """The specialty of the posting in which the coder has most years."""
    stated = [
        practice
        for practice in person.practices
        if practice.specialty in requirements.specialties and practice.years is not None
    ]
    return max(stated, key=lambda practice: practice.years or 0, default=None)


def _since(held: Held) -> str:
    if held.since is None:
        return held.code
    return _("%(code)s since %(year)s") % {"code": held.code, "year": held.since}


def either(codes: Iterable[str]) -> str:
    """ "CPC, COC or CCS-P"."""
    *first, last = sorted(codes)
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def listed(names: Iterable[str]) -> str:
    """ "MI, OH, PA and 9 more"."""
    ordered = sorted(names)
    if len(ordered) <= NAMED_AT_MOST + 1:
        return ", ".join(ordered)
    words = {"names": ", ".join(ordered[:NAMED_AT_MOST]), "more": len(ordered) - NAMED_AT_MOST}
    return _("%(names)s and %(more)s more") % words


def plain(years: Decimal) -> str:
    return f"{years.normalize():f}"


def in_years(years: Decimal) -> str:
    return _("1 year") if years == 1 else _("%(years)s years") % {"years": plain(years)}
