import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.tests.factories import make_user
from jobs import typed_forms
from jobs.forms.posting import PostingForm
from jobs.models import TypedForm
from jobs.tests.factories import make_job
from jobs.tests.typed import typed_in

NOW = timezone.now()


def test_typed_in_leaves_out_what_is_ours():
    post = QueryDict("title=A&states=OH&states=MI&csrfmiddlewaretoken=x&intent=save&shift=a%00b")

    assert typed_forms.typed_in(post) == {
        "title": ["A"],
        "states": ["OH", "MI"],
        "shift": ["ab"],
    }


def test_typed_in_refuses_more_than_a_form_can_hold():
    post = QueryDict(mutable=True)
    post["title"] = "x" * 200_001

    with pytest.raises(typed_forms.TooMuchTyped, match="too much text"):
        typed_forms.typed_in(post)


@pytest.mark.django_db
def test_keep_replaces_what_one_typed_there_before():
    user, job = make_user(), make_job()
    typed_forms.keep(user=user, job=job, kind="posting", typed={"title": ["old"]}, now=NOW)

    typed_forms.keep(user=user, job=job, kind="posting", typed={"title": ["new"]}, now=NOW)

    assert list(TypedForm.objects.values_list("user", "data")) == [(user.pk, {"title": ["new"]})]


@pytest.mark.django_db
def test_shown_in_gives_each_field_what_was_typed_right_or_wrong():
    job = make_job(status="draft")
    sent = typed_in(job, pay_min="lots", sites="nowhere", states=["OH", "XX"], closes_on="soon")
    post = QueryDict(mutable=True)
    for name, value in sent.items():
        post.setlist(name, value if isinstance(value, list) else [value])

    form = PostingForm(instance=job, now=NOW)
    form.initial.update(typed_forms.shown_in(form, typed_forms.typed_in(post)))

    shown = {name: form[name].value() for name in ("pay_min", "sites", "states", "closes_on")}
    assert shown == {
        "pay_min": "lots",
        "sites": "nowhere",
        "states": ["OH", "XX"],
        "closes_on": "soon",
    }
