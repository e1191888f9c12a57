from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from django.utils import timezone

from accounts import team
from accounts.errors import AlreadyMember, InvitationOver, LastOwner
from accounts.models import Invitation, Letter, Member
from accounts.team import INVITATION_LASTS, accept, change_role, invite, remove_member
from accounts.tests.factories import make_employer, make_member, make_user

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def make_invitation(employer=None, **fields):
    values = {"email": "new@lakeside.org", "role": "recruiter", "by": make_user(), "now": NOW}
    return invite(employer=employer or make_employer(), **{**values, **fields})


def test_invite_posts_a_letter_that_is_forgotten_once_sent():
    employer = make_employer(name="Smith & Sons")

    invitation = make_invitation(employer)

    letter = Letter.objects.get()
    assert (letter.to, letter.forget) == ("new@lakeside.org", True)
    assert letter.subject == "Smith & Sons invites you to its team on Codeward"
    assert f"/hire/invitation/{invitation.token}/" in letter.text


def test_invite_replaces_an_earlier_invitation_to_the_same_address():
    employer = make_employer()
    old = make_invitation(employer)

    new = make_invitation(employer, email="NEW@lakeside.org", role="viewer")

    assert list(Invitation.objects.values_list("token", "role")) == [(new.token, "viewer")]
    assert old.token != new.token
    assert Letter.objects.count() == 2


def test_invite_refuses_a_member():
    member = make_member()

    with pytest.raises(AlreadyMember, match="belongs to the team already"):
        make_invitation(member.employer, email=member.user.email.upper())


def test_accept_makes_a_member_whatever_their_address():
    invitation = make_invitation(role="viewer")
    user = make_user(email="private@example.net")

    accept(token=invitation.token, by=user, now=NOW)

    member = Member.objects.get(user=user)
    assert (member.employer, member.role) == (invitation.employer, "viewer")


def test_accept_works_once():
    invitation = make_invitation()
    accept(token=invitation.token, by=make_user(), now=NOW)

    with pytest.raises(InvitationOver, match="was used or has expired"):
        accept(token=invitation.token, by=make_user(), now=NOW)

    assert invitation.employer.members.count() == 1


def test_accept_refuses_at_the_instant_of_expiry():
    invitation = make_invitation()
    late = NOW + INVITATION_LASTS

    with pytest.raises(InvitationOver):
        accept(token=invitation.token, by=make_user(), now=late)
    accept(token=invitation.token, by=make_user(), now=late - timedelta(seconds=1))


def test_accept_leaves_the_role_of_a_member():
    owner = make_member(role="owner")
    invitation = make_invitation(owner.employer, role="viewer")

    accept(token=invitation.token, by=owner.user, now=NOW)

    owner.refresh_from_db()
    assert owner.role == "owner"


def test_accept_lets_the_new_address_prove_the_website():
    employer = make_employer(website="https://lakeside.org")
    invitation = make_invitation(employer)

    accept(token=invitation.token, by=make_user(email="new@lakeside.org"), now=NOW)

    assert list(employer.domains.verified().values_list("domain", flat=True)) == ["lakeside.org"]


@pytest.mark.parametrize(
    "leave", [remove_member, lambda *, member: change_role(member=member, role="viewer")]
)
def test_last_owner_stays(leave):
    owner = make_member(role="owner")
    make_member(employer=owner.employer, role="recruiter")

    with pytest.raises(LastOwner, match="Make somebody else an owner first"):
        leave(member=owner)

    owner.refresh_from_db()
    assert owner.role == "owner"


def test_change_role_and_remove_member_with_another_owner_left():
    first = make_member(role="owner")
    second = make_member(employer=first.employer, role="owner")

    change_role(member=first, role="recruiter")
    remove_member(member=first)

    assert list(Member.objects.all()) == [second]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one(monkeypatch):
    first = make_member(role="owner")
    second = make_member(employer=first.employer, role="owner")
    meeting, refuse = Barrier(2), team._refuse_last_owner

    def refuse_and_meet(member):
        refuse(member)
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=1)

    monkeypatch.setattr(team, "_refuse_last_owner", refuse_and_meet)

    def leave(member):
        try:
            remove_member(member=member)
        except LastOwner:
            return "stays"
        finally:
            connection.close()
        return "left"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(leave, [first, second]))

    assert (answers, Member.objects.count()) == (["left", "stays"], 1)
