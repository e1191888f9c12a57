import pytest

from accounts.domains import host_of, is_banned, is_webmail, lies_in, mail_domain
from accounts.models import BannedDomain


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.lakeside.org/jobs", "lakeside.org"),
        ("http://Careers.Lakeside.org:8080", "careers.lakeside.org"),
        ("https://lakeside.org./", "lakeside.org"),
        ("http://\uff47mail.com", "gmail.com"),
        ("https://scam.example\\@lakeside.org/", "scam.example"),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_host_of_reads_a_web_address(url, host):
    assert host_of(url) == host


def test_mail_domain_is_what_follows_the_last_at_sign():
    assert mail_domain('"a@b"@Lakeside.ORG') == "lakeside.org"


def test_mail_domain_is_the_one_the_mail_goes_to():
    assert mail_domain("ann@\uff47mail.com") == "gmail.com"


def test_lies_in_takes_whole_labels_only():
    hosts = ["lakeside.org", "jobs.lakeside.org", "notlakeside.org", "org"]

    assert [lies_in(host, "lakeside.org") for host in hosts] == [True, True, False, False]


def test_is_webmail_knows_free_mail_and_hosts_below_it():
    domains = ["gmail.com", "mail.gmail.com", "lakeside.org"]

    assert [is_webmail(domain) for domain in domains] == [True, True, False]


@pytest.mark.django_db
def test_is_banned_covers_hosts_below_a_banned_domain():
    BannedDomain.objects.create(domain="Scam.example")

    hosts = ["scam.example", "jobs.scam.example", "notscam.example"]
    assert [is_banned(host) for host in hosts] == [True, True, False]
