from typing import Any

from django import template

register = template.Library()


@register.filter
def at(values: dict[Any, Any], key: Any) -> Any:
    """The value of a key that the template holds in a variable; "" where there is none."""
    return values.get(key, "")
