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
