"""The time zones a person here chooses from."""

import zoneinfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

US_ZONES: list[tuple[str, str | Promise]] = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
    ("Pacific/Guam", _("Guam")),
]


def zone_choices(current: str) -> list[tuple[str, str | Promise]]:
    """The zones of the United States, and `current` where it is another one."""
    if current in dict(US_ZONES) or current not in zoneinfo.available_timezones():
        return US_ZONES
    return [*US_ZONES, (current, current)]


def zone_name(zone: str) -> str:
    """How people call a zone: "Eastern time", or its own name when it has no such word."""
    word = dict(US_ZONES).get(zone)
    return str(_("%(zone)s time") % {"zone": word}) if word else zone
