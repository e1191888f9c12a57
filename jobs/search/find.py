"""A search as pages ask for it: answered from what is kept, where that is the present answer."""

from datetime import datetime

from jobs.search.hires import Coder
from jobs.search.kept import kept
from jobs.search.query import SearchQuery
from jobs.search.run import Results, run
from jobs.search.vocabulary import Vocabulary


def find(
    query: SearchQuery, now: datetime, vocabulary: Vocabulary, coder: Coder | None = None
) -> Results:
    """What `run` answers; the time since posting runs on, so a search by it is never kept."""

    def ask() -> Results:
        return run(query, now, vocabulary, coder)

    if query.posted_within_days:
        return ask()
    return kept(f"find?{query.to_querystring()} {coder}", ask, now)
