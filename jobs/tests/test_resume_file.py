import io

import pytest

from jobs import resume_file
from jobs.errors import FileRefused
from jobs.models import ResumeKind
from jobs.tests.resume_samples import EXE, OLD_WORD, docx, pdf, zipped

MAX = 5 * 1024 * 1024
NEITHER = "The file is neither PDF nor DOCX, whatever its name says. Save it as one of them."
INCOMPLETE = "The PDF is incomplete or damaged. Save it again as PDF."
OLD = (
    "The file is an old Word file (.doc), or locked with a password. "
    "Save it as DOCX or PDF, without one."
)
TOO_LARGE = "The file is larger than 5 MB. Save it smaller, without large pictures."
EMPTY = "The file is empty."

SOUND = {
    "pdf": (pdf(), ResumeKind.PDF),
    "pdf 2.0": (pdf(head=b"%PDF-2.0\n"), ResumeKind.PDF),
    "pdf behind a byte order mark": (pdf(head=b"\xef\xbb\xbf\r\n%PDF-1.4\n"), ResumeKind.PDF),
    "pdf with words after its end": (pdf() + b"\n" * 800, ResumeKind.PDF),
    "pdf changed later": (pdf() + pdf()[9:], ResumeKind.PDF),
    "pdf of 5 MB": (pdf(size=MAX), ResumeKind.PDF),
    "pdf of 5 MB less one byte": (pdf(size=MAX - 1), ResumeKind.PDF),
    "docx": (docx(), ResumeKind.DOCX),
}
REFUSED = {
    "nothing": (b"", EMPTY),
    "zeros": (b"\0" * 5000, EMPTY),
    "program": (EXE, NEITHER),
    "html": (b"<html><script>alert(1)</script>", NEITHER),
    "html with a pdf behind it": (b"<script>alert(1)</script>" + pdf(), NEITHER),
    "junk before a pdf": (b"GIF89a" + pdf(), NEITHER),
    "a program with a pdf behind it": (EXE + pdf(), NEITHER),
    "plain text": (b"Pat Coder, CPC, 12 years", NEITHER),
    "rich text": (b"{\\rtf1 Pat}", NEITHER),
    "postscript": (b"%!PS-Adobe-3.0", NEITHER),
    "old word": (OLD_WORD, OLD),
    "a zip behind a program": (EXE + docx(), NEITHER),
    "a zip of pages": (
        zipped({"index.html": b"x"}),
        "The file is not a Word document. Save your résumé as PDF or DOCX.",
    ),
    "pdf without end": (pdf(end=b""), INCOMPLETE),
    "pdf that points beyond itself": (pdf(end=b"startxref\n99999\n%%EOF"), INCOMPLETE),
    "pdf cut short": (pdf(size=10_000)[:5000], INCOMPLETE),
    "pdf with much after its end": (pdf() + b"\n" * 5000, INCOMPLETE),
    "head only": (b"%PDF-1.7", INCOMPLETE),
    "5 MB and one byte": (pdf(size=MAX + 1), TOO_LARGE),
}


@pytest.mark.parametrize(("data", "kind"), SOUND.values(), ids=SOUND)
def test_judge_tells_the_kind_and_rewinds(data, kind):
    file = io.BytesIO(data)

    found = resume_file.judge(file, size=len(data))

    assert (found, file.read()) == (kind, data)


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_judge_refuses_with_words(data, words):
    with pytest.raises(FileRefused) as refused:
        resume_file.judge(io.BytesIO(data), size=len(data))

    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("resume.pdf", "resume.pdf"),
        ("Résumé Zoë.PDF", "Résumé Zoë.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini.pdf", "boot.ini.pdf"),
        ("report.exe", "report.exe.pdf"),
        ('a"; filename="evil.html', "a filename=evil.html.pdf"),
        ("line\r\nSet-Cookie: x=1.pdf", "line Set-Cookie x=1.pdf"),
        ("turned\u202efdp.exe", "turnedfdp.exe.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("\0\x07.pdf", "resume.pdf"),
        ("...", "resume.pdf"),
        ("", "resume.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_shown_name_is_safe_and_ends_truly(raw, shown):
    assert resume_file.shown_name(raw, ResumeKind.PDF) == shown
