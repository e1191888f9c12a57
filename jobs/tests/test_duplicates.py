from typing import Any

import pytest

from accounts.tests.factories import make_employer
from jobs.duplicates import alike, runs_of, share
from jobs.models import Job
from jobs.states import JobStatus
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db

WORDS = (
    "Codes cystoscopies, stone cases and office visits for nine urologists at two sites in Dayton. "
    "You work from home after six weeks on site and are audited every month by a lead coder. "
    "The group uses Epic and a shared work queue, and pays for dues and books each year."
)
OTHER = (
    "Reviews inpatient records of a level one trauma center for MS-DRG assignment and queries. "
    "Nights and weekends rotate among five coders; the encoder is provided with two monitors. "
    "A first test of twenty records is paid and comes with written feedback within one week."
)


def make_text(text: str = WORDS, **fields: Any) -> Job:
    return make_job(description=f"<p>{text}</p>", **fields)


def found(job: Job) -> list[Job]:
    return [pair.job for pair in alike([job])[job.pk]]


def test_alike_finds_an_agencys_copy_of_a_direct_posting() -> None:
    direct = make_text(title="Urology Coder")
    copy = make_text(
        WORDS.replace("in Dayton", "in Ohio"), title="Urology Coder", status=JobStatus.PENDING
    )

    assert found(copy) == [direct]


def test_alike_finds_a_posting_removed_from_another_employer() -> None:
    removed = make_text(status=JobStatus.REMOVED)
    again = make_text(title="Another title", status=JobStatus.PENDING)

    assert found(again) == [removed]


def test_alike_leaves_other_work_alone() -> None:
    make_text(OTHER, title="Urology Coder")

    assert found(make_text(title="Urology Coder", status=JobStatus.PENDING)) == []


@pytest.mark.parametrize("status", [JobStatus.WITHDRAWN, JobStatus.DRAFT, JobStatus.FILLED])
def test_alike_lets_an_employer_post_its_own_again(status: str) -> None:
    employer = make_employer()
    make_text(employer=employer, status=status)

    assert found(make_text(employer=employer, status=JobStatus.PENDING)) == []


def test_alike_leaves_a_posting_and_its_edit_alone() -> None:
    live = make_text()
    edit = make_text(employer=live.employer, status=JobStatus.PENDING, revision_of=live)

    assert (found(edit), found(live)) == ([], [])


def test_alike_takes_no_more_queries_for_more_postings(django_assert_num_queries: Any) -> None:
    jobs = [make_text(status=JobStatus.PENDING) for _number in range(3)]

    for some in (jobs[:1], jobs):
        with django_assert_num_queries(2):
            alike(some)


def test_share_ignores_texts_too_short_to_tell() -> None:
    short = runs_of(make_job(description="<p>Codes charts from home for a clinic.</p>"))

    assert share(short, short) == 0.0


def test_share_of_equal_texts_is_one() -> None:
    runs = runs_of(make_text())

    assert share(runs, runs) == 1.0
