import re
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from codes.codes import span_of
from jobs.models import JobCodeRange, JobSearch
from jobs.search import document
from jobs.tests.factories import (
    make_credential,
    make_job,
    make_profile,
    make_setting,
    make_specialty,
    make_state,
    require_credentials,
)

pytestmark = pytest.mark.django_db
LIST = "/jobs/"


@pytest.fixture
def urology():
    job = make_job(title="Urology Profee Coder", indexed=False, mode="remote", state_rule="only")
    job.states.add(make_state())
    job.specialties.add(make_specialty())
    job.settings.add(make_setting())
    require_credentials(job, "CPC")
    JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", "74400", "74485"))
    document.write(job)
    return job


def titles(response):
    return [
        title for title in ("Urology Profee Coder", "Radiology Coder") if title in page(response)
    ]


def page(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["Urology Profee Coder", "Radiology Coder"]),
        ("q=profee", ["Urology Profee Coder"]),
        ("specialty=urology", ["Urology Profee Coder"]),
        ("credential=CPC&setting=profee", ["Urology Profee Coder"]),
        ("mode=remote&state=OH", ["Urology Profee Coder"]),
        ("state=OH&unstated=1", ["Urology Profee Coder", "Radiology Coder"]),
        ("code=74410", ["Urology Profee Coder"]),
        ("pay=10", []),
    ],
)
def test_job_list_shows_what_the_search_finds(client, urology, asked, expected):
    make_job(title="Radiology Coder", published_at=timezone.now() - timedelta(days=2))

    response = client.get(f"{LIST}?{asked}")

    assert titles(response) == expected


def test_job_list_names_what_it_does_not_use(client, urology):
    response = client.get(f"{LIST}?q=a%00b&specialty=alchemy&pay=lots")

    assert response.status_code == 200
    for named in ("“ab” is not used", "“alchemy” is not used", "“lots” is not used"):
        assert named in page(response)
    assert titles(response) == ["Urology Profee Coder"]


def test_job_list_escapes_what_was_typed(client):
    response = client.get(LIST, {"q": '"><script>alert(1)</script>', "specialty": "<b>"})

    assert "<script>alert" not in page(response)
    assert "<b>”" not in page(response)


def test_job_list_answers_htmx_with_results_and_counts_only(client, urology):
    whole = client.get(f"{LIST}?specialty=urology")
    part = client.get(f"{LIST}?q=&specialty=urology&page=1", headers={"HX-Request": "true"})

    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in part["Vary"]
    assert part["HX-Push-Url"] == "/jobs/?specialty=urology"
    assert "<html" not in page(part)
    assert page(part).count('id="results"') == page(part).count('hx-swap-oob="true"') == 1
    assert 'hx-swap-oob="true"' not in page(whole)
    assert titles(part) == titles(whole) == ["Urology Profee Coder"]


def test_job_list_keeps_filtered_searches_out_of_search_engines(client, urology):
    plain, filtered = client.get(LIST), client.get(f"{LIST}?state=OH&q=")

    assert '"noindex"' not in page(plain)
    assert '<link rel="canonical" href="http://localhost/jobs/">' in page(plain)
    assert '"noindex"' in page(filtered)
    assert '<link rel="canonical" href="http://localhost/jobs/?state=OH">' in page(filtered)


def test_job_list_links_to_alert_and_feed_of_the_same_search(client, urology):
    response = client.get(f"{LIST}?q=coder&state=OH&sort=pay&page=1")

    assert f'href="{reverse("alerts:new")}?q=coder&amp;state=OH"' in page(response)
    assert 'href="/jobs/feed.atom?q=coder&amp;state=OH"' in page(response)


def test_job_list_takes_filters_away_one_by_one(client, urology):
    response = client.get(f"{LIST}?q=coder&specialty=urology&credential=CPC")

    active = response.context["active"]
    assert [(each["label"], each["url"]) for each in active] == [
        ("“coder”", "/jobs/?specialty=urology&credential=CPC"),
        ("Urology", "/jobs/?q=coder&credential=CPC"),
        ("CPC", "/jobs/?q=coder&specialty=urology"),
    ]


def test_job_list_counts_facets_without_their_own_choice(client, urology):
    other = make_job(indexed=False)
    other.specialties.add(make_specialty("radiology", "Radiology"))
    document.write(other)

    response = client.get(f"{LIST}?specialty=urology")

    facets = page(response)
    for value, checked in (("urology", " checked"), ("radiology", "")):
        box = f'id="facet-specialty-{value}" name="specialty" value="{value}"{checked}>'
        assert box in facets
    assert facets.count('<span class="sr">, </span>1<span class="sr"> jobs') >= 2


def test_job_list_says_what_to_do_when_nothing_is_found(client, urology):
    response = client.get(f"{LIST}?q=astronaut")

    assert "No jobs match" in page(response)
    assert f'href="{reverse("alerts:new")}?q=astronaut"' in page(response)


def test_job_list_shows_the_last_page_for_one_beyond_it(client, settings):
    settings.PAGE_SIZE = 2
    for _ in range(3):
        make_job()

    response = client.get(f"{LIST}?page=40")

    assert response.context["page"].number == 2
    assert len(response.context["cards"]) == 1


def test_job_list_hides_what_closed_though_its_search_row_stands(client, urology):
    JobSearch.objects.filter(job=urology).update(closes_at=timezone.now() + timedelta(days=9))
    type(urology).objects.filter(pk=urology.pk).update(closes_at=timezone.now())

    assert titles(client.get(LIST)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_job_list_takes_constant_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        job = make_job(indexed=False)
        job.specialties.add(make_specialty())
        require_credentials(job, "CPC")
        document.write(job)

    with django_assert_num_queries(12):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_job_list_of_a_coder_takes_constant_queries(client, count, django_assert_num_queries):
    for _ in range(count):
        require_credentials(make_job(), "CPC")
    client.force_login(make_user())

    with django_assert_num_queries(13):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_job_list_with_a_profile_takes_constant_queries(
    client, coder, count, django_assert_num_queries
):
    for _ in range(count):
        require_credentials(make_job(), "CPC")
    client.force_login(coder)

    with django_assert_num_queries(18):
        client.get(f"{LIST}?hires=unknown")


@pytest.fixture
def coder():
    """Holds the CPC and lives in Ohio."""
    profile = make_profile(state=make_state())
    profile.held.create(credential=make_credential("CPC"))
    return profile.user


@pytest.fixture
def mixed(urology):
    """Beside the posting that hires the coder: two that do not, and one that does not say."""
    make_job(title="Radiology Coder")
    for mode, credential in (("remote", "CUC"), ("onsite", "CCS")):
        job = make_job(title="Urology Auditor", indexed=False, mode=mode, state_rule="any")
        require_credentials(job, credential)
        document.write(job)


def verdicts(response):
    """The answer of each card shown."""
    return re.findall(r'class="verdict (\w+) end"', page(response))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"yes": 1, "unknown": 1, "no": 2}),
        ("hires=yes", {"yes": 1}),
        ("hires=no", {"no": 2}),
        ("hires=yes&hires=unknown", {"yes": 1, "unknown": 1}),
        ("hires=yes&credential=CUC", {}),
    ],
)
def test_job_list_filters_by_the_verdict_on_the_cards(client, mixed, coder, asked, expected):
    client.force_login(coder)

    response = client.get(f"{LIST}?{asked}")

    assert Counter(verdicts(response)) == expected


def test_job_list_counts_whom_it_hires(client, mixed, coder):
    client.force_login(coder)

    response = client.get(f"{LIST}?hires=yes")

    counts = re.findall(r'name="hires" value="(\w+)"( checked)?>.*?</span>(\d+)<', page(response))
    assert counts == [("yes", " checked", "1"), ("unknown", "", "1"), ("no", "", "2")]
    assert [(each["label"], each["url"]) for each in response.context["active"]] == [
        ("Hires me: yes", "/jobs/")
    ]


@pytest.mark.django_db(transaction=True)
def test_job_list_keeps_the_facets_of_each_choice_apart(client, urology, coder):
    client.force_login(coder)

    shown = [page(client.get(f"{LIST}{asked}")) for asked in ("", "?hires=yes", "")]

    boxes = [re.search(r'name="hires" value="yes"( checked)?>', html)[1] for html in shown]
    assert boxes == [None, " checked", None]


def test_job_list_tells_that_alert_and_feed_leave_out_the_verdict(client, mixed, coder):
    client.force_login(coder)

    response = client.get(f"{LIST}?state=OH&hires=yes")

    assert "Alert and feed leave out “Hires me”" in page(response)
    assert f'href="{reverse("alerts:new")}?state=OH"' in page(response)
    assert 'href="/jobs/feed.atom?state=OH"' in page(response)
    assert "leave out" not in page(client.get(f"{LIST}?state=OH"))


@pytest.mark.parametrize(("logged_in", "told"), [(False, "Log in and fill"), (True, "Fill")])
def test_job_list_uses_no_verdict_without_a_profile(client, mixed, logged_in, told):
    if logged_in:
        client.force_login(make_user())

    response = client.get(f"{LIST}?hires=yes&sort=pay")

    notice = f'<p>{told} <a href="/profile/">your profile</a> to use “Hires me”.</p>'
    assert notice in page(response)
    assert 'name="hires"' not in page(response)
    assert response.context["results"].total == 4
    assert response.context["page"].paginator.count == 4
    assert "“Hires me”" not in page(client.get(LIST))


def test_feeds_page_lists_the_feeds(client):
    make_specialty()

    assert 'href="/jobs/feed.rss?specialty=urology"' in page(client.get("/jobs/feeds/"))
