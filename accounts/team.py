"""Who acts for an employer: inviting, joining, changing roles, leaving."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import letters
from accounts.addresses import is_address
from accounts.employers import verify_domains
from accounts.errors import AlreadyMember, InvitationOver, LastOwner
from accounts.models import Employer, Invitation, Member, User
from accounts.models.employer import Role, invitation_token

INVITATION_LASTS = timedelta(days=14)


@transaction.atomic
def invite(*, employer: Employer, email: str, role: str, by: User, now: datetime) -> Invitation:
    """Mail a link to join; inviting an address anew replaces its earlier link.

    Raises AlreadyMember when a member holds the address.
    """
    _lock(employer.pk)
    members = employer.members.values("user")
    if EmailAddress.objects.filter(user__in=members, email__iexact=email).exists():
        raise AlreadyMember(_("%(email)s belongs to the team already.") % {"email": email})
    employer.invitations.filter(is_address("email", email), accepted_at=None).delete()
    invitation = Invitation.objects.create(
        employer=employer,
        email=email,
        role=role,
        token=invitation_token(),
        invited_by=by,
        expires_at=now + INVITATION_LASTS,
    )
    _post(invitation, now=now)
    return invitation


@transaction.atomic
def accept(*, token: str, by: User, now: datetime) -> Member:
    """Join by the link, once. Raises InvitationOver when it was used, taken back or has expired.

    The link is the proof: it went to the address that was invited.
    """
    open_ones = Invitation.objects.filter(token=token, accepted_at=None, expires_at__gt=now)
    if not open_ones.update(accepted_at=now):
        raise InvitationOver(_("This invitation was used or has expired. Ask for a new one."))
    invitation = Invitation.objects.select_related("employer").get(token=token)
    member, _made = Member.objects.get_or_create(
        employer=invitation.employer, user=by, defaults={"role": invitation.role}
    )
    verify_domains(employer=invitation.employer, now=now)
    return member


@transaction.atomic
def change_role(*, member: Member, role: str) -> None:
    """Raises LastOwner when nobody would be left to manage the employer."""
    _lock(member.employer_id)
    if role != Role.OWNER:
        _refuse_last_owner(member)
    Member.objects.filter(pk=member.pk).update(role=role)


@transaction.atomic
def remove_member(*, member: Member) -> None:
    """Raises LastOwner when nobody would be left to manage the employer."""
    _lock(member.employer_id)
    _refuse_last_owner(member)
    Member.objects.filter(pk=member.pk).delete()


def _lock(employer_id: int) -> None:
    """Two changes of one team wait for each other, so two owners cannot both leave."""
    Employer.objects.select_for_update().get(pk=employer_id)


def _refuse_last_owner(member: Member) -> None:
    owners = Member.objects.filter(employer_id=member.employer_id, role=Role.OWNER)
    if list(owners.values_list("pk", flat=True)) == [member.pk]:
        raise LastOwner(_("An employer needs an owner. Make somebody else an owner first."))


def _post(invitation: Invitation, *, now: datetime) -> None:
    letters.post(
        key=f"invitation:{invitation.pk}",
        to=invitation.email,
        template="accounts/invitation",
        context={
            "invitation": invitation,
            "path": reverse("hire:invitation", args=[invitation.token]),
        },
        now=now,
        forget=True,
    )
