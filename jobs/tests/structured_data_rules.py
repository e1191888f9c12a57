"""Our checker of JobPosting data: what job search engines ask of it, each breach as one line."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

REQUIRED = {"@context", "@type", "title", "description", "datePosted", "hiringOrganization"}
EMPLOYMENT = {
    "FULL_TIME",
    "PART_TIME",
    "CONTRACTOR",
    "TEMPORARY",
    "INTERN",
    "VOLUNTEER",
    "PER_DIEM",
    "OTHER",
}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
AREAS = {"Country", "State"}


def breaches(data: dict[str, Any], *, at: datetime) -> list[str]:
    """Empty when the data may stand on a page that is read at that instant."""
    checks = (_required, _dates, _place, _organisation, _employment, _salary, _requirements, _words)
    found = [f"{name} is empty" for name in _empty(data)]
    for check in checks:
        found += check(data)
    if not found and datetime.fromisoformat(data["validThrough"]) <= at:
        found.append("validThrough is past")
    return found


def _empty(value: Any, path: str = "data") -> Iterator[str]:
    if value in (None, "", [], {}):
        yield path
    pairs = value.items() if isinstance(value, dict) else []
    for name, part in pairs:
        yield from _empty(part, f"{path}.{name}")
    for number, part in enumerate(value if isinstance(value, list) else []):
        yield from _empty(part, f"{path}[{number}]")


def _required(data: dict[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in sorted(REQUIRED - set(data)))
    if (data.get("@context"), data.get("@type")) != ("https://schema.org", "JobPosting"):
        yield "it is no JobPosting"


def _dates(data: dict[str, Any]) -> Iterator[str]:
    for name in ("datePosted", "validThrough"):
        try:
            at = datetime.fromisoformat(data.get(name, ""))
        except ValueError:
            yield f"{name} is no ISO 8601 instant"
            continue
        if at.tzinfo is None:
            yield f"{name} has no offset"


def _place(data: dict[str, Any]) -> Iterator[str]:
    remote, areas = "jobLocationType" in data, "applicantLocationRequirements" in data
    if remote != areas:
        yield "jobLocationType and applicantLocationRequirements go together"
    if remote and data["jobLocationType"] != "TELECOMMUTE":
        yield "jobLocationType is not TELECOMMUTE"
    if not remote and "jobLocation" not in data:
        yield "jobLocation is missing"
    for area in _many(data.get("applicantLocationRequirements", [])):
        yield from _area(area)
    for place in _many(data.get("jobLocation", [])):
        yield from _site(place)


def _area(area: dict[str, Any]) -> Iterator[str]:
    if area.get("@type") not in AREAS or not area.get("name", "").endswith("USA"):
        yield f"{area} is no country or state"
    if area.get("@type") == "State" and not area["name"].endswith(", USA"):
        yield f"{area['name']} lacks its country"


def _site(place: dict[str, Any]) -> Iterator[str]:
    address = place.get("address", {})
    if place.get("@type") != "Place" or address.get("@type") != "PostalAddress":
        yield f"{place} is no place"
    if not {"addressLocality", "addressRegion", "addressCountry"} <= set(address):
        yield f"{address} lacks city, state or country"


def _organisation(data: dict[str, Any]) -> Iterator[str]:
    organisation = data.get("hiringOrganization", {})
    if organisation.get("@type") != "Organization" or not organisation.get("name"):
        yield "hiringOrganization has no name"
    identifier = data.get("identifier", {})
    if set(identifier) != {"@type", "name", "value"} or identifier["@type"] != "PropertyValue":
        yield "identifier is no PropertyValue"


def _employment(data: dict[str, Any]) -> Iterator[str]:
    for kind in _many(data.get("employmentType", [])):
        if kind not in EMPLOYMENT:
            yield f"{kind} is no employment type"
    if "directApply" in data and not isinstance(data["directApply"], bool):
        yield "directApply is not true or false"


def _salary(data: dict[str, Any]) -> Iterator[str]:
    if "baseSalary" not in data:
        return
    salary = data["baseSalary"]
    value = salary.get("value", {})
    if (salary.get("@type"), salary.get("currency")) != ("MonetaryAmount", "USD"):
        yield "baseSalary is no amount of US dollars"
    if value.get("@type") != "QuantitativeValue" or value.get("unitText") not in UNITS:
        yield "baseSalary has no unit of time"
    amounts = set(value) - {"@type", "unitText"}
    if amounts not in ({"value"}, {"minValue", "maxValue"}):
        yield "baseSalary has neither one value nor both ends"
    elif not all(isinstance(value[name], int | float) and value[name] > 0 for name in amounts):
        yield "baseSalary is not above zero"
    elif "minValue" in amounts and value["minValue"] >= value["maxValue"]:
        yield "baseSalary runs backwards"


def _requirements(data: dict[str, Any]) -> Iterator[str]:
    if "experienceRequirements" in data:
        experience = data["experienceRequirements"]
        months = experience.get("monthsOfExperience")
        if experience.get("@type") != "OccupationalExperienceRequirements" or not months:
            yield "experienceRequirements names no months"
        if not isinstance(months, int):
            yield "monthsOfExperience is no whole number"


def _words(data: dict[str, Any]) -> Iterator[str]:
    title, description = data.get("title", ""), data.get("description", "")
    if "<" in title or "$" in title or title.isupper():
        yield "title holds more than the job"
    if title and title == description:
        yield "description repeats the title"
    if "<script" in description or (" on" in description.lower() and "=" in description):
        yield "description may hold a script"


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
