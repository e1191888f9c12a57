"""What a code is, in our own words, and what tells codes apart."""

import re

from codes import differences, standing
from codes.assistant.answer import Draft, Fact
from codes.assistant.asked import Asked, named, plain_fact, release_fact, title_fact
from codes.indicators import GLOBAL_DAYS, PCTC, STATUS
from codes.models import Code, Guidance, Relation, RelationKind
from codes.releases import fee_schedule
from codes.topics import Topic

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
TOLD = 2  # sentences of common language
SHORTEST = 40


def what_is(asked: Asked, draft: Draft) -> None:
    for code in draft.each(asked.known[:3]):
        row = asked.rows[code]
        draft.step("what is", f"read the words and the CMS label of {code}")
        _words(row, draft)
        _label(row, draft)
        _status(asked, row, draft)
        _partners(row, draft)


def _words(row: Code, draft: Draft) -> None:
    draft.data["code"] = row.code
    if not row.title or row.title == f"Code {row.code}":
        draft.miss(f"words for {row.code}: none of ours are written yet")
    else:
        draft.say(f"In our words, {row.code} is: {row.title}.", title_fact(row))
    summary = getattr(row, "summary", None)
    text = re.sub(r"`(\w+)`", r"\1", " ".join(summary.plain.split())) if summary else ""
    whole = [each for each in SENTENCE.split(text) if len(each) > SHORTEST]
    for sentence in whole[:TOLD]:
        draft.say(sentence, plain_fact(row, sentence))
    synonyms = summary.synonyms[:4] if summary else []
    if synonyms:
        draft.say(f"It is also called {', '.join(synonyms)}.", title_fact(row))


def _label(row: Code, draft: Draft) -> None:
    label = standing.label_of(row)
    if label is None:
        draft.miss(f"the CMS category of {row.code}")
        return
    kept = " > ".join(part for part in (label.category, label.subcategory, label.family) if part)
    fact = release_fact(
        label.release,
        f"{row.code}: {kept}",
        row=f"FamilyLabel {label.pk}",
        url=row.get_absolute_url(),
    )
    draft.data.update({"rbcs_category": label.category, "rbcs_subcategory": label.subcategory})
    draft.say(f"CMS classes {row.code} as {kept}.", fact)


def _status(asked: Asked, row: Code, draft: Draft) -> None:
    from codes.assistant.tools.figures import value_fact, value_of

    value = value_of(asked, row.code)
    dated = fee_schedule(asked.on)
    if value is None or dated is None:
        draft.miss(f"a fee schedule row of {row.code} for {asked.on.year}")
        return
    year = dated.release.effective_from.year
    draft.data.update(
        {f"status_{year}": value.status, "pctc": value.pctc, "global_days": value.global_days}
    )
    parts = [
        f"status {value.status} ({STATUS.get(value.status, '')})",
        f"global days {value.global_days} ({GLOBAL_DAYS.get(value.global_days, '')})",
        f"PC/TC indicator {value.pctc} ({PCTC.get(value.pctc, '')})",
    ]
    text = "; ".join(parts)
    draft.say(f"In {dated.release}, {row.code} has {text}.", value_fact(asked, value, text))


def _partners(row: Code, draft: Draft) -> None:
    """Codes that our page names beside it; which is no promise that both are paid."""
    rows = Relation.objects.filter(
        code=row, kind=RelationKind.PAIR, other__in=Code.objects.public()
    )
    others = [each.other.code for each in rows.select_related("other")]
    if not others:
        return
    draft.data["usual_partner"] = " or ".join(others)
    text = " or ".join(others)
    url = f"{row.get_absolute_url()}#related"
    fact = Fact(
        f"{row.code} is reported beside {text}",
        "Own words",
        "code page",
        f"Relation of {row.pk}",
        url,
        "relation",
    )
    draft.say(f"It is usually reported beside {text}.", fact)


def compare(asked: Asked, draft: Draft) -> None:
    rows = [asked.rows[code] for code in asked.known[:4]]
    draft.step("compare", f"compared the attributes of {', '.join(row.code for row in rows)}")
    for row in rows:
        _title(row, draft)
    draft.data["codes"] = [row.code for row in rows]
    say_differences(rows, draft)


def _title(row: Code, draft: Draft) -> None:
    if row.title:
        draft.say(f"{named(row)}.", title_fact(row))
    else:
        draft.miss(f"words for {row.code}: none of ours are written yet")


def say_differences(rows: list[Code], draft: Draft) -> list[str]:
    """One sentence for each attribute on which they differ; returns the attributes."""
    worded = [row for row in rows if hasattr(row, "summary")]
    found = differences.differences(*(row.summary for row in worded)) if worded[1:] else []
    for each in found[:5]:
        values = [value or "not said" for value in each.values]
        told = "; ".join(f"{row.code}: {value}" for row, value in zip(worded, values, strict=True))
        facts = [
            Fact(
                f"{row.code}, {each.label}: {value}",
                "Own words",
                "attributes",
                f"Summary of {row.pk}",
                row.get_absolute_url(),
                "summary",
            )
            for row, value in zip(worded, values, strict=True)
        ]
        draft.say(f"They differ in {each.label}: {told}.", *facts)
    return [str(each.label) for each in found]


def record(asked: Asked, draft: Draft) -> None:
    """Where the page says what a record must show. Its text is opened there, not here."""
    for code in asked.known[:2]:
        row = asked.rows[code]
        draft.step("record", f"looked whether a page says what the record of {code} must show")
        if not Guidance.objects.filter(code=row, topic=Topic.RECORD, applies=True).exists():
            draft.miss(f"what the record of {code} must show: not written for this code")
            continue
        title = str(Topic.RECORD.label)
        url = f"{row.get_absolute_url()}#{Topic.RECORD}"
        fact = Fact(
            f"The page of {code} has a section “{title}”",
            "Own words",
            "code page",
            f"Guidance of {row.pk}",
            url,
            "guidance",
        )
        draft.say(f"The page of {code} has a section “{title}”; open the page to read it.", fact)
        _title(row, draft)
        turns_on(row, draft)


def turns_on(row: Code, draft: Draft) -> None:
    """The attributes that decide for this code rather than its neighbors."""
    if not hasattr(row, "summary"):
        return
    pairs = [(str(label), value) for label, value in differences.attributes(row.summary)]
    told = "; ".join(f"{label}: {value}" for label, value in pairs)
    fact = Fact(
        f"{row.code}: {told}",
        "Own words",
        "attributes",
        f"Summary of {row.pk}",
        row.get_absolute_url(),
        "summary",
    )
    draft.say(f"What tells {row.code} from its neighbors is: {told}.", fact)
