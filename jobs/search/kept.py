"""Answers kept until a search row or a vocabulary changes, or a posting closes.

PostgreSQL counts the transactions that changed either (migrations 0006 and 0007), so an answer
under the present count is the present answer. Inside a transaction the count does not tell what
that transaction itself has changed: there nothing is kept.
"""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

Answer = TypeVar("Answer")
KEPT = timedelta(minutes=10)
STATE = """
    SELECT version, (SELECT min(closes_at) FROM jobs_jobsearch WHERE closes_at > %s::timestamptz)
    FROM jobs_searchversion
"""


def kept(question: str, ask: Callable[[], Answer], now: datetime | None) -> Answer:
    """The answer to `question`, asked again only when it may differ. Without `now` it is one
    that no closing changes.
    """
    return kept_many([question], lambda _missing: {question: ask()}, now)[question]


def kept_many(
    questions: Collection[str],
    ask: Callable[[list[str]], dict[str, Answer]],
    now: datetime | None,
) -> dict[str, Answer]:
    """The answers to all questions; `ask` gets those to which none is kept. No cache, no harm."""
    if connection.in_atomic_block:
        return ask(list(questions))
    state = _state(now)
    keys = {_key(state, question): question for question in questions}
    try:
        found = {keys[key]: answer for key, answer in cache.get_many(keys).items()}
        if missing := [question for question in questions if question not in found]:
            found |= (new := ask(missing))
            fresh = {_key(state, question): answer for question, answer in new.items()}
            cache.set_many(fresh, KEPT.total_seconds())
    except RedisError:
        return ask(list(questions))
    return found


def _state(now: datetime | None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(STATE, [now])
        return repr(cursor.fetchone())


def _key(state: str, question: str) -> str:
    return f"board:{hashlib.sha256(f'{state} {question}'.encode()).hexdigest()}"
