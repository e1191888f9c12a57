from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Employer
from jobs.freshness import ago, closing_words, freshness
from jobs.models import Job

# 22:30 on 20 November in Los Angeles, 01:30 on the 21st in New York.
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours", "expected"),
    [
        ("America/New_York", 0, "today"),
        ("America/New_York", 2, "yesterday"),
        ("America/Los_Angeles", 2, "today"),
        ("Pacific/Honolulu", 20, "today"),
        ("Pacific/Honolulu", 21, "yesterday"),
        ("America/New_York", 72, "3 days ago"),
        ("America/New_York", -1, "today"),
    ],
)
def test_ago_counts_days_where_they_are_shown(zone, hours, expected):
    with timezone.override(zone):
        assert ago(NOW - timedelta(hours=hours), NOW) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"confirmed_open_at": NOW}, "Employer confirmed open today"),
        ({"last_seen_at": NOW}, "Seen at its source today"),
        ({"confirmed_open_at": NOW, "last_seen_at": NOW}, "Employer confirmed open today"),
        ({}, ""),
    ],
)
def test_freshness_is_what_was_last_heard(fields, expected):
    assert freshness(Job(**fields), now=NOW).text == expected


@pytest.mark.parametrize(
    ("zone", "closes_at", "expected"),
    [
        ("America/New_York", (2026, 12, 5, 5), "end of 4 Dec 2026, Eastern time"),
        ("America/Los_Angeles", (2026, 12, 5, 8), "end of 4 Dec 2026, Pacific time"),
        ("Pacific/Guam", (2026, 12, 4, 14), "end of 4 Dec 2026, Guam time"),
        ("Europe/London", (2026, 12, 5, 0), "end of 4 Dec 2026, Europe/London"),
        ("America/New_York", (2026, 12, 4, 22), "4 Dec 2026, 17:00, Eastern time"),
        ("America/New_York", (2026, 11, 1, 4), "end of 31 Oct 2026, Eastern time"),
        ("America/New_York", (2026, 11, 2, 5), "end of 1 Nov 2026, Eastern time"),
    ],
)
def test_closing_words_are_on_the_employers_clock(zone, closes_at, expected):
    job = Job(closes_at=datetime(*closes_at, tzinfo=UTC), employer=Employer(time_zone=zone))

    with timezone.override("Asia/Tokyo"):
        assert closing_words(job) == expected


def test_closing_words_are_empty_for_a_draft():
    assert closing_words(Job(employer=Employer())) == ""
