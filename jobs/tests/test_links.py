import pytest

from accounts.models import BannedDomain
from accounts.tests.factories import make_employer
from jobs.errors import BannedLink
from jobs.links import banned_among, host_of, hosts_in, hosts_of, refuse_banned
from jobs.tests.factories import make_job


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Jobs.Lakeside.example/apply?x=1", "jobs.lakeside.example"),
        ("https://user:secret@lakeside.example:8443/", "lakeside.example"),
        ("hr@Lakeside.example", "lakeside.example"),
        ("lakeside.example.", "lakeside.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://scam.example\\@lakeside.example/", "scam.example"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_host_of_reads_web_and_mail_addresses(address: str, host: str) -> None:
    assert host_of(address) == host


def test_hosts_in_finds_hosts_in_running_text() -> None:
    text = "Write to hr@scam.example or see https://www.other.example/x, codes 99213.25, e.g. 4.5"

    assert hosts_in(text) == {"scam.example", "www.other.example"}


@pytest.mark.django_db
def test_hosts_of_joins_typed_written_and_employer_hosts() -> None:
    employer = make_employer(website="https://www.lakeside.example")
    job = make_job(
        employer=employer,
        apply_method="url",
        apply_url="https://ats.example/1",
        contact_email="hr@mail.example",
        description="<p>See team.example</p>",
    )

    assert hosts_of(job) == {"www.lakeside.example", "ats.example", "mail.example", "team.example"}


@pytest.mark.django_db
def test_banned_among_holds_for_all_below_a_domain() -> None:
    BannedDomain.objects.create(domain="Scam.example")

    assert banned_among(["a.b.scam.example", "notscam.example"]) == ["scam.example"]
    assert banned_among(["notscam.example"]) == []


@pytest.mark.django_db
def test_refuse_banned_names_the_domain() -> None:
    BannedDomain.objects.create(domain="scam.example")
    job = make_job(apply_method="email", apply_email="hr@mx.scam.example")

    with pytest.raises(BannedLink, match=r"^Postings that lead to scam\.example are refused"):
        refuse_banned(job)
