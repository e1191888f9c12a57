"""What a code page shows: an open part for everybody, and gated sections for who opened it."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.meter import GUEST_ZONE
from codes import differences, figures, markup, standing
from codes.codes import CodeSystem
from codes.forms import CodePageForm
from codes.gate import Access
from codes.lookup import nearest
from codes.models import Code, Descriptor, Guidance, Relation, RelationKind
from codes.topics import HOLDS, Topic

GATED_CLASS = "gated"


@dataclass(frozen=True)
class Section:
    """One of the six sections. `html` is "" while it is locked or not written."""

    topic: Topic
    html: SafeString
    is_written: bool
    applies: bool
    written: Guidance | None = None

    @property
    def title(self) -> Any:
        return self.topic.label

    @property
    def holds(self) -> Any:
        return HOLDS[self.topic]


def is_gated(code: Code, *, on: date) -> bool:
    """Pages of codes not in force cost no view, nor do those with nothing behind the gate."""
    return code.is_in_force(on=on) and Guidance.objects.filter(code=code, applies=True).exists()


def open_part(code: Code, *, on: date) -> dict[str, Any]:
    """What everybody reads."""
    summary = getattr(code, "summary", None)
    path = standing.path_of(code)
    before, after = standing.neighbors(code)
    in_force = code.is_in_force(on=on)
    plain = summary.plain if summary else ""
    return {
        "code": code,
        "system": CodeSystem(code.system),
        "summary": summary,
        "on": on,
        "in_force": in_force,
        "nearest": () if in_force else nearest(code, on=on),
        "path": path,
        "label": standing.label_of(code) if path else None,
        "specialties": list(standing.specialties_of(code, path)),
        # A licence ends at one instant for everybody, wherever they read.
        "descriptors": descriptors(code, on=timezone.localdate(timezone=GUEST_ZONE)),
        "plain": markup.rendered([plain])[plain] if plain else "",
        "attributes": differences.attributes(summary) if summary else [],
        "before": before,
        "after": after,
    }


def descriptors(code: Code, *, on: date) -> list[Descriptor]:
    """Official texts whose licence runs, of the newest edition that has begun."""
    if code.system != CodeSystem.CPT:
        return []
    rows = Descriptor.objects.showable(on=on).filter(code=code, licence__edition__lte=on.year)
    rows = rows.select_related("licence")
    found = list(rows.order_by("-licence__edition", "kind", "position"))
    return [row for row in found if row.licence_id == found[0].licence_id]


def sections(code: Code, *, is_open: bool) -> list[Section]:
    """The six sections; their words are read only for who may read them."""
    rows = Guidance.objects.filter(code=code)
    if not is_open:
        written = dict(rows.values_list("topic", "applies"))
        return [
            Section(topic, SafeString(""), topic in written, written.get(topic, True))
            for topic in Topic
        ]
    found = {row.topic: row for row in rows.select_related("reviewed_by")}
    html = markup.rendered(row.body for row in found.values())
    return [_section(topic, found.get(topic), html) for topic in Topic]


def _section(topic: Topic, row: Guidance | None, html: dict[str, SafeString]) -> Section:
    if row is None:
        return Section(topic, SafeString(""), False, True)
    return Section(topic, html[row.body], True, row.applies, row)


def gated_part(code: Code, form: CodePageForm, *, on: date) -> dict[str, Any]:
    """The figures and comparisons beside the words, for who has opened the page."""
    form.is_valid()
    asked = form.cleaned_data
    day = asked.get("on") or on
    related = _related(code)
    pairs = [row.other for row in related if row.kind == RelationKind.PAIR]
    compared = [row.other for row in related if row.kind == RelationKind.COMPARE]
    other = asked.get("other")
    shown = list(
        {each.pk: each for each in (*([other] if other else []), *pairs, *compared)}.values()
    )
    return {
        "form": form,
        "asked_on": day,
        "figures": figures.figures(code, on=on, locality=asked.get("locality", "")),
        "pair_rows": figures.pair_rows(code, shown, on=day),
        "asked": other,
        "comparison": _comparison(code, compared),
    }


def _related(code: Code) -> list[Relation]:
    others = Prefetch("other", Code.objects.public().with_words())
    return [row for row in code.relations.prefetch_related(others) if row.other is not None]


def _comparison(code: Code, others: list[Code]) -> dict[str, Any]:
    worded = [each for each in (code, *others) if getattr(each, "summary", None)]
    rows = differences.differences(*(each.summary for each in worded)) if worded[1:] else []
    return {"codes": worded, "rows": rows}


def structured_data(code: Code, access: Access | None, url: str) -> SafeString:
    """The page as machines read it; a gated page says which parts are paid for by a view."""
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": f"{CodeSystem(code.system).label} {code.text}: {code.title}".rstrip(": "),
        "url": url,
        "isAccessibleForFree": access is None,
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
    }
    if access is not None:
        page["hasPart"] = {
            "@type": "WebPageElement",
            "isAccessibleForFree": False,
            "cssSelector": f".{GATED_CLASS}",
        }
    text = json.dumps(page, ensure_ascii=False)
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
