from typing import Any

from django import forms
from django.core.validators import URLValidator


class WebAddressField(forms.URLField):
    """A web address, and nothing else that may follow "href": "lakeside.org" gets its https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)
        self.widget.attrs.setdefault("inputmode", "url")
