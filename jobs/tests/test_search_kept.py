from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import ConnectionError as CacheGone

from jobs.models import JobSearch
from jobs.search import SearchQuery, document, vocabulary
from jobs.search.find import find
from jobs.search.hires import Coder
from jobs.search.kept import kept
from jobs.tests.factories import make_job, require_credentials

# Committed for real: what is kept hangs on what others have committed.
pytestmark = pytest.mark.django_db(transaction=True)


def ids(now=None):
    return find(SearchQuery(), now or timezone.now(), vocabulary.Vocabulary({})).ids


def test_find_asks_once_until_a_row_changes(django_assert_num_queries):
    job = make_job()
    now = timezone.now()
    assert ids(now) == [job.pk]

    with django_assert_num_queries(1):
        assert ids(now) == [job.pk]


def test_find_sees_new_changed_and_deleted_rows_at_once():
    first = make_job()
    assert ids() == [first.pk]

    second = make_job(published_at=timezone.now())
    assert ids() == [second.pk, first.pk]
    JobSearch.objects.filter(job=first).update(posted_at=timezone.now())
    assert ids() == [first.pk, second.pk]
    document.delete(first.pk)
    assert ids() == [second.pk]


def test_find_drops_a_posting_the_moment_it_closes():
    now = timezone.now()
    job = make_job(closes_at=now + timedelta(hours=1))

    assert ids(now) == [job.pk]
    assert ids(now + timedelta(minutes=59, seconds=59)) == [job.pk]
    assert ids(now + timedelta(hours=1)) == []


def test_find_never_keeps_a_search_by_age():
    job = make_job(published_at=timezone.now() - timedelta(days=1) + timedelta(minutes=1))
    query = SearchQuery(posted_within_days=1)

    found = [
        find(query, timezone.now() + later, vocabulary.Vocabulary({})).ids
        for later in (timedelta(0), timedelta(minutes=2))
    ]

    assert found == [[job.pk], []]


def test_find_keeps_what_each_coder_is_told_apart():
    job = make_job(mode="remote", state_rule="any", indexed=False)
    require_credentials(job, "CPC")
    document.write(job)
    now, terms = timezone.now(), vocabulary.Vocabulary({})
    cpc = job.credential_requirements.get().credentials.get().pk

    told = [
        find(SearchQuery(), now, terms, coder).facets.get("hires")
        for coder in (Coder(full=(cpc,)), Coder(full=(cpc + 1,)), Coder(), None)
    ]

    assert told == [{"yes": 1}, {"no": 1}, {"unknown": 1}, None]


def test_kept_asks_each_time_without_a_cache(monkeypatch):
    def gone(*args, **kwargs):
        raise CacheGone

    monkeypatch.setattr(cache, "get_many", gone)

    answers = iter([1, 2])

    assert kept("question", lambda: next(answers), timezone.now()) == 1
    assert kept("question", lambda: next(answers), timezone.now()) == 2
