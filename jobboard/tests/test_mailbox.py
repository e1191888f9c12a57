import re
from email.message import EmailMessage

import pytest
from django.urls import reverse

from jobboard.embedded.mailsink import store
from jobboard.mailbox import StoredMail


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMBEDDED, settings.MAILBOX_DIR = True, str(tmp_path)
    return tmp_path


def make_mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"Subject": "New jobs", "To": "Ann <ann@example.com>", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content("Read https://localhost/jobs/1/ first.")
    message.add_alternative(
        '<p>Read <a href="https://localhost/jobs/1/">it</a><script>alert(1)</script>'
        '<img src="https://evil.example/pixel.png"></p>',
        subtype="html",
    )
    return message


def keep(folder, message):
    return StoredMail(store(folder, message.as_bytes(), recipients=["ann@example.com"]))


def test_mailbox_lists_mail_newest_first(client, db, folder):
    keep(folder, make_mail(Subject="First"))
    keep(folder, make_mail(Subject="Second"))

    page = client.get(reverse("mailbox")).content.decode()

    assert re.findall("First|Second", page) == ["Second", "First"]


def test_mailbox_says_when_it_is_empty(client, db, folder, html_validity):
    response = client.get(reverse("mailbox"))

    html_validity(response.content)
    assert "No mail yet" in response.content.decode()


def test_mailbox_message_shows_headers_text_and_clean_html(client, db, folder, html_validity):
    mail = keep(folder, make_mail(List_Unsubscribe="<https://localhost/alerts/x/unsubscribe/>"))

    response = client.get(mail.get_absolute_url())

    page = response.content.decode()
    html_validity(page)
    assert 'href="https://localhost/alerts/x/unsubscribe/"' in page
    assert page.count('href="https://localhost/jobs/1/"') == 2
    assert "alert(1)</script>" not in page
    assert '<img src="https://evil' not in page


@pytest.mark.parametrize("name", ["nothing", "..", "00000000000000000001-ffffff"])
def test_mailbox_message_knows_only_stored_mail(client, db, folder, name):
    response = client.get(reverse("mailbox_message", args=[name]))

    assert response.status_code == 404


@pytest.mark.parametrize(("embedded", "directory"), [(False, "/tmp"), (True, "")])
def test_mailbox_does_not_exist_outside_embedded_mode(client, db, settings, embedded, directory):
    settings.EMBEDDED, settings.MAILBOX_DIR = embedded, directory

    assert client.get(reverse("mailbox")).status_code == 404


def test_mailbox_is_accessible(page, folder, axe):
    mail = keep(folder, make_mail())

    page.goto(reverse("mailbox"))
    axe(page)
    page.get_by_role("link", name="New jobs", exact=True).click()
    page.wait_for_url(f"**{mail.get_absolute_url()}")
    axe(page)
