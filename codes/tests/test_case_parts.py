"""Evidence, questions, typos, files and exports, each by itself."""

import io
import time
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from pypdf import PdfWriter

from codes.case.evidence import Span, segments, spans
from codes.case.export import _safe
from codes.case.file_text import FileRefused, text_of
from codes.case.questions import questions
from codes.case.score import Score
from codes.tests.case_reference import index, reading

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def file(raw):
    return io.BytesIO(raw), len(raw)


def docx(xml, names=("word/document.xml",), method=ZIP_DEFLATED):
    held = io.BytesIO()
    with ZipFile(held, "w", method) as archive:
        for name in names:
            archive.writestr(name, xml)
    return held.getvalue()


def pdf(*, pages=1, password=""):
    writer, held = PdfWriter(), io.BytesIO()
    for _number in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()


def read(raw):
    held, size = file(raw)
    return text_of(held, size=size)


def refused(raw):
    with pytest.raises(FileRefused) as error:
        read(raw)
    return str(error.value)


def test_segments_are_the_whole_text_in_order():
    text = "A stent was placed."

    found = segments(text, [("52332", [Span(2, 7)]), ("52000", [Span(4, 12)])])

    assert "".join(each.text for each in found) == text
    assert [each.codes for each in found] == [
        (), ("52332",), ("52332", "52000"), ("52000",), ()
    ]  # fmt: skip


def test_spans_hold_the_words_that_speak_for_a_code():
    text = "PROCEDURE: Flexible cystoscopy.\nFINDINGS: Normal bladder."
    found = reading(text)

    told = [text[span.start : span.end] for span in spans(text, found.ranked[0])]

    assert any("cystoscopy" in each for each in told)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("EXAM: CT of the abdomen and pelvis.", "Was contrast given by vein?"),
        ("EXAM: Knee x-ray.", "How many views were taken?"),
        ("OPERATION: TURBT of a bladder tumor.", "What size was it"),
    ],
)
def test_questions_ask_for_what_is_open(text, question):
    found = reading(text)

    asked = questions([index().entries[each.code] for each in found.ranked], found.facts)

    assert any(each.startswith(question) for each in asked)


def test_the_speller_sets_right_words_of_the_trade_only():
    speller = index().speller

    assert speller.correct("MRI brian, cystoscpoy") == "MRI brain, cystoscopy"
    assert speller.correct("medial rejection present") == "medial rejection present"


def test_plain_text_is_read_by_its_content():
    assert read(b"PROCEDURE: Cystoscopy.\r\n") == "PROCEDURE: Cystoscopy."
    assert read("Größe".encode("utf-16")) == "Größe"


def test_a_word_document_gives_its_paragraphs():
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("One", "Two"))
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'

    assert read(docx(xml)) == "One\nTwo"


def test_a_bomb_in_a_word_document_is_refused():
    assert "far more than a case holds" in refused(docx("<a>" + " " * 9_000_000 + "</a>"))
    names = [f"part{number}" for number in range(1001)]
    assert "far more than a case holds" in refused(docx("x", names))


def test_paragraphs_within_paragraphs_cost_no_square_of_their_depth():
    depth = 20_000
    xml = f'<a xmlns:w="{WORD}">{"<w:p>" * depth}<w:t>One</w:t>{"</w:p>" * depth}</a>'
    started = time.process_time()

    assert read(docx(xml)) == "One"
    assert time.process_time() - started < 2


def test_a_word_document_of_a_million_parts_is_refused():
    assert "far more than a case holds" in refused(docx(f"<a>{'<b/>' * 1_000_000}</a>"))


def test_a_word_document_of_endless_text_is_refused():
    xml = f'<a xmlns:w="{WORD}">{"<w:t>word word </w:t>" * 20_000}</a>'

    assert "more text than one case" in refused(docx(xml))


def test_a_damaged_lzma_part_is_refused_in_words():
    raw = bytearray(docx(f"<a>{'x' * 500}</a>", method=ZIP_LZMA))
    raw[raw.index(b"word/document.xml") + 40] ^= 0xFF

    assert "damaged" in refused(bytes(raw))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither PDF nor DOCX nor text"),
        (b"", "No text was found"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "locked with a password"),
        (docx("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "damaged"),
        (docx("x", ["other.xml"]), "not a Word document"),
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7 broken", "damaged"),
        (pdf(), "No text was found"),
        (pdf(pages=101), "over 100 pages"),
        (pdf(password="secret"), "locked with a password"),
        (b"a" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"word " * 20_000, "more text than one case"),
    ],
)
def test_what_holds_no_case_is_refused_in_words(raw, words):
    assert words in refused(raw)


def test_a_cell_that_a_spreadsheet_would_run_is_text():
    assert [_safe(each) for each in ("=1+1", "52000", "@x")] == ["'=1+1", "52000", "'@x"]


def test_score_counts_as_the_scorer_does():
    score = Score()
    gold = {"primary": ["2"], "others": [{"code": "3"}], "wrong_but_tempting": [{"code": "1"}]}

    score.add(gold, ["1", "2", "3"], frozenset({"1", "2"}))

    assert list(score.lines()) == [
        "cases              1",
        "recall@1           0.0000",
        "recall@3           1.0000",
        "recall@10          1.0000",
        "MRR                0.5000",
        "others in first 10 1.0000",
        "validity rate      0.6667",
        "wrong code above   1 cases",
    ]
