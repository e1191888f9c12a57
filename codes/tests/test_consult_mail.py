import io
import zipfile
from email.message import EmailMessage

import pytest

from codes.consult import mail
from codes.consult.file_names import safe_name
from codes.consult.html_text import text_of_html
from codes.tests.consult_samples import make_mail


def body(message):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return mail.body(mail.parsed(raw))


def docx(text):
    kept = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(kept, "w") as archive:
        words = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        archive.writestr("word/document.xml", f"{words}</w:body></w:document>")
    return kept.getvalue()


def test_body_prefers_plain_text():
    message = make_mail(text="Cystoscopy.")
    message.add_alternative("<p>Other</p>", subtype="html")

    assert body(message) == ("Cystoscopy.", [])


def test_body_of_html_only_is_its_text():
    message = EmailMessage()
    message.set_content(
        "<style>p{}</style><p>Cystoscopy &amp; <b>stent</b><br>left</p><script>x</script>"
        '<!-- Jane --><img alt="Jane Doe" src="x"><a href="mailto:jane@x.example">side</a>',
        subtype="html",
    )

    assert body(message)[0] == "Cystoscopy & stent\nleft\nside"


def test_text_of_html_survives_tag_soup():
    assert text_of_html("<p><div><<b>a</i></p" * 3).startswith("<a")
    assert text_of_html("<" * 100_000) is not None


def test_body_drops_quotes_and_what_is_below_the_line():
    text = f"The left side.\n> Which side?\n{mail.QUOTE_ENDS}\nDRAFT, NOT VERIFIED"

    assert body(make_mail(text=text))[0] == "The left side."


def test_body_reads_docx_and_names_what_it_does_not_read():
    message = make_mail(text="See file.")
    message.add_attachment(
        docx("Ureteral stent placed."),
        maintype="application",
        subtype="zip",
        filename="Doe_Jane_op-note.docx",
    )
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="jdoe.png")

    _text, files = body(message)

    assert [(each.name, each.text, bool(each.why)) for each in files] == [
        ("note.docx", "Ureteral stent placed.", False),
        ("file 2.png", "", True),
    ]


def test_body_does_not_open_a_forwarded_message():
    inner = make_mail(text="Inner words")
    message = make_mail(text="Outer words")
    message.add_attachment(inner)

    text, files = body(message)

    assert text == "Outer words"
    assert [each.text for each in files] == [""]


BAD = {
    "nothing": b"",
    "no headers": b"\r\n\r\nwords",
    "only noise": bytes(range(256)) * 20,
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhi",
    "unknown charset": b"Content-Type: text/plain; charset=bogus\r\n\r\nwords",
    "unknown encoding": b"Content-Transfer-Encoding: x-bogus\r\n\r\nwords",
    "nul": b"Content-Type: text/plain\r\n\r\nwo\0rds",
    "bad filename": b"Content-Type: text/plain; name*=bogus'x'%ff\r\n\r\nwords",
    "half a header": b"Subject: =?utf-8?B?SmFuZSBEb2U\r\n\r\nwords",
    "nested": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(2000)
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_malformed_mail_is_read_as_far_as_it_goes(name):
    message = mail.parsed(BAD[name])

    text, files = mail.body(message)

    assert "\0" not in text
    assert isinstance(mail.header(message, "Subject"), str)
    assert isinstance(files, list)


def test_no_encoded_file_stays_in_a_text():
    block = "SmFuZSBEb2UsIE1STiAxMjM0NTY3ODkwLCBib3JuIDMvNC8xOTYxLCBzZWVuIHRvZGF5IGFnYWlu"

    assert body(make_mail(text=f"Cystoscopy.\n{block}\n"))[0] == "Cystoscopy."


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Doe_Jane_HSG-report 0304.pdf", "hsg report.pdf"),
        ("janedoe.pdf", "file 1.pdf"),
        ("JaneDoe.PDF", "file 1.pdf"),
        ("../../etc/passwd", "file 1"),
        ("1961-03-04.exe", "file 1"),
        ("", "file 1"),
    ],
)
def test_safe_name_keeps_listed_words_only(name, kept):
    assert safe_name(name, 1) == kept
