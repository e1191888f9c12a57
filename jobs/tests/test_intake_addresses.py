import pytest

from jobs.intake.addresses import checked, mail_address, web_address
from jobs.intake.raw import RawPosting


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://jobs.lakeside.org/1?from=a@b", "https://jobs.lakeside.org/1?from=a@b"),
        ("lakeside.org/jobs", "https://lakeside.org/jobs"),
        ("javascript:alert(1)", ""),
        (" data:text/html,x", ""),
        ("http://[", ""),
        ("https://scam.example\\@lakeside.org/", ""),
        ("https://lakeside.org/" + "a" * 500, ""),
        ("", ""),
    ],
)
def test_web_address_keeps_what_a_page_may_lead_to(given, kept):
    assert web_address(given) == kept


def test_mail_address_keeps_what_mail_can_go_to():
    given = ["jobs@lakeside.org", "jobs@lakeside.org\nBcc: x@y.org", "write to us", ""]

    assert [mail_address(text) for text in given] == ["jobs@lakeside.org", "", "", ""]


def test_checked_leaves_out_addresses_and_keeps_the_rest():
    bad = "javascript:alert(1)"
    raw = RawPosting("L-1\ud800", "Coder", "", apply_url=bad, page_url=bad, employer_url=bad)

    assert checked(raw) == RawPosting("L-1", "Coder", "")
