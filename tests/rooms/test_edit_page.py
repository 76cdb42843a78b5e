"""Change a post, look at its versions, take it back: by forms."""

import uuid

import pytest

from dialogue.rooms.actions.posts import edit
from dialogue.rooms.models import Post, PostRevision, Thread
from dialogue.rooms.queries.pages.days import day_and_hour
from tests.cast import Cast, a_post, a_thread
from tests.rooms.pages import as_, bodies, form_in, sent, thread_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member)


@pytest.fixture
def post(cast: Cast, thread: Thread) -> Post:
    return a_post(thread, cast.second_member, "The first words.")


def said(page: str) -> str:
    return page.split("<main", 1)[1].split("</main>", 1)[0]


def edit_address(post: Post) -> str:
    return f"/posts/{post.public_id}/edit/"


def withdraw_address(post: Post) -> str:
    return f"/posts/{post.public_id}/withdraw/"


def test_an_edit_is_marked_and_keeps_the_older_words(cast: Cast, thread: Thread, post: Post) -> None:
    client = as_(cast.second_member)
    assert "The first words." in client.get(edit_address(post)).text
    response = sent(client, edit_address(post), {"body": "Better words."})
    assert response["Location"].endswith(f"#post-{post.public_id}")
    page = as_(cast.member).get(thread_address(thread)).text.split("<template")[0]
    assert "Better words." in page
    assert f'href="/posts/{post.public_id}/revisions/"' in page
    versions = as_(cast.member).get(f"/posts/{post.public_id}/revisions/").text
    assert versions.index("Better words.") < versions.index("The first words.")
    assert day_and_hour(PostRevision.objects.filter(post=post).latest("version").written_at) in versions


def test_an_older_version_shows_both_texts_and_then_goes_through(cast: Cast, post: Post) -> None:
    client = as_(cast.second_member)
    fields = form_in(client.get(edit_address(post)).text)
    edit(post, by=cast.second_member, key=uuid.uuid4(), version=1, body="From the other tab.")
    response = client.post(edit_address(post), {**fields, "body": "From this tab."})
    assert response.status_code == 409
    assert "From the other tab." in response.text
    assert "From this tab." in response.text
    again = form_in(response.text)
    assert (again["version"], again["key"] != fields["key"]) == ("2", True)
    assert client.post(edit_address(post), {**again, "body": "From this tab."}).status_code == 302
    assert bodies(post.thread)[-1] == "From this tab."


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 40])
def test_an_odd_version_is_told_and_the_text_kept(cast: Cast, post: Post, version: str) -> None:
    typed = {"key": str(uuid.uuid4()), "version": version, "body": "Kept as typed"}
    response = as_(cast.second_member).post(edit_address(post), typed)
    assert response.status_code == 422
    assert "Kept as typed" in response.text
    assert bodies(post.thread)[-1] == "The first words."


def test_an_empty_edit_is_refused_beside_the_field(cast: Cast, post: Post) -> None:
    response = sent(as_(cast.second_member), edit_address(post), {"body": " \n "})
    assert response.status_code == 422
    assert 'class="field__error"' in response.text


@pytest.mark.parametrize("name", ["member", "lead", "moderator", "observer"])
def test_only_the_author_changes_it(cast: Cast, post: Post, name: str) -> None:
    client = as_(getattr(cast, name))
    assert "<textarea" not in client.get(edit_address(post)).text
    typed = {"key": str(uuid.uuid4()), "version": "1", "body": "Somebody else's words"}
    response = client.post(edit_address(post), typed)
    assert response.status_code == 403
    assert "Somebody else&#x27;s words" in response.text
    assert client.post(withdraw_address(post), {"key": str(uuid.uuid4())}).status_code == 403


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
@pytest.mark.parametrize("what", ["edit", "withdraw", "revisions"])
def test_strangers_find_nothing(cast: Cast, post: Post, name: str, what: str) -> None:
    client = as_(getattr(cast, name))
    there, missing = (client.get(f"/posts/{id_}/{what}/") for id_ in (post.public_id, "nothere"))
    assert there.status_code == missing.status_code == 404
    # Around it stand tokens and the address that was asked for.
    assert said(there.text) == said(missing.text)


def test_a_note_of_the_office_has_no_address_for_members(cast: Cast, thread: Thread) -> None:
    note = a_post(thread, cast.moderator, "Between us.", office_only=True)
    assert as_(cast.member).get(f"/posts/{note.public_id}/revisions/").status_code == 404


def test_a_withdrawn_post_leaves_a_marker_and_no_words(cast: Cast, thread: Thread, post: Post) -> None:
    client = as_(cast.second_member)
    assert "The first words." in client.get(withdraw_address(post)).text
    sent(client, withdraw_address(post), {})
    page = as_(cast.member).get(thread_address(thread)).text
    assert "The first words." not in page
    assert "The author withdrew this post." in page
    assert as_(cast.member).get(f"/posts/{post.public_id}/revisions/").status_code == 404
    assert "The first words." not in client.get(edit_address(post)).text


def test_withdrawing_twice_with_one_key_is_once(cast: Cast, post: Post) -> None:
    client = as_(cast.second_member)
    fields = form_in(client.get(withdraw_address(post)).text)
    assert [client.post(withdraw_address(post), fields).status_code for _ in range(2)] == [302, 302]
    fresh = {"key": str(uuid.uuid4())}
    assert client.post(withdraw_address(post), fresh).status_code == 409
