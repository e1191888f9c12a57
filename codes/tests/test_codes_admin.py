"""What moderators do with the reference in the admin."""

import pytest
from django.urls import reverse

from accounts.models import Tier
from codes import content_store
from codes.models import CodeReport, Guidance, LookupTerm, Summary
from codes.tests.test_gate import SECRET, make_page
from jobs.tests.factories import make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    client.moderator = make_moderator()
    client.force_login(client.moderator)
    return client


def change(client, row, **values):
    """Send the change form of a row as it is shown, with some values changed."""
    label = row._meta.label_lower.replace(".", "_")
    address = reverse(f"admin:{label}_change", args=[row.pk])
    form = client.get(address).context["adminform"].form
    shown = {name: form.initial.get(name, "") for name in form.fields}
    data = {name: "" if value is None else value for name, value in (shown | values).items()}
    response = client.post(
        address, {key: value for key, value in data.items() if value is not False}
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    row.refresh_from_db()


def test_saying_what_was_done_closes_a_report(moderator):
    report = CodeReport.objects.create(code=make_page("74740"), text="Wrong")

    change(moderator, report, answer="Mended")

    assert (report.answer, report.handled_by) == ("Mended", moderator.moderator)
    assert report.handled_at is not None


def test_naming_a_reviewer_dates_the_review_and_keeps_the_row(moderator):
    row = Guidance.objects.filter(code=make_page("74740")).first()

    change(moderator, row, reviewed_by=moderator.moderator.pk)

    assert (row.reviewed_by, row.reviewed_on is not None) == (moderator.moderator, True)
    assert row.edited_at is not None


def test_a_corrected_title_is_found_at_once(moderator):
    summary = Summary.objects.get(code=make_page("74740"))

    change(moderator, summary, title="Tubal films", synonyms='["HSG"]')

    terms = LookupTerm.objects.filter(code=summary.code).order_by("kind")
    assert list(terms.values_list("term", flat=True)) == ["hsg", "tubal films"]


def test_what_a_moderator_wrote_is_not_written_over(moderator, tmp_path):
    make_page("74740")
    summary = Summary.objects.get()
    change(moderator, summary, title="Tubal films")
    (tmp_path / "x.json").write_text('[{"code": "74740", "title": "Other", "act": "x-ray"}]')

    tally = content_store.load_families(tmp_path)

    summary.refresh_from_db()
    assert (summary.title, tally.kept) == ("Tubal films", 1)


def test_a_tier_is_edited_and_marked_as_such(moderator):
    tier = Tier.objects.create(slug="guest", name="Visitor", limit=1, window="month", position=1)

    change(moderator, tier, limit=2)

    assert (tier.limit, tier.edited_at is not None) == (2, True)


def test_guidance_is_read_in_the_admin_by_moderators_only(client):
    make_page("74740")
    row = Guidance.objects.first()

    response = client.get(reverse("admin:codes_guidance_change", args=[row.pk]))

    assert response.status_code == 302
    assert SECRET not in response.content.decode()
