from datetime import UTC, datetime

import html5lib
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

EVIL = "<script>alert('x')</script> & \"co\""
AT = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
VERDICT = {
    "answer": "no",
    "word": EVIL,
    "reasons": [{"answer": answer, "text": EVIL} for answer in ("yes", "no", "unknown")],
}
OPTION = {"value": EVIL, "label": EVIL, "count": 3, "checked": True, "name": "specialty"}
CARD = {
    "url": "/jobs/x/",
    "title": EVIL,
    "employer_name": EVIL,
    "employer_verified": True,
    "verdict": VERDICT,
    "pay_text": EVIL,
    "hourly_text": EVIL,
    "employment_text": EVIL,
    "place_text": EVIL,
    "credentials_text": EVIL,
    "chips": [{"text": EVIL, "url": "/a/"}, {"text": EVIL, "url": ""}],
    "freshness_text": EVIL,
    "saved": True,
}


class Form(forms.Form):
    line = forms.CharField(label=EVIL, help_text="Help")
    text = forms.CharField(widget=forms.Textarea, required=False)
    pick = forms.ChoiceField(choices=[("a", EVIL)])
    one = forms.ChoiceField(choices=[("a", EVIL)], widget=forms.RadioSelect, help_text="Help")
    many = forms.MultipleChoiceField(choices=[("a", EVIL)], widget=forms.CheckboxSelectMultiple)
    tick = forms.BooleanField(help_text="Help")
    file = forms.FileField()
    quiet = forms.CharField(widget=forms.HiddenInput, required=False)


CASES = {
    "autosave": {"saved_at": AT},
    "code_chip": {"code": EVIL, "url": "/a/", "system": EVIL},
    "confirm": {"question": EVIL, "detail": EVIL, "action": "/a/", "yes": EVIL, "cancel_url": "/"},
    "empty": {"title": EVIL, "text": EVIL, "links": [{"url": "/a/", "label": EVIL}]},
    "facet": {"legend": EVIL, "options": [OPTION], "more": [{**OPTION, "value": "b"}]},
    "freshness": {"text": EVIL, "at": AT},
    "job_card": {"card": CARD},
    "notice": {"level": "error", "text": EVIL, "title": EVIL},
    "pay": {"job": {"pay_text": EVIL, "hourly_text": EVIL, "pay_source": EVIL}},
    "status": {"word": EVIL, "tone": "good"},
    "timeline": {"events": [{"at": AT, "text": EVIL, "who": EVIL}]},
    "tri": {"value": None},
    "verdict": {"verdict": VERDICT, "full": True},
}


def render(name, **context):
    return render_to_string(f"components/{name}.html", context)


def parse_errors(html, container="div"):
    parser = html5lib.HTMLParser()
    parser.parseFragment(html, container=container)
    return parser.errors


@pytest.mark.parametrize(("name", "context"), CASES.items(), ids=CASES)
def test_component_is_valid_and_escapes_what_people_wrote(name, context):
    html = render(name, **context)

    assert parse_errors(html) == []
    assert "<script" not in html


@pytest.mark.parametrize("name", CASES)
def test_component_without_values_is_valid(name):
    html = render(name, job={}, card={}, verdict={})

    assert parse_errors(html) == []


def test_definition_says_not_stated_for_an_empty_value():
    empty, zero = render("definition", label="Openings"), render("definition", label="n", value=0)

    assert parse_errors(f"<dl>{empty}{zero}</dl>") == []
    assert ("not stated" in empty, "<dd>0</dd>" in zero) == (True, True)


@pytest.mark.parametrize(
    ("value", "word"),
    [(True, "yes"), ("yes", "yes"), (False, "no"), ("no", "no"), (None, "not stated")],
)
def test_tri_has_a_word_for_each_state(value, word):
    assert f">{word}<" in render("tri", value=value)


def test_verdict_folds_its_reasons_unless_full():
    assert "<details" in render("verdict", verdict=VERDICT)
    assert "<details" not in render("verdict", verdict=VERDICT, full=True)


@pytest.mark.parametrize("name", list(Form.base_fields))
def test_field_ties_help_and_errors_to_its_input(name):
    form = Form({})
    field = form[name]
    html = render("field", field=field)
    ids = {node.get("id") for node in html5lib.parse(html, namespaceHTMLElements=False).iter()}

    assert parse_errors(html) == []
    assert "<script" not in html
    assert set((field.aria_describedby or "").split()) <= ids
    assert html.count(f'aria-describedby="{field.aria_describedby}"') == bool(
        field.aria_describedby
    )


def test_field_marks_what_is_optional():
    form = Form()

    assert "optional" in render("field", field=form["text"])
    assert "optional" not in render("field", field=form["text"], mark_optional=False)
    assert "optional" not in render("field", field=form["line"])


def test_form_errors_links_to_each_refused_field():
    form = Form({})

    html = render("form_errors", form=form)

    links = [
        node.get("href") for node in html5lib.parse(html, namespaceHTMLElements=False).iter("a")
    ]
    assert parse_errors(html) == []
    assert links == ["#id_line", "#id_pick", "#id_one", "#id_many", "#id_tick", "#id_file"]


def test_form_errors_is_silent_for_a_form_without_errors():
    assert render("form_errors", form=Form()).strip() == ""


def test_pager_keeps_the_rest_of_the_query():
    request = RequestFactory().get("/jobs/", {"q": "urology", "page": "2"})
    page = Paginator(range(60), 20).page(2)

    html = render_to_string("components/pager.html", {"page": page, "target": "results"}, request)

    assert parse_errors(html) == []
    assert html.count("?q=urology&amp;page=1") == html.count("?q=urology&amp;page=3") == 2
    assert "21–40 of 60 · page 2 of 3" in html


def test_pager_is_silent_on_a_single_page():
    assert render("pager", page=Paginator(range(3), 20).page(1)).strip() == ""
