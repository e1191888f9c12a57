import pytest
from django.utils import timezone

from accounts.employers import claim_domain, create_employer, update_employer, verify_domains
from accounts.errors import DomainRefused
from accounts.models import BannedDomain, Employer, EmployerDomain
from accounts.tests.factories import make_employer, make_member, make_user

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def create(by, **fields):
    values = {"name": "Lakeside Urology", "kind": "practice", "website": "https://lakeside.org"}
    return create_employer(by=by, now=NOW, **{**values, **fields})


def verified(employer):
    return list(employer.domains.verified().values_list("domain", flat=True))


def test_create_employer_makes_its_maker_the_owner():
    user = make_user()

    employer = create(user)

    assert list(employer.members.values_list("user", "role")) == [(user.pk, "owner")]


@pytest.mark.parametrize(
    ("email", "website", "expected"),
    [
        ("ann@lakeside.org", "https://www.lakeside.org/about", ["lakeside.org"]),
        ("ann@lakeside.org", "https://careers.lakeside.org", ["lakeside.org"]),
        ("ann@lakeside.org", "https://other.org", []),
        ("ann@other.lakeside.org", "https://lakeside.org", []),
        ("ann@gmail.com", "https://gmail.com", []),
        ("ann@\uff47mail.com", "https://\uff47mail.com", []),
        ("ann@lakeside.org", "", []),
    ],
)
def test_create_employer_verifies_the_domain_of_its_website(email, website, expected):
    employer = create(make_user(email=email), website=website)

    assert verified(employer) == expected


def test_create_employer_takes_no_proof_from_an_unconfirmed_address():
    employer = create(make_user(email="ann@lakeside.org", verified=False))

    assert verified(employer) == []


@pytest.mark.parametrize("banned", ["scam.example", "lakeside.org"])
def test_create_employer_refuses_banned_domains_of_site_and_maker(banned):
    BannedDomain.objects.create(domain=banned)

    with pytest.raises(DomainRefused, match=banned):
        create(make_user(email="ann@mail.scam.example"))

    assert Employer.objects.count() == 0


def test_create_employer_gives_each_employer_its_own_address():
    names = ["Lakeside", "Lakeside", "Jobs", "大学"]

    slugs = [create(make_user(), name=name).slug for name in names]

    starts = ["lakeside", "lakeside-", "jobs-", "employer-"]
    assert [slug[: len(start)] for slug, start in zip(slugs, starts, strict=True)] == starts
    assert len(set(slugs)) == 4


def test_update_employer_verifies_a_new_website():
    employer = create(make_user(email="ann@lakeside.org"), website="")

    update_employer(employer=employer, now=NOW, website="https://lakeside.org")

    assert verified(employer) == ["lakeside.org"]


def test_claim_domain_counts_once_a_member_proves_it():
    employer = make_employer()
    claim = claim_domain(employer=employer, domain="Lakeside.org", now=NOW)
    assert claim.verified_at is None
    user = make_user(email="ann@lakeside.org")
    make_member(employer=employer, user=user)

    verify_domains(employer=employer, now=NOW)

    claim.refresh_from_db()
    assert (claim.domain, claim.verified_at, claim.verified_by) == ("lakeside.org", NOW, user)


def test_claim_domain_refuses_webmail():
    with pytest.raises(DomainRefused, match="Anyone can have an address"):
        claim_domain(employer=make_employer(), domain="gmail.com", now=NOW)


def test_claim_domain_refuses_a_banned_domain():
    BannedDomain.objects.create(domain="scam.example")

    with pytest.raises(DomainRefused, match="barred"):
        claim_domain(employer=make_employer(), domain="jobs.scam.example", now=NOW)


def test_claim_domain_refuses_what_another_employer_proved():
    create(make_user(email="ann@lakeside.org"))

    with pytest.raises(DomainRefused, match="Ask its owner to invite you"):
        claim_domain(employer=make_employer(), domain="lakeside.org", now=NOW)


def test_verify_domains_leaves_a_domain_to_who_proved_it_first():
    first = create(make_user(email="ann@lakeside.org"))

    second = create(make_user(email="bob@lakeside.org"), name="Impostor")

    assert (verified(first), verified(second)) == (["lakeside.org"], [])
    assert EmployerDomain.objects.filter(employer=second).count() == 1
