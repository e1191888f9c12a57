import pytest

from codes.consult.chips import with_chips
from codes.tests.factories import make_code

pytestmark = pytest.mark.django_db


def shown(text):
    return str(with_chips([text])[text])


def test_a_code_of_the_reference_leads_to_its_page():
    make_code("74740")

    assert shown("1. 74740-26, with 99999") == (
        '1. <a class="code" href="/codes/cpt/74740/">74740</a>-26, with 99999'
    )


@pytest.mark.parametrize("text", ["$74740", "x74740", "74740ml", "1.74740", "74740/2", "5-74740"])
def test_a_figure_that_is_no_code_stays(text):
    make_code("74740")

    assert shown(text) == text


def test_markup_is_text():
    assert shown('<b>"74740"</b>') == "&lt;b&gt;&quot;74740&quot;&lt;/b&gt;"


def test_the_address_below_a_code_is_left_to_mail(settings):
    settings.SITE_URL = "https://board.example"

    assert shown("1. A\n   https://board.example/codes/cpt/74740/\n   For: b") == (
        "1. A\n   For: b"
    )


def test_texts_of_one_page_take_one_query(django_assert_num_queries):
    make_code("74740")

    with django_assert_num_queries(1):
        with_chips(["74740", "58340 and 74740", "none"])
