"""A posting's title stands on a public address only while the posting is public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer
from codes.codes import span_of
from jobs.models import Job, JobCodeRange
from jobs.models.parts import PlaceMode, StateRule
from jobs.search import document
from jobs.states import JobStatus
from jobs.tests.factories import (
    make_credential,
    make_employment_type,
    make_job,
    make_setting,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db
TITLE = "Xylophone Cystoscopy Coder"

LISTS = [
    "/",
    "/jobs/",
    "/jobs/?q=xylophone",
    "/jobs/?q=xylo",
    "/jobs/?code=52000",
    "/jobs/?specialty=urology&credential=CPC&setting=profee&mode=remote&type=full-time",
    "/jobs/?state=OH&unstated=1",
    "/jobs/?sort=pay",
    "/jobs/feed.atom",
    "/jobs/feed.atom?q=xylophone",
    "/jobs/feed.rss",
    "/jobs/specialty/urology/",
    "/jobs/state/ohio/",
    "/sitemap.xml",
    "/sitemap-jobs.xml",
    "/alerts/new/?q=xylophone",
]


def make_titled(**fields):
    """A posting that every list above would show, were it public; the index row is there too."""
    job = make_job(
        title=TITLE,
        slug="xylophone-cystoscopy-coder-abcdefghjk",
        employer=make_employer(),
        mode=PlaceMode.REMOTE,
        state_rule=StateRule.ONLY,
        indexed=False,
        **fields,
    )
    job.states.set([make_state()])
    job.specialties.set([make_specialty()])
    job.settings.set([make_setting()])
    job.employment_types.set([make_employment_type()])
    make_credential()
    require_credentials(job, "CPC")
    make_site(job)
    JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", "52000", "52700"))
    return job


def state(name):
    """The fields of a posting in one of its states, the closed-by-time one included."""
    now = timezone.now()
    dates = {
        "published_at": now - timedelta(days=2),
        "first_published_at": now - timedelta(days=2),
        "closes_at": now + timedelta(days=9),
    }
    if name == "past its time":
        return {"status": JobStatus.PUBLISHED, **dates, "closes_at": now - timedelta(seconds=1)}
    if name == "revision":
        return {"status": JobStatus.PENDING, "revision_of": make_job(title="Plain Coder")}
    return {"status": name, **dates}


HIDDEN = [status for status in JobStatus if status not in (JobStatus.PUBLISHED, JobStatus.MERGED)]
STATES = [*HIDDEN, "past its time", "revision"]


@pytest.mark.parametrize("path", LISTS)
def test_lists_show_a_public_posting(client, path):
    document.write(make_titled(**state(JobStatus.PUBLISHED)))

    answer = client.get(path).content.decode()

    names_jobs = path != "/sitemap.xml"
    assert (TITLE in answer or "xylophone-cystoscopy" in answer) == names_jobs


@pytest.mark.parametrize("name", STATES)
def test_no_list_shows_any_other(client, name):
    """With a search row left behind by mistake, the lists still ask `visible()`."""
    job = make_titled(**state(name))
    if job.closes_at:
        document.write(job)

    shown = [path for path in LISTS if TITLE in client.get(path).content.decode()]

    assert shown == []


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("suffix", ["", "report/", "apply/"])
def test_a_postings_own_pages_are_closed_with_it(client, name, suffix):
    job = make_titled(**state(name))

    answer = client.get(f"/jobs/{job.slug}/{suffix}")

    stays = name in (JobStatus.FILLED, JobStatus.EXPIRED, "past its time") and not suffix
    assert (TITLE in answer.content.decode()) == stays
    if stays:
        page = answer.content.decode()
        assert ("JobPosting" in page, 'content="noindex' in page, "apply/" in page) == (
            False,
            True,
            False,
        )


def test_the_front_page_shows_no_figure_of_a_hidden_posting(client):
    Job.objects.all().delete()
    make_titled(**state(JobStatus.REMOVED))

    assert client.get("/jobs/specialty/urology/").status_code == 404
    assert client.get("/jobs/state/ohio/").status_code == 404
