"""Fields that read several rows from one text, and print them there again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs import code_text, credential_text, site_text
from jobs.credential_text import UnknownCredentials, parse_groups, spelling
from jobs.description_text import to_html, to_text
from jobs.models import Credential, State


class LinesField(forms.CharField):
    """A text that stands for rows. Its initial value is either: rows, or the text as typed."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.printed(value)

    def clean(self, value: Any) -> Any:
        return self.parsed(super().clean(value))

    def printed(self, rows: Any) -> str:
        raise NotImplementedError

    def parsed(self, text: str) -> Any:
        raise NotImplementedError


class CredentialGroupsField(LinesField):
    """Cleans to groups of credential codes."""

    def printed(self, rows: Iterable[Iterable[str]]) -> str:
        return credential_text.print_groups(rows)

    def parsed(self, text: str) -> list[list[str]]:
        if not text:
            return []
        codes = Credential.objects.values_list("code", flat=True)
        try:
            return parse_groups(text, {spelling(code): code for code in codes})
        except UnknownCredentials as error:
            message = ngettext(
                "Not a credential on our list: %(words)s. Write its letters, such as CPC.",
                "Not credentials on our list: %(words)s. Write their letters, such as CPC.",
                len(error.words),
            )
            raise ValidationError(message, "unknown", {"words": ", ".join(error.words)}) from error


class CodeRunsField(LinesField):
    """Cleans to (system, span of sort keys) pairs."""

    def printed(self, rows: Iterable[code_text.Run]) -> str:
        return code_text.print_runs(rows)

    def parsed(self, text: str) -> list[code_text.Run]:
        try:
            return code_text.parse_runs(text)
        except code_text.BadRuns as error:
            raise ValidationError(error.problems) from error


class SitesField(LinesField):
    def printed(self, rows: Iterable[site_text.Site]) -> str:
        return site_text.print_sites(rows)

    def parsed(self, text: str) -> list[site_text.Site]:
        if not text:
            return []
        states = State.objects.values_list("code", "name")
        known = {word.upper(): code for code, name in states for word in (code, name)}
        try:
            return site_text.parse_sites(text, known)
        except site_text.BadSites as error:
            message = _("Not read as a place: %(lines)s. Write “Dayton, OH 45402”.")
            raise ValidationError(message, "place", {"lines": "; ".join(error.lines)}) from error


class DescriptionField(forms.CharField):
    """Shown as it would be typed, cleaned to the markup that is kept."""

    widget = forms.Textarea(attrs={"rows": 14})

    def clean(self, value: Any) -> str:
        html = to_html(super().clean(value))
        if self.required and not html:
            raise ValidationError(self.error_messages["required"], "required")
        return html

    def typed(self, html: str) -> str:
        return to_text(html)
