import pytest
from celery import current_app
from django.conf import settings


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_beat_entry_names_a_registered_task(name):
    current_app.loader.import_default_modules()

    assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in current_app.tasks
