from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.moderator_admin import MODERATE, ModeratorAdmin, ReadOnlyAdmin
from codes.codes import system_of
from codes.models import Section, Specialty, SpecialtyRange


class RangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A run of codes by its two ends, as coders write them."""

    first = forms.CharField(label=_("From"), max_length=5)
    last = forms.CharField(label=_("To"), max_length=5)

    class Meta:
        model = SpecialtyRange
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(first=self.instance.lo, last=self.instance.hi)

    def clean(self) -> dict[str, Any]:
        ends = self.cleaned_data
        if "first" in ends and "last" in ends:
            try:
                self.instance.system = system_of(ends["first"].strip().upper())
                self.instance.set_ends(ends["first"], ends["last"])
            except ValueError as error:
                self.add_error("first", str(error))
        return ends


class RangesInline(admin.TabularInline):  # type: ignore[type-arg]
    model = SpecialtyRange
    form = RangeForm
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm(MODERATE)

    has_add_permission = has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


@admin.register(Specialty)
class SpecialtyAdmin(ModeratorAdmin):
    """Marks what a moderator wrote, so that loading the shipped files leaves it alone."""

    list_display = ["name", "short", "founding", "position", "edited_at"]
    search_fields = ["name", "slug"]
    readonly_fields = ["edited_at"]
    filter_horizontal = ["sections"]
    inlines = [RangesInline]

    def save_model(self, request: HttpRequest, obj: Specialty, form: Any, change: bool) -> None:
        obj.edited_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    """The tree of code sections always follows the shipped file; it is read here, not written."""

    list_display = ["title", "system", "text", "parent", "is_leaf"]
    list_filter = ["system", "is_leaf"]
    list_select_related = ["parent"]
    search_fields = ["title", "slug"]
    fields = ["title", "slug", "system", "text", "parent", "is_leaf"]
