from typing import ClassVar

from django.conf import settings
from django.db import models

from jobs.models.job import Job


class TypedForm(models.Model):
    """What a person last typed into a long form, valid or not, so that nothing typed is lost.

    `data` maps each field to the list of its values, as a browser sent them.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="typed_forms")
    job = models.ForeignKey(Job, models.CASCADE, related_name="typed_forms")
    kind = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "job", "kind"], name="typed_form_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.job_id}"
