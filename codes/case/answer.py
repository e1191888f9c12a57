"""A case's answer: ranked codes with evidence, doubts and checks; questions; what is not loaded.

It is a draft for a coder, who chooses. Everything in it is of plain types, so that it can be kept.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from codes import billing
from codes.billing import PairAnswer, PairStatus
from codes.case import checks, reference
from codes.case.diagnoses import diagnoses
from codes.case.engine import Reading, read
from codes.case.evidence import spans
from codes.case.index import Index
from codes.case.questions import questions
from codes.case.rank import Candidate
from codes.models import Code, Relation, ReleaseKind
from codes.models.content import RelationKind
from codes.releases import newest

SHOWN = 10
EDITED = 6  # the codes offered first, among which edits are told
FAINT = 0.3  # the part of the first one's score below which a code only shares words
ABSTAIN = 3.0  # the best score below which nothing is offered
NAMED = 5.0  # what a phrase of the first code is worth where the text all but names it
CLEAR, LEADING = 1.6, 1.15  # how far the first stands before the second
EDIT_WORDS = {
    PairStatus.BYPASSABLE: gettext_lazy(
        "edit; a modifier may bypass it only when the two are truly distinct"
    ),
    PairStatus.NO_BYPASS: gettext_lazy("edit; no modifier bypasses it"),
}


@dataclass(frozen=True)
class Suggestion:
    """`faint`: far behind the first, and mostly there because words are shared."""

    code: str
    title: str
    url: str
    why: list[str]
    against: list[str]
    evidence: list[dict[str, Any]]
    checks: list[dict[str, str]]
    paired: list[dict[str, str]]
    faint: bool = False


@dataclass(frozen=True)
class CaseAnswer:
    """`text` is the screened text that the spans of the evidence count in."""

    text: str
    on: str
    setting: str
    suggestions: list[Suggestion] = field(default_factory=list)
    band: str = ""
    edits: list[dict[str, Any]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    diagnoses: list[dict[str, str]] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)
    not_loaded: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def ranked(text: str, *, on: date, setting: str) -> Reading:
    """The reading of a screened text, of codes in force on the day only."""
    index = reference.index()
    return read(
        index,
        text,
        lambda codes: checks.standing(codes, on, setting),
        reference.in_force(on),
    )


def answer(text: str, *, on: date, setting: str) -> CaseAnswer:
    """The whole answer for a screened text."""
    index, reading = reference.index(), ranked(text, on=on, setting=setting)
    shown = reading.ranked[:SHOWN]
    if not shown or not is_told(shown[0]):
        shown = []
    codes = [each.code for each in shown]
    suggestions = _suggestions(shown, index, reading, on, setting)
    likely = [each.code for each in suggestions if not each.faint]
    pairs = _pairs(likely[:EDITED], on, setting)
    searched, found = diagnoses(reading.said, on) if shown else ("", [])
    return CaseAnswer(
        text=text,
        on=on.isoformat(),
        setting=setting,
        suggestions=suggestions,
        band=_band(shown),
        edits=[_edit(each) for each in pairs],
        questions=questions([index.entries[code] for code in codes], reading.facts),
        diagnoses=[asdict(each) for each in found],
        releases=_releases(on, setting, searched),
        not_loaded=_not_loaded(on, setting),
    )


def is_told(first: Candidate) -> bool:
    """Enough speaks for it. A short note that names the work need not tell its steps."""
    return first.score >= ABSTAIN or any(hit.score >= NAMED for hit in first.hits)


def _suggestions(
    shown: list[Candidate], index: Index, reading: Reading, on: date, setting: str
) -> list[Suggestion]:
    codes = [each.code for each in shown]
    checked = checks.checks(codes, reading.facts, on, setting)
    beside = _paired(codes, on, setting)
    found = [
        _suggestion(each, index, reading, checked[each.code], beside[each.code]) for each in shown
    ]
    faint = [each.score < FAINT * shown[0].score for each in shown]
    return [replace(each, faint=is_faint) for each, is_faint in zip(found, faint, strict=True)]


def _suggestion(
    each: Candidate,
    index: Index,
    reading: Reading,
    checked: list[checks.Check],
    beside: list[dict[str, str]],
) -> Suggestion:
    told = [
        {"start": span.start, "end": span.end, "text": reading.text[span.start : span.end]}
        for span in spans(reading.text, each)
    ]
    return Suggestion(
        code=each.code,
        title=index.entries[each.code].title,
        url=f"/codes/{'hcpcs' if each.code[0].isalpha() else 'cpt'}/{each.code}/",
        why=_why(each),
        against=list(dict.fromkeys(each.notes))[:4],
        evidence=told,
        checks=[asdict(check) for check in checked],
        paired=beside,
    )


def _why(each: Candidate) -> list[str]:
    phrases = [_("the words “%(words)s”") % {"words": hit.phrase.text} for hit in each.hits[:1]]
    return list(dict.fromkeys([*each.reasons, *phrases]))[:4]


def _paired(codes: list[str], on: date, setting: str) -> dict[str, list[dict[str, str]]]:
    """Codes reported beside each, in force on the day, that no edit bundles into it."""
    rows = Relation.objects.filter(code__code__in=codes, kind=RelationKind.PAIR)
    found = list(rows.select_related("code", "other", "other__summary"))
    named = {row.other.code for row in found}
    bundled = checks.standing([*codes, *named], on, setting) if named else set()
    beside: dict[str, list[dict[str, str]]] = {code: [] for code in codes}
    for row in found:
        if row.other.is_in_force(on=on) and (row.code.code, row.other.code) not in bundled:
            beside[row.code.code].append(_named(row.other))
    return beside


def _named(code: Code) -> dict[str, str]:
    return {"code": code.code, "title": code.title, "url": code.get_absolute_url()}


def _pairs(codes: list[str], on: date, setting: str) -> list[PairAnswer]:
    """The edits among the codes offered, in their order."""
    among = billing.pairs_among(codes, on, checks.table_of(setting))
    return [each for each in among if each.status in EDIT_WORDS]


def _edit(each: PairAnswer) -> dict[str, Any]:
    return {
        "paid": each.column1,
        "not_paid": each.column2,
        "indicator": each.indicator,
        "words": str(EDIT_WORDS.get(each.status, "")),
        "source": str(each.release) if each.release else "",
        "outside": each.outside,
    }


def _band(shown: list[Candidate]) -> str:
    """How far the first stands before the second, in words: no percentage can be known."""
    if not shown:
        return ""
    if len(shown) == 1 or shown[0].score >= CLEAR * shown[1].score:
        return "clear"
    return "leading" if shown[0].score >= LEADING * shown[1].score else "close"


def _tables(setting: str) -> list[tuple[ReleaseKind, str]]:
    table = checks.table_of(setting)
    return [
        (ReleaseKind.PFS, "nonqpp"),
        (ReleaseKind.PTP, table),
        (ReleaseKind.MUE, table),
        (ReleaseKind.ADD_ON, ""),
    ]


def _releases(on: date, setting: str, searched: str) -> list[str]:
    dated = [(kind, newest(kind, on, variant)) for kind, variant in _tables(setting)]
    told = [f"{kind.label}: {each.release}" for kind, each in dated if each]
    return [*told, f"ICD-10-CM: {searched}"] if searched else told


def _not_loaded(on: date, setting: str) -> list[str]:
    tables = [*_tables(setting), (ReleaseKind.ICD10CM, "")]
    missing = [kind.label for kind, variant in tables if newest(kind, on, variant) is None]
    return [*map(str, missing), _("Coverage policies of payers"), _("Payers' own edits")]
