import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs.errors import AlreadyReported
from jobs.models import Report
from jobs.services.reports import report_posting
from jobs.tests.factories import make_job, make_reason


def address(job):
    return reverse("jobs:report", args=[job.slug])


@pytest.fixture
def reason(db):
    return make_reason("report", "wrong-facts")


@pytest.fixture
def reader(client, reason):
    reader = make_user()
    client.force_login(reader)
    return reader


def test_report_posting_keeps_one_open_report_a_reader(reason):
    job, reader = make_job(), make_user()
    first = report_posting(job=job, by=reader, reason=reason, note="")

    with pytest.raises(AlreadyReported):
        report_posting(job=job, by=reader, reason=reason, note="again")

    assert Report.objects.get() == first


def test_report_posting_takes_another_once_the_first_is_settled(reason):
    job, reader = make_job(), make_user()
    report_posting(job=job, by=reader, reason=reason, note="")
    Report.objects.update(settled_at=timezone.now())

    report_posting(job=job, by=reader, reason=reason, note="")
    report_posting(job=job, by=make_user(), reason=reason, note="")

    assert Report.objects.filter(settled_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_report_posting_decides_a_double_click_in_the_database():
    job, reader, reason = make_job(), make_user(), make_reason("report", "wrong-facts")
    outcomes = []

    def click():
        try:
            report_posting(job=job, by=reader, reason=reason, note="")
            outcomes.append("sent")
        except AlreadyReported:
            outcomes.append("refused")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _number in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert sorted(outcomes) == ["refused", "refused", "refused", "sent"]


def test_report_is_for_who_is_logged_in(client, reason):
    job = make_job()

    response = client.get(address(job))

    assert response.headers["Location"] == f"/accounts/login/?next={address(job)}"


def test_report_asks_with_the_reasons_of_readers(client, reader, reason, html_validity):
    make_reason("reject", "not-coding")
    job = make_job()

    response = client.get(address(job))

    choices = response.context["form"].fields["reason"].choices
    assert [label for _value, label in choices] == [str(reason)]
    html_validity(response.content)


def test_report_is_kept_and_nobody_is_mailed(client, reader, reason, mailoutbox):
    job = make_job()

    response = client.post(address(job), {"reason": reason.pk, "note": "Pay is <b>other</b>."})

    assert response.headers["Location"] == job.get_absolute_url()
    kept = Report.objects.values_list("job", "reporter", "reason", "note", "settled_at").get()
    assert kept == (job.pk, reader.pk, reason.pk, "Pay is <b>other</b>.", None)
    assert mailoutbox == []


@pytest.mark.parametrize("typed", [{"note": "why"}, {"reason": "999999", "note": "why"}])
def test_report_without_a_reason_keeps_what_was_typed(client, reader, html_validity, typed):
    response = client.post(address(make_job()), typed)

    assert not Report.objects.exists()
    assert ">\nwhy</textarea>" in response.content.decode()
    html_validity(response.content)


def test_report_refuses_the_second_in_words(client, reader, reason):
    job = make_job()
    report_posting(job=job, by=reader, reason=reason, note="")

    response = client.post(address(job), {"reason": reason.pk})

    assert response.context["form"].non_field_errors() == [
        "You have reported this posting. A moderator will look at it."
    ]


def test_report_stops_after_ten_a_day(client, reader, reason):
    jobs = [make_job() for _number in range(11)]

    for job in jobs:
        client.post(address(job), {"reason": reason.pk})

    assert Report.objects.count() == 10


@pytest.mark.parametrize("status", ["draft", "pending", "removed", "filled"])
def test_report_needs_an_open_posting(client, reader, reason, status):
    job = make_job(status=status, first_published_at=timezone.now())

    assert client.get(address(job)).status_code == 404
    assert client.post(address(job), {"reason": reason.pk}).status_code == 404
