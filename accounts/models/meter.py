from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Window(models.TextChoices):
    DAY = "day", _("a day")
    MONTH = "month", _("a calendar month")
    EVER = "ever", _("in all")

    def starts_on(self, day: date) -> date:
        """The first day of the window that holds `day`; one fixed day where it never ends."""
        match self:
            case Window.DAY:
                return day
            case Window.MONTH:
                return day.replace(day=1)
        return date(2000, 1, 1)

    def next_starts_on(self, day: date) -> date | None:
        match self:
            case Window.DAY:
                return day + timedelta(days=1)
            case Window.MONTH:
                return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return None


class Tier(models.Model):
    """How many code pages somebody may open in a window; null is without limit.

    What a guest opened before logging in stays open beside it, up to the guest's own limit, so a
    member's pages are always more.
    """

    GUEST, MEMBER, VERIFIED, EMPLOYER, STAFF = "guest", "member", "verified", "employer", "staff"

    slug = models.SlugField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    limit = models.PositiveIntegerField(
        _("code pages"), null=True, blank=True, help_text=_("Empty: without limit.")
    )
    window = models.CharField(
        _("in"),
        max_length=5,
        choices=Window,
        default=Window.MONTH,
        help_text=_("Another window begins to count anew, and what was opened is locked again."),
    )
    position = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class Allowance(models.Model):
    """What a viewer has opened in the window that begins on a day: `used` of their own.

    `carried` were opened as a guest and brought along at a log-in; they cost nothing.
    """

    viewer = models.CharField(max_length=40)
    window = models.DateField()
    used = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["viewer", "window"], name="allowance_once_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer}: {self.used}"


class View(models.Model):
    """A page that a viewer opened in a window; what it holds is a key that only its app reads."""

    viewer = models.CharField(max_length=40)
    content = models.CharField(max_length=60)
    window = models.DateField()
    carried = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["viewer", "content", "window"], name="view_once_per_window"
            ),
            models.CheckConstraint(condition=~Q(viewer=""), name="view_has_viewer"),
        ]
        indexes: ClassVar = [models.Index(fields=["opened_at"], name="view_by_age")]

    def __str__(self) -> str:
        return f"{self.viewer}: {self.content}"
