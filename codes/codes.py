"""Codes as text and as sort keys; well-formed does not mean in force."""

import re

from django.db import models
from psycopg.types.range import Range

CODE_PATTERN = re.compile(r"(?:\d{4}[0-9AFMTU]|[A-V]\d{4})", re.ASCII)


class CodeSystem(models.TextChoices):
    CPT = "CPT", "CPT"
    HCPCS = "HCPCS", "HCPCS Level II"
    ICD10CM = "ICD10CM", "ICD-10-CM"
    ICD10PCS = "ICD10PCS", "ICD-10-PCS"

    @property
    def slug(self) -> str:
        """The system as addresses write it."""
        return str(self.value).lower()


# The systems whose codes sort by number, so that sections and postings can name runs of them.
RANGED = [(system.value, system.label) for system in (CodeSystem.CPT, CodeSystem.HCPCS)]


def system_of(code: str) -> str:
    """CPT for five digits or four and a category letter, HCPCS for a letter and four digits."""
    return CodeSystem.HCPCS if code[:1].isalpha() else CodeSystem.CPT


def key_of(code: str) -> int:
    """The sort key of a five-character code: its letter leads (0 for none), its digits follow.

    Categories sort apart: 00100-99607 first, then 0001F…, 0042T…, and HCPCS by its letter.
    Raises ValueError when the code is not well formed.
    """
    code = code.strip().upper()
    if not CODE_PATTERN.fullmatch(code):
        raise ValueError(f"{code!r} is not a five-character CPT or HCPCS code")
    letter = next((character for character in code if character.isalpha()), "")
    digits = int(code.replace(letter, "") if letter else code)
    rank = ord(letter) - ord("A") + 1 if letter else 0
    return rank * 100_000 + digits


def text_of(system: str, key: int) -> str:
    rank, digits = divmod(key, 100_000)
    if not rank:
        return f"{digits:05d}"
    letter = chr(ord("A") + rank - 1)
    return f"{letter}{digits:04d}" if system == CodeSystem.HCPCS else f"{digits:04d}{letter}"


def span_of(system: str, lo: str, hi: str) -> "Range[int]":
    """The half-open range of sort keys from `lo` to `hi`, both included.

    Raises ValueError when an end is not a code of the system, or the ends are reversed.
    """
    for end in (lo, hi):
        if system_of(end.strip().upper()) != system:
            raise ValueError(f"{end} is not a {system} code")
    first, last = key_of(lo), key_of(hi)
    if last < first:
        raise ValueError(f"{lo}-{hi} runs backwards")
    return Range(first, last + 1, bounds="[)")
