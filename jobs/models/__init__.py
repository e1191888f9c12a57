from jobs.models.alert import Alert, Cadence, Digest, Match
from jobs.models.application import Answer, Application, Move, Resume, ResumeKind, SavedJob
from jobs.models.draft import TypedForm
from jobs.models.job import Job, JobSite, content_fields
from jobs.models.moderation import ListingEvent, Publication, Report
from jobs.models.profile import HeldCredential, Profile, SpecialtyYears
from jobs.models.requirement import CredentialRequirement, JobCodeRange, Question, QuestionKind
from jobs.models.search import JobSearch
from jobs.models.source import ImportRun, Source, SourceFormat
from jobs.models.vocabulary import (
    Credential,
    CredentialGroup,
    EmploymentType,
    ReasonCode,
    ReasonKind,
    Setting,
    Software,
    State,
)

__all__ = [
    "Alert",
    "Answer",
    "Application",
    "Cadence",
    "Credential",
    "CredentialGroup",
    "CredentialRequirement",
    "Digest",
    "EmploymentType",
    "HeldCredential",
    "ImportRun",
    "Job",
    "JobCodeRange",
    "JobSearch",
    "JobSite",
    "ListingEvent",
    "Match",
    "Move",
    "Profile",
    "Publication",
    "Question",
    "QuestionKind",
    "ReasonCode",
    "ReasonKind",
    "Report",
    "Resume",
    "ResumeKind",
    "SavedJob",
    "Setting",
    "Software",
    "Source",
    "SourceFormat",
    "SpecialtyYears",
    "State",
    "TypedForm",
    "content_fields",
]
