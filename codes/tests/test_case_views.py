"""The case pages: nothing is kept unless asked, owners only, links that end, no identifiers."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.tests.factories import make_user
from codes.models import Case
from codes.tests.case_rows import (
    REPORT,
    make_case,
    make_codes,
    make_edit,
    make_limit,
    make_value,
)
from codes.views import case as views

pytestmark = pytest.mark.django_db
IDENTIFIED = f"Patient: Jane Testperson, MRN 00412233, phone 614-555-0199.\n{REPORT}"
MORE = "A retrograde pyelogram was done. A bladder stone was crushed. "
PLANTED = ("Testperson", "00412233", "555-0199")


@pytest.fixture
def owner(client):
    user = make_user()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def compute(client, text=REPORT, **more):
    return client.post("/case/", {"text": text, "on": "2026-11-25", **more})


def test_the_page_shows_ranked_codes_and_keeps_nothing(client, html_validity):
    make_codes()

    response = compute(client)

    html_validity(response.content)
    assert response.context["result"]["suggestions"][0]["code"] == "52332"
    assert "<mark>" in response.content.decode()
    assert Case.objects.count() == 0


def test_nothing_is_selected(client):
    make_codes()

    html = compute(client).content.decode().split('class="case-answer"')[1].split("</section>")[0]

    assert "checked" not in html
    assert "selected" not in html.replace("Nothing is selected", "")


def test_the_empty_page_is_valid_and_asks(client, html_validity):
    response = client.get("/case/")

    html_validity(response.content)
    assert "Find codes" in response.content.decode()


def test_a_text_without_a_procedure_abstains_in_words(client, html_validity):
    make_codes()

    response = compute(client, "She feels well and will walk more.")

    html_validity(response.content)
    assert "No procedure found" in response.content.decode()
    assert response.context["result"]["suggestions"] == []


def test_an_ended_code_is_not_named(client):
    row = make_codes()["52332"]
    row.valid_to, row.end_basis = timezone.localdate().replace(year=2020), "stated"
    row.save()

    response = compute(client)

    assert "52332" not in [each["code"] for each in response.context["result"]["suggestions"]]


def test_identifiers_reach_neither_page_nor_table_nor_log(client, owner, caplog):
    make_codes()
    caplog.set_level(logging.DEBUG)

    shown = compute(client, IDENTIFIED).content.decode()
    client.post("/case/keep/", {"text": IDENTIFIED, "on": "2026-11-25", "title": "Jane Testperson"})

    case = Case.objects.get()
    held = "\n".join([shown, case.text, case.title, json.dumps(case.result), caplog.text])
    assert [each for each in PLANTED if each in held] == []
    assert "Taken out:" in shown


def test_markup_in_a_case_is_shown_as_text(client):
    make_codes()

    html = compute(client, f"{REPORT}\n<script>alert(1)</script> {{{{ 7 }}}}").content.decode()

    assert "<script>alert(1)</script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_checks_name_their_release(client):
    make_codes()
    make_value("52332", pctc="0", bilateral="1", total="4.00")
    make_limit("52332", 2)
    make_edit("52332", "52234")

    text = f"{REPORT}\nPROCEDURE: TURBT of a 1 cm bladder tumor."
    result = compute(client, text).context["result"]

    checks = {each["code"]: each["checks"] for each in result["suggestions"]}["52332"]
    told = {each["kind"]: each for each in checks}
    assert told["units"] == {
        "kind": "units",
        "text": "At most 2 a day",
        "source": "mue test practitioner",
    }
    assert result["edits"][0] | {"words": ""} == {
        "paid": "52332",
        "not_paid": "52234",
        "indicator": 1,
        "words": "",
        "source": "ptp test practitioner",
        "outside": False,
    }


def test_codes_that_only_share_words_are_folded_away_without_edits(client, html_validity):
    make_codes()
    make_edit("52332", "52310")

    page = compute(client)

    html_validity(page.content)
    assert [each["code"] for each in page.context["likely"]] == ["52332"]
    assert "52310" in [each["code"] for each in page.context["faint"]]
    assert page.context["result"]["edits"] == []
    assert re.search(r"\d+ more only shares? words with the text</summary>", page.content.decode())


def test_what_is_not_loaded_is_said(client):
    make_codes()

    html = compute(client).content.decode()

    assert "ICD-10-CM is not loaded" in html
    assert "Not loaded:" in html


def test_setting_decides_the_part_that_is_claimed(client):
    make_codes()
    make_value("70450", pctc="1")

    result = compute(client, "EXAM: CT head without contrast.", setting="facility").context[
        "result"
    ]

    told = {each["kind"]: each["text"] for each in result["suggestions"][0]["checks"]}
    assert "modifier 26" in told["26 and TC"]


def test_a_file_is_read_by_its_content(client):
    make_codes()

    response = client.post("/case/", {"file": SimpleUploadedFile("a.pdf", REPORT.encode())})

    assert response.context["result"]["suggestions"][0]["code"] == "52332"


def test_a_refused_file_says_why_and_keeps_the_text(client, html_validity):
    response = client.post(
        "/case/", {"text": "typed", "file": SimpleUploadedFile("a.txt", b"\x89PNG\0\0")}
    )

    html_validity(response.content)
    assert "neither PDF nor DOCX nor text" in response.content.decode()
    assert ">\ntyped</textarea>" in response.content.decode()


@pytest.mark.parametrize(("kind", "start"), [("csv", "rank,code"), ("json", "{")])
def test_the_answer_leaves_as_a_file(client, kind, start):
    make_codes()

    response = compute(client, out=kind)

    assert response["Content-Disposition"] == f'attachment; filename="case.{kind}"'
    assert response.content.decode().startswith(start)
    assert "52332" in response.content.decode()


def test_visitors_are_limited(client, monkeypatch):
    make_codes()
    monkeypatch.setattr(views, "VISITOR_LIMIT", 2)

    statuses = [compute(client).status_code for _turn in range(3)]

    assert statuses == [200, 200, 429]


def test_beyond_the_limit_no_file_is_read(client, monkeypatch, html_validity):
    monkeypatch.setattr(views, "VISITOR_LIMIT", 0)
    monkeypatch.setattr("codes.case.forms.text_of", None)

    response = client.post(
        "/case/", {"text": "typed", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    )

    assert response.status_code == 429
    html_validity(response.content)
    assert ">\ntyped</textarea>" in response.content.decode()
    assert "done too often" in response.content.decode()


def test_a_person_has_a_limit_of_their_own(client, owner, monkeypatch):
    make_codes()
    monkeypatch.setattr(views, "VISITOR_LIMIT", 0)
    monkeypatch.setattr(views, "PERSON_LIMIT", 1)

    assert [compute(client).status_code for _turn in range(2)] == [200, 429]


@pytest.mark.parametrize("more", ["", MORE, MORE + "The bladder is normal. " * 200])
def test_the_number_of_queries_does_not_grow(client, django_assert_num_queries, more):
    make_codes()
    compute(client)

    with django_assert_num_queries(22):
        page = compute(client, f"{REPORT}\n{more}")

    assert page.context["result"]["suggestions"]


def ask(client, body):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post("/case/api/", text, content_type="application/json")


def test_the_api_answers_as_the_page_does(client):
    make_codes()

    answer = ask(client, {"text": IDENTIFIED, "on": "2026-11-25", "setting": "office"}).json()

    assert answer["suggestions"][0]["code"] == "52332"
    assert answer["note"].startswith("A draft by software, not verified")
    assert [each for each in PLANTED if each in json.dumps(answer)] == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ({"text": ""}, 400),
        ({"text": "x", "on": "never"}, 400),
        ({"text": "x", "setting": "moon"}, 400),
        ({"text": "x", "on": 5}, 400),
        ({"text": "x", "on": ["2024-01-01"]}, 400),
        ({"text": "\ud800 stent"}, 200),
        ("[" * 100_000, 400),
        ({"text": ["x"]}, 200),
        ("x" * (256 * 1024 + 1), 413),
    ],
)
def test_the_api_refuses_in_json(client, body, status):
    make_codes()

    response = ask(client, body)

    assert response.status_code == status
    assert response["Content-Type"] == "application/json"


def test_the_api_shares_the_limit_of_the_page(client, monkeypatch):
    make_codes()
    monkeypatch.setattr(views, "VISITOR_LIMIT", 1)

    assert compute(client).status_code == 200
    assert ask(client, {"text": REPORT}).status_code == 429


def test_a_case_is_kept_shown_and_listed(client, owner, html_validity):
    make_codes()

    kept = client.post(
        "/case/keep/", {"text": REPORT, "on": "2026-11-25", "title": "Stent"}, follow=True
    )

    case = Case.objects.get()
    assert (case.owner, case.title, case.text) == (owner, "Stent", REPORT)
    html_validity(kept.content)
    assert "52332" in kept.content.decode()
    listed = client.get("/case/mine/")
    html_validity(listed.content)
    assert "Stent" in listed.content.decode()
    for kind in ("csv", "json"):
        assert "52332" in client.get(f"/case/{case.public_id}/case.{kind}").content.decode()


def test_keeping_nothing_says_so(client, owner):
    response = client.post("/case/keep/", {"text": ""}, follow=True)

    assert "could not be kept" in response.content.decode()
    assert Case.objects.count() == 0


def test_a_case_is_its_owners_alone(client, owner):
    case = make_case(owner=make_user())

    for path in ("", "case.csv", "case.json", "delete/"):
        assert client.get(f"/case/{case.public_id}/{path}").status_code == 404
    for path in ("delete/", "share/", "unshare/"):
        assert client.post(f"/case/{case.public_id}/{path}").status_code == 404
    assert Case.objects.count() == 1


def test_deleting_asks_first(client, owner, html_validity):
    case = make_case(owner=owner)

    asked = client.get(f"/case/{case.public_id}/delete/")

    html_validity(asked.content)
    assert Case.objects.count() == 1
    client.post(f"/case/{case.public_id}/delete/")
    assert Case.objects.count() == 0


def test_a_link_opens_the_case_for_anybody_until_it_ends(client, owner, html_validity):
    case = make_case(owner=owner)
    client.post(f"/case/{case.public_id}/share/")
    case.refresh_from_db()
    client.logout()

    shared = client.get(f"/case/shared/{case.share_token}/")

    html_validity(shared.content)
    left = case.shared_until - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Case.objects.update(shared_until=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/case/shared/{case.share_token}/").status_code == 404


def test_a_link_can_be_ended_and_a_new_one_ends_the_old(client, owner):
    case = make_case(owner=owner)
    tokens = []
    for _turn in range(2):
        client.post(f"/case/{case.public_id}/share/")
        case.refresh_from_db()
        tokens.append(case.share_token)

    statuses = [client.get(f"/case/shared/{token}/").status_code for token in tokens]
    ended = client.post(f"/case/{case.public_id}/unshare/", follow=True)

    assert statuses == [404, 200]
    assert "The link has ended" in ended.content.decode()
    assert client.get(f"/case/shared/{tokens[1]}/").status_code == 404


def test_a_shared_case_lets_nobody_change_it(client, owner):
    case = make_case(owner=owner, shared_until=timezone.now() + timedelta(days=1))
    client.logout()

    html = client.get(f"/case/shared/{case.share_token}/").content.decode()

    assert "Delete the case" not in html
    assert str(case.public_id) not in html
