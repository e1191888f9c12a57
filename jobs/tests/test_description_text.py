import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobs.description_text import to_html, to_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("One\ntwo\n\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>"),
        (
            "You will:\n- code\n- audit",
            "<p>You will:</p>\n<ul>\n<li>code</li>\n<li>audit</li>\n</ul>",
        ),
        ("• code\n•audit", "<ul>\n<li>code</li>\n<li>audit</li>\n</ul>"),
        ("- code\n\n- audit", "<ul>\n<li>code</li>\n<li>audit</li>\n</ul>"),
        ("1. code\n2. audit", "<ol>\n<li>code</li>\n<li>audit</li>\n</ol>"),
        (
            "- code\n  - urology\n- audit",
            "<ul>\n<li>code\n<ul>\n<li>urology</li>\n</ul>\n</li>\n<li>audit</li>\n</ul>",
        ),
        ("# Work\n### More", "<h3>Work</h3>\n<h4>More</h4>"),
        (
            "**Pay** is *good*, 5 * 3 = 15",
            "<p><strong>Pay</strong> is <em>good</em>, 5 * 3 = 15</p>",
        ),
        (
            "<script>alert(1)</script> & <b>bold</b>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;</p>",
        ),
        ("[a](javascript:b) `c` http://d.example", "<p>[a](javascript:b) `c` http://d.example</p>"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p onclick=x>Hi <script>bad()</script><b>you</b></p>", "<p>Hi <strong>you</strong></p>"),
    ],
)
def test_to_html_keeps_our_tags_only(typed, kept):
    assert to_html(typed) == kept


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("<p>One<br>two</p><p>Three</p>", "One\ntwo\n\nThree"),
        ("<ul><li>code</li><li>audit</li></ul>", "- code\n- audit"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul><p>c</p>", "- a\n  1. b\n\nc"),
        ("<h3>Work</h3><p>5 * 3 &lt; 16</p>", "## Work\n\n5 \\* 3 < 16"),
        ("<p>A <strong> b </strong>c</p>", "A  **b** c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b"),
        ("<p>- no list</p><p>2. none</p><p># none</p>", "\\- no list\n\n2\\. none\n\n\\# none"),
    ],
)
def test_to_text_writes_what_would_be_typed(kept, typed):
    assert to_text(kept) == typed


WORDS = st.text("ab *_-#1.<>&+", min_size=1, max_size=12)
LINES = st.builds("{}{}".format, st.sampled_from(["", "- ", "1. ", "## ", "  - ", "+ "]), WORDS)
TYPED = st.lists(st.lists(LINES, max_size=4).map("\n".join), max_size=5).map("\n\n".join)


@given(TYPED)
@example("- + 1\n  - 1")
@example("-\n  - 1")
@example("- 1\n\n  #")
@example("- a\n\n+ b\n\n1. c\n\n1) d")
def test_to_text_of_what_was_typed_is_read_back(typed):
    kept = to_html(typed)

    assert packed(to_html(to_text(kept))) == packed(kept)


def packed(html):
    """Without the space that nobody sees."""
    html = re.sub(r"\s*(</?(?:p|br|ul|ol|li|h3|h4)>)\s*", r"\1", html)
    return re.sub(r"\s+", " ", html)
