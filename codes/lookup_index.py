"""Writes what the look-up reads: terms, rows of words, and the words themselves, all anew."""

import unicodedata
from collections.abc import Iterator

from django.db import connection, transaction

from codes.codes import CodeSystem, system_of
from codes.models import Abbreviation, Code, LookupTerm, Summary, TermKind

LANGUAGE = "english"
TERM_AT_MOST = 160

# The words of one code, by their weight: see LookupRow.
VECTOR = """
    setweight(to_tsvector('english', coalesce(s.title, '') || ' '
        || coalesce((SELECT string_agg(each, ' ') FROM jsonb_array_elements_text(s.synonyms) each),
            '')), 'A')
    || setweight(to_tsvector('english', concat_ws(' ', s.act, s.region, s.approach, s.extent,
        s.number, s.purpose, l.category, l.subcategory, l.family)), 'B')
    || setweight(to_tsvector('english', coalesce(s.plain, '')), 'C')
    || setweight(to_tsvector('english', c.long_text || ' ' || c.short_text), 'D')
"""
SOURCES = """
FROM codes_code c
LEFT JOIN codes_summary s ON s.code_id = c.id
LEFT JOIN codes_familylabel l ON l.code = c.code AND c.system IN ('CPT', 'HCPCS')
    AND l.release_id = (SELECT id FROM codes_release WHERE kind = 'rbcs'
        ORDER BY effective_from DESC LIMIT 1)
"""
# Codes with words of ours come first, then HCPCS and the diagnoses; alike, they stand in order.
ROWS = f"""
INSERT INTO codes_lookuprow (code_id, place, words)
SELECT c.id,
    row_number() OVER (
        ORDER BY c.valid_to IS NOT NULL, coalesce(s.plain, '') = '', s.id IS NULL,
            array_position(ARRAY['CPT', 'HCPCS', 'ICD10CM', 'ICD10PCS'], c.system::text),
            c.key, c.code
    ),
    {VECTOR}
{SOURCES}
"""
RENEWED = f"""
UPDATE codes_lookuprow r SET words = w.words
FROM (SELECT c.id, {VECTOR} AS words {SOURCES} WHERE c.id = %s) w
WHERE r.code_id = w.id
"""
# Words as people write them, each with the number of rows that hold its stem.
WORDS = """
WITH raw AS (
    SELECT DISTINCT word FROM ts_stat($$
        SELECT to_tsvector('simple', concat_ws(' ', s.title, s.synonyms::text, s.region, s.purpose,
            s.plain, c.long_text, c.short_text))
        FROM codes_code c LEFT JOIN codes_summary s ON s.code_id = c.id
    $$) WHERE word ~ '^[a-z][a-z0-9-]{1,59}$'
),
stems AS (SELECT word, ndoc FROM ts_stat('SELECT words FROM codes_lookuprow'))
INSERT INTO codes_lookupword (word, rows)
SELECT raw.word, stems.ndoc
FROM raw JOIN stems ON stems.word = (tsvector_to_array(to_tsvector('english', raw.word)))[1]
"""


@transaction.atomic
def rebuild() -> int:
    """Write the index for all codes; returns their number. Readers see the old one until then."""
    with connection.cursor() as cursor:
        for table in ("codes_lookupterm", "codes_lookuprow", "codes_lookupword"):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(ROWS)
        rows: int = cursor.rowcount
        cursor.execute(WORDS)
    LookupTerm.objects.bulk_create(_terms(), batch_size=5000, ignore_conflicts=True)
    return rows


def _terms() -> Iterator[LookupTerm]:
    """The strongest kind of a term comes first, and of its equals only that one is kept.

    Codes that share a term are found in this order: as the abbreviation names them, or by number.
    """
    yield from _abbreviations()
    summaries = Summary.objects.order_by("code__system", "code__key", "code__code")
    for summary in summaries.only("code_id", "title", "synonyms"):
        yield from _terms_of(summary)


def _terms_of(summary: Summary) -> Iterator[LookupTerm]:
    for synonym in summary.synonyms:
        kind = TermKind.ABBREVIATION if is_abbreviation(synonym) else TermKind.SYNONYM
        yield _term(summary.code_id, synonym, kind)
    yield _term(summary.code_id, summary.title, TermKind.TITLE)


def _abbreviations() -> Iterator[LookupTerm]:
    rows = list(Abbreviation.objects.exclude(codes=[]))
    wanted = {code for row in rows for code in row.codes}
    ranged = (CodeSystem.CPT, CodeSystem.HCPCS)
    codes = {
        (code.system, code.code): code.pk
        for code in Code.objects.filter(system__in=ranged, code__in=wanted)
    }
    for row in rows:
        for code in row.codes:
            if (system_of(code), code) in codes:
                yield _term(codes[system_of(code), code], row.short, TermKind.ABBREVIATION)


def _abbreviations_of(code: Code) -> Iterator[LookupTerm]:
    for row in Abbreviation.objects.filter(codes__contains=[code.code]):
        yield _term(code.pk, row.short, TermKind.ABBREVIATION)


def _term(code: int, text: str, kind: TermKind) -> LookupTerm:
    return LookupTerm(code_id=code, term=normal(text)[:TERM_AT_MOST], kind=kind)


def normal(text: str) -> str:
    """Plain letters of one size and single blanks, so that terms compare as people type them."""
    text = unicodedata.normalize("NFKC", text).lower()
    return " ".join(text.replace("’", "'").split())


def is_abbreviation(text: str) -> bool:
    """Short and in capitals: HSG, VCUG, D&C."""
    return len(text) <= 8 and text == text.upper() and any(each.isalpha() for each in text)


@transaction.atomic
def renew(code: Code) -> None:
    """Write the rows of one code again, after a moderator changed its words.

    Words that are new to the whole index are known to the mending of typos after the next rebuild.
    """
    wanted: dict[str, LookupTerm] = {}
    for term in (*_abbreviations_of(code), *_terms_of(Summary.objects.get(code=code))):
        wanted.setdefault(term.term, term)
    for stored in LookupTerm.objects.filter(code=code):
        # What stays the same keeps its place among the codes that share the term.
        if stored.term not in wanted or wanted[stored.term].kind != stored.kind:
            stored.delete()
    LookupTerm.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute(RENEWED, [code.pk])
