"""The board's vocabularies, from the files in `jobs/data` and `codes/data` to their tables."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import transaction

from accounts.models import Tier
from accounts.tiers import FILE as TIERS
from codes import section_file
from codes.entries import Table, Tally, read, write
from jobs.models import (
    Credential,
    CredentialGroup,
    EmploymentType,
    ReasonCode,
    Setting,
    Software,
    State,
)

DATA = Path(__file__).parent / "data"

# File name -> its table, in an order in which each file finds what it points to.
TABLES = {
    "states": Table(State, ("code",)),
    "credentials": Table(
        Credential, ("code",), links={"apprentice_of": "code", "supersedes": "code"}
    ),
    "credential_groups": Table(CredentialGroup, ("slug",), links={"credentials": "code"}),
    "software": Table(Software, ("slug",)),
    "settings": Table(Setting, ("slug",)),
    "employment_types": Table(EmploymentType, ("slug",)),
    "reason_codes": Table(ReasonCode, ("kind", "code")),
}


@transaction.atomic
def load_all(folder: Path = DATA) -> dict[str, Tally]:
    """Load every vocabulary, or none. Raises BadEntry that names the file and the entry."""
    loaders: dict[str, Callable[[], Tally]] = {
        name: partial(load, name, folder / f"{name}.json") for name in TABLES
    }
    loaders["tiers"] = partial(write, Table(Tier, ("slug",)), read(TIERS), TIERS)
    loaders["sections"] = section_file.load_sections
    loaders["specialties"] = section_file.load_specialties
    return {name: loader() for name, loader in loaders.items()}


def load(name: str, path: Path) -> Tally:
    return write(TABLES[name], read(path), path)
