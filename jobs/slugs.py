"""The address of a posting: it follows the title until the day it first becomes public."""

from django.utils.text import slugify

from jobs.models import Job


def slug_of(job: Job) -> str:
    """The words end in the public id, so two postings never compete for one address."""
    if job.first_published_at:
        return job.slug
    words = slugify(f"{job.title} {job.employer.name}")[:130].strip("-")
    return f"{words or 'posting'}-{job.public_id}"
