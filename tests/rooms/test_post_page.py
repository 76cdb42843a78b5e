"""Write in a thread by a form."""

import re
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest

from dialogue.accounts.models import User
from dialogue.rooms.actions import triage
from dialogue.rooms.models import Post, Thread
from tests.cast import Cast, a_post, a_thread
from tests.rooms.pages import as_, bodies, form_in, sent, thread_address

pytestmark = pytest.mark.django_db

TYPED = {"body": "We see this too.", "byline": "organisation", "lang": "en"}


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member)


def address_for(thread: Thread) -> str:
    return f"/threads/{thread.public_id}/posts/"


def test_a_post_stands_on_the_page_afterwards(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    response = sent(client, address_for(thread), TYPED, via=thread_address(thread))
    post = Post.objects.latest("pk")
    assert response["Location"] == f"{thread_address(thread)}?pane=thread#post-{post.public_id}"
    page = client.get(thread_address(thread)).text
    assert f'id="post-{post.public_id}"' in page
    assert "We see this too." in page


def test_what_looks_like_markup_is_shown_literally(cast: Cast, thread: Thread) -> None:
    text = "<script>alert(1)</script> {{7*7}} ${x} %s '; --"
    client = as_(cast.second_member)
    sent(client, address_for(thread), {**TYPED, "body": text}, via=thread_address(thread))
    page = client.get(thread_address(thread)).text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert bodies(thread)[-1] == text


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"body": "  "}, 422, "Nothing is written here yet"),
        ({"body": "x" * 10_001}, 422, "This is too long"),
        ({"body": "nul \x00"}, 422, "characters we cannot keep"),
        ({"lang": "xx"}, 422, "This is not in the list"),
        ({"byline": "admin"}, 422, "This is not in the list"),
        ({"reply_to": "a\x00b"}, 422, "The post you reply to is not here any more"),
        ({"reply_to": "nothere"}, 422, "The post you reply to is not here any more"),
        ({"key": "broken"}, 422, "This form is damaged"),
        ({"office_only": "on"}, 400, "This form is damaged"),
        ({"author": "2"}, 400, "This form is damaged"),
        ({"lang": ["en", "kk"]}, 400, "This form is damaged"),
    ],
)
def test_a_refusal_keeps_the_text(
    cast: Cast, thread: Thread, change: dict[str, Any], status: int, words: str
) -> None:
    typed = {**TYPED, "body": "Kept as typed", **change}
    response = sent(as_(cast.second_member), address_for(thread), typed, via=thread_address(thread))
    assert response.status_code == status
    assert words in response.text
    assert typed["body"].strip("\0 ") in response.text
    assert len(bodies(thread)) == 1


def test_lone_surrogates_and_broken_utf8_are_no_exception(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    raw = b"body=a%ED%A0%80b%FF&byline=organisation&lang=en&key="
    response = client.post(address_for(thread), raw, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Артқа қайтыңыз"), ("ru", "Вернитесь назад"), ("en", "Go back")]
)
def test_what_is_too_large_to_be_read_is_answered_in_the_readers_language(
    cast: Cast, thread: Thread, language: str, words: str
) -> None:
    User.objects.filter(pk=cast.second_member.pk).update(language=language)
    cast.second_member.refresh_from_db()
    response = as_(cast.second_member).post(address_for(thread), {**TYPED, "body": "x" * 2_000_000})
    assert response.status_code == 413
    assert words in response.text
    assert '<header class="top">' in response.text


def test_the_field_takes_as_much_as_is_kept(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    found = re.search(r'data-most="(\d+)"[^>]*id="body"', client.get(thread_address(thread)).text)
    assert found
    most = int(found.group(1))
    for length, status in ((most + 1, 422), (most, 302)):
        typed = {**TYPED, "key": str(uuid.uuid4()), "body": "я" * length}
        answer = client.post(address_for(thread), typed)
        assert answer.status_code == status
        assert status == 302 or typed["body"] in answer.text


def test_a_body_of_megabytes_is_refused_unread(cast: Cast, thread: Thread) -> None:
    typed = {**TYPED, "body": "x" * 2_000_000}
    assert as_(cast.second_member).post(address_for(thread), typed).status_code == 413
    raw = urlencode(typed)
    response = as_(cast.second_member).post(
        address_for(thread), raw, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 413
    assert len(bodies(thread)) == 1


def test_json_is_not_a_form(cast: Cast, thread: Thread) -> None:
    response = as_(cast.member).post(address_for(thread), TYPED, content_type="application/json")
    assert response.status_code == 415


def test_the_wrong_method_says_which_is_right(cast: Cast, thread: Thread) -> None:
    response = as_(cast.member).get(address_for(thread))
    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_a_double_click_makes_one_post(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    hidden = form_in(client.get(thread_address(thread)).text, address_for(thread))
    first, second = (client.post(address_for(thread), {**hidden, **TYPED}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert len(bodies(thread)) == 2


def test_a_reply_quotes_what_it_answers(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    first = Post.objects.get(thread=thread)
    page = client.get(thread_address(thread), {"reply_to": first.public_id}).text
    assert form_in(page, address_for(thread))["reply_to"] == first.public_id
    via = f"{thread_address(thread)}?reply_to={first.public_id}"
    sent(client, address_for(thread), TYPED, via=via)
    assert Post.objects.latest("pk").reply_to == first
    assert f'href="#post-{first.public_id}"' in client.get(thread_address(thread)).text


def test_an_unknown_post_to_reply_to_is_passed_over(cast: Cast, thread: Thread) -> None:
    page = as_(cast.member).get(thread_address(thread), {"reply_to": "nothere"}).text
    assert form_in(page, address_for(thread))["reply_to"] == ""


def test_an_office_note_is_seen_by_the_office_alone(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    typed = {**TYPED, "body": "Only between us.", "office_only": "on"}
    sent(client, address_for(thread), typed, via=thread_address(thread))
    note = re.search(
        r'<article class="post[^"]*post--note.*?</article>', client.get(thread_address(thread)).text, re.S
    )
    assert note is not None
    assert "Only between us." in note[0]
    for name in ("member", "second_member", "lead", "observer", "outsider"):
        assert "Only between us." not in as_(getattr(cast, name)).get(thread_address(thread)).text


def test_a_closed_thread_keeps_the_text_that_came_too_late(cast: Cast, thread: Thread) -> None:
    client = as_(cast.second_member)
    hidden = form_in(client.get(thread_address(thread)).text, address_for(thread))
    triage.close(thread, by=cast.moderator, key="0" * 32, outcome="resolved", note="Solved.")
    response = client.post(address_for(thread), {**hidden, **TYPED, "body": "My late words"})
    assert response.status_code == 409
    assert "My late words" in response.text
    assert "Solved." in response.text


def test_who_lost_the_room_gets_the_text_back_and_learns_nothing(cast: Cast) -> None:
    thread = a_thread(cast.torture, cast.member)
    typed = {**TYPED, "body": "Typed on the train", "key": "1" * 32}
    lost = as_(cast.outsider).post(address_for(thread), typed)
    missing = as_(cast.outsider).post("/threads/nothere/posts/", typed)
    assert lost.status_code == missing.status_code == 404
    assert "Typed on the train" in lost.text
    assert thread.title not in lost.text


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_find_nothing(cast: Cast, thread: Thread, name: str) -> None:
    client = as_(getattr(cast, name))
    assert client.get(thread_address(thread)).status_code == 404
    assert client.post(address_for(thread), {**TYPED, "key": "2" * 32}).status_code == 404


def test_an_observer_has_no_composer_and_is_refused(cast: Cast, thread: Thread) -> None:
    client = as_(cast.observer)
    assert "<textarea" not in client.get(thread_address(thread)).text.split("<template")[0]
    response = client.post(address_for(thread), {**TYPED, "key": "3" * 32})
    assert response.status_code == 403
    assert "We see this too." in response.text


def test_the_line_stands_before_the_first_new_post(cast: Cast, thread: Thread) -> None:
    client = as_(cast.member)
    client.post(f"/threads/{thread.public_id}/read/", {"position": thread.last_position})
    new = a_post(thread, cast.second_member)
    page = client.get(thread_address(thread)).text.split("<template")[0]
    assert page.index('id="new"') < page.index(f'id="post-{new.public_id}"')
    assert page.index('id="new"') > page.index('class="post')
