from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import OutgoingStatus
from jobs import alerts, digest_mail, digests, matching
from jobs.events import record
from jobs.models import Alert, Cadence, Digest, Job, Match, Publication
from jobs.states import Actor, JobStatus
from jobs.tests.factories import make_alert, make_job

NOW = timezone.now()
LATER = NOW + timedelta(minutes=16)


def publish(**fields):
    job = make_job(**fields)
    Publication.objects.create(job=job, published_at=NOW)
    return job


def run(now=LATER):
    """What beat does: match, queue, send."""
    matching.match_new(now=now)
    digests.queue_due(now=now)
    digest_mail.send_due(now=now)


def titles(mail, jobs):
    text = mail.get_body(("plain",)).get_content()
    return [job.title for job in jobs if job.title in text]


@pytest.mark.django_db
def test_match_writes_one_row_for_each_alert_and_job():
    urology, radiology = make_alert(query="q=urology"), make_alert(query="q=radiology")
    twin = make_alert(query="q=urology")
    job = publish(title="Urology Coder")

    matching.match_new(now=NOW)
    Publication.objects.create(job=job, published_at=NOW)
    matching.match_new(now=NOW)

    assert set(Match.objects.values_list("alert", "job")) == {
        (urology.pk, job.pk),
        (twin.pk, job.pk),
    }
    assert not Match.objects.filter(alert=radiology)


@pytest.mark.django_db
def test_match_finds_a_posting_approved_long_after_it_was_written():
    make_alert(query="q=urology")
    job = publish(title="Urology Coder")
    Job.objects.filter(pk=job.pk).update(created_at=NOW - timedelta(days=60))

    matching.match_new(now=NOW)

    assert Match.objects.get().job == job


@pytest.mark.django_db
def test_match_passes_over_what_is_not_visible_or_confirmed():
    make_alert(query="q=urology", confirmed_at=None)
    make_alert(query="q=urology", ended_at=NOW)
    make_alert(query="q=coder")
    publish(title="Urology Coder", closes_at=NOW - timedelta(seconds=1))

    matching.match_new(now=NOW)

    assert not Match.objects.exists()
    assert not Publication.objects.unmatched().exists()


@pytest.mark.django_db(transaction=True)
def test_match_by_two_workers_takes_each_publication_once():
    make_alert(query="q=urology")
    for _number in range(20):
        publish(title="Urology Coder")

    def work(_number):
        matching.match_new(now=NOW)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    assert Match.objects.count() == 20


@pytest.mark.django_db
def test_the_ledger_refuses_the_same_job_twice():
    alert, job = make_alert(), make_job()
    Match.objects.create(alert=alert, job=job, matched_at=NOW)

    with pytest.raises(IntegrityError, match="match_once"), transaction.atomic():
        Match.objects.create(alert=alert, job=job, matched_at=NOW)


@pytest.mark.django_db
def test_digest_is_one_mail_to_one_person_with_each_job_once(smtp_sink):
    make_alert(email="ann@example.com", query="q=urology")
    make_alert(email="Ann@example.com", query="q=coder")
    jobs = [publish(title=title) for title in ("Urology Coder", "Radiology Coder")]

    run()

    (mail,) = smtp_sink.messages
    text = mail.get_body(("plain",)).get_content()
    assert [text.count(f"/jobs/{job.slug}/") for job in jobs] == [1, 1]


@pytest.mark.django_db
def test_digest_says_what_a_posting_does_not_state(smtp_sink):
    make_alert(query="q=urology")
    publish(title="Urology Coder")

    run()

    lines = smtp_sink.messages[0].get_body(("plain",)).get_content().splitlines()
    assert lines[4:6] == ["pay not stated · place not stated", "credential not stated"]


@pytest.mark.django_db
def test_digest_carries_one_click_unsubscribe_headers(smtp_sink, client):
    alert = make_alert(query="q=urology")
    publish(title="Urology Coder")
    run()
    (mail,) = smtp_sink.messages
    path = mail["List-Unsubscribe"].strip().strip("<>").removeprefix("http://localhost")

    asked = client.get(path)
    still = Alert.objects.active().count()
    done = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (asked.status_code, still, done.status_code) == (200, 1, 200)
    assert not Alert.objects.active().filter(pk=alert.pk)


@pytest.mark.django_db
def test_no_second_mail_for_the_same_job(smtp_sink):
    make_alert(query="q=urology")
    job = publish(title="Urology Coder")
    run()
    Publication.objects.create(job=job, published_at=NOW)

    run(LATER + timedelta(hours=1))

    assert len(smtp_sink.messages) == 1


@pytest.mark.django_db
def test_a_job_mailed_for_one_search_is_not_mailed_for_another(smtp_sink):
    make_alert(email="ann@example.com", query="q=urology", cadence=Cadence.INSTANT)
    slow = make_alert(email="ann@example.com", query="q=coder", cadence=Cadence.DAILY)
    Alert.objects.filter(pk=slow.pk).update(next_digest_at=LATER + timedelta(hours=5))
    publish(title="Urology Coder")

    run()
    run(LATER + timedelta(hours=6))

    assert len(smtp_sink.messages) == 1


@pytest.mark.django_db
def test_no_mail_without_a_find(smtp_sink):
    alert = make_alert(query="q=urology", cadence=Cadence.DAILY)
    Alert.objects.filter(pk=alert.pk).update(next_digest_at=NOW)

    run()

    alert.refresh_from_db()
    assert smtp_sink.messages == []
    assert not Digest.objects.exists()
    assert alert.next_digest_at > LATER


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["closed", "removed", "ended"])
def test_what_is_gone_by_the_time_of_sending_is_left_out(smtp_sink, gone):
    alert = make_alert(query="q=urology")
    job = publish(title="Urology Coder")
    matching.match_new(now=LATER)
    digests.queue_due(now=LATER)
    if gone == "closed":
        Job.objects.filter(pk=job.pk).update(closes_at=LATER - timedelta(seconds=1))
    elif gone == "removed":
        Job.objects.filter(pk=job.pk).update(status=JobStatus.REMOVED)
        record(
            job=job,
            act="removed",
            old=JobStatus.PUBLISHED,
            new=JobStatus.REMOVED,
            actor=Actor.MODERATOR,
            by=None,
            at=LATER,
        )
    else:
        alerts.end_alerts(ids=[alert.pk], now=LATER)

    digest_mail.send_due(now=LATER)

    assert smtp_sink.messages == []
    assert Digest.objects.get().status == OutgoingStatus.DROPPED


@pytest.mark.django_db
def test_more_finds_than_a_mail_lists_arrive_with_the_next(smtp_sink):
    make_alert(query="q=urology")
    jobs = [publish(title=f"Urology Coder {number:02}x") for number in range(digests.LISTED + 3)]

    run()
    first = titles(smtp_sink.messages[0], jobs)
    run(LATER + timedelta(minutes=20))
    second = titles(smtp_sink.messages[1], jobs)
    run(LATER + timedelta(minutes=40))

    assert (len(first), len(second)) == (digests.LISTED, 3)
    assert sorted(first + second) == [job.title for job in jobs]
    assert len(smtp_sink.messages) == 2


@pytest.mark.django_db
def test_made_up_unsubscribe_links_are_unknown(client):
    assert client.post("/alerts/unsubscribe/made:up/").status_code == 404
