"""What the board adds to the meter: checked credentials, and employers that hire now."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Tier
from accounts.tests.factories import make_employer, make_user
from accounts.tiers import all_tiers, tier_for
from jobs.forms.profile import ProfileForms
from jobs.models import HeldCredential, Profile
from jobs.states import JobStatus
from jobs.tests.factories import make_credential, make_job, make_moderator

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def tier_of(user):
    return tier_for(user, now=NOW, tiers=all_tiers()).slug


def hold(user, code="CPC", **fields):
    profile, _made = Profile.objects.get_or_create(user=user)
    return HeldCredential.objects.create(
        profile=profile, credential=make_credential(code), **fields
    )


@pytest.mark.parametrize(("verified_at", "slug"), [(None, Tier.MEMBER), (NOW, Tier.VERIFIED)])
def test_a_credential_counts_once_a_moderator_has_checked_it(verified_at, slug):
    user = make_user()
    hold(user, verified_at=verified_at)

    assert tier_of(user) == slug


@pytest.mark.parametrize(
    ("status", "closes", "slug"),
    [
        (JobStatus.PUBLISHED, timedelta(days=1), Tier.EMPLOYER),
        (JobStatus.PUBLISHED, timedelta(days=-1), Tier.MEMBER),
        (JobStatus.DRAFT, timedelta(days=1), Tier.MEMBER),
    ],
)
def test_an_employer_counts_while_a_posting_is_live(status, closes, slug):
    user = make_user()
    make_job(employer=make_employer(owner=user), status=status, closes_at=NOW + closes)

    assert tier_of(user) == slug


def test_the_most_generous_tier_counts():
    user = make_user()
    hold(user, verified_at=NOW)
    make_job(employer=make_employer(owner=user))

    assert tier_of(user) == Tier.EMPLOYER


def test_nobody_earns_a_tier_without_a_proven_address():
    user = make_user(verified=False)
    hold(user, verified_at=NOW)

    assert tier_of(user) == Tier.GUEST


def test_moderators_mark_and_take_back(client):
    held = hold(make_user())
    moderator = make_moderator()
    client.force_login(moderator)
    address = reverse("admin:jobs_heldcredential_changelist")

    client.post(address, {"action": "mark_verified", "_selected_action": [held.pk]})
    held.refresh_from_db()
    marked = held.verified_by
    client.post(address, {"action": "take_back", "_selected_action": [held.pk]})
    held.refresh_from_db()

    assert (marked, held.verified_at, held.verified_by) == (moderator, None, None)


def profile_data(user, credential):
    forms = ProfileForms(user)
    data = {"person-name": user.name, "person-time_zone": user.time_zone}
    for rows in (forms.held, forms.practices):
        data |= {
            f"{rows.prefix}-{name}": value for name, value in rows.management_form.initial.items()
        }
    held = forms.held.forms[0]
    return data | {
        f"{held.prefix}-id": held.instance.pk,
        f"{held.prefix}-profile": held.instance.profile_id,
        f"{held.prefix}-credential": credential.pk,
    }


@pytest.mark.parametrize(("code", "stays"), [("CPC", True), ("CCS", False)])
def test_another_credential_in_a_checked_row_is_not_checked(client, code, stays):
    user = make_user()
    held = hold(user, "CPC", verified_at=NOW)
    other = held.credential if code == "CPC" else make_credential(code)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post(reverse("desk:profile"), profile_data(user, other))

    held.refresh_from_db()
    assert response.status_code == 302
    assert (held.credential, held.verified_at is not None) == (other, stays)
