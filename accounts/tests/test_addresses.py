import pytest
from django.db import connection

from accounts.addresses import is_address
from accounts.models import Letter, OutgoingStatus, User
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_is_address_tells_no_capitals_apart():
    ann = make_user(email="Ann.Rowan@example.com")
    make_user(email="annxrowan@example.com")

    assert list(User.objects.filter(is_address("email", "ann.ROWAN@example.com"))) == [ann]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (User.objects.filter(is_address("email", "a@b.org")), "user_email_unique_without_case"),
        (Letter.objects.filter(forget=True).exclude(text=""), "letter_holds_secret"),
        (Letter.objects.filter(status=OutgoingStatus.REFUSED), "letter_refused"),
    ],
)
def test_an_index_answers(rows, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert index in rows.explain()
