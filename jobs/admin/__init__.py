from jobs.admin import applications, digests, events, postings, reports, sources, vocabulary

__all__ = ["applications", "digests", "events", "postings", "reports", "sources", "vocabulary"]
