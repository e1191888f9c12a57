"""One small file of each format: two postings of a coder's work, and what else such files hold."""

import json
from typing import Any

CODING_TEXT = "<p>Assign ICD-10-CM and CPT codes to urology charts. CPC or CCS-P asked.</p>"


def job_posting(**fields: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Lakeside", "value": "L-1"},
        "title": "Urology Coder",
        "description": CODING_TEXT,
        "datePosted": "2026-11-01T09:00:00-05:00",
        "validThrough": "2026-12-20",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {"@type": "Organization", "name": "Lakeside Urology"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "addressLocality": "Dayton",
                "addressRegion": "OH",
                "postalCode": "45402",
                "addressCountry": "US",
            },
        },
        "baseSalary": {
            "currency": "USD",
            "value": {"minValue": 29, "maxValue": "34.50", "unitText": "HOUR"},
        },
        "url": "https://jobs.lakeside.example/L-1",
        **fields,
    }


def remote_posting(**fields: Any) -> dict[str, Any]:
    remote = {
        "identifier": "L-2",
        "title": "Radiology Coder",
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "State", "name": "Ohio, USA"},
            {"@type": "State", "name": "Michigan"},
        ],
        "url": "https://jobs.lakeside.example/L-2",
    }
    item = job_posting(**{**remote, **fields})
    del item["jobLocation"]
    return item


def jsonld(*items: Any) -> bytes:
    return "\n".join(
        json.dumps(item) for item in items or (job_posting(), remote_posting())
    ).encode()


GREENHOUSE = {
    "jobs": [
        {
            "id": 4001,
            "internal_job_id": 91,
            "title": "Urology Coder",
            "updated_at": "2026-11-02T10:00:00-05:00",
            "requisition_id": "R-7",
            "location": {"name": "Dayton, OH"},
            "absolute_url": "https://boards.example/lakeside/4001",
            "content": "&lt;p&gt;Assign ICD-10-CM codes &amp;amp; modifiers. CPC asked.&lt;/p&gt;",
            "pay_input_ranges": [
                {"min_cents": 2900, "max_cents": 3450, "currency_type": "USD", "title": "Pay"}
            ],
        },
        {
            "id": 4002,
            "internal_job_id": 92,
            "title": "Radiology Coder",
            "updated_at": "2026-11-03T10:00:00-05:00",
            "location": {"name": "Remote - Ohio, Michigan"},
            "absolute_url": "https://boards.example/lakeside/4002",
            "content": "&lt;p&gt;Assign ICD-10-CM and CPT codes. RCC or CPC asked.&lt;/p&gt;",
        },
        {
            "id": 4003,
            "internal_job_id": None,
            "title": "Coders: join our talent network",
            "location": {"name": "Remote"},
            "absolute_url": "https://boards.example/lakeside/4003",
            "content": "&lt;p&gt;ICD-10-CM coders, write to us.&lt;/p&gt;",
        },
    ],
    "meta": {"total": 3},
}

LEVER = [
    {
        "id": "aaaa-1",
        "text": "Urology Coder",
        "categories": {"location": "Dayton, OH", "commitment": "Full-time", "team": "HIM"},
        "country": "US",
        "description": "<div>Work on urology charts.</div>",
        "lists": [{"text": "You will", "content": "<li>assign ICD-10-CM codes</li>"}],
        "additional": "<div>CPC asked.</div>",
        "hostedUrl": "https://jobs.example/lakeside/aaaa-1",
        "applyUrl": "https://jobs.example/lakeside/aaaa-1/apply",
        "workplaceType": "on-site",
        "createdAt": 1793523600000,
        "salaryRange": {
            "min": 60000,
            "max": 71000,
            "currency": "USD",
            "interval": "per-year-salary",
        },
    },
    {
        "id": "aaaa-2",
        "text": "Radiology Coder",
        "categories": {"location": "Remote", "allLocations": ["Remote - US"]},
        "description": "<div>Assign CPT and ICD-10-CM codes. CPC asked.</div>",
        "lists": [],
        "additional": "",
        "hostedUrl": "https://jobs.example/lakeside/aaaa-2",
        "workplaceType": "remote",
        "createdAt": 1793610000000,
    },
]

ASHBY = {
    "apiVersion": "1",
    "jobs": [
        {
            "id": "b-1",
            "title": "Urology Coder",
            "location": "Dayton, OH",
            "secondaryLocations": [],
            "isListed": True,
            "isRemote": False,
            "workplaceType": "OnSite",
            "descriptionHtml": "<p>Assign ICD-10-CM codes to urology charts. CPC asked.</p>",
            "publishedAt": "2026-11-01T12:00:00.000+00:00",
            "employmentType": "FullTime",
            "address": {
                "postalAddress": {
                    "addressLocality": "Dayton",
                    "addressRegion": "Ohio",
                    "addressCountry": "USA",
                }
            },
            "jobUrl": "https://jobs.example/lakeside/b-1",
            "applyUrl": "https://jobs.example/lakeside/b-1/application",
            "compensation": {
                "compensationTiers": [
                    {
                        "components": [
                            {
                                "compensationType": "Salary",
                                "interval": "1 YEAR",
                                "currencyCode": "USD",
                                "minValue": 60000,
                                "maxValue": 71000,
                            }
                        ]
                    }
                ]
            },
        },
        {
            "id": "b-2",
            "title": "Radiology Coder",
            "location": "Remote (Ohio, Michigan)",
            "isListed": True,
            "isRemote": True,
            "descriptionPlain": "Assign ICD-10-CM and CPT codes. CPC asked.",
            "publishedAt": "2026-11-02T12:00:00.000+00:00",
            "employmentType": "PartTime",
            "jobUrl": "https://jobs.example/lakeside/b-2",
            "applyUrl": "https://jobs.example/lakeside/b-2/application",
            "compensation": None,
        },
        {
            "id": "b-3",
            "title": "Coder, not listed",
            "isListed": False,
            "descriptionPlain": "ICD-10-CM",
            "jobUrl": "https://jobs.example/lakeside/b-3",
        },
    ],
}

INDEED = """<?xml version="1.0" encoding="utf-8"?>
<source>
<publisher>Lakeside</publisher>
<job>
<title><![CDATA[Urology Coder]]></title>
<date><![CDATA[2026-11-01T09:00:00-05:00]]></date>
<referencenumber><![CDATA[I-1]]></referencenumber>
<url><![CDATA[https://jobs.lakeside.example/I-1]]></url>
<company><![CDATA[Lakeside Urology]]></company>
<city><![CDATA[Dayton]]></city><state><![CDATA[OH]]></state>
<country><![CDATA[US]]></country><postalcode><![CDATA[45402]]></postalcode>
<description><![CDATA[## The work

* Assign **ICD-10-CM** codes
* CPC asked]]></description>
<salary><![CDATA[$29 - $34.50]]></salary><salarytype><![CDATA[per hour]]></salarytype>
<jobtype><![CDATA[fulltime]]></jobtype>
<expirationdate><![CDATA[2026-12-20]]></expirationdate>
</job>
<job>
<title><![CDATA[Radiology Coder]]></title>
<date><![CDATA[2026-11-02T09:00:00-05:00]]></date>
<referencenumber><![CDATA[I-2]]></referencenumber>
<url><![CDATA[https://jobs.lakeside.example/I-2]]></url>
<company><![CDATA[Lakeside Urology]]></company>
<state><![CDATA[Ohio]]></state><country><![CDATA[US]]></country>
<remotetype><![CDATA[Fully remote]]></remotetype>
<description><![CDATA[<p>Assign ICD-10-CM and CPT codes. CPC asked.</p>]]></description>
</job>
</source>
"""

HEADER = "id,title,organization,location,salary,link,posted_at,closes_at,employment_type,benefits"
CSV = f"""{HEADER},description
C-1,Urology Coder,Lakeside Urology,"Dayton, OH 45402","$4,632.50/month",https://l.example/1,\
"November 1, 2026","December 20, 2026",Full Time,Dental; Vision,"Assign ICD-10-CM codes.

CPC asked."
C-2,Radiology Coder,Lakeside Urology,"Remote (Ohio, Michigan)","USD $60,000-$71,000/year",\
https://l.example/2,"November 2, 2026",,Part Time,,Assign ICD-10-CM and CPT codes.
"""

FILES: dict[str, bytes] = {
    "jsonld": jsonld(),
    "greenhouse": json.dumps(GREENHOUSE).encode(),
    "lever": json.dumps(LEVER).encode(),
    "ashby": json.dumps(ASHBY).encode(),
    "indeed": INDEED.encode(),
    "csv": CSV.encode(),
}
