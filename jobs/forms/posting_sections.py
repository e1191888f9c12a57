"""The order of the posting form: sections, and in each the rows of fields that stand together."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUESTIONS = 6
# Long lists that most postings need little of: shut until something in them is chosen.
FOLDED = frozenset({"software", "states"})


class Section(NamedTuple):
    slug: str
    title: str | Promise
    help: str | Promise
    rows: tuple[tuple[str, ...], ...]


def question_rows() -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"question_{number}", f"question_{number}_kind", f"question_{number}_required")
        for number in range(1, QUESTIONS + 1)
    )


SECTIONS = (
    Section(
        "job",
        _("The job"),
        _("What a coder reads first."),
        (("title",), ("description",)),
    ),
    Section(
        "work",
        _("The work"),
        _("What is coded, with what, how much of it and how well."),
        (
            ("settings",),
            ("specialties",),
            ("code_ranges",),
            ("code_sets",),
            ("software",),
            ("volume", "volume_unit", "volume_per"),
            ("accuracy_min", "ramp_up_weeks"),
            ("audit_frequency",),
        ),
    ),
    Section(
        "credentials",
        _("Credentials and experience"),
        _("Coders see at once whether you may hire them, so say what will do."),
        (
            ("credentials_required",),
            ("credentials_preferred",),
            ("years_min",),
            ("apprentice",),
            ("apprentice_note",),
            ("mentor", "experience_letter"),
        ),
    ),
    Section(
        "place",
        _("Place and states"),
        _("Where the work is done, and where a coder may live."),
        (("mode",), ("onsite_days",), ("sites",), ("state_rule",), ("states",), ("us_only",)),
    ),
    Section(
        "pay",
        _("Pay"),
        _("Your own figure, as you pay it, in US dollars. Coders also see what it comes to."),
        (("pay_basis", "pay_min", "pay_max"), ("bonus",)),
    ),
    Section(
        "terms",
        _("Terms"),
        _("How the coder is employed."),
        (
            ("employment_types",),
            ("engagement", "hours_per_week", "contract_months"),
            ("shift",),
            ("benefits",),
            ("openings", "requisition_id"),
        ),
    ),
    Section(
        "test",
        _("The test"),
        _("What a coder is asked to show before being hired."),
        (
            ("test_given", "test_stage"),
            ("test_minutes", "test_questions", "test_pass_mark"),
            ("test_open_book", "test_paid", "test_feedback"),
        ),
    ),
    Section(
        "provide",
        _("What you provide"),
        _("And what a coder must bring."),
        (
            ("equipment",),
            ("home_office",),
            ("dues_paid", "ceu_paid", "books_paid"),
            ("background_check",),
        ),
    ),
    Section(
        "apply",
        _("How coders apply"),
        _("On this site you see applicants by stage and can ask them questions."),
        (("apply_method",), ("apply_url",), ("apply_email",), ("contact_email",)),
    ),
    Section(
        "questions",
        _("Questions to applicants"),
        _("Asked of those who apply on this site."),
        question_rows(),
    ),
    Section("closing", _("Closing day"), _("The last day to apply."), (("closes_on",),)),
)
