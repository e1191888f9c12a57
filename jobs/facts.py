"""All that a posting says, as groups of labelled facts; what it does not say is named too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from codes import counts
from jobs import pay
from jobs.cards import employment_text, groups_text, range_chip
from jobs.models import Job
from jobs.models.parts import Apprentice, CodeSet, Engagement, Equipment, TestStage
from jobs.places import hires_in_text
from jobs.states import JobStatus, Tri
from jobs.verdict import Reason, in_years, plain


@dataclass(frozen=True)
class Fact:
    """One row: a text, chips or links, names; `answer` (yes, no, unknown) marks it or is all of it.

    A `minor` fact that is not stated is only named at the end of its group.
    """

    label: str
    text: str = ""
    answer: str = ""
    chips: tuple[dict[str, str], ...] = ()
    links: tuple[dict[str, str], ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""
    minor: bool = False

    @property
    def stated(self) -> bool:
        return bool(self.text or self.answer or self.chips or self.links or self.names)


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    facts: tuple[Fact, ...]

    @property
    def rows(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.stated or not fact.minor]

    @property
    def unstated(self) -> list[str]:
        return [fact.label for fact in self.facts if fact.minor and not fact.stated]


def groups(job: Job, *, home: Reason | None = None) -> list[Group]:
    """Two queries, for counts of codes, when the job was loaded `for_page`.

    `home` is what the reader's verdict says of their state.
    """
    return [
        Group("work", _("The work"), _work(job)),
        Group("needs", _("What you need"), _needs(job)),
        Group("place", _("Place and states"), _place(job, home)),
        Group("pay", _("Pay"), _pay(job)),
        Group("terms", _("Terms"), _terms(job)),
        Group("test", _("Before hire"), _test(job)),
        Group("provided", _("Provided and paid"), _provided(job)),
    ]


def _work(job: Job) -> tuple[Fact, ...]:
    code_sets = dict(CodeSet.choices)
    return (
        Fact(_("Codes"), chips=_runs(job)),
        Fact(_("Specialties"), links=_specialties(job)),
        Fact(_("Settings"), _joined(setting.name for setting in job.settings.all())),
        Fact(_("Code sets"), _joined(str(code_sets.get(name, name)) for name in job.code_sets)),
        Fact(_("Volume"), volume_text(job)),
        Fact(_("Accuracy"), accuracy_text(job)),
        Fact(_("Software"), _joined(software.name for software in job.software.all())),
        Fact(_("Weeks to full volume"), _number(job.ramp_up_weeks), minor=True),
        Fact(_("Audited"), job.audit_frequency, minor=True),
    )


def _runs(job: Job) -> tuple[dict[str, str], ...]:
    """The runs of codes, each with the number of codes that the reference holds in it."""
    runs = list(job.code_ranges.all())
    found = counts.in_runs(runs)
    return tuple(
        range_chip(run) | {"note": _codes(count) if run.lo != run.hi else ""}
        for run, count in zip(runs, found, strict=True)
    )


def _specialties(job: Job) -> tuple[dict[str, str], ...]:
    rows = list(job.specialties.all())
    found = counts.in_specialties(row.pk for row in rows)
    return tuple(
        {
            "text": row.name,
            "url": _specialty_url(job, row.slug),
            "note": _codes(found.get(row.pk, 0)),
            "note_url": reverse("codes:specialty", args=[row.slug]),
        }
        for row in rows
    )


def _codes(count: int) -> str:
    """ "12 codes"; "" where the reference holds none."""
    return ngettext("%(n)s code", "%(n)s codes", count) % {"n": f"{count:,}"} if count else ""


def _specialty_url(job: Job, slug: str) -> str:
    """The page of a specialty stands only while it has open jobs, of which this may be one."""
    if job.status == JobStatus.PUBLISHED:
        return reverse("jobs:specialty", args=[slug])
    return f"{reverse('jobs:job_list')}?specialty={slug}"


def volume_text(job: Job) -> str:
    """ "120 encounters a day"."""
    if job.volume is None:
        return ""
    return f"{job.volume:,} {job.get_volume_unit_display()} {job.get_volume_per_display()}"


def accuracy_text(job: Job) -> str:
    if job.accuracy_min is None:
        return ""
    return _("at least %(percent)s %%") % {"percent": plain(job.accuracy_min)}


def _needs(job: Job) -> tuple[Fact, ...]:
    years = None if job.years_min is None else in_years(job.years_min)
    lane = "" if job.apprentice == Apprentice.NOT_STATED else job.get_apprentice_display()
    return (
        Fact(_("Credential"), groups_text(job, required=True)),
        Fact(_("Preferred"), groups_text(job, required=False), minor=True),
        Fact(_("Apprentices (CPC-A, COC-A)"), lane, note=job.apprentice_note),
        Fact(_("Mentor named"), answer=_tri(job.mentor), minor=True),
        Fact(_("Signs the experience letter"), answer=_tri(job.experience_letter), minor=True),
        Fact(_("Experience"), _("at least %(years)s") % {"years": years} if years else ""),
    )


def _place(job: Job, home: Reason | None) -> tuple[Fact, ...]:
    mode = "" if job.mode == "not_stated" else job.get_mode_display()
    days = _("%(days)s a week") % {"days": job.onsite_days} if job.onsite_days is not None else ""
    sites = tuple(_address(site) for site in job.sites.all())
    yours = (Fact(_("Your state"), home.text, answer=home.answer),) if home else ()
    return (
        Fact(_("Place"), mode),
        Fact(_("Site"), names=sites, minor=job.mode == "remote"),
        Fact(_("Days on site"), days, minor=True),
        Fact(_("Hires in"), hires_in_text(job), minor=job.mode in {"onsite", "hybrid"}),
        *yours,
        Fact(_("US residents only"), answer=_tri(job.us_only), minor=True),
    )


def _address(site: object) -> str:
    street = getattr(site, "street", "")
    code = getattr(site, "postal_code", "")
    return " ".join(part for part in (f"{street}," if street else "", str(site), code) if part)


def _pay(job: Job) -> tuple[Fact, ...]:
    figure = pay.pay_text(job)
    hourly = pay.hourly_text(job)
    rows = [Fact(_("Pay"), figure, note=source_text(job) if figure else "")]
    if hourly:
        rows.append(Fact(_("By the hour"), f"≈ {hourly}", note=pay.workings(job)))
    return (*rows, Fact(_("Bonus"), job.bonus, minor=True))


def source_text(job: Job) -> str:
    """ "stated by the employer"."""
    return str(job.get_pay_source_display()).lower()


def _terms(job: Job) -> tuple[Fact, ...]:
    engaged = "" if job.engagement == Engagement.NOT_STATED else job.get_engagement_display()
    return (
        Fact(_("Employment"), employment_text(job)),
        Fact(_("Engaged as"), str(engaged)),
        Fact(_("Hours a week"), _number(job.hours_per_week)),
        Fact(_("Shift"), job.shift, minor=True),
        Fact(_("Contract"), _counted(job.contract_months, _("months")), minor=True),
        Fact(_("Openings"), _number(job.openings), minor=True),
        Fact(_("Requisition number"), job.requisition_id, minor=True),
        Fact(_("Benefits"), job.benefits),
    )


def _test(job: Job) -> tuple[Fact, ...]:
    """Details of a test are asked for only where there may be one."""
    details: tuple[Fact, ...] = (
        Fact(_("Test comes"), _chosen(job.test_stage, job.get_test_stage_display()), minor=True),
        Fact(_("Test takes"), _counted(job.test_minutes, _("minutes")), minor=True),
        Fact(_("Test holds"), _counted(job.test_questions, _("charts or questions")), minor=True),
        Fact(_("Pass mark of the test"), _counted(job.test_pass_mark, "%"), minor=True),
        Fact(_("Open book"), answer=_tri(job.test_open_book), minor=True),
        Fact(_("Test paid"), answer=_tri(job.test_paid), minor=True),
        Fact(_("Result and feedback given"), answer=_tri(job.test_feedback), minor=True),
    )
    if job.test_given != Tri.YES:
        details = tuple(fact for fact in details if fact.stated)
    return (
        Fact(_("Coding test"), answer=_tri(job.test_given)),
        *details,
        Fact(_("Background check"), answer=_tri(job.background_check), minor=True),
    )


def _provided(job: Job) -> tuple[Fact, ...]:
    equipment = _chosen(job.equipment, job.get_equipment_display())
    return (
        Fact(_("Equipment"), equipment),
        Fact(_("Home office needs"), job.home_office, minor=True),
        Fact(_("Dues paid"), answer=_tri(job.dues_paid)),
        Fact(_("CEUs paid"), answer=_tri(job.ceu_paid)),
        Fact(_("Code books provided"), answer=_tri(job.books_paid)),
    )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _tri(value: str) -> str:
    return "" if value == Tri.NOT_STATED else value


def _chosen(value: str, display: object) -> str:
    return "" if value in {Equipment.NOT_STATED, TestStage.NOT_STATED} else str(display)


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _counted(value: int | None, unit: str) -> str:
    return "" if value is None else f"{value} {unit}"
