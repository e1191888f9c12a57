from django.urls import path

from jobs.views import applicants, hire, hire_moves, hire_posting, hire_preview, hire_team

app_name = "hire"

urlpatterns = [
    path("", hire.home, name="home"),
    path("employer/new/", hire.employer_new, name="employer_new"),
    path("invitation/<slug:token>/", hire_team.invitation, name="invitation"),
    path("jobs/<slug:public_id>/", hire_posting.job, name="job"),
    path("jobs/<slug:public_id>/edit/", hire_posting.job_edit, name="job_edit"),
    path("jobs/<slug:public_id>/autosave/", hire_posting.autosave, name="autosave"),
    path("jobs/<slug:public_id>/typed/", hire_posting.typed_discard, name="typed_discard"),
    path("jobs/<slug:public_id>/preview/", hire_preview.preview, name="preview"),
    path("jobs/<slug:public_id>/submit/", hire_moves.submit, name="submit"),
    path("jobs/<slug:public_id>/withdraw/", hire_moves.withdraw, name="withdraw"),
    path("jobs/<slug:public_id>/filled/", hire_moves.filled, name="filled"),
    path("jobs/<slug:public_id>/renew/", hire_moves.renew, name="renew"),
    path("jobs/<slug:public_id>/confirm/", hire_moves.confirm, name="confirm"),
    path("jobs/<slug:public_id>/copy/", hire_moves.copy, name="copy"),
    path("jobs/<slug:public_id>/revise/", hire_moves.revise, name="revise"),
    path("jobs/<slug:public_id>/discard/", hire_moves.discard, name="discard"),
    path("<slug:slug>/", hire.employer, name="employer"),
    path("<slug:slug>/about/", hire.employer_edit, name="employer_edit"),
    path("<slug:slug>/domains/", hire.domain_claim, name="domain_claim"),
    path("<slug:slug>/jobs/new/", hire_posting.job_new, name="job_new"),
    path("<slug:slug>/team/", hire_team.members, name="team"),
    path("<slug:slug>/team/invite/", hire_team.invite, name="invite"),
    path("<slug:slug>/team/<int:pk>/role/", hire_team.member_role, name="member_role"),
    path("<slug:slug>/team/<int:pk>/remove/", hire_team.member_remove, name="member_remove"),
    path(
        "<slug:slug>/invitations/<int:pk>/revoke/",
        hire_team.invitation_revoke,
        name="invitation_revoke",
    ),
    path("jobs/<slug:public_id>/applicants/", applicants.applicant_list, name="applicants"),
    path("applicants/<int:pk>/", applicants.applicant, name="applicant"),
    path("applicants/<int:pk>/move/", applicants.move, name="move"),
]
