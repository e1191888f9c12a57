from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from accounts.tests.factories import make_employer
from jobs.models import Job
from jobs.search import document
from jobs.states import JobStatus
from jobs.tests.factories import make_job, make_site, make_specialty
from jobs.views.feeds import tag_uri

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314


def test_atom_holds_what_the_search_finds_newest_first(client):
    now = timezone.now()
    old = make_job(title="Audit Lead", published_at=now - timedelta(days=3))
    new = make_job(title="Audit Clerk", published_at=now - timedelta(days=1))
    make_job(title="Biller")

    response = client.get("/jobs/feed.atom?q=audit&sort=pay&page=7")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.find(f"{ATOM}id").text for entry in entries(response)] == [
        tag_uri(new),
        tag_uri(old),
    ]
    assert f"Audit Clerk, {new.employer.name}" in response.content.decode()


def test_tag_uri_outlives_a_change_of_words():
    posted = datetime(2026, 11, 21, 8, tzinfo=UTC)
    job = make_job(public_id="abcdefghjk", published_at=posted)

    assert tag_uri(job) == "tag:localhost,2026-11-21:jobs/abcdefghjk"


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_feed_leaves_out_what_xml_cannot_say(client, kind):
    job = make_job(title="Audit \x01Lead\ufffe", employer=make_employer(name="Lake\x0bside"))
    make_site(job, city="Day\x02ton")

    response = client.get(f"/jobs/feed.{kind}?q=audit%01")

    texts = {each.text for each in ElementTree.fromstring(response.content).iter()}  # noqa: S314
    assert "Audit Lead, Lakeside" in texts


def test_rss_has_guids_that_are_no_links(client):
    job = make_job()

    channel = ElementTree.fromstring(client.get("/jobs/feed.rss").content)[0]  # noqa: S314

    guid = channel.find("item/guid")
    assert (guid.text, guid.get("isPermaLink")) == (tag_uri(job), "false")


def test_feed_answers_304_to_who_has_it(client):
    make_job()
    first = client.get("/jobs/feed.atom")

    again = client.get("/jobs/feed.atom", headers={"If-None-Match": first["ETag"]})
    make_job()
    changed = client.get("/jobs/feed.atom", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, changed.status_code) == (304, 200)


@pytest.mark.parametrize("path", ["/jobs/feed.atom", "/jobs/feed.rss"])
def test_feed_drops_what_is_not_visible(client, path):
    job = make_job(title="Gone Coder", status=JobStatus.PENDING)
    live = make_job(title="Live Coder")
    Job.objects.filter(pk=live.pk).update(closes_at=timezone.now())
    document.write(make_job(title="Third Coder"))

    text = client.get(path).content.decode()

    assert job.title not in text
    assert live.title not in text
    assert "Third Coder" in text


def test_feed_of_a_specialty_names_it(client):
    make_specialty()

    assert "Jobs in Urology." in client.get("/jobs/feed.atom?specialty=urology").content.decode()
