import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.codes import span_of
from jobs.models import JobCodeRange
from jobs.search import SearchQuery, document, published_since, run
from jobs.search.words import parse
from jobs.tests.factories import make_job, make_specialty, require_credentials

pytestmark = pytest.mark.django_db
SIGNS = st.text(alphabet="abcor \"'-\\:*&|!<>()74740–26éß\u0301\U0001f600", max_size=40)


def found(words):
    return run(SearchQuery(words=words), timezone.now()).total


@pytest.fixture
def posting(db):
    job = make_job(
        title="Radiology Coder II",
        description="<p>Codes cystoscopies &amp; stents from 52000-53899 charts.</p>",
        indexed=False,
    )
    job.specialties.add(make_specialty("urology", "Urology"))
    require_credentials(job, "CCS-P")
    JobCodeRange.objects.create(job=job, system="CPT", span=span_of("CPT", "74400", "74485"))
    JobCodeRange.objects.create(job=job, system="HCPCS", span=span_of("HCPCS", "J1000", "J2000"))
    document.write(job)
    return job


@pytest.mark.parametrize(
    "words",
    [
        "radiology",
        "coding stent",  # stems
        "cystoscopy ",
        '"codes cystoscopies"',
        '"radiology coder',
        "radiology -audit",
        'coder -"coder radiology"',
        "audit or stents",
        "audit -coder or radiology",
        "radiologi",  # typed
        "urolo",
        "coder urol",
        "ccs-p",
        "the",
        "coder the",
        "coder of",
        "74400",
        "74485",
        "74410",
        "74410-26",
        "74400-74485",
        "74000-74410",
        "74410–74420 coder",
        "j1885",
        "52000-53899",
        "53899",
        "audit or 74410",
        "lakeside",
        "-audit",
        "or",
        "-",
        '""',
    ],
)
def test_words_find(posting, words):
    assert found(words) == 1


@pytest.mark.parametrize(
    "words",
    [
        "audit",
        "radiology audit",
        "urolo ",  # the space ends the word
        '"urolo"',
        "r",
        '"coder radiology"',
        '"ii lakeside"',  # no phrase runs from the title into the names
        "coder -stents",
        "74399",
        "74486-74490",
        "74410 audit",
        "74485-74400",
        "0042t",
        "strong",
        "amp",
    ],
)
def test_words_do_not_find(posting, words):
    assert found(words) == 0


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        SIGNS,
        st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60),
    )
)
def test_words_are_never_an_error(words):
    assert found(words) == 0


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_published_since_answers_any_words(words):
    now = timezone.now()

    assert published_since(SearchQuery(words=words), now, now=now) == []


def test_parse_takes_the_last_word_as_typed():
    assert [each.prefix for each in parse("urology cod or stent gra")] == ["", "gra"]
    assert [each.body for each in parse('-x "y z" 74740 w ')] == [["-x", '"y z"', "w"]]


def test_relevance_puts_titles_first_then_names_then_text():
    text = make_job(title="Coder", description="<p>Urology</p>")
    names = make_job(title="Coder", indexed=False)
    names.specialties.add(make_specialty("urology", "Urology"))
    document.write(names)
    title = make_job(title="Urology")

    results = run(SearchQuery(words="urology "), timezone.now())

    assert results.ids == [title.pk, names.pk, text.pk]
