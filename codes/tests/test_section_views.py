"""Section and specialty pages, and what of them is found by search engines."""

import pytest

from codes.models import Code, Section
from codes.tests.test_gate import make_page
from jobs.search import document
from jobs.tests.factories import make_job, make_specialty

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = Section.objects.create(
        slug="films", title="Films", system="CPT", span=(70010, 80000), is_leaf=False
    )
    return top, Section.objects.create(
        slug="urinary-films", title="Urinary films", system="CPT", span=(74400, 74486), parent=top
    )


def test_a_section_shows_its_parts_and_its_codes(client, tree, html_validity):
    make_page("74400"), make_page("74485"), make_page("74740")

    response = client.get("/codes/section/urinary-films/")

    found = response.content.decode()
    html_validity(found)
    assert '<a href="/codes/section/films/">Films</a>' in found
    assert ("Study 74400" in found, "Study 74485" in found) == (True, True)
    assert "Study 74740" not in found


def test_a_section_page_of_cpt_is_hidden_with_cpt(client, tree, settings):
    settings.CPT_PUBLIC = False

    assert client.get("/codes/section/films/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_specialty_page_takes_constant_queries(client, tree, django_assert_num_queries, count):
    specialty = make_specialty()
    specialty.sections.set(tree)
    specialty.ranges.create(system="CPT", span=(74400, 74486))
    for number in range(count):
        make_page(f"7440{number}")
        job = make_job()
        job.specialties.add(specialty)
        document.write(job)
    client.get("/codes/specialty/urology/")

    with django_assert_num_queries(16):
        client.get("/codes/specialty/urology/")


def test_a_specialty_page_tells_of_codes_and_work(client, tree, html_validity):
    specialty = make_specialty()
    specialty.sections.set(tree)
    specialty.ranges.create(system="CPT", span=(74400, 74486))
    make_page("74400")
    job = make_job(title="Film coder")
    job.specialties.add(specialty)
    document.write(job)

    found = client.get("/codes/specialty/urology/").content.decode()

    html_validity(found)
    assert "1 open job" in found
    assert ">Film coder<" in found
    assert "1 code loaded" in found
    assert "Study 74400" in found


def test_the_sitemap_names_codes_with_words_that_are_in_force(client, settings):
    make_page("74740")
    Code.objects.create(system="CPT", code="74999", key=74999)
    ended = make_page("74710")
    Code.objects.filter(pk=ended.pk).update(valid_to="2023-12-31", end_basis="inferred")

    found = client.get("/sitemap-codes.xml").content.decode()
    settings.CPT_PUBLIC = False
    hidden = client.get("/sitemap-codes.xml").content.decode()

    assert found.count("<loc>") == 1
    assert "/codes/cpt/74740/" in found
    assert hidden.count("<loc>") == 0
