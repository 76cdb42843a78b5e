"""The page for taking a concern up as an issue."""

import uuid

import pytest

from dialogue.issues.access import visible_issue
from dialogue.issues.models import Exhibit, Issue
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.posts import withdraw
from dialogue.rooms.models import Marking, Thread
from tests.cast import Cast, a_post, a_thread
from tests.issues.carried import WORDS, an_issue
from tests.rooms.pages import as_, form_in, sent, thread_address

pytestmark = pytest.mark.django_db

TYPED = {"title": WORDS["title"], "summary": WORDS["summary"], "priority": "high"}


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member, theme="disability")


def address_of(thread: Thread) -> str:
    return f"/threads/{thread.public_id}/escalate/"


def the_issue(cast: Cast) -> Issue:
    return visible_issue(cast.moderator, Issue.objects.get().reference)


def test_the_form_takes_over_what_the_thread_says(cast: Cast, thread: Thread) -> None:
    page = as_(cast.moderator).get(address_of(thread)).text
    assert f'value="{thread.title}"' in page
    assert '<option value="disability" selected>' in page
    assert '<option value="normal" selected>' in page
    assert "Title of the issue, English" in page
    assert "Nine steps." in page
    assert page.count("checked") == 1
    assert "Everybody linked with the issue reads its title and summary" in page


def test_an_issue_comes_of_it(cast: Cast, thread: Thread) -> None:
    post = a_post(thread, cast.second_member, "We see this, too.")
    typed = {**TYPED, "exhibits": [post.public_id], "title_ru": "Ступени", "summary_ru": "Девять ступеней."}
    response = sent(as_(cast.moderator), address_of(thread), typed)
    issue = the_issue(cast)
    assert response.status_code == 302
    assert issue.reference in response["Location"] or response["Location"].startswith(thread_address(thread))
    titles = [getattr(issue, f"title_{code}") for code in ("en", "ru", "kk")]
    assert titles == [WORDS["title"], "Ступени", None]
    assert (issue.priority, issue.theme, issue.lang) == ("high", thread.theme, "en")
    assert [row.revision.post for row in Exhibit.objects.all()] == [post]


def test_sent_twice_it_is_one_issue(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    hidden = form_in(client.get(address_of(thread)).text)
    answers = [client.post(address_of(thread), {**hidden, **TYPED}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Issue.objects.count() == 1


def test_the_second_of_two_learns_who_was_first_and_keeps_the_text(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    hidden = form_in(client.get(address_of(thread)).text)
    first = an_issue(cast, thread)
    typed = {**TYPED, "summary": "My own long text.", "title_kk": "Баспалдақ", "summary_kk": "Тоғыз саты."}
    response = client.post(address_of(thread), {**hidden, **typed, "exhibits": []})
    page = response.text
    assert response.status_code == 409
    assert (
        f'Moderator has already taken this up as <span class="nowrap">{first.reference}</span>'
        in " ".join(page.split())
    )
    for text in ("My own long text.", "Баспалдақ", "Тоғыз саты."):
        assert text in page
    assert hidden["key"] in page
    assert "checked" not in page
    assert Issue.objects.count() == 1


def test_an_empty_summary_is_said_beside_its_field(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    hidden = form_in(client.get(address_of(thread)).text)
    response = client.post(address_of(thread), {**hidden, **TYPED, "summary": "  ", "title": "Kept title"})
    assert response.status_code == 422
    assert "Kept title" in response.text
    assert hidden["key"] in response.text
    assert Issue.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title_ru": "Только название"}, "Both are needed in one language"),
        ({"summary_kk": "Тек мазмұны"}, "Both are needed in one language"),
        ({"title_ru": "х" * 201, "summary_ru": "х"}, "at most 200 characters"),
        ({"title_ru": "x", "summary_ru": "a\x00b"}, "cannot keep"),
        ({"theme": "no-such-theme"}, "not in the list"),
        ({"exhibits": ["no-such-post"]}, "not in the list"),
    ],
)
def test_faults_keep_everything(cast: Cast, thread: Thread, typed: dict[str, str], words: str) -> None:
    response = sent(as_(cast.moderator), address_of(thread), {**TYPED, **typed})
    assert response.status_code == 422
    assert words in response.text
    assert WORDS["summary"] in response.text
    assert Issue.objects.count() == 0


def test_a_field_nobody_asked_for_is_refused(cast: Cast, thread: Thread) -> None:
    assert sent(as_(cast.moderator), address_of(thread), {**TYPED, "lang": "kk"}).status_code == 400
    assert Issue.objects.count() == 0


def test_notes_and_what_was_withdrawn_are_not_offered(cast: Cast, thread: Thread) -> None:
    a_post(thread, cast.moderator, "A note of the office.", office_only=True)
    gone = a_post(thread, cast.member, "Taken back.")
    withdraw(gone, by=cast.member, key=uuid.uuid4())
    page = as_(cast.moderator).get(address_of(thread)).text
    assert "A note of the office." not in page
    assert "Taken back." not in page


def test_a_shielded_author_is_not_named(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member, byline="shielded", marking=Marking.OFFICE, title="A secret")
    page = as_(cast.moderator).get(address_of(thread)).text.split("<main", 1)[1]
    assert "A member organisation of this room" in page
    assert "quiet-coast" not in page
    assert cast.member.name not in page
    # What is for the office only does not slip into a title that all linked people read.
    assert 'value="A secret"' not in page


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("officer", 403),
        ("approver", 403),
        ("member", 403),
        ("second_member", 403),
        ("authority", 404),
        ("nobody", 404),
    ],
)
def test_it_is_for_moderators(cast: Cast, thread: Thread, name: str, status: int) -> None:
    client = as_(getattr(cast, name))
    assert client.get(address_of(thread)).status_code == status
    assert client.post(address_of(thread), {**TYPED, "key": str(uuid.uuid4())}).status_code == status
    assert Issue.objects.count() == 0
    rail = client.get(thread_address(thread)).text
    assert address_of(thread) not in rail


def test_the_rail_offers_it_to_moderators(cast: Cast, thread: Thread) -> None:
    assert address_of(thread) in as_(cast.moderator).get(thread_address(thread)).text


def test_a_held_thread_is_released_first(cast: Cast, thread: Thread) -> None:
    hold(thread, by=cast.moderator, key=uuid.uuid4(), reason="Threats.")
    client = as_(cast.moderator)
    assert client.get(address_of(thread)).status_code == 409
    assert address_of(thread) not in client.get(thread_address(thread)).text


def test_what_is_taken_up_leads_to_its_issue(cast: Cast, thread: Thread) -> None:
    issue = an_issue(cast, thread)
    response = as_(cast.moderator).get(address_of(thread))
    assert response.status_code == 409
    assert issue.reference in response.text
    assert "<textarea" not in response.text


def test_cancel_leads_back_to_where_one_came_from(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    page = client.get(f"{address_of(thread)}?next=/triage/?show%3Dmine").text
    assert 'href="/triage/?show=mine"' in page
    page = client.get(f"{address_of(thread)}?next=https://elsewhere.example/").text
    assert "elsewhere.example" not in page.split("<main", 1)[1].split("</main>")[0]
