"""What people do on the site and with their mail: the verbs that the journeys are told in."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from accounts.tasks import send_due_letters
from accounts.tests.factories import PASSWORD
from jobboard.testing.smtp import SmtpSink

TABS = 300


@dataclass
class PostOffice:
    """The mail server behind the site; what waits is delivered before a letter is looked for."""

    sink: SmtpSink

    def letters(self, to: str, about: str) -> list[EmailMessage]:
        send_due_letters()
        mine = [each.message for each in self.sink.received if to in each.recipients]
        return [message for message in mine if about in message["Subject"]]

    def letter(self, to: str, about: str) -> EmailMessage:
        """The one letter to `to` with `about` in its subject."""
        found = self.letters(to, about)
        subjects = [str(message["Subject"]) for message in self.sink.messages]
        assert len(found) == 1, f"{len(found)} letters about {about!r} among {subjects}"
        return found[0]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, part: str) -> str:
    """The path of the letter's first link with `part` in it."""
    links = re.findall(r"https?://\S+", text_of(letter))
    return str(urlsplit(next(link for link in links if part in link)).path)


def follow_link(page: Page, letter: EmailMessage, part: str) -> None:
    page.goto(link_in(letter, part))


def sign_up(page: Page, *, name: str, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")


def confirm_address(page: Page, letter: EmailMessage) -> None:
    follow_link(page, letter, "/confirm-email/")
    page.get_by_role("button", name="Confirm").click()


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """From whatever page asks for it, or from the log-in page."""
    if "/accounts/login/" not in page.url:
        page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Log in")).to_be_visible()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def told(page: Page, text: str) -> None:
    expect(page.get_by_role("status").get_by_text(text)).to_be_visible()


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the focus is there and can be seen."""
    for _press in range(TABS):
        if target.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    outline = target.evaluate("element => getComputedStyle(element).outlineStyle")
    assert (outline, target.is_visible()) == ("solid", True), "the focus is nowhere to be seen"


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.insert_text(text)


def choose(page: Page, group: str, option: str) -> None:
    """Reach a group of radio buttons by Tab and the one wanted by the arrow keys."""
    buttons = page.get_by_role("group", name=group)
    tab_to(page, buttons.locator("input:checked"))
    wanted = buttons.get_by_label(option, exact=True)
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")


def press(page: Page, name: str) -> None:
    """Reach a button by Tab and press it by Enter."""
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def agree(page: Page, name: str) -> None:
    """Answer the dialog that asks before something cannot be undone."""
    page.get_by_role("dialog").get_by_role("button", name=name).click()


def decide(page: Page, verb: str, *, note: str = "", reason: str = "") -> None:
    """A moderator's decision on the posting whose page is open."""
    form = page.get_by_role("form", name=verb)
    if reason:
        form.get_by_label("Reason").select_option(reason)
    if note:
        form.get_by_label("Note").fill(note)
    form.get_by_role("button").click()
