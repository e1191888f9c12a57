import pytest

from accounts.employer_forms import DomainForm, EmployerForm
from accounts.models import Employer

FIELDS = {"name": "Lakeside", "kind": "practice", "time_zone": "America/Chicago"}


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("lakeside.org", "lakeside.org"),
        (" Ann@Lakeside.org ", "lakeside.org"),
        ("https://www.lakeside.org/jobs", "lakeside.org"),
        ("www.lakeside.org", "lakeside.org"),
    ],
)
def test_domain_form_takes_what_people_paste(typed, domain):
    form = DomainForm({"domain": typed})

    assert form.is_valid()
    assert form.cleaned_data == {"domain": domain}


@pytest.mark.parametrize(
    "typed", ["localhost", "lakeside", "10.0.0.1", "a b.org", "<b>.org", "-a.org", "//["]
)
def test_domain_form_refuses_what_is_no_domain(typed):
    form = DomainForm({"domain": typed})

    assert form.errors == {"domain": ["That is not a domain such as lakeside.org."]}


def test_employer_form_completes_the_web_address():
    form = EmployerForm({**FIELDS, "website": "lakeside.org"})

    assert form.is_valid()
    assert form.cleaned_data["website"] == "https://lakeside.org"
    assert 'type="text"' in str(form["website"])


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "ftp://lakeside.org", "https://", "https://["]
)
def test_employer_form_takes_web_addresses_only(website):
    form = EmployerForm({**FIELDS, "website": website})

    assert form.errors == {"website": ["Enter a valid URL."]}


@pytest.mark.parametrize("start", ["lakeside.org@scam.example", "scam.example\\@lakeside.org"])
def test_employer_form_refuses_an_address_in_disguise(start):
    form = EmployerForm({**FIELDS, "website": f"https://{start}/jobs"})

    assert form.errors == {
        "website": ["Leave out what stands before the @: it hides where this leads."]
    }


def test_employer_form_takes_an_at_sign_where_it_disguises_nothing():
    form = EmployerForm({**FIELDS, "website": "https://lakeside.org/@jobs?mail=a@b.org"})

    assert form.errors == {}


def test_employer_form_limits_the_length_of_each_text():
    form = EmployerForm({**FIELDS, "name": "n" * 121, "about": "a" * 4001, "city": "c" * 81})

    assert sorted(form.errors) == ["about", "city", "name"]


def test_employer_form_keeps_a_zone_outside_the_list():
    employer = Employer(time_zone="Europe/Lisbon")

    form = EmployerForm({**FIELDS, "time_zone": "Europe/Lisbon"}, instance=employer)

    assert form.is_valid()
