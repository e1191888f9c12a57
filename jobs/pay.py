"""Pay in words, and what it comes to by the hour, so that postings can be compared."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from jobs.models import Job
from jobs.models.parts import PayBasis, VolumePer, VolumeUnit

HOURS_A_DAY = 8
HOURS_A_WEEK = 40
WEEKS_A_YEAR = 52
MONTHS_A_YEAR = 12
# Basis of pay by the piece -> the unit of volume that counts the same pieces.
PIECES = {
    PayBasis.CHART: VolumeUnit.CHARTS,
    PayBasis.ENCOUNTER: VolumeUnit.ENCOUNTERS,
    PayBasis.RVU: VolumeUnit.RVUS,
}
# An hourly figure above this does not fit its column and is no pay.
MOST_AN_HOUR = Decimal("999999.99")
CENT = Decimal("0.01")

Band = tuple[Decimal | None, Decimal | None]


def comparable(job: Job) -> Band:
    """Both ends of the pay in dollars an hour; an end that the employer left open stays None.

    Pay by the piece is compared only by the volume that the posting itself states.
    """
    factor = _hourly_factor(job)
    if factor is None:
        return None, None
    ends = [
        None if end is None else (end * factor).quantize(CENT, ROUND_HALF_UP)
        for end in (job.pay_min, job.pay_max)
    ]
    if any(end is not None and end > MOST_AN_HOUR for end in ends):
        return None, None
    return ends[0], ends[1]


def _hourly_factor(job: Job) -> Decimal | None:
    hours = Decimal(job.hours_per_week or HOURS_A_WEEK)
    match job.pay_basis:
        case PayBasis.HOUR:
            return Decimal(1)
        case PayBasis.DAY:
            return 1 / Decimal(HOURS_A_DAY)
        case PayBasis.WEEK:
            return 1 / hours
        case PayBasis.MONTH:
            return MONTHS_A_YEAR / (WEEKS_A_YEAR * hours)
        case PayBasis.YEAR:
            return 1 / (WEEKS_A_YEAR * hours)
    return _pieces_an_hour(job, hours)


def _pieces_an_hour(job: Job, hours: Decimal) -> Decimal | None:
    if not job.volume or PIECES.get(PayBasis(job.pay_basis)) != job.volume_unit:
        return None
    match job.volume_per:
        case VolumePer.HOUR:
            return Decimal(job.volume)
        case VolumePer.DAY:
            return Decimal(job.volume) / HOURS_A_DAY
        case VolumePer.WEEK:
            return job.volume / hours
    return None


def pay_text(job: Job) -> str:
    """The employer's own figure: "$29–34/h", "from $68,000 a year"; "" when none is given."""
    figures = _band_text(job.pay_min, job.pay_max)
    return figures and f"{figures}{_unit(job.pay_basis)}"


def hourly_text(job: Job) -> str:
    """The comparable band where it is not the employer's own figure: "$32.69–37.98/h"."""
    if job.pay_basis == PayBasis.HOUR:
        return ""
    figures = _band_text(*comparable(job))
    return figures and f"{figures}{_unit(PayBasis.HOUR)}"


def workings(job: Job) -> str:
    """How the comparable band was reached; "" when there is none."""
    if not hourly_text(job):
        return ""
    if job.pay_basis == PayBasis.DAY:
        return _("computed at %(hours)s hours a day") % {"hours": HOURS_A_DAY}
    if job.pay_basis in PIECES:
        return _piece_workings(job)
    if job.pay_basis == PayBasis.WEEK:
        return _hours_workings(job)
    return _("%(hours)s, %(weeks)s weeks a year") % {
        "hours": _hours_workings(job),
        "weeks": WEEKS_A_YEAR,
    }


def _piece_workings(job: Job) -> str:
    volume = f"{job.volume} {job.get_volume_unit_display()} {job.get_volume_per_display()}"
    words = _("computed at the stated %(volume)s") % {"volume": volume}
    if job.volume_per == VolumePer.DAY:
        return _("%(words)s of %(hours)s hours") % {"words": words, "hours": HOURS_A_DAY}
    if job.volume_per == VolumePer.WEEK:
        return _("%(words)s of %(hours)s hours") % {
            "words": words,
            "hours": job.hours_per_week or HOURS_A_WEEK,
        }
    return words


def _hours_workings(job: Job) -> str:
    if job.hours_per_week:
        return _("computed at the stated %(hours)s hours a week") % {"hours": job.hours_per_week}
    return _("computed at %(hours)s hours a week, as none are stated") % {"hours": HOURS_A_WEEK}


def _unit(basis: str) -> str:
    match basis:
        case PayBasis.HOUR:
            return "/h"
        case PayBasis.CHART | PayBasis.ENCOUNTER:
            return f"/{basis}"
        case PayBasis.RVU:
            return _("/work RVU")
        case PayBasis.NOT_STATED:
            return _(", unit not stated")
    return f" {PayBasis(basis).label}"


def _band_text(lo: Decimal | None, hi: Decimal | None) -> str:
    ends = [end for end in (lo, hi) if end is not None]
    if not ends:
        return ""
    places = 0 if all(end == end.to_integral_value() for end in ends) else 2
    first, last = f"${ends[0]:,.{places}f}", f"{ends[-1]:,.{places}f}"
    if hi is None:
        return _("from %(pay)s") % {"pay": first}
    if lo is None:
        return _("up to %(pay)s") % {"pay": first}
    return first if lo == hi else f"{first}–{last}"
