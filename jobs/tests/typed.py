"""What a browser sends of the posting form, for tests that change a field or two of it."""

from datetime import date
from typing import Any

from django.utils import timezone

from jobs.forms.posting import PostingForm
from jobs.models import Job

WRITTEN = {
    "title": "Urology Coder",
    "description": "You code cystoscopies.\n\n- office\n- operating room",
}


def typed_in(job: Job, **changes: Any) -> dict[str, Any]:
    """The whole form as it opens for `job`, with a title and a text, and with `changes`."""
    form = PostingForm(instance=job, now=timezone.now())
    values = {name: _sent(form[name].value()) for name in form.fields}
    written = {} if job.title else WRITTEN
    return {name: value for name, value in {**values, **written, **changes}.items() if value != ""}


def _sent(value: Any) -> Any:
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case date():
            return value.isoformat()
        case list():
            return [str(item) for item in value]
    return str(value)
