from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _


def refuse_disguise(url: str) -> None:
    """What stands before an @ looks like a host, and is where a browser goes after a backslash."""
    if "@" in urlsplit(url).netloc:
        raise ValidationError(_("Leave out what stands before the @: it hides where this leads."))


class WebAddressField(forms.URLField):
    """A web address, and nothing else that may follow "href": "lakeside.org" gets its https."""

    # A browser's own check of type="url" would refuse what is read here.
    widget = forms.TextInput
    default_validators = [URLValidator(schemes=["http", "https"]), refuse_disguise]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.attrs.setdefault("inputmode", "url")
