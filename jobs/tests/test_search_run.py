"""The one statement against a plain reading of the same postings, on random small boards."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.codes import span_of
from jobs.models import JobCodeRange, JobSearch
from jobs.search import SearchQuery, Sort, document, matching, published_since, run, vocabulary
from jobs.search.run import statement
from jobs.tests import plain_search
from jobs.tests.factories import (
    make_employment_type,
    make_job,
    make_setting,
    make_site,
    make_specialty,
    make_state,
    require_credentials,
)
from jobs.tests.plain_search import (
    CREDENTIALS,
    MODES,
    PAGE_SIZE,
    SETTINGS,
    SPECIALTIES,
    STATES,
    TYPES,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = ("audit", "ledger", "stent", "tumor")
SPANS = (("52000", "53899"), ("74400", "74485"), ("74740", "74740"))


def some(values, most=2):
    return st.sets(st.sampled_from(values), max_size=most).map(lambda chosen: tuple(sorted(chosen)))


POSTINGS = st.fixed_dictionaries(
    {
        "title": st.lists(st.sampled_from(WORDS), min_size=1, max_size=2),
        "text": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3),
        "mode": st.sampled_from(MODES),
        "rule": st.sampled_from(("not_stated", "any", "only", "except")),
        "states": some(STATES),
        "sites": some(STATES, 1),
        "specialties": some(SPECIALTIES),
        "credentials": some(CREDENTIALS),
        "settings": some(SETTINGS),
        "types": some(TYPES),
        "apprentice": st.sampled_from(("not_stated", "no", "yes", "conditions")),
        "years": st.sampled_from((None, Decimal(1), Decimal(3))),
        "pay": st.sampled_from((None, (20, 25), (30, None), (25, 40))),
        "posted": st.integers(0, 10),
        "closes": st.sampled_from(
            (timedelta(days=9), timedelta(days=3), timedelta(seconds=1), timedelta(0))
        ),
        "spans": some(SPANS),
    }
)
TYPED = st.lists(
    st.sampled_from(
        (*WORDS, "-audit", "or", '"stent audit"', "led", "aud", "74740", "74400-74420", "the")
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
FILTERS = {
    "words": st.builds(str.__add__, TYPED, st.sampled_from(("", " "))),
    "code": st.sampled_from(("74740", "74400-74485", "52001")),
    "specialties": some((*SPECIALTIES, "gone")),
    "credentials": some(CREDENTIALS),
    "settings": some(SETTINGS),
    "modes": some(MODES),
    "employment_types": some(TYPES, 1),
    "state": st.sampled_from(STATES),
    "pay_min": st.sampled_from((Decimal(25), Decimal(30))),
    "years_max": st.sampled_from((1, 2)),
    "include_not_stated": st.just(True),
    "apprentice": st.just(True),
    "posted_within_days": st.just(7),
    "sort": st.sampled_from(Sort),
    "page": st.integers(2, 3),
}
# Few filters at a time: with all of them nothing is ever found.
NAMES = st.sets(st.sampled_from(sorted(FILTERS)), max_size=4)
SPOKEN = st.sets(st.sampled_from(("sort", "state", "modes")), max_size=1).map({"words"}.union)
QUERIES = (NAMES | SPOKEN).flatmap(
    lambda names: st.builds(SearchQuery, **{name: FILTERS[name] for name in sorted(names)})
)


def build(facts):
    low, high = facts["pay"] or (None, None)
    posted = NOW - timedelta(days=facts["posted"])
    job = make_job(
        indexed=False,
        title=" ".join(facts["title"]),
        description=f"<p>{' '.join(facts['text'])}</p>",
        mode=facts["mode"],
        state_rule=facts["rule"],
        apprentice=facts["apprentice"],
        years_min=facts["years"],
        hourly_min=low,
        hourly_max=high,
        published_at=posted,
        closes_at=NOW + facts["closes"],
    )
    job.states.set(make_state(code, code) for code in facts["states"])
    job.specialties.set(make_specialty(slug, slug) for slug in facts["specialties"])
    job.settings.set(make_setting(slug, slug) for slug in facts["settings"])
    job.employment_types.set(make_employment_type(slug, slug) for slug in facts["types"])
    for code in facts["sites"]:
        make_site(job, state=make_state(code, code))
    if facts["credentials"]:
        require_credentials(job, *facts["credentials"])
    for lo, hi in facts["spans"]:
        JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", lo, hi))
    document.write(job)
    names = [*facts["specialties"], *(code.lower() for code in facts["credentials"])]
    names += [end for span in facts["spans"] for end in span]
    return job.pk, {**facts, "hires_in": plain_search.hires_in(facts), "names": names}


@override_settings(PAGE_SIZE=PAGE_SIZE)
@settings(
    max_examples=60,
    deadline=None,
)
@given(st.lists(POSTINGS, min_size=2, max_size=7), st.lists(QUERIES, min_size=12, max_size=12))
def test_run_agrees_with_a_plain_reading(postings, queries):
    with transaction.atomic():
        check_world(postings, queries)
        transaction.set_rollback(True)


def check_world(postings, queries):
    for code in STATES:
        make_state(code, code)
    board = dict(build(posting) for posting in postings)
    terms = vocabulary.load()
    for query in queries:
        results = run(query, NOW, terms)
        facets = {
            facet: {key: n for key, n in counts.items() if n}
            for facet, counts in results.facets.items()
        }
        plain = plain_search.plainly(board, query)
        assert (results.total, results.ids, results.page, facets) == plain, query


def test_run_shows_the_last_page_when_asked_for_one_beyond():
    jobs = [make_job() for _ in range(3)]

    with override_settings(PAGE_SIZE=2):
        results = run(SearchQuery(page=9), timezone.now())

    assert (results.total, results.page, results.ids) == (3, 2, [jobs[0].pk])


def test_matching_tells_which_of_the_jobs_are_found_now():
    found, other, closed = make_job(title="Audit"), make_job(title="Audit"), make_job(title="Audit")
    JobSearch.objects.filter(job=closed).update(closes_at=NOW)
    text = make_job(title="Ledger")

    assert matching(SearchQuery(words="audit"), [found.pk, closed.pk, text.pk], now=NOW) == {
        found.pk
    }
    assert matching(SearchQuery(words="audit"), [], now=NOW) == set()
    assert other.pk in matching(SearchQuery(), [other.pk], now=NOW)


def test_matching_finds_nothing_for_a_filter_that_is_known_no_more():
    job = make_job()

    assert matching(SearchQuery(specialties=("alchemy",)), [job.pk], now=NOW) == set()


def test_published_since_lists_the_newest_first():
    old = make_job(published_at=NOW - timedelta(days=8))
    new = make_job(published_at=NOW - timedelta(days=1))
    newer = make_job(published_at=NOW - timedelta(hours=1))

    found = published_since(SearchQuery(), NOW - timedelta(days=7), now=NOW)

    assert found == [newer.pk, new.pk]
    assert old.pk not in found


@pytest.mark.parametrize("count", [1, 3])
def test_run_takes_one_query(django_assert_num_queries, count):
    for _ in range(count):
        make_job()
    terms = vocabulary.load()

    with django_assert_num_queries(1):
        run(SearchQuery(words="urology coder"), timezone.now(), terms)


def test_run_scans_no_table_of_postings():
    make_job()
    terms = vocabulary.load()
    asked = "q=urology+or+74740&specialty=uro&state=OH&pay=20&code=74740&sort=pay"
    for text in (
        "",
        "q=urology",
        "q=the",
        "q=-urology+",
        asked,
        "mode=remote&apprentice=1&years=2",
    ):
        query = SearchQuery.from_querystring(text)
        plan = explain(statement(query, terms, now=timezone.now()))

        assert "Seq Scan" not in plan, (text, plan)


def explain(asked):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked.sql}", asked.params)
        return "\n".join(line for (line,) in cursor.fetchall())
