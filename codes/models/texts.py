from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 160


def validate_texts(value: Any) -> None:
    """A list of short texts, which is all that our JSON columns of words may hold."""
    if not isinstance(value, list) or not all(_is_text(each) for each in value):
        raise ValidationError(_('Write a list of texts: ["HSG", "dye test"].'), "not_texts")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and "\0" not in value
