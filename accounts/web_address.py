import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

# What stands before an @ looks like a host, and after a backslash a browser goes there.
DISGUISE = re.compile(r"[^/?#]*//[^/?#]*@")


def refuse_disguise(url: str) -> None:
    if DISGUISE.match(url):
        raise ValidationError(_("Leave out what stands before the @: it hides where this leads."))


class WebAddressField(forms.URLField):
    """A web address, and nothing else that may follow "href": "lakeside.org" gets its https."""

    # A browser would refuse "lakeside.org" in a field of type "url".
    widget = forms.TextInput
    default_validators = [URLValidator(schemes=["http", "https"]), refuse_disguise]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.attrs.setdefault("inputmode", "url")
