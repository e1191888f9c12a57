"""Labels, help and widgets of the posting form, where the model's own words do not do."""

from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "title": _("Job title"),
    "settings": _("Settings"),
    "specialties": _("Specialties"),
    "software": _("Software"),
    "states": _("States"),
    "employment_types": _("Type of employment"),
    "volume": _("Volume expected"),
    "volume_unit": _("Counted in"),
    "volume_per": _("In what time"),
    "accuracy_min": _("Accuracy at least, percent"),
    "ramp_up_weeks": _("Weeks to full volume"),
    "audit_frequency": _("How often work is audited"),
    "years_min": _("Years of experience, at least"),
    "apprentice": _("Holders of an apprentice credential (CPC-A, COC-A)"),
    "apprentice_note": _("On what conditions"),
    "mentor": _("A mentor is named"),
    "experience_letter": _("You sign the experience letter"),
    "mode": _("Place of work"),
    "onsite_days": _("Days on site in a week"),
    "us_only": _("Must live in the United States"),
    "pay_basis": _("Paid by"),
    "pay_min": _("From, $"),
    "pay_max": _("To, $"),
    "bonus": _("Bonus"),
    "engagement": _("Engaged as"),
    "hours_per_week": _("Hours a week"),
    "contract_months": _("Contract, months"),
    "shift": _("Shift or schedule"),
    "benefits": _("Benefits"),
    "openings": _("Openings"),
    "requisition_id": _("Your requisition number"),
    "test_given": _("Coding test before hire"),
    "test_stage": _("The test comes"),
    "test_minutes": _("Minutes"),
    "test_questions": _("Charts or questions"),
    "test_pass_mark": _("Pass mark, percent"),
    "test_open_book": _("Open book"),
    "test_paid": _("The test is paid"),
    "test_feedback": _("Result and feedback given"),
    "equipment": _("Equipment"),
    "home_office": _("What the home office needs"),
    "dues_paid": _("Dues paid"),
    "ceu_paid": _("CEUs paid"),
    "books_paid": _("Code books provided"),
    "background_check": _("Background check"),
    "apply_method": _("Coders apply"),
    "apply_email": _("E-mail address to apply"),
    "contact_email": _("Contact for the moderators"),
}
HELP = {
    "title": _("The job alone: no pay, no employer, no capitals throughout."),
    "description": _(
        "Plain text. A blank line starts a paragraph, “- ” an item of a list, “## ” a heading; "
        "**two stars** make words bold."
    ),
    "code_ranges": _("CPT or HCPCS codes and ranges: 52000-53899, 74400-74485, 74740"),
    "credentials": _(
        "One line for each credential that is needed; write “or” between those of which any one "
        "will do: CPC or CCS-P"
    ),
    "audit_frequency": _("For example: ten charts a month"),
    "apprentice_note": _("For example: with one year in urology"),
    "sites": _("One a line: Dayton, OH 45402. A street may stand before it."),
    "states": _("Those the choice above speaks of."),
    "home_office": _("For example: a room with a door, wired internet"),
    "contact_email": _("Not shown to coders."),
    "pay_max": _("Leave empty when there is one figure."),
}
MISSING = {
    "title": _("Give the posting a title."),
    "description": _("Describe the work."),
    "closes_on": _("Choose the last day to apply."),
}
_CHECKBOXES = ("settings", "specialties", "software", "states", "employment_types")
_RADIOS = ("mode", "apprentice", "apply_method")
WIDGETS = {
    **dict.fromkeys(_CHECKBOXES, forms.CheckboxSelectMultiple),
    **dict.fromkeys(_RADIOS, forms.RadioSelect),
    "benefits": forms.Textarea(attrs={"rows": 4}),
    "pay_min": forms.NumberInput(attrs={"step": "0.01", "min": "0", "inputmode": "decimal"}),
    "pay_max": forms.NumberInput(attrs={"step": "0.01", "min": "0", "inputmode": "decimal"}),
}
