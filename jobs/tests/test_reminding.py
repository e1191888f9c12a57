from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Letter
from accounts.models.employer import Role
from accounts.tests.factories import make_employer, make_member, make_user
from jobs.models import Job, Source
from jobs.services import posting
from jobs.services.reminding import remind_employers
from jobs.states import JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db

# Midnight in New York at the end of 20 Nov 2026.
CLOSES = datetime(2026, 11, 21, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def make_reminded(**fields: Any) -> Job:
    owner = make_user(email="owner@example.com")
    fields = {
        "employer": make_employer(owner=owner),
        "title": "Urology Coder",
        "closes_at": CLOSES,
        "published_at": CLOSES - 20 * DAY,
        "confirmed_open_at": CLOSES - 10 * DAY,
        **fields,
    }
    return make_job(**fields)


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("to", "subject"))


def test_remind_employers_asks_a_week_and_a_day_before_closing_once_each() -> None:
    make_reminded()

    counts = [remind_employers(now=CLOSES - before * DAY) for before in (8, 7, 6, 5, 1, 0.5)]

    assert counts == [0, 1, 0, 0, 1, 0]
    assert letters() == [
        ("owner@example.com", "Closes within 7 days: Urology Coder"),
        ("owner@example.com", "Closes within a day: Urology Coder"),
    ]


def test_remind_employers_makes_up_for_a_missed_run() -> None:
    make_reminded()

    assert remind_employers(now=CLOSES - 3 * DAY) == 1
    assert remind_employers(now=CLOSES - timedelta(hours=2)) == 1
    assert remind_employers(now=CLOSES + DAY) == 0


def test_remind_employers_words_the_day_in_the_employers_zone() -> None:
    job = make_reminded()

    remind_employers(now=CLOSES - 7 * DAY)

    assert Letter.objects.get().text == (
        "“Urology Coder” takes applications until the end of 20 Nov 2026 (America/New_York),"
        " then it closes by itself.\n"
        "\n"
        "To give it more time, or to mark it filled:\n"
        f"http://localhost/hire/jobs/{job.public_id}/\n"
        "\n"
        "A posting that is renewed before it closes keeps its address and is not reviewed again.\n"
        "\n"
        "Codeward\n"
    )


def test_remind_employers_asks_anew_after_a_renewal() -> None:
    job = make_reminded()
    remind_employers(now=CLOSES - 7 * DAY)
    posting.renew_posting(
        job=job, by=make_user(), now=CLOSES - 5 * DAY, closes_at=CLOSES + 30 * DAY
    )

    counts = [remind_employers(now=CLOSES + after * DAY) for after in (-4, 5, 22, 23, 24)]

    # Five days on it was last confirmed ten days ago; on the 22nd the second period is over.
    assert counts == [0, 0, 1, 1, 0]
    assert [subject for _to, subject in letters()] == [
        "Closes within 7 days: Urology Coder",
        "Is it still open? Urology Coder",
        "Closes within 7 days: Urology Coder",
    ]


def test_remind_employers_asks_every_period_whether_it_is_still_open() -> None:
    make_reminded(confirmed_open_at=CLOSES - 60 * DAY)

    counts = [remind_employers(now=CLOSES - before * DAY) for before in (47, 46, 45, 32, 20, 8)]

    assert counts == [0, 1, 0, 1, 0, 1]


def test_remind_employers_counts_anew_once_it_was_confirmed() -> None:
    job = make_reminded(confirmed_open_at=CLOSES - 60 * DAY)
    remind_employers(now=CLOSES - 46 * DAY)
    posting.confirm_open(job=job, by=make_user(), now=CLOSES - 45 * DAY)

    assert remind_employers(now=CLOSES - 32 * DAY) == 0
    assert remind_employers(now=CLOSES - 31 * DAY) == 1


def test_remind_employers_leaves_one_just_given_a_short_time_alone() -> None:
    make_reminded(published_at=CLOSES - 3 * DAY, confirmed_open_at=CLOSES - 3 * DAY)

    counts = [remind_employers(now=CLOSES - before * DAY) for before in (3, 1)]

    assert counts == [0, 1]


@pytest.mark.parametrize("status", [JobStatus.FILLED, JobStatus.WITHDRAWN, JobStatus.PENDING])
def test_remind_employers_asks_about_live_postings_only(status: str) -> None:
    make_reminded(status=status)

    assert remind_employers(now=CLOSES - DAY) == 0


def test_remind_employers_asks_nobody_about_imported_postings() -> None:
    make_reminded(source=Source.objects.create(slug="s", name="S", format="csv"), external_id="1")

    assert remind_employers(now=CLOSES - DAY) == 0


def test_remind_employers_writes_to_the_author_or_else_to_all_editors() -> None:
    employer = make_employer(owner=make_user(email="owner@example.com"))
    author = make_user(email="author@example.com")
    make_member(employer=employer, user=author)
    make_member(employer=employer, user=make_user(email="reader@example.com"), role=Role.VIEWER)
    make_reminded_by(employer, author, "One")
    make_reminded_by(employer, None, "Two")

    remind_employers(now=CLOSES - DAY)

    assert letters() == [
        ("author@example.com", "Closes within a day: One"),
        ("author@example.com", "Closes within a day: Two"),
        ("owner@example.com", "Closes within a day: Two"),
    ]


def make_reminded_by(employer: Any, author: Any, title: str) -> Job:
    return make_job(
        employer=employer,
        created_by=author,
        title=title,
        closes_at=CLOSES,
        published_at=CLOSES - 20 * DAY,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_remind_employers_looks_in_three_queries_when_all_is_posted(
    count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        employer = make_employer(owner=make_user())
        make_job(employer=employer, closes_at=CLOSES, published_at=CLOSES - 20 * DAY)
    remind_employers(now=CLOSES - 7 * DAY)

    with django_assert_num_queries(3):
        remind_employers(now=CLOSES - 7 * DAY)
