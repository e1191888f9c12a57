import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer, User
from jobs.models.parts import Applying, Hiring, Pay, Place, Terms, Work
from jobs.states import CLOSED_IN_ORDER, OPEN_REVISION, REVISION, JobStatus

PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _place in range(10))


class JobQuerySet(models.QuerySet["Job"]):
    def visible(self, *, at: datetime | None = None) -> Self:
        """Jobs anyone may read: published, and not past their closing time at that instant."""
        return self.filter(status=JobStatus.PUBLISHED, closes_at__gt=at or timezone.now())

    def closed_in_order(self, *, at: datetime | None = None) -> Self:
        """Jobs that were public and ended well; their page stays, with a banner and no way in."""
        return self.filter(
            Q(status__in=CLOSED_IN_ORDER, first_published_at__isnull=False)
            | Q(status=JobStatus.PUBLISHED, closes_at__lte=at or timezone.now())
        )

    def overdue(self, *, at: datetime) -> Self:
        return self.filter(status=JobStatus.PUBLISHED, closes_at__lte=at)

    def originals(self) -> Self:
        """Without the revisions that wait beside a live posting."""
        return self.filter(revision_of=None)

    def in_review(self) -> Self:
        return self.filter(status=JobStatus.PENDING)

    def read_by(self, user: User) -> Self:
        return self.filter(employer__in=Employer.objects.read_by(user))

    def edited_by(self, user: User) -> Self:
        return self.filter(employer__in=Employer.objects.edited_by(user))

    def for_cards(self) -> Self:
        """What a card reads, in a constant number of queries whatever the number of jobs."""
        return self.select_related("source").prefetch_related(
            Prefetch("employer", Employer.objects.with_verified()),
            "employment_types",
            "states",
            "sites",
            "specialties",
            "code_ranges",
            "credential_requirements__credentials",
        )

    def for_page(self) -> Self:
        return self.for_cards().prefetch_related("settings", "software", "questions")


class Job(Pay, Place, Terms, Work, Hiring, Applying, models.Model):
    """A posting. Its status changes only through `services.moderation` and `services.posting`.

    A row with `revision_of` is an edit of a live posting that waits for review; it is never
    public. `closes_at` is an instant; `closes_on` days are read in the employer's zone.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=150, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="jobs")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    revision_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="revisions"
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=20, choices=JobStatus, default=JobStatus.DRAFT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    description = models.TextField(_("description"), blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    confirmed_open_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    source = models.ForeignKey(
        "jobs.Source", models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    external_id = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        permissions: ClassVar = [("moderate_job", _("Can decide on postings"))]
        constraints: ClassVar = [
            *Pay.Meta.constraints,
            *Work.Meta.constraints,
            *Applying.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status=JobStatus.DRAFT) | (~Q(title="") & ~Q(description="")),
                name="job_written_unless_draft",
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.PUBLISHED)
                | Q(
                    first_published_at__isnull=False,
                    published_at__isnull=False,
                    closes_at__isnull=False,
                ),
                name="job_dates_when_published",
            ),
            models.CheckConstraint(
                condition=Q(
                    revision_of=None, status__in=[s for s in JobStatus if s != JobStatus.MERGED]
                )
                | Q(revision_of__isnull=False, status__in=REVISION),
                name="job_revision_never_public",
            ),
            models.UniqueConstraint(
                fields=["revision_of"],
                condition=Q(status__in=OPEN_REVISION),
                name="job_one_open_revision",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=Q(source__isnull=False),
                name="job_once_per_source",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(status=JobStatus.PUBLISHED),
                name="job_live_newest",
            ),
            models.Index(
                fields=["closes_at"],
                condition=Q(status=JobStatus.PUBLISHED),
                name="job_live_closing",
            ),
            models.Index(
                fields=["submitted_at"],
                condition=Q(status=JobStatus.PENDING),
                name="job_queue",
            ),
            models.Index(fields=["employer", "status"], name="job_by_employer"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled posting"))

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.slug])

    def is_visible(self, *, at: datetime) -> bool:
        """The same rule as `JobQuerySet.visible`, for a row already in hand."""
        live = self.status == JobStatus.PUBLISHED
        return live and self.closes_at is not None and self.closes_at > at

    @property
    def is_revision(self) -> bool:
        return self.revision_of_id is not None


class JobSite(models.Model):
    """A place of work."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="sites")
    city = models.CharField(_("city"), max_length=80)
    state = models.ForeignKey("jobs.State", models.PROTECT, related_name="+")
    postal_code = models.CharField(_("ZIP code"), max_length=10, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.city}, {self.state_id}"


def content_fields() -> list[Any]:
    """The plain columns an employer writes, in the order of the form; not keys, status or dates."""
    parts = (Pay, Place, Terms, Work, Hiring, Applying)
    names = {field.name for part in parts for field in part._meta.local_fields}
    names |= {"title", "description"}
    return [field for field in Job._meta.concrete_fields if field.name in names]
