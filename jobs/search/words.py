"""Typed words as a PostgreSQL condition. Any text is good; nothing of it is ever an error.

`or` parts the text into alternatives. In each, quotes hold a phrase, a minus leads what must be
absent, a code or a range of codes also finds postings whose own ranges hold any of it, and the last
word, while it is typed, finds by its beginning. What is only stop words asks for nothing.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from codes.codes import CODE_PATTERN, span_of, system_of

TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')
# A code, perhaps with its modifier ("74740-26"), or a range.
CODES = re.compile(
    rf"(?P<lo>{CODE_PATTERN.pattern})(?:[-–](?P<hi>{CODE_PATTERN.pattern})|-\w\w)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Condition:
    """A piece of SQL with its parameters in their order."""

    sql: str
    params: tuple[Any, ...] = ()


@dataclass
class Alternative:
    """What stands between two `or`: all of it must hold."""

    body: list[str] = field(default_factory=list)
    prefix: str = ""
    codes: list[tuple[str, str]] = field(default_factory=list)


def condition(text: str) -> Condition | None:
    """The postings whose words or ranges answer to `text`, as a condition on a search row `s`.

    They are asked for apart, so that only the index of words reads words: PostgreSQL does not
    know what it costs to fetch them from beside the row.
    """
    alternatives = parse(text)
    if not alternatives:
        return None
    if any(alternative.codes for alternative in alternatives):
        sets = [_ids(alternative) for alternative in alternatives]
        return Condition(f"s.job_id IN ({_sql(sets, ' UNION ')})", _params(sets))
    query = tsquery(alternatives)
    found = f"s.job_id IN (SELECT job_id FROM jobs_jobsearch WHERE words @@ ({query.sql}))"
    return Condition(f"(numnode({query.sql}) = 0 OR {found})", query.params * 2)


def parse(text: str) -> list[Alternative]:
    alternatives = [Alternative()]
    for token in TOKEN.finditer(text):
        _take(alternatives, token[0], typed=token.end() == len(text))
    return [each for each in alternatives if each.body or each.prefix or each.codes]


def _take(alternatives: list[Alternative], word: str, *, typed: bool) -> None:
    last = alternatives[-1]
    if word.lower() == "or":
        alternatives.append(Alternative())
    elif ends := code_ends(word):
        last.codes.append(ends)
    elif typed and word[0] not in '-"' and len(re.findall(r"\w", word)) >= 2:
        last.prefix = word
    else:
        last.body.append(word)


def code_ends(word: str) -> tuple[str, str] | None:
    """Both ends of the codes a word names, or None when it names none."""
    found = CODES.fullmatch(word.upper())
    if not found:
        return None
    lo, hi = found["lo"], found["hi"] or found["lo"]
    try:
        span_of(system_of(lo), lo, hi)
    except ValueError:
        return None
    return lo, hi


def tsquery(alternatives: list[Alternative]) -> Condition:
    """All words of the alternatives, without their codes."""
    parts = [_words_of(alternative) for alternative in alternatives]
    return Condition(_sql(parts, " || "), _params(parts))


def _words_of(alternative: Alternative) -> Condition:
    body = "websearch_to_tsquery('english', %s)"
    text = " ".join(alternative.body)
    if not alternative.prefix:
        return Condition(body, (text,))
    # A stop word is empty as English only: then its beginning asks for nothing either.
    english, simple = "to_tsquery('english', %s)", "to_tsquery('simple', %s)"
    beginning = f"CASE numnode({english}) WHEN 0 THEN ''::tsquery ELSE {english} || {simple} END"
    return Condition(f"({body} && {beginning})", (text, *[_begins(alternative.prefix)] * 3))


def _begins(word: str) -> str:
    """A tsquery operand that finds what begins with `word`, whatever signs are in it."""
    plain = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}':*"


def _ids(alternative: Alternative) -> Condition:
    """The jobs an alternative finds, where codes keep one index from answering alone."""
    parts = [_ids_of_code(lo, hi) for lo, hi in alternative.codes]
    if alternative.body or alternative.prefix:
        words = _words_of(alternative)
        ignored = f"numnode({words.sql}) = 0 OR " if alternative.codes else ""
        params = words.params * (2 if ignored else 1)
        sql = f"SELECT job_id FROM jobs_jobsearch WHERE {ignored}words @@ ({words.sql})"
        parts.append(Condition(sql, params))
    return Condition(f"({_sql(parts, ' INTERSECT ')})", _params(parts))


def _ids_of_code(lo: str, hi: str) -> Condition:
    held, phrase = in_ranges(lo, hi), f"{lo} {hi}" if hi != lo else lo
    named = "SELECT job_id FROM jobs_jobsearch WHERE words @@ phraseto_tsquery('english', %s)"
    return Condition(f"({held.sql} UNION {named})", (*held.params, phrase))


def in_ranges(lo: str, hi: str) -> Condition:
    """The jobs with a range that shares a code with `lo` to `hi`, both included."""
    system = system_of(lo)
    span = span_of(system, lo, hi)
    sql = "SELECT job_id FROM jobs_jobcoderange WHERE system = %s AND span && int4range(%s, %s)"
    return Condition(sql, (system, span.lower, span.upper))


def _sql(parts: list[Condition], between: str) -> str:
    return between.join(part.sql for part in parts)


def _params(parts: list[Condition]) -> tuple[Any, ...]:
    return tuple(param for part in parts for param in part.params)
