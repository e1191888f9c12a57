import pytest

from jobs.sanitise import clean_html, text_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Codes charts.</p>", "<p>Codes charts.</p>"),
        (
            "<p onclick=x()>Codes <b>all</b> charts.</p>",
            "<p>Codes <strong>all</strong> charts.</p>",
        ),
        ('<p><a href="https://x.example">Apply</a></p>', "<p>Apply</p>"),
        ("<p>Hi</p><script>alert(1)</script>", "<p>Hi</p>"),
        ("<style>p{}</style><p>Hi</p><img src=x onerror=y>", "<p>Hi</p>"),
        ("<h1>Work</h1><div>One</div><div>Two</div>", "<h3>Work</h3><p>One</p><p>Two</p>"),
        ("<div><ul><li>One</li></ul></div>", "<ul><li>One</li></ul>"),
        ("<p>Open", "<p>Open</p>"),
        ("<!-- note --><p>Hi</p>", "<p>Hi</p>"),
        ("One\nTwo\n\nThree", "<p>One<br>Two</p>\n<p>Three</p>"),
        ("- One\n- Two", "<ul><li>One</li><li>Two</li></ul>"),
        ("Accuracy < 95 % & volume > 3", "<p>Accuracy &lt; 95 % &amp; volume &gt; 3</p>"),
        ("Nul\x00l", "<p>Null</p>"),
        ("", ""),
        ("<p> </p>", ""),
    ],
)
def test_clean_html_keeps_words_and_our_tags_only(typed: str, kept: str) -> None:
    assert clean_html(typed) == kept
    assert clean_html(kept) == kept


def test_text_of_gives_a_line_for_each_block() -> None:
    markup = "<h3>Work</h3><p>One<br>Two &amp; more</p><ul><li>A</li><li>B</li></ul>"

    assert text_of(markup) == "Work\nOne\nTwo & more\nA\nB"


def test_text_of_drops_scripts() -> None:
    assert text_of("<p>One</p><script>two()</script>") == "One"
