"""Search over live postings: a query string becomes a SearchQuery, and `run` answers it."""

from jobs.search.query import SearchQuery, Sort
from jobs.search.run import Results, matching, published_since, run

__all__ = ["Results", "SearchQuery", "Sort", "matching", "published_since", "run"]
