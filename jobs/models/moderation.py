from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.models.job import Job
from jobs.models.vocabulary import ReasonCode
from jobs.states import Actor, JobStatus


class ListingEvent(models.Model):
    """Who moved a posting from what to what, when and why. Append-only, by a database trigger.

    `from_status` equal to `to_status` is an act that leaves the status: a renewal, a
    confirmation, an edit taken in.
    """

    job = models.ForeignKey(Job, models.CASCADE, related_name="events")
    from_status = models.CharField(max_length=20, choices=JobStatus, blank=True)
    to_status = models.CharField(max_length=20, choices=JobStatus)
    actor = models.CharField(max_length=10, choices=Actor)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    act = models.CharField(max_length=30)
    reason = models.ForeignKey(ReasonCode, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, max_length=2000)
    diff = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["job", "at"], name="listing_event_by_job")]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.from_status} → {self.to_status}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def unmatched(self) -> Self:
        return self.filter(matched_at=None)


class Publication(models.Model):
    """The outbox row of a posting that became public: the alert matcher has work to do."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="publications")
    published_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(matched_at=None), name="publication_unmatched"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} at {self.published_at:%Y-%m-%d %H:%M}"


class Report(models.Model):
    """A reader's complaint about a posting; one open report a reader and posting."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="reports")
    reason = models.ForeignKey(ReasonCode, models.PROTECT, related_name="+")
    note = models.TextField(_("what is wrong"), blank=True, max_length=1000)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["job", "reporter"],
                condition=Q(settled_at=None),
                name="report_one_open_per_reader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.reason_id}"
