import pytest
from django.utils import timezone

from accounts.models import Letter
from accounts.tests.factories import make_user
from codes.consult import addresses, origin
from codes.consult.mail import parsed
from codes.models import Inbound, InboundStatus, Reason
from codes.tests.consult_samples import ADDRESS, make_consult, make_mail, receive

pytestmark = pytest.mark.django_db


@pytest.fixture
def coder():
    return make_user(email="coder@example.com")


def test_a_mail_of_a_verified_account_waits_screened(coder):
    text = "Patient: Jane Doe, MRN 12345678.\n\nHysterosalpingogram was done."

    row = receive(make_mail(text=text, Subject="HSG of Jane Doe"))

    assert (row.status, row.owner, row.reason) == (InboundStatus.WAITING, coder, "")
    assert "Hysterosalpingogram" in row.text
    assert not any(word in row.text + row.subject for word in ("Jane", "Doe", "12345678"))
    assert row.removed["name"] >= 2


def test_a_mail_delivered_twice_is_one_row(coder):
    mail = make_mail()

    assert receive(mail) == receive(mail)
    assert Inbound.objects.count() == 1


def test_a_stranger_cannot_take_the_place_of_a_message_id(coder):
    receive(make_mail("stranger@example.com", Message_ID="<a@b>"), envelope="stranger@example.com")

    assert receive(make_mail(Message_ID="<a@b>")).status == InboundStatus.WAITING


def test_without_message_id_the_content_counts(coder):
    mail = make_mail(Message_ID=None)

    assert receive(mail) == receive(mail) != receive(make_mail(Message_ID=None, text="Other"))


def test_a_stranger_gets_one_neutral_letter_and_leaves_no_words():
    for _number in range(2):
        row = receive(make_mail("who@example.com"), envelope="who@example.com")

    assert (row.status, row.reason, row.owner) == (InboundStatus.REFUSED, Reason.STRANGER, None)
    assert (row.text, row.subject, row.files) == ("", "", [])
    letter = Letter.objects.get()
    assert letter.to == "who@example.com"
    assert letter.headers["Auto-Submitted"] == "auto-replied"
    assert "not taken up" in letter.text


def test_no_letter_where_the_envelope_names_another():
    receive(make_mail("victim@example.com"), envelope="spammer@example.net")

    assert not Letter.objects.exists()


def test_an_unverified_account_is_a_stranger():
    make_user(email="new@example.com", verified=False)

    assert receive(make_mail("new@example.com")).reason == Reason.STRANGER


def test_an_inactive_account_is_a_stranger():
    make_user(email="gone@example.com", is_active=False)

    assert receive(make_mail("gone@example.com")).reason == Reason.STRANGER


AUTOMATIC = {
    "bounce": ({}, ""),
    "bounce in brackets": ({}, "<>"),
    "auto-replied": ({"Auto_Submitted": "auto-replied (vacation)"}, None),
    "auto-generated": ({"Auto_Submitted": "auto-generated; x=y"}, None),
    "bulk": ({"Precedence": "bulk"}, None),
    "list": ({"List_Id": "<coders.example.com>"}, None),
    "answerer": ({"X_Autoreply": "yes"}, None),
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_automatic_mail_is_dropped_without_a_letter(coder, name):
    headers, envelope = AUTOMATIC[name]

    row = receive(make_mail(**headers), envelope=envelope)

    assert (row.status, row.reason, row.text) == (InboundStatus.DROPPED, Reason.AUTOMATIC, "")
    assert not Letter.objects.exists()


def test_auto_submitted_no_is_a_person(coder):
    assert receive(make_mail(Auto_Submitted="no")).status == InboundStatus.WAITING


@pytest.mark.parametrize(
    "mail",
    [
        make_mail(X_Consult_Loop="1"),
        make_mail(ADDRESS),
        make_mail("consults+abc@localhost"),
    ],
)
def test_mail_of_our_own_is_dropped(coder, mail):
    assert receive(mail).reason == Reason.LOOP
    assert not Letter.objects.exists()


def test_the_allowance_ends_with_one_letter(coder, settings):
    settings.CONSULT_A_DAY = 2

    rows = [receive(make_mail()) for _number in range(4)]

    assert [row.reason for row in rows] == ["", "", Reason.ALLOWANCE, Reason.ALLOWANCE]
    assert Letter.objects.filter(subject__contains="used up").count() == 1


@pytest.mark.parametrize("text", ["", "   \n> quoted only"])
def test_a_mail_without_words_is_refused_and_says_so(coder, text):
    assert receive(make_mail(text=text)).reason == Reason.EMPTY
    assert Letter.objects.get().to == coder.email


def test_a_mail_without_body_is_refused(coder):
    assert receive(make_mail(text=None)).reason == Reason.EMPTY


@pytest.mark.parametrize("sender", ["", "a@b.example, c@d.example", "not an address", "<>"])
def test_a_mail_of_nobody_or_of_several_is_a_strangers(coder, sender):
    mail = parsed(f"From: {sender}\r\nMessage-ID: <x>\r\n\r\nwords".encode())

    assert origin.sender(mail) == ""


def test_two_from_headers_name_nobody():
    assert origin.sender(parsed(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\nx")) == ""


RESULTS = {
    "mx.local; spf=pass smtp.mailfrom=a; dkim=pass": False,
    "mx.local; spf=fail smtp.mailfrom=a; dkim=none": True,
    "mx.local; dkim=fail (bad signature) header.d=x": True,
    "mx.local; spf=fail; dkim=pass; dmarc=pass": False,
    "mx.local; spf=pass; dmarc=fail (p=reject)": True,
    "mx.local; spf=softfail; dkim=temperror": False,
    "mx.local; none": False,
    "MX.local 1; spf=FAIL": True,
    "other.example; spf=fail": False,
    "mx.local; spf=pass (spf=fail is only a comment)": False,
}


@pytest.mark.parametrize("value", RESULTS)
def test_the_trusted_servers_word_counts(settings, value):
    settings.CONSULT_TRUSTED_AUTHSERV = "mx.local"

    assert origin.is_forged(make_mail(Authentication_Results=value)) == RESULTS[value]


def test_only_the_topmost_result_counts(settings):
    settings.CONSULT_TRUSTED_AUTHSERV = "mx.local"
    top = b"Authentication-Results: mx.local; spf=fail\r\n"
    planted = b"Authentication-Results: mx.local; spf=pass; dmarc=pass\r\n"

    assert origin.is_forged(parsed(top + planted + b"\r\nx"))


def test_forged_mail_is_dropped_in_silence(coder, settings):
    settings.CONSULT_TRUSTED_AUTHSERV = "mx.local"

    row = receive(make_mail(Authentication_Results="mx.local; dmarc=fail"))

    assert (row.status, row.reason) == (InboundStatus.DROPPED, Reason.FORGED)
    assert not Letter.objects.exists()


def test_a_reply_of_its_owner_joins_the_consult(coder):
    consult = make_consult(owner=coder)

    row = receive(make_mail(text="It was the left side."), consult=consult)

    assert (row.status, row.consult) == (InboundStatus.WAITING, consult)


def test_a_reply_of_another_is_refused(coder):
    consult = make_consult()
    Letter.objects.all().delete()

    row = receive(make_mail(), consult=consult)

    assert (row.status, row.reason, row.consult) == (InboundStatus.REFUSED, Reason.OTHER, None)
    assert "not taken up" in Letter.objects.get().text


def test_addresses_are_signed():
    whole = addresses.thread_address("abcdefgh234567ab")
    local = whole.partition("@")[0]

    assert addresses.reference_in(whole.upper()) == "abcdefgh234567ab"
    assert len(local) <= 64
    wrong = [f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@localhost", "consults+@localhost"]
    assert [addresses.reference_in(each) for each in wrong] == [None, None]
    assert addresses.reference_in(ADDRESS) == ""
    assert addresses.reference_in("other@localhost") is None


def test_a_rotated_key_still_signs(settings):
    old = addresses.thread_address("abcdefgh234567ab")

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    assert addresses.reference_in(old) == "abcdefgh234567ab"


def test_a_huge_text_is_cut_after_screening(coder):
    text = "Cystoscopy was done. " * 2900 + "Patient: Jane Doe. " * 2000

    row = receive(make_mail(text=text))

    assert (row.cut, len(row.text) <= 60_000, "Jane" in row.text) == (True, True, False)
    assert row.received_at <= timezone.now()
