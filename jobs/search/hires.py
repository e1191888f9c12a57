"""The verdict of `jobs.verdict` in SQL: over the columns of a search row `s`, for one coder.

What a posting asks stands in its row as a tsquery: "(12 | 7) & (31)" of credentials by primary key,
"OH | MI" or "home & !(CA | NY)" of the state one lives in. A coder answers as a tsvector. In each
of them is ALL, for what is met by all; a rule of NULL is met and missed by none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from jobs.eligibility import person_of
from jobs.models import Credential, Profile
from jobs.models.parts import Apprentice, PlaceMode, StateRule
from jobs.search.words import Condition
from jobs.verdict import Person, Requirements, is_placed, states_near

ALL, AT_HOME = "0", "home"


@dataclass(frozen=True)
class Coder:
    """What a search row asks of a coder: `full` are the credentials that they hold or that what
    they hold serves as, `learning` those they are apprentices of; `practices` (specialty, years).
    """

    full: tuple[int, ...] = ()
    learning: tuple[int, ...] = ()
    home: str = ""
    years: Decimal | None = None
    practices: tuple[tuple[int, Decimal], ...] = ()


def coder_of(profile: Profile | None) -> Coder | None:
    if profile is None:
        return None
    person = person_of(profile)
    return Coder(
        full=_serving(person),
        learning=tuple(sorted({held.apprentice_of for held in person.held if held.apprentice_of})),
        home=person.home.code if person.home else "",
        years=person.years,
        practices=tuple(
            (each.specialty, each.years) for each in person.practices if each.years is not None
        ),
    )


def _serving(person: Person) -> tuple[int, ...]:
    """What they hold, what that supersedes and what it is the full form of."""
    held = {each.pk for each in person.held}
    supersedes = {each.supersedes for each in person.held if each.supersedes}
    forms = Credential.objects.filter(apprentice_of__in=held).values_list("pk", flat=True)
    return tuple(sorted({*held, *supersedes, *forms}))


def credential_rule(asked: Requirements) -> str | None:
    groups = [_any(str(pk) for pk in sorted({each.pk for each in group})) for group in asked.groups]
    if not groups:
        return ALL if asked.preferred_only else None
    return " & ".join(f"({group})" for group in groups)


def home_rule(asked: Requirements) -> str | None:
    if is_placed(asked):
        return _any(sorted(states_near(asked)))
    named = _any(sorted(asked.states))
    match asked.state_rule:
        case StateRule.ANY:
            return ALL
        case StateRule.EXCEPT if named:
            return f"{AT_HOME} & !({named})"
    return named if asked.state_rule == StateRule.ONLY else None


def _any(lexemes: Iterable[str]) -> str | None:
    return " | ".join(lexemes) or None


def source(coder: Coder | None) -> Condition:
    """The search rows `s`, with the column `hires` when there is a coder to answer for."""
    if coder is None:
        return Condition("jobs_jobsearch s")
    told = answer(coder)
    return Condition(f"(SELECT s.*, {told.sql} AS hires FROM jobs_jobsearch s) s", told.params)


def answer(coder: Coder) -> Condition:
    """A single no decides, and only yes to all is yes; what is NULL is neither."""
    parts = (_credentials(coder), _home(coder), _years(coder))
    no, yes = [part.no for part in parts], [part.yes for part in parts]
    sql = (
        f"CASE WHEN {' OR '.join(each.sql for each in no)} THEN 'no' "
        f"WHEN {' AND '.join(each.sql for each in yes)} THEN 'yes' ELSE 'unknown' END"
    )
    return Condition(sql, tuple(param for each in (*no, *yes) for param in each.params))


@dataclass(frozen=True)
class Part:
    """When one requirement is met, and when it shuts the coder out."""

    yes: Condition
    no: Condition


NEVER = Condition("false")


def _credentials(coder: Coder) -> Part:
    """To learn what is asked is enough or too little only where the posting says so."""
    full = _vector(coder.full)
    either = _vector((*coder.full, *coder.learning))
    meets = "CASE s.apprentice WHEN %s THEN %s::tsvector ELSE %s::tsvector END @@ s.credential_rule"
    misses = Condition(f"NOT {meets}", (Apprentice.NO, full, either))
    yes = Condition(meets, (Apprentice.YES, either, full))
    return Part(yes, misses if coder.full else NEVER)


def _home(coder: Coder) -> Part:
    meets = "%s::tsvector @@ s.home_rule"
    home = _vector((AT_HOME, coder.home) if coder.home else ())
    misses = Condition(f"s.mode = %s AND NOT {meets}", (PlaceMode.REMOTE, home))
    return Part(Condition(meets, (home,)), misses if coder.home else NEVER)


def _years(coder: Coder) -> Part:
    practice = "CASE WHEN %s = ANY(s.specialties) THEN %s::numeric END"
    stated = f"greatest({', '.join(['%s::numeric', *[practice] * len(coder.practices)])})"
    params = (coder.years, *chain.from_iterable(coder.practices))
    yes = Condition(f"(coalesce(s.years_min, 0) = 0 OR {stated} >= s.years_min)", params)
    return Part(yes, Condition(f"s.years_min <> 0 AND {stated} < s.years_min", params))


def _vector(lexemes: Iterable[object]) -> str:
    return " ".join(map(str, (ALL, *lexemes)))
