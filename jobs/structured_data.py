"""A posting as schema.org JobPosting, by the rules that job search engines publish.

Nothing is marked up that the posting does not say, and no markup is better than a false place:
a posting that is remote without stated states, or has no stated site, gets none, because a
place of work or the applicants' places are required and either would be our guess.
"""

import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobs.cards import groups_text
from jobs.models import Job, JobSite, State
from jobs.models.parts import ApplyMethod, PayBasis, PlaceMode, StateRule
from jobs.places import hires_in_text
from jobs.sanitise import clean_html
from jobs.states import Tri

UNITS = {
    PayBasis.HOUR: "HOUR",
    PayBasis.DAY: "DAY",
    PayBasis.WEEK: "WEEK",
    PayBasis.MONTH: "MONTH",
    PayBasis.YEAR: "YEAR",
}
COUNTRY = {"@type": "Country", "name": "USA"}
# What would end the script element, or an old parser's string, must not stand in it.
UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

Data = dict[str, Any]


def script(job: Job) -> SafeString:
    """The text of a `<script type="application/ld+json">`; "" when the posting gets none."""
    data = job_posting(job)
    if data is None:
        return SafeString("")
    return SafeString(json.dumps(data, ensure_ascii=False).translate(UNSAFE))


def job_posting(job: Job) -> Data | None:
    """For a visible posting only. One query when the employer names the states it leaves out."""
    place = _place(job)
    if place is None or job.first_published_at is None or job.closes_at is None:
        return None
    zone = job.employer.zone
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": _description(job),
        "url": settings.SITE_URL + job.get_absolute_url(),
        "datePosted": job.first_published_at.astimezone(zone).isoformat(timespec="seconds"),
        "validThrough": job.closes_at.astimezone(zone).isoformat(timespec="seconds"),
        "identifier": {
            "@type": "PropertyValue",
            "name": job.employer.name,
            "value": job.requisition_id or job.public_id,
        },
        "hiringOrganization": _organisation(job),
        **place,
        **_employment(job),
        **_salary(job),
        **_experience(job),
        **({"directApply": True} if job.apply_method == ApplyMethod.SITE else {}),
    }


def _organisation(job: Job) -> Data:
    named = {"@type": "Organization", "name": job.employer.name}
    return named | ({"sameAs": job.employer.website} if job.employer.website else {})


def _description(job: Job) -> str:
    """The employer's words, and for remote work whom it is open to, as the page says too."""
    text = clean_html(job.description)
    states = hires_in_text(job)
    if job.mode != PlaceMode.REMOTE or not states:
        return text
    return text + format_html("<p>{}</p>", _("Remote. Hires in %(states)s.") % {"states": states})


def _place(job: Job) -> Data | None:
    if job.mode == PlaceMode.REMOTE:
        areas = _areas(job)
        if not areas:
            return None
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": areas}
    sites = [_site(site) for site in job.sites.all()]
    return {"jobLocation": sites} if sites else None


def _areas(job: Job) -> Data | list[Data] | None:
    """Whom a remote posting is open to; None when it does not say."""
    named = list(job.states.all())
    match job.state_rule:
        case StateRule.ANY:
            return COUNTRY
        case StateRule.ONLY:
            return [_state(state) for state in named]
        case StateRule.EXCEPT if named:
            left_out = [state.pk for state in named]
            return [_state(state) for state in State.objects.exclude(pk__in=left_out)]
    return COUNTRY if job.us_only == Tri.YES else None


def _state(state: State) -> Data:
    return {"@type": "State", "name": f"{state.name}, USA"}


def _site(site: JobSite) -> Data:
    parts = {
        "streetAddress": site.street,
        "addressLocality": site.city,
        "addressRegion": site.state_id,
        "postalCode": site.postal_code,
        "addressCountry": "US",
    }
    given = {name: part for name, part in parts.items() if part}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **given}}


def _employment(job: Job) -> Data:
    kinds = sorted({kind.schema_org for kind in job.employment_types.all()})
    return {"employmentType": kinds} if kinds else {}


def _salary(job: Job) -> Data:
    """Only what has a unit of time and two ends: a lone "from" must not read as the pay."""
    unit = UNITS.get(PayBasis(job.pay_basis))
    if unit is None or job.pay_min is None or job.pay_max is None:
        return {}
    lo, hi = _number(job.pay_min), _number(job.pay_max)
    amount = {"value": lo} if lo == hi else {"minValue": lo, "maxValue": hi}
    value = {"@type": "QuantitativeValue", **amount, "unitText": unit}
    return {"baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": value}}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _experience(job: Job) -> Data:
    found: Data = {}
    if job.years_min:
        months = int(job.years_min * 12)
        found["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": months,
        }
    if groups_text(job, required=True):
        found["educationRequirements"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "professional certificate",
        }
    return found
