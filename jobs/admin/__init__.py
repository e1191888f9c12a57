from jobs.admin import (
    applications,
    digests,
    events,
    postings,
    profiles,
    reports,
    sources,
    vocabulary,
)

__all__ = [
    "applications",
    "digests",
    "events",
    "postings",
    "profiles",
    "reports",
    "sources",
    "vocabulary",
]
