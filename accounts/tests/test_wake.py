import logging

import pytest
from django.db import transaction

from accounts.tasks import send_letter
from accounts.wake import wake


@pytest.mark.django_db(transaction=True)
def test_wake_goes_on_when_the_broker_is_away(celery_app_away, caplog):
    with caplog.at_level(logging.WARNING), transaction.atomic():
        wake(send_letter, 17)

    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "broker away, accounts.tasks.send_letter(17,) waits for beat"
    ]


@pytest.mark.django_db
def test_wake_announces_after_the_commit_only(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        wake(send_letter, 17)

    assert len(callbacks) == 1


@pytest.fixture
def celery_app_away():
    """Celery with a broker that nobody answers for."""
    from jobboard.celery import app

    url = app.conf.broker_url
    app.pool.force_close_all()
    app.conf.broker_url = app.conf.broker_write_url = "redis://127.0.0.1:1/0"
    app.amqp.__dict__.pop("producer_pool", None)
    app._pool = app.amqp._producer_pool = None
    yield
    app.conf.broker_url = app.conf.broker_write_url = url
    app._pool = app.amqp._producer_pool = None
