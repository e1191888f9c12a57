"""A question made ready for the tools: what it says, its day, its setting, its codes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from codes.assistant.answer import Fact
from codes.assistant.reading import Reading
from codes.codes import CodeSystem, system_of
from codes.models import Code, Locality, Release

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """`words` is the screened question without instructions; `rows` are the codes we know of it."""

    reading: Reading
    words: str
    on: date
    today: date
    setting: str
    rows: dict[str, Code]
    localities: list[Locality]
    reader: Any = None

    @property
    def codes(self) -> tuple[str, ...]:
        return self.reading.codes

    @property
    def known(self) -> list[str]:
        return [code for code in self.codes if code in self.rows]

    def url(self, code: str, anchor: str = "") -> str:
        row = self.rows.get(code)
        if row is None:
            return ""
        return f"{row.get_absolute_url()}#{anchor}" if anchor else row.get_absolute_url()


def sure(value: T | None) -> T:
    """What the caller saw to be there. Raises LookupError when it is not, which is a bug."""
    if value is None:
        raise LookupError
    return value


def day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def rows_of(codes: tuple[str, ...] | list[str]) -> dict[str, Code]:
    """The CPT and HCPCS codes among those that anyone may see, with our words."""
    found = Code.objects.public().with_words().filter(code__in=codes, key__isnull=False)
    return {row.code: row for row in found if row.system == system_of(row.code)}


def named(row: Code) -> str:
    """A code with its title, where it has one of ours."""
    title = row.title if row.title != f"Code {row.code}" else ""
    return f"{row.text} ({title})" if title else row.text


def title_fact(row: Code) -> Fact:
    """What our own words call the code."""
    title = row.title or "no words of ours yet"
    also = ", ".join(getattr(row, "summary", None).synonyms) if hasattr(row, "summary") else ""  # type: ignore[union-attr]
    claim = f"{row.text}: {title}" + (f". Also called {also}" if also else "")
    source = "Own words" if row.system == CodeSystem.CPT else "CMS text"
    return Fact(claim, source, _written(row), f"Code {row.pk}", row.get_absolute_url(), "summary")


def plain_fact(row: Code, text: str) -> Fact:
    url = f"{row.get_absolute_url()}#plain"
    return Fact(text, "Own words", _written(row), f"Summary {row.summary.pk}", url, "summary")


def _written(row: Code) -> str:
    summary = getattr(row, "summary", None)
    written = summary.written_on if summary else None
    return f"written {day(written)}" if written else "own words"


def release_fact(release: Release, claim: str, *, row: str = "", url: str = "") -> Fact:
    """A row of a release of CMS, or that the release has none: then the release is the row."""
    source = str(release.get_kind_display())
    return Fact(claim, source, str(release), row or f"Release {release.pk}", url, release.kind)


def vintage(release: Release, on: date, *, outside: bool) -> str:
    """That the day lies outside the days of the release; "" when it does not."""
    if not outside:
        return ""
    ends = f" to {day(release.effective_to)}" if release.effective_to else ""
    return (
        f"{release} holds for {day(release.effective_from)}{ends}, and {day(on)} lies outside it, "
        "so the table of that day may differ"
    )


def span_claim(release: Release) -> Fact:
    """The days of a release, as a fact."""
    ends = f" to {day(release.effective_to)}" if release.effective_to else " on"
    return release_fact(release, f"{release} holds for {day(release.effective_from)}{ends}")
