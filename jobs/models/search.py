from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models

from jobs.models.job import Job


class JobSearch(models.Model):
    """The narrow row of a live posting that search reads; written with the posting, in one go.

    Arrays hold primary keys (states: two-letter codes). `hires_in` lists the states in which the
    employer may hire, `states_not_stated` says that the posting does not tell. `head_words` are
    those of the title and of what the posting names, `words` are all. `hourly_max` is the only end
    of a band of pay that has but one. `credential_rule` and `home_rule` are asked of a coder's
    profile (`jobs.search.hires`); they are NULL where the posting does not tell.
    """

    job = models.OneToOneField(Job, models.CASCADE, primary_key=True, related_name="search")
    posted_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    employer_id = models.BigIntegerField()
    specialties = ArrayField(models.IntegerField(), default=list)
    credentials = ArrayField(models.IntegerField(), default=list)
    settings = ArrayField(models.IntegerField(), default=list)
    employment_types = ArrayField(models.IntegerField(), default=list)
    hires_in = ArrayField(models.CharField(max_length=2), default=list)
    states_not_stated = models.BooleanField(default=False)
    mode = models.CharField(max_length=10)
    apprentice = models.CharField(max_length=10)
    years_min = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    credential_rule = SearchQueryField(null=True)
    home_rule = SearchQueryField(null=True)
    hourly_min = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_max = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    title_words = SearchVectorField()
    head_words = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="job_search_words"),
            GinIndex(fields=["head_words"], name="job_search_head_words"),
            GinIndex(fields=["title_words"], name="job_search_title_words"),
            models.Index(fields=["-posted_at", "-job"], name="job_search_newest"),
            models.Index(fields=["closes_at"], name="job_search_closing"),
        ]

    def __str__(self) -> str:
        return f"search row of {self.job_id}"
