"""The issue's page and the list: who gets them, and what stands there for whom."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dialogue.issues.actions.moving import move
from dialogue.issues.actions.notes import note
from dialogue.issues.actions.replies import assess
from dialogue.issues.models import Exhibit, Follow, Issue, Recommendation
from dialogue.issues.states import IssueState
from dialogue.rooms.actions.posts import edit, withdraw
from dialogue.rooms.actions.triage import take
from dialogue.rooms.models import Thread
from tests import cast as people
from tests.cast import Cast, a_post, a_thread
from tests.issues.carried import a_draft, a_received, an_answered, an_issue, issue_in, key
from tests.rooms.pages import as_, form_in

pytestmark = pytest.mark.django_db

HANDLERS = {"moderator", "officer", "approver", "safety"}
OF_THE_OPEN_ROOM = {"member", "lead", "second_member", "outsider", "observer"} | HANDLERS
OF_THE_CLOSED_ROOM = {"member", "second_member"} | HANDLERS
SECRET = "zhasyryn"


def address_of(issue: Issue) -> str:
    return f"/issues/{issue.reference}/"


def told(page: str) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1]))


@pytest.mark.parametrize("name", [name for name in people.NAMES if name != "visitor"])
def test_who_gets_the_page(cast: Cast, name: str) -> None:
    client = as_(getattr(cast, name))
    open_one = an_issue(cast)
    closed_one = an_issue(cast, a_thread(cast.torture, cast.member))
    answers = [client.get(address_of(issue)).status_code for issue in (open_one, closed_one)]
    assert answers == [200 if name in who else 404 for who in (OF_THE_OPEN_ROOM, OF_THE_CLOSED_ROOM)]
    listed = client.get("/issues/?show=all")
    assert listed.status_code == 200
    assert (open_one.reference in listed.text) is (name in OF_THE_OPEN_ROOM)
    assert (closed_one.reference in listed.text) is (name in OF_THE_CLOSED_ROOM)


def test_a_visitor_is_asked_to_sign_in(cast: Cast) -> None:
    issue = an_issue(cast)
    for address in (address_of(issue), "/issues/", "/home/", "/to-sign/", "/addressed/"):
        assert Client().get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("state", IssueState)
def test_a_page_for_every_state(cast: Cast, state: IssueState) -> None:
    issue = issue_in(cast, state)
    for name in ("member", "officer", "approver"):
        page = as_(getattr(cast, name)).get(address_of(issue)).text
        assert page.count('aria-current="step"') == 1
        assert page.count('class="stepper__name"') == 8
        assert issue.reference in told(page)


def test_the_common_part_is_in_the_readers_language(cast: Cast) -> None:
    words = {"ru": {"title": "Ступени у суда", "summary": "Девять ступеней."}}
    issue = an_issue(cast, translations=words)
    client = as_(cast.member)
    client.post("/language/", {"language": "ru", "next": "/"})
    page = client.get(address_of(issue)).text
    assert '<h1 lang="ru">Ступени у суда</h1>' in page
    client.post("/language/", {"language": "kk", "next": "/"})
    assert '<h1 lang="en">Steps at the court</h1>' in client.get(address_of(issue)).text


def test_drafts_grades_and_notes_stay_in_the_office(cast: Cast) -> None:
    issue = an_issue(cast)
    a_draft(cast, issue, texts={"ru": f"{SECRET} draft"})
    note(issue, by=cast.officer, key=key(), texts={"en": f"{SECRET} note"})
    judged: dict[str, Any] = {"position": "accepted", "implementation": "in_progress", "grade": "C"}
    assess(an_answered(cast, issue), by=cast.officer, key=key(), reasons={"en": "Begun."}, **judged)
    office = told(as_(cast.moderator).get(address_of(issue)).text)
    for word in (f"{SECRET} draft", f"{SECRET} note", "Grade C", "office only", "Begun."):
        assert word in office
    for name in ("member", "second_member", "observer"):
        page = as_(getattr(cast, name)).get(address_of(issue)).text
        assert SECRET not in page
        assert "Grade" not in page
        assert ":office" not in page
        assert "Begun." in page
        assert "In progress" in page


def test_a_note_for_everyone_is_read_by_everyone(cast: Cast) -> None:
    issue = an_issue(cast)
    note(issue, by=cast.officer, key=key(), texts={"en": "We wrote to them."}, office_only=False)
    assert "We wrote to them." in as_(cast.observer).get(address_of(issue)).text


def test_exhibits_show_their_stamp_and_keep_the_rooms_rule(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member, "Nine steps, no rail.")
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    exhibit = Exhibit.objects.get()
    page = as_(cast.member).get(address_of(issue)).text
    assert "Nine steps, no rail." in page
    assert exhibit.sha256 in page
    assert "unchanged since it was pinned" in page
    edit(post, by=cast.second_member, key=key(), version=1, body="Ten steps.")
    assert "Nine steps, no rail." in as_(cast.member).get(address_of(issue)).text
    withdraw(post, by=cast.second_member, key=key())
    withheld = as_(cast.member).get(address_of(issue)).text
    assert "Nine steps" not in withheld
    assert "The text is withheld" in withheld


def test_a_pinned_text_that_was_tampered_with_is_marked(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    issue = an_issue(cast, thread, exhibits=[post.public_id])
    Exhibit.objects.update(sha256="0" * 64)
    assert "does not match its stamp" in as_(cast.member).get(address_of(issue)).text


def test_threads_of_rooms_that_are_closed_to_somebody_are_not_named(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, title=f"{SECRET} cell")
    issue = an_issue(cast, thread)
    assert f"{SECRET} cell" in as_(cast.member).get(address_of(issue)).text
    other = a_thread(cast.disability, cast.second_member, title="Seen by all")
    issue.links.create(thread=other, at=timezone.now())
    page = as_(cast.outsider).get(address_of(issue)).text
    assert "Seen by all" in page
    assert SECRET not in page
    assert thread.public_id not in page


def test_a_shielded_author_is_not_named(cast: Cast) -> None:
    people.crowd(cast.disability, 5)
    thread: Thread = a_thread(cast.disability, cast.member, byline="shielded")
    issue = an_issue(cast, thread)
    for name in ("second_member", "observer", "officer"):
        page = told(as_(getattr(cast, name)).get(address_of(issue)).text)
        assert "A member organisation" in page
        assert "quiet-coast" not in page


def test_following_needs_no_script(cast: Cast) -> None:
    issue = an_issue(cast)
    client, follow = as_(cast.second_member), f"{address_of(issue)}follow/"
    for on in (True, False, True):
        fields = form_in(client.get(address_of(issue)).text, follow)
        assert client.post(follow, fields)["Location"] == address_of(issue)
        assert Follow.objects.filter(person=cast.second_member).exists() is on
    assert issue.reference in client.get("/issues/?show=followed").text
    assert client.get(follow).status_code == 405


def test_strangers_cannot_follow(cast: Cast) -> None:
    issue = an_issue(cast, a_thread(cast.torture, cast.member))
    assert as_(cast.outsider).post(f"{address_of(issue)}follow/", {"on": "true"}).status_code == 404
    assert not Follow.objects.filter(person=cast.outsider).exists()


def test_a_chip_shows_one_step(cast: Cast) -> None:
    issue, other = an_issue(cast), an_issue(cast)
    a_received(cast, issue)
    client = as_(cast.member)
    waiting = client.get("/issues/?show=awaiting_authority").text
    assert issue.reference in waiting
    assert other.reference not in waiting
    assert "working days left" in waiting
    assert "No issue here" in client.get("/issues/?show=closed").text
    assert client.get("/issues/?show=%00").status_code == 200


def test_the_steps_are_offered_to_whom_they_belong(cast: Cast) -> None:
    issue = an_issue(cast)
    offered = {
        "officer": {"inquire", "draft", "assign", "plan", "reword", "return"},
        "moderator": {"assign", "plan", "reword"},
        "approver": {"assign", "decline"},
        "safety": set(),
        "member": set(),
    }
    for name, verbs in offered.items():
        page = as_(getattr(cast, name)).get(address_of(issue)).text
        found = set(re.findall(rf'href="{address_of(issue)}(\w+)/"', page))
        assert found == verbs, name
        assert (f'action="{address_of(issue)}note/"' in page) is (name != "member")


def test_the_place_to_catch_up_from_stands_on_the_page(cast: Cast) -> None:
    issue = an_issue(cast)
    move(issue, by=cast.officer, key=key(), verb="inquire")
    assert f'data-stream="{issue.stream_name}"' in as_(cast.member).get(address_of(issue)).text
    office = as_(cast.officer).get(address_of(issue)).text
    assert f'data-office-stream="{issue.office_stream_name}"' in office


def test_no_draft_is_lost_between_two_drafts(cast: Cast) -> None:
    issue = an_issue(cast)
    drafts = [a_draft(cast, issue), a_draft(cast, issue)]
    assert Recommendation.objects.count() == 2
    page = as_(cast.approver).get(address_of(issue)).text
    for draft in drafts:
        assert f"/recommendations/{draft.public_id}/issue/" in page


def test_no_moment_before_the_issue_had_its_number_is_on_the_page(cast: Cast) -> None:
    """When exactly somebody raised it points at whoever was there then."""
    thread = a_thread(cast.disability, cast.member, now=timezone.now() - timedelta(days=9))
    take(thread, by=cast.moderator, key=key(), now=timezone.now() - timedelta(days=8))
    issue = an_issue(cast, thread)
    page = as_(cast.officer).get(address_of(issue)).text
    told = re.findall(r'datetime="([^"]+)"', page)
    assert f"{timezone.localdate(thread.raised_at):%Y-%m-%d}" in told
    moments = [datetime.fromisoformat(moment) for moment in told if "T" in moment]
    assert moments
    assert min(moments) >= issue.registered_at.replace(microsecond=0)
