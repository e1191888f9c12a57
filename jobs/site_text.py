"""Places of work, one a line: "Dayton, OH 45402", or with its street before it."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

LAST = re.compile(r"(?P<state>[A-Za-z .]*[A-Za-z.])\s*(?P<zip>\d{5}(?:-\d{4})?)?")


class Site(NamedTuple):
    city: str
    state: str
    postal_code: str = ""
    street: str = ""


class BadSites(ValueError):
    """Carries the lines that are no place."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


def parse_sites(text: str, states: Mapping[str, str]) -> list[Site]:
    """The places of `text`, each once. Raises BadSites.

    `states` maps what may be written, in upper case, to the two-letter code: "OHIO" and "OH".
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    sites = {line: _parse(line, states) for line in lines}
    if bad := [line for line, site in sites.items() if site is None]:
        raise BadSites(bad)
    return list(dict.fromkeys(site for site in sites.values() if site))


def print_sites(sites: Iterable[Site]) -> str:
    return "\n".join(_line(site) for site in sites)


def _parse(line: str, states: Mapping[str, str]) -> Site | None:
    *before, last = (part.strip() for part in line.split(","))
    end = LAST.fullmatch(last)
    state = states.get(end["state"].upper()) if end else None
    if not (before and before[-1] and end and state):
        return None
    street = ", ".join(part for part in before[:-1] if part)
    if len(before[-1]) > 80 or len(street) > 120:
        return None
    return Site(before[-1], state, end["zip"] or "", street)


def _line(site: Site) -> str:
    end = f"{site.state} {site.postal_code}".strip()
    return ", ".join(part for part in (site.street, site.city, end) if part)
