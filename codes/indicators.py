"""What the letters and digits of the fee schedule mean, in our words.

Source: CMS, RVU file documentation of each quarter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from codes.models import RelativeValue

STATUS = {
    "A": _("paid separately when covered"),
    "B": _("always bundled into another service"),
    "C": _("priced by the contractor"),
    "E": _("left out of the schedule by regulation"),
    "I": _("not valid for Medicare, which uses another code"),
    "J": _("anesthesia, paid by base and time units"),
    "M": _("for measurement only"),
    "N": _("not covered by Medicare"),
    "P": _("bundled or excluded"),
    "R": _("restricted coverage"),
    "T": _("paid only if nothing else is payable that day"),
    "X": _("outside the physician fee schedule by statute"),
}
GLOBAL_DAYS = {
    "000": _("same day only"),
    "010": _("the day and 10 days after"),
    "090": _("the day before, the day, and 90 days after"),
    "MMM": _("maternity: the usual package does not apply"),
    "XXX": _("the idea of a global period does not apply"),
    "YYY": _("the contractor decides"),
    "ZZZ": _("add-on: inside the global period of the other service"),
}
PCTC = {
    "0": _("a physician's service: neither 26 nor TC"),
    "1": _("splits into 26 and TC"),
    "2": _("professional part only: no TC"),
    "3": _("technical part only: no 26"),
    "4": _("global only: its parts have codes of their own"),
    "5": _("incident to a physician: neither 26 nor TC"),
    "6": _("laboratory work with a physician's reading: 26, no TC"),
    "7": _("physical therapy"),
    "8": _("a physician's reading of an abnormal smear"),
    "9": _("does not apply"),
}
MULTIPLE = {
    "0": _("no reduction beside other services"),
    "1": _("the rule from before 1995"),
    "2": _("usual: 100 %, then 50 %"),
    "3": _("endoscopy: the family's base is not paid twice"),
    "4": _("imaging: on a second study TC is halved and the professional part cut by 5 %"),
    "5": _("therapy: half of the practice expense"),
    "6": _("cardiovascular: TC cut by 25 %"),
    "7": _("eye: TC cut by 20 %"),
    "9": _("does not apply"),
}
BILATERAL = {
    "0": _("no 150 % for both sides"),
    "1": _("150 % for both sides"),
    "2": _("already worked out for both sides"),
    "3": _("each side in full"),
    "9": _("does not apply"),
}
ASSISTANT = {
    "0": _("paid only with a record of why"),
    "1": _("not paid, by statute"),
    "2": _("may be paid"),
    "9": _("does not apply"),
}
TWO_SURGEONS = {
    "0": _("not permitted"),
    "1": _("with a record of why"),
    "2": _("if the two are of different specialties"),
    "9": _("does not apply"),
}
SUPERVISION = {
    "01": _("general"),
    "02": _("direct"),
    "03": _("personal"),
    "09": _("does not apply"),
}


@dataclass(frozen=True)
class Indicator:
    label: Any
    value: str
    meaning: Any


def indicators(row: RelativeValue) -> Iterator[Indicator]:
    """Those that say something of this code; "does not apply" is left to the table of CMS."""
    yield Indicator(_("Status"), row.status, STATUS.get(row.status, ""))
    yield Indicator(_("Global days"), row.global_days, GLOBAL_DAYS.get(row.global_days, ""))
    yield Indicator(_("26 and TC"), row.pctc, PCTC.get(row.pctc, ""))
    yield Indicator(_("Both sides (50)"), row.bilateral, BILATERAL.get(row.bilateral, ""))
    yield Indicator(_("Several services (51)"), row.multiple, MULTIPLE.get(row.multiple, ""))
    yield Indicator(_("Assistant at surgery"), row.assistant, ASSISTANT.get(row.assistant, ""))
    yield Indicator(_("Two surgeons (62)"), row.co_surgeons, TWO_SURGEONS.get(row.co_surgeons, ""))
    if row.supervision not in ("", "09"):
        meaning = SUPERVISION.get(row.supervision, _("special"))
        yield Indicator(_("Supervision of the technical part"), row.supervision, meaning)
