"""What the demo postings promise together, and what each must be before it is loaded."""

import re
from collections import Counter, defaultdict
from itertools import chain

import pytest

from codes.entries import Entry, read
from jobs.demo import DATA
from jobs.demo.postings import entries, public_id_of
from jobs.models.parts import PayBasis
from jobs.pay_sanity import pay_problems
from jobs.sanitise import clean_html, text_of
from jobs.vocabulary import DATA as VOCABULARY

POSTINGS = [entry for _path, _number, entry in entries(DATA)]
LIVE = [entry for entry in POSTINGS if entry["status"] == "published"]
FOUNDING = {"radiology", "urology", "reproductive-imaging"}
# Employers, staffing firms and coding companies that coders would know by name.
REAL = re.compile(
    r"\b(aviacode|ciox|conifer|datavant|ensemble|gebbs|guidehouse|hca|intermountain|kaiser|maxim"
    r"|mayo|mckesson|medpartners|oxford global|parallon|quest|r1|radnet|savista|sutter|tenet|uasi"
    r"|unitedhealth|us renal|walgreens|cvs|aetna|cigna|humana|anthem|elevance)\b",
    re.IGNORECASE,
)


def slugs(name: str) -> set[str]:
    return {entry["slug"] for entry in read(VOCABULARY / f"{name}.json")}


def used(field: str) -> set[str]:
    return set(chain.from_iterable(entry.get(field, []) for entry in LIVE))


def words(entry: Entry) -> list[str]:
    return re.findall(r"[a-z0-9$%'-]+", text_of("\n".join(entry["description"])).lower())


def test_there_are_enough_live_postings_of_each_kind():
    statuses = Counter(entry["status"] for entry in POSTINGS)

    assert len(LIVE) >= 60
    assert {status: count for status, count in statuses.items() if status != "published"} == {
        "pending": 5,
        "changes_requested": 1,
        "filled": 1,
        "expired": 1,
    }


def test_live_postings_come_from_many_employers_and_states():
    sites = {site["state"] for entry in LIVE for site in entry.get("sites", [])}

    assert len({entry["employer"] for entry in LIVE}) >= 12
    assert len(sites) >= 12
    assert len(sites | used("states")) >= 20


def test_live_postings_cover_every_choice():
    assert used("settings") == slugs("settings")
    assert used("employment_types") == slugs("employment_types")
    assert {entry.get("pay_basis", "not_stated") for entry in LIVE} == set(PayBasis.values)
    assert {entry["mode"] for entry in LIVE} == {"remote", "hybrid", "onsite"}
    assert {entry.get("apprentice", "not_stated") for entry in LIVE} == {
        "yes",
        "no",
        "conditions",
        "not_stated",
    }
    assert {entry["apply_method"] for entry in LIVE} == {"site", "url", "email"}
    assert {entry.get("engagement") for entry in LIVE} == {"w2", "1099", "c2c"}


def test_about_half_of_the_live_postings_are_of_the_founding_specialties():
    founding = [entry for entry in LIVE if FOUNDING & set(entry["specialties"])]

    assert 0.4 < len(founding) / len(LIVE) < 0.7


def test_keys_and_public_ids_are_unique():
    keys = [entry["key"] for entry in POSTINGS]

    assert len(set(keys)) == len(keys)
    assert len({public_id_of(key) for key in keys}) == len(keys)


@pytest.mark.parametrize("entry", POSTINGS, ids=lambda entry: entry["key"])
def test_posting_is_whole_and_plausible(entry):
    markup = "\n".join(entry["description"])
    lo, hi = entry.get("pay_min"), entry.get("pay_max")

    assert 120 <= len(words(entry)) <= 350
    assert clean_html(markup) == markup
    assert pay_problems(entry.get("pay_basis", "not_stated"), lo, hi) == []
    assert entry["age_days"] + entry.get("closes_in_days", 0) <= 88
    assert entry.get("closes_in_days", 1) != 0
    assert entry.get("confirmed_days_ago", 0) <= entry["age_days"]
    assert not REAL.search(f"{entry['title']} {markup}")


def test_no_two_descriptions_share_a_run_of_eight_words():
    seen = defaultdict(set)
    for entry in POSTINGS:
        text = words(entry)
        for start in range(len(text) - 7):
            seen[" ".join(text[start : start + 8])].add(entry["key"])

    assert [run for run, keys in seen.items() if len(keys) > 1] == []


def test_employers_are_invented_and_each_has_a_posting():
    employers = read(DATA / "employers.json")

    assert {employer["website"] for employer in employers} == {
        f"https://{employer['slug']}.example" for employer in employers
    }
    assert all(employer["contact"].endswith(".example") for employer in employers)
    assert {employer["slug"] for employer in employers} == {entry["employer"] for entry in POSTINGS}


def test_addresses_to_apply_lead_to_invented_hosts():
    urls = [entry["apply_url"] for entry in POSTINGS if "apply_url" in entry]
    emails = [entry["apply_email"] for entry in POSTINGS if "apply_email" in entry]

    assert all(re.match(r"https://[a-z-]+\.example/", url) for url in urls)
    assert all(email.endswith(".example") for email in emails)
