"""What a screen gives back: the text with marks, and how many of each kind were taken out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

# The kind stands in its mark. The order is that of the summary.
KINDS = {
    "name": ngettext_lazy("%(count)d name", "%(count)d names", "count"),
    "date": ngettext_lazy("%(count)d date", "%(count)d dates", "count"),
    "age 90+": ngettext_lazy("%(count)d age over 89", "%(count)d ages over 89", "count"),
    "phone": ngettext_lazy("%(count)d phone number", "%(count)d phone numbers", "count"),
    "fax": ngettext_lazy("%(count)d fax number", "%(count)d fax numbers", "count"),
    "email": ngettext_lazy("%(count)d e-mail address", "%(count)d e-mail addresses", "count"),
    "address": ngettext_lazy("%(count)d address", "%(count)d addresses", "count"),
    "place": ngettext_lazy("%(count)d place", "%(count)d places", "count"),
    "zip": ngettext_lazy("%(count)d ZIP code", "%(count)d ZIP codes", "count"),
    "ssn": ngettext_lazy(
        "%(count)d Social Security number", "%(count)d Social Security numbers", "count"
    ),
    "record number": ngettext_lazy("%(count)d record number", "%(count)d record numbers", "count"),
    "member number": ngettext_lazy("%(count)d member number", "%(count)d member numbers", "count"),
    "account": ngettext_lazy("%(count)d account number", "%(count)d account numbers", "count"),
    "license": ngettext_lazy("%(count)d license number", "%(count)d license numbers", "count"),
    "device": ngettext_lazy("%(count)d device number", "%(count)d device numbers", "count"),
    "vehicle": ngettext_lazy("%(count)d vehicle number", "%(count)d vehicle numbers", "count"),
    "biometric": ngettext_lazy(
        "%(count)d biometric number", "%(count)d biometric numbers", "count"
    ),
    "url": ngettext_lazy("%(count)d web address", "%(count)d web addresses", "count"),
    "ip": ngettext_lazy("%(count)d IP address", "%(count)d IP addresses", "count"),
}


@dataclass(frozen=True)
class Removed:
    """How many identifiers of one kind were taken out; never which."""

    kind: str
    count: int

    def __str__(self) -> str:
        return KINDS[self.kind] % {"count": self.count}


@dataclass(frozen=True)
class Screened:
    """The text that may be kept, with marks such as "[name]" or "[date: 2024]"."""

    text: str
    removed: list[Removed]

    @property
    def counts(self) -> dict[str, int]:
        """For `Case.removed`."""
        return {removed.kind: removed.count for removed in self.removed}


def summary(removed: Iterable[Removed]) -> str:
    """For a person: "Taken out: 2 names, 1 date and 1 phone number." Empty if nothing was."""
    parts = [str(each) for each in removed]
    if not parts:
        return ""
    return _("Taken out: %(parts)s.") % {"parts": get_text_list(parts, _("and"))}
