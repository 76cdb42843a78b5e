"""The mail as a real server receives it, in three languages, with what people put into titles."""

import re
from email.message import Message
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from dialogue.accounts.actions import choose_language
from dialogue.accounts.models import User
from dialogue.digests.actions.runs import send_to
from dialogue.outbox.delivery import deliver_due
from dialogue.rooms.actions import triage
from dialogue.text.languages import Language
from tests.cast import Cast, a_post, a_thread
from tests.digests.week import LAST_WEEK, MONDAY, an_issue, key, letter_to
from tests.outbox.receiver import Receiver

pytestmark = pytest.mark.django_db
HOST = "https://dialogue.example/"
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=https://evil.example/x.png>',
    "[look](https://evil.example/)",
    "</p></mj-text><mj-raw><b>x</b></mj-raw>",
    "{{ week }} {% now 'Y' %} & &amp; %(count)d",
)


class Page(HTMLParser):
    """What a mail program would load or follow, and which elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.lang = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [
            value or "" for name, value in attrs if name in ("href", "src", "background", "action")
        ]
        if tag == "html":
            self.lang = dict(attrs).get("lang") or ""


def received(receiver: Receiver, person: User) -> tuple[Message, dict[str, str]]:
    send_to(person, now=MONDAY)
    assert deliver_due(now=MONDAY) == 1
    [(recipients, message)] = receiver.taken
    assert recipients == [person.email]
    parts = {}
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            parts[part.get_content_type()] = content.decode()
    return message, parts


def a_full_week(cast: Cast) -> None:
    asked = a_thread(cast.disability, cast.member, now=LAST_WEEK)
    triage.ask(asked, by=cast.moderator, key=key(), body="Where?", now=LAST_WEEK)
    an_issue(a_thread(cast.disability, cast.member, now=LAST_WEEK), cast.moderator)
    a_post(a_thread(cast.disability, cast.second_member, now=LAST_WEEK), cast.second_member, now=LAST_WEEK)
    a_thread(cast.torture, cast.second_member, now=LAST_WEEK)


@pytest.mark.parametrize("language", list(Language))
def test_whole_mail_in_the_readers_language(cast: Cast, receiver: Receiver, language: Language) -> None:
    a_full_week(cast)
    choose_language(by=cast.member, language=language)
    with translation.override("en" if language != Language.EN else "kk"):
        message, parts = received(receiver, cast.member)
    assert list(parts) == ["text/plain", "text/html"]
    page = Page(parts["text/html"])
    assert page.lang == language
    subject = str(message["Subject"])
    words = {Language.KK: "Сізден күтілуде", Language.RU: "Ждёт вас", Language.EN: "Waiting for you"}
    for other, word in words.items():
        for part in parts.values():
            assert (word in part) is (other is language)
    assert language is Language.EN or not re.search(r"[A-Za-z]{4}", _own_words(parts["text/plain"])), subject


def _own_words(text: str) -> str:
    """Without addresses, numbers of issues, and what the people of this test wrote."""
    text = re.sub(r"https?://\S+", "", text)
    return re.sub(r"No ramp|Ramps are missing|disability \w\w|OMB-\S+", "", text)


def test_headers_let_one_leave_with_one_click_and_tell_nothing(cast: Cast, receiver: Receiver) -> None:
    a_full_week(cast)
    message, parts = received(receiver, cast.member)
    link = re.fullmatch(
        r"<(https://dialogue\.example/digest/unsubscribe/\?token=[0-9a-f]{64})>",
        message["List-Unsubscribe"].strip(),
    )
    assert link is not None
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == cast.member.language
    assert str(message["Subject"]) == "Your weekly digest"
    assert link[1] in parts["text/plain"]
    assert link[1] in Page(parts["text/html"]).links
    everything = "\n".join(f"{name}: {value}" for name, value in message.items())
    for word in ("ramp", "OMB", "disability", "torture", cast.member.name, "quiet"):
        assert word not in everything.replace(cast.member.email, "")


def test_payloads_in_titles_stay_text(cast: Cast, receiver: Receiver) -> None:
    for title in PAYLOADS:
        a_thread(cast.disability, cast.member, title=title, now=LAST_WEEK)
        asked = a_thread(cast.disability, cast.outsider, title=title, now=LAST_WEEK)
        a_post(asked, cast.member, now=LAST_WEEK)
        triage.ask(asked, by=cast.moderator, key=key(), body="?", now=LAST_WEEK)
    _message, parts = received(receiver, cast.outsider)
    page = Page(parts["text/html"])
    assert page.links
    assert all(link.startswith(HOST) for link in page.links)
    assert not page.tags & {"script", "img", "iframe", "form", "b", "mj-raw", "link"}
    for title in PAYLOADS:
        assert title in parts["text/plain"]
    assert not re.search(r"url\(", parts["text/html"])


def test_every_link_leads_behind_the_sign_in(cast: Cast, receiver: Receiver) -> None:
    a_full_week(cast)
    _message, parts = received(receiver, cast.member)
    for link in set(Page(parts["text/html"]).links):
        path = link.removeprefix(HOST.rstrip("/"))
        if "unsubscribe" not in path:
            answer = Client().get(path)
            assert answer.status_code == 302, path
            assert "/accounts/login/" in answer.headers["Location"]


def test_the_mail_stands_on_its_own_feet(cast: Cast) -> None:
    """No picture, no font, no style from anywhere: opening it tells nobody anything."""
    a_full_week(cast)
    html = letter_to(cast.member).html
    assert len(html.encode()) < 60_000
    assert "@import" not in html
    assert not re.search(r"<(img|link|script|iframe)\b", html)
