"""Who may do what: every address of ours × every role, on one's own and on others' rows.

A stranger to a row gets 404, a member without the right 403, a visitor the log-in page. What
asks first or is refused by its own rule answers with a page or a redirect, as for anybody.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from jobboard.tests.doors import doors
from jobboard.tests.world import ROLES, make_world
from jobs.search import document
from jobs.tests.factories import make_specialty, make_state

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"

# visitor, coder, applicant, viewer, recruiter, owner, outsider, staff, moderator
ALLOWED = {
    "200 200 200 200 200 200 200 200 200": """
        GET /
        GET /robots.txt
        GET /sitemap.xml
        GET /sitemap-jobs.xml
        GET /healthz
        GET /about/
        GET /ask/
        POST /ask/
        GET /case/
        POST /case/
        GET /case/shared/{case.share_token}/
        GET /about/data/
        GET /jobs/
        GET /jobs/feeds/
        GET /jobs/feed.atom
        GET /jobs/feed.rss
        GET /jobs/specialty/urology/
        GET /jobs/state/ohio/
        GET /jobs/{job.slug}/
        GET /codes/
        GET /codes/suggest/
        GET /codes/tables/modifiers/
        GET /codes/specialty/urology/
        GET /codes/section/{section.slug}/
        GET /codes/cpt/{code.code}/
        GET /alerts/sent/
        GET /alerts/confirm/{alert.token}/
        GET /alerts/manage/{alert.token}/
        POST /alerts/manage/{alert.token}/
        """,
    "400 400 400 400 400 400 400 400 400": "POST /case/api/",
    "302 302 302 302 302 302 302 302 302": """
        GET /alerts/new/
        POST /alerts/confirm/{alert.token}/
        POST /alerts/end/{alert.token}/
        POST /ask/delete/
        """,
    "404 404 404 404 404 404 404 404 404": """
        GET /jobs/{draft.slug}/
        GET /jobs/{pending.slug}/
        GET /jobs/{pending.slug}/apply/
        POST /alerts/unsubscribe/made-up/
        GET /mailbox/
        GET /mailbox/made-up/
        POST /consults/mail/postmark/
        """,
    "200 200 200 302 302 302 302 200 200": "GET /hire/",
    "login 200 200 200 200 200 200 200 200": """
        GET /consults/
        GET /consults/new/
        POST /consults/new/
        GET /jobs/{job.slug}/report/
        POST /jobs/{job.slug}/report/
        GET /codes/cpt/{code.code}/report/
        POST /codes/cpt/{code.code}/report/
        GET /hire/employer/new/
        POST /hire/employer/new/
        GET /hire/invitation/{invitation.token}/
        GET /alerts/
        GET /case/mine/
        GET /desk/
        GET /profile/
        POST /profile/
        GET /saved/
        POST /jobs/{job.slug}/apply/autosave/
        GET /applications/
        GET /resumes/
        """,
    "login 404 404 404 404 404 404 404 404": "GET /jobs/{pending.slug}/report/",
    "login 302 302 302 302 302 302 302 302": """
        POST /case/keep/
        POST /hire/invitation/{invitation.token}/
        POST /jobs/{job.slug}/save/
        """,
    "login 403 403 403 403 403 403 403 403": """
        GET /consults/queue/
        GET /consults/queue/{consult.public_id}/
        POST /consults/queue/{consult.public_id}/claim/
        POST /consults/queue/{consult.public_id}/release/
        POST /consults/queue/{consult.public_id}/answer/
        """,
    "login 404 404 200 200 200 404 404 404": """
        GET /hire/jobs/{job.public_id}/
        GET /hire/jobs/{job.public_id}/preview/
        GET /hire/jobs/{job.public_id}/applicants/
        GET /hire/{employer.slug}/
        GET /hire/{employer.slug}/team/
        GET /hire/applicants/{application.pk}/
        """,
    "login 404 404 403 200 200 404 404 404": """
        GET /hire/jobs/{draft.public_id}/edit/
        POST /hire/jobs/{draft.public_id}/edit/
        POST /hire/jobs/{draft.public_id}/autosave/
        GET /hire/{employer.slug}/jobs/new/
        POST /hire/applicants/{application.pk}/move/
        """,
    "login 404 404 403 302 302 404 404 404": """
        POST /hire/{employer.slug}/jobs/new/
        POST /hire/jobs/{draft.public_id}/typed/
        POST /hire/jobs/{draft.public_id}/submit/
        POST /hire/jobs/{draft.public_id}/discard/
        POST /hire/jobs/{job.public_id}/withdraw/
        POST /hire/jobs/{job.public_id}/filled/
        POST /hire/jobs/{job.public_id}/renew/
        POST /hire/jobs/{job.public_id}/confirm/
        POST /hire/jobs/{job.public_id}/copy/
        POST /hire/jobs/{job.public_id}/revise/
        POST /hire/{employer.slug}/team/{member.pk}/remove/
        """,
    "login 404 404 403 403 200 404 404 404": """
        GET /hire/{employer.slug}/about/
        POST /hire/{employer.slug}/about/
        POST /hire/{employer.slug}/team/invite/
        """,
    "login 404 404 403 403 302 404 404 404": """
        POST /hire/{employer.slug}/domains/
        POST /hire/{employer.slug}/team/{member.pk}/role/
        POST /hire/{employer.slug}/invitations/{invitation.pk}/revoke/
        """,
    "404 404 200 404 404 404 404 404 404": """
        GET /ask/{talk.public_id}/
        POST /ask/{talk.public_id}/
        """,
    "404 404 302 404 404 404 404 404 404": """
        POST /ask/{talk.public_id}/delete/
        POST /ask/answer/{turn.pk}/verdict/
        """,
    "login 200 302 200 200 200 200 200 200": """
        GET /jobs/{job.slug}/apply/
        POST /jobs/{job.slug}/apply/
        """,
    "login 404 200 404 404 404 404 404 404": """
        GET /consults/{consult.public_id}/
        POST /consults/{consult.public_id}/add/
        GET /applications/{application.pk}/
        GET /applications/{application.pk}/withdraw/
        GET /case/{case.public_id}/
        GET /case/{case.public_id}/case.csv
        GET /case/{case.public_id}/case.json
        GET /case/{case.public_id}/delete/
        """,
    "login 404 302 404 404 404 404 404 404": """
        POST /consults/{consult.public_id}/close/
        POST /applications/{application.pk}/withdraw/
        POST /case/{case.public_id}/delete/
        POST /case/{case.public_id}/share/
        POST /case/{case.public_id}/unshare/
        POST /resumes/{resume.pk}/delete/
        """,
    "login 404 200 200 200 200 404 404 404": "GET /resumes/{resume.pk}/",
    "login login login login login login login 200 200": "GET /admin/",
    "login login login login login login login 403 200": """
        GET /admin/jobs/job/
        GET /admin/codes/turn/
        GET /admin/jobs/job/{pending.pk}/change/
        """,
    "login login login login login login login 403 403": """
        GET /admin/jobs/job/{pending.pk}/delete/
        GET /admin/jobs/job/add/
        GET /admin/accounts/user/
        """,
}
CASES = [
    (method, path, statuses)
    for statuses, lines in ALLOWED.items()
    for method, path in (line.split() for line in lines.strip().splitlines())
]

OPEN_DOORS = {
    "case:api",
    "case:home",
    "case:shared",
    "about",
    "about_page",
    "alerts:confirm",
    "alerts:end",
    "alerts:manage",
    "alerts:new",
    "alerts:sent",
    "alerts:unsubscribe",
    "ask:ask",
    "ask:delete",  # a visitor's own, by the cookie; so are the rest
    "ask:delete_all",
    "ask:talk",
    "ask:verdict",
    "codes:code",
    "codes:home",
    "codes:section",
    "codes:specialty",
    "codes:suggest",
    "codes:table",
    "consult:mail_in",  # a sending service, by its secret
    "desk:apply",  # a visitor's words are kept and brought back after log-in
    "desk:save",  # the same for a job to save
    "healthz",
    "hire:home",
    "hire:job_edit",  # the same for a posting that was written when the session ended
    "home",
    "jobs:atom",
    "jobs:feeds",
    "jobs:job",
    "jobs:job_list",
    "jobs:rss",
    "jobs:specialty",
    "jobs:state",
    "mailbox",
    "mailbox_message",
    "robots",
    "sitemap",
    "sitemap_section",
}
OTHERS = ("admin:", "account_", "mfa_", "usersessions_")


@pytest.fixture
def world():
    world = make_world()
    world.job.specialties.add(make_specialty())
    world.job.states.add(make_state())
    world.job.state_rule, world.job.mode = "only", "remote"
    world.job.save()
    document.write(world.job)
    return world


def answer(client, method, path, person):
    """The status as the table writes it; whatever the request changed is rolled back."""
    with transaction.atomic():
        client.logout()
        if person:
            client.force_login(person, backend=BACKEND)
        response = getattr(client, method.lower())(path)
        transaction.set_rollback(True)
    read(response)
    to_log_in = response.status_code == 302 and "/login/" in response["Location"]
    return "login" if to_log_in else str(response.status_code)


def read(response):
    """Take a streamed file to its end, which closes it."""
    if response.streaming:
        b"".join(response)


@pytest.mark.parametrize(("method", "path", "statuses"), CASES)
def test_every_role_gets_what_the_table_says(client, world, method, path, statuses):
    place = world.path(path)

    found = [answer(client, method, place, world.people[role]) for role in ROLES]

    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, statuses.split(), strict=True))


def test_the_table_knows_every_door(world):
    known = {resolve(world.path(path)).view_name for _method, path, _statuses in CASES}

    ours = {door.name for door in doors() if not door.name.startswith(OTHERS)}

    assert ours - known == set()


def test_only_these_doors_are_open():
    ours = {door.name for door in doors() if not door.name.startswith(OTHERS)}

    assert {door.name for door in doors() if door.is_open and door.name in ours} == OPEN_DOORS


@pytest.mark.parametrize("role", ["visitor", "coder", "outsider", "viewer"])
def test_no_get_changes_a_row(client, world, role):
    """Reads every page as mail scanners and prefetching browsers do; no write reaches a table."""
    client.logout()
    if world.people[role]:
        client.force_login(world.people[role], backend=BACKEND)
    paths = {world.path(path) for method, path, _s in CASES if method == "GET"}
    with CaptureQueriesContext(connection) as queries:
        for path in sorted(paths):
            read(client.get(path))

    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in writes if "session" not in sql] == []
