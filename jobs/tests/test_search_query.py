from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from jobs.filters import JobFilter, read_query
from jobs.models.parts import PlaceMode
from jobs.search import vocabulary
from jobs.search.query import NAMES, Hires, SearchQuery, Sort
from jobs.search.vocabulary import Term, Vocabulary
from jobs.tests.factories import make_specialty, make_state

KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
MANY = st.sets(KEYS, max_size=4).map(lambda keys: tuple(sorted(keys)))
MODES = st.sets(st.sampled_from(PlaceMode.values)).map(lambda modes: tuple(sorted(modes)))
HIRES = st.sets(st.sampled_from(Hires.values)).map(lambda answers: tuple(sorted(answers)))
SPOKEN = st.lists(st.from_regex(r'[^\s"\x00]{1,6}', fullmatch=True), max_size=5)
WORDS = st.builds(
    lambda words, end: " ".join(words) + (end if words else ""), SPOKEN, st.sampled_from(["", " "])
)
ANYTHING = st.one_of(
    st.text(max_size=40), st.sampled_from(["1", "7", "pay", "OH", "74740", "remote"])
)


@st.composite
def queries(draw):
    state = draw(st.sampled_from(["", "OH", "MI"]))
    pay_min = draw(st.none() | st.decimals(1, 500, places=2).map(Decimal.normalize))
    years_max = draw(st.none() | st.integers(0, 40))
    bounded = state or pay_min is not None or years_max is not None
    words = draw(WORDS)
    usual = SearchQuery(words=words).order
    return SearchQuery(
        words=words,
        code=draw(st.sampled_from(["", "74740", "J1885", "74400-74485"])),
        specialties=draw(MANY),
        credentials=draw(MANY),
        settings=draw(MANY),
        modes=draw(MODES),
        employment_types=draw(MANY),
        state=state,
        pay_min=pay_min,
        years_max=years_max,
        include_not_stated=draw(st.booleans()) if bounded else False,
        apprentice=draw(st.booleans()),
        posted_within_days=draw(st.sampled_from([None, 1, 3, 7, 14, 30])),
        hires=draw(HIRES),
        sort=draw(st.sampled_from([None, *(sort for sort in Sort if sort != usual)])),
        page=draw(st.integers(1, 1000)),
    )


@given(queries())
def test_query_reads_back_what_it_prints(query):
    assert SearchQuery.from_querystring(query.to_querystring()) == query


@given(st.lists(st.tuples(st.sampled_from(list(NAMES.values())), ANYTHING), max_size=12))
def test_query_of_any_input_is_canonical(pairs):
    query = SearchQuery.from_querystring(urlencode(pairs))

    assert SearchQuery.from_querystring(query.to_querystring()) == query
    assert query.describe(Vocabulary({})).startswith(("Jobs ", "All jobs"))
    assert len(query.to_querystring()) <= 2000


def test_query_describes_itself():
    terms = {
        "specialty": {"urology": Term("urology", "1", "Urology"), "ir": Term("ir", "2", "IR")},
        "state": {"OH": Term("OH", "OH", "Ohio")},
    }
    query = SearchQuery.from_querystring(
        "q=stents&specialty=urology&specialty=ir&credential=CPC&mode=remote&state=OH&pay=29.50"
        "&unstated=1&within=7&code=74400-74485&hires=yes&hires=unknown"
    )

    assert query.describe(Vocabulary(terms)) == (
        "Jobs for “stents”, coding 74400–74485, in IR or Urology, asking for CPC, placed remote, "
        "hiring in Ohio (or not stated), paying $29.50 an hour or more (or not stated), "
        "posted in the last 7 days, hiring you: yes or not stated."
    )


def test_query_of_an_alert_leaves_out_what_is_of_a_page_or_a_reader():
    query = SearchQuery.from_querystring("state=OH&hires=yes&sort=pay&page=2")

    assert query.for_alert() == SearchQuery(state="OH")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", SearchQuery()),
        ("q=+++urology++coder+", SearchQuery(words="urology coder ")),
        ("code=74400%E2%80%9374485", SearchQuery(code="74400-74485")),
        ("code=j1885-j1885", SearchQuery(code="J1885")),
        ("unstated=1", SearchQuery()),
        ("sort=newest", SearchQuery()),
        ("q=a&sort=newest", SearchQuery(words="a", sort=Sort.NEWEST)),
        ("pay=30.00&open=some-slug", SearchQuery(pay_min=Decimal(30))),
        ("specialty=b&specialty=a&specialty=b", SearchQuery(specialties=("a", "b"))),
        ("hires=yes&hires=maybe&hires=no", SearchQuery(hires=("no", "yes"))),
    ],
)
def test_query_has_one_form(text, expected):
    assert SearchQuery.from_querystring(text) == expected


@pytest.mark.django_db
def test_filter_leaves_out_and_names_what_it_does_not_know():
    make_specialty("urology")
    make_state("OH", "Ohio")
    data = QueryDict(
        "q=a%00b&specialty=urology&specialty=alchemy&state=ZZ&pay=lots&years=-1&page=0"
        "&sort=luck&within=2&code=747&mode=remote&mode=orbit"
    )

    form = JobFilter(data, vocabulary.load())

    assert form.query == SearchQuery(specialties=("urology",), modes=("remote",))
    assert form.problems == [
        "Words: “ab” is not used. Null characters are not allowed.",
        "Code or range: “747” is not used. It is no CPT or HCPCS code or range.",
        "Pays at least, dollars an hour: “lots” is not used. Enter a number.",
        "Years asked, at most: “-1” is not used. Ensure this value is greater than or equal to 0.",
        "Posted within: “2” is not used. Select a valid choice. 2 is not one of the available "
        "choices.",
        "Sorted by: “luck” is not used. Select a valid choice. luck is not one of the available "
        "choices.",
        "Page: “0” is not used. Ensure this value is greater than or equal to 1.",
        "Specialty: “alchemy” is not used.",
        "Place: “orbit” is not used.",
        "State: “ZZ” is not used.",
    ]


def test_stored_search_keeps_names_that_are_known_no_more():
    assert SearchQuery.from_querystring("specialty=alchemy").specialties == ("alchemy",)


@pytest.mark.django_db
def test_read_query_drops_names_that_are_not_known():
    assert read_query(QueryDict("specialty=alchemy&q=a")) == SearchQuery(words="a")
