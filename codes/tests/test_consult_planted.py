"""Planted identifiers never reach the database, the logs or a letter."""

import logging

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from accounts.tests.factories import make_user
from codes.consult import work
from codes.models import Inbound
from codes.tests.consult_samples import ADDRESS, HSG, make_mail, receive
from codes.tests.test_consult_mail import docx
from codes.tests.test_screen_planted import FIRST, LAST, number

pytestmark = pytest.mark.django_db
PLACES = ["text", "html", "subject", "file name", "file", "message id", "display name", "header"]
MORE = "SSN 523-45-6789, born 03/04/1961, 12 Nowhere Street, jd@clinic.example, 10.0.0.7."
MORE_PARTS = ["523-45-6789", "03/04", "Nowhere", "clinic.example", "10.0.0.7"]
MODELS = ["codes.Inbound", "codes.Consult", "codes.ConsultMessage", "codes.ConsultMove"]


@pytest.fixture
def coder():
    return make_user(email="coder@example.com")


def planted_mail(place, secret, name):
    told = f"Patient: {name}. MRN {secret}, phone 614-555-{secret[:4]}. {MORE}\n\n{HSG}"
    if place == "text":
        return make_mail(text=told)
    if place == "subject":
        return make_mail(Subject=f"HSG of {name}, MRN {secret}")
    if place == "message id":
        return make_mail(Message_ID=f"<{name.replace(' ', '.')}.{secret}@clinic.example>")
    if place == "display name":
        return make_mail(f'"{name} {secret}" <coder@example.com>')
    if place == "header":
        return make_mail(Comments=f"{name} {secret}", Keywords=name)
    return planted_part(place, secret, name, told)


def planted_part(place, secret, name, told):
    mail = make_mail(text=None if place == "html" else HSG)
    if place == "html":
        mail.set_content(f"<!-- {name} --><p title='{secret}'>{told}</p>", subtype="html")
    elif place == "file name":
        title = f"{name.replace(' ', '_')}-{secret}.docx"
        mail.add_attachment(docx("Stent."), maintype="application", subtype="x", filename=title)
    else:
        mail.add_attachment(docx(told), maintype="application", subtype="x", filename="note.docx")
    return mail


def everything():
    """All that the tables of consults and the letters hold."""
    models = [apps.get_model(name) for name in [*MODELS, "accounts.Letter"]]
    return "\n".join(str(list(model.objects.values())) for model in models)


@pytest.mark.parametrize("place", PLACES)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=FIRST, last=LAST, secret=number(8))
def test_planted_identifiers_are_nowhere(coder, caplog, settings, place, first, last, secret):
    settings.CONSULT_A_DAY = 10_000
    caplog.set_level(logging.DEBUG)

    row = receive(planted_mail(place, f"7{secret}", f"{first} {last}"))
    work.take_in(inbound_id=row.pk, now=timezone.now())

    kept = everything() + caplog.text
    assert row.status == "waiting"
    assert [word for word in (first, last, f"7{secret}", *MORE_PARTS) if word in kept] == []


def test_a_refused_mail_leaves_nothing(caplog):
    caplog.set_level(logging.DEBUG)

    receive(planted_mail("text", "71234567", "Quincy Testperson"), envelope="coder@example.com")

    kept = everything() + caplog.text
    assert not any(word in kept for word in ("Quincy", "Testperson", "71234567"))
    assert Inbound.objects.get().recipient == ADDRESS
