"""The gated sections of a code page, in their order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    INDICATIONS = "indications", _("Indications and clinical context")
    TECHNIQUE = "technique", _("How it is done")
    RECORD = "record", _("What the record must show")
    BILLING = "billing", _("Billing")
    COVERAGE = "coverage", _("Coverage and fee")
    RELATED = "related", _("Related codes, questions, a worked example")


# What each section holds, told while it is locked.
HOLDS = {
    Topic.INDICATIONS: _("who needs it, and when not"),
    Topic.TECHNIQUE: _("preparation, steps, after-care, risks"),
    Topic.RECORD: _("what an auditor looks for"),
    Topic.BILLING: _("components, modifiers, pairs, edits, units"),
    Topic.COVERAGE: _("payers, site of service, the fee of your locality"),
    Topic.RELATED: _("comparison, questions and answers"),
}

# The headings by which files in data/guidance name the sections.
HEADINGS = {
    "Indications": Topic.INDICATIONS,
    "How it is done": Topic.TECHNIQUE,
    "What the record must show": Topic.RECORD,
    "Billing": Topic.BILLING,
    "Coverage and fee": Topic.COVERAGE,
    "Related codes": Topic.RELATED,
}
PLAIN_HEADING = "In common language"
