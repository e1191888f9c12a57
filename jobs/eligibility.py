"""Reads a posting and a profile into the plain values that `jobs.verdict` compares."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from jobs.models import Credential, HeldCredential, Job, Profile
from jobs.verdict import Asked, Held, Home, Person, Practice, Requirements, Verdict, verdict


def profile_of(user: User | AnonymousUser) -> Profile | None:
    """The reader's profile with all that a verdict reads; None for a visitor or without one."""
    if not user.is_authenticated:
        return None
    return (
        Profile.objects.filter(user=user)
        .select_related("state")
        .prefetch_related("held__credential__groups__credentials", "specialties__specialty")
        .first()
    )


def verdict_for(job: Job, profile: Profile | None) -> Verdict | None:
    if profile is None:
        return None
    return verdict(requirements_of(job), person_of(profile))


def requirements_of(job: Job) -> Requirements:
    """Asks the database nothing when the job was loaded `for_cards`."""
    groups = [
        (group.required, tuple(_asked(credential) for credential in group.credentials.all()))
        for group in job.credential_requirements.all()
    ]
    required = tuple(asked for is_required, asked in groups if is_required and asked)
    return Requirements(
        groups=required,
        preferred_only=bool(groups) and not required,
        apprentice=job.apprentice,
        mode=job.mode,
        state_rule=job.state_rule,
        states=frozenset(state.code for state in job.states.all()),
        site_states=frozenset(site.state_id for site in job.sites.all()),
        years_min=job.years_min,
        specialties=frozenset(specialty.pk for specialty in job.specialties.all()),
    )


def person_of(profile: Profile) -> Person:
    """Asks the database nothing when the profile came from `profile_of`."""
    state = profile.state
    return Person(
        held=tuple(_held(row) for row in profile.held.all()),
        home=Home(state.code, state.name) if state else None,
        years=profile.years,
        practices=tuple(
            Practice(row.specialty_id, row.specialty.name, row.years)
            for row in profile.specialties.all()
        ),
    )


def _asked(credential: Credential) -> Asked:
    return Asked(credential.pk, credential.code, credential.apprentice_of_id)


def _held(row: HeldCredential) -> Held:
    credential = row.credential
    neighbours = (each.pk for group in credential.groups.all() for each in group.credentials.all())
    return Held(
        pk=credential.pk,
        code=credential.code,
        since=row.since,
        apprentice_of=credential.apprentice_of_id,
        supersedes=credential.supersedes_id,
        taken_for=frozenset(neighbours) - {credential.pk},
    )
