"""A worker that is down, and one that is killed at its work: each message is answered once."""

import time

import pytest

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.models import Consult, ConsultMessage, Inbound
from codes.tasks import take_in_consults
from codes.tests.consult_samples import make_inbound

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 250


def wait_for(rows, least, within=60):
    deadline = time.monotonic() + within
    while rows.count() < least:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_queued_messages_outlive_killed_workers(celery_worker_process, smtp_sink):
    owner = make_user()
    for _number in range(ROWS):
        make_inbound(owner=owner)

    take_in_consults.delay()
    first = celery_worker_process(EMAIL_URL=smtp_sink.url)
    wait_for(Consult.objects, 5)
    first.kill()
    halfway = Consult.objects.count()
    celery_worker_process(EMAIL_URL=smtp_sink.url)
    take_in_consults.delay()  # what beat does
    wait_for(Inbound.objects.filter(status="taken"), ROWS)

    assert halfway < ROWS
    assert (Consult.objects.count(), Letter.objects.count()) == (ROWS, ROWS)
    assert ConsultMessage.objects.filter(kind="answer").count() == ROWS
