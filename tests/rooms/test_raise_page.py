"""Raise a concern by a form."""

import uuid
from typing import Any

import pytest
from django.test import Client

from dialogue.rooms.models import Thread
from tests.cast import Cast, crowd
from tests.rooms.pages import as_, form_in, sent

pytestmark = pytest.mark.django_db

ADDRESS = "/rooms/disability/raise/"
TYPED = {
    "title": "No ramp at the court",
    "body": "Nine steps and no ramp.",
    "region": "country",
    "kind": "concern",
    "urgency": "normal",
    "byline": "organisation",
    "marking": "members",
    "lang": "en",
}


def test_three_fields_are_enough_and_the_page_offers_the_rest(cast: Cast) -> None:
    response = sent(as_(cast.member), ADDRESS, TYPED)
    thread = Thread.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/rooms/disability/threads/{thread.public_id}/?pane=thread"
    assert (thread.title, thread.region, thread.raised_by) == (TYPED["title"], None, cast.member)


def test_what_is_typed_is_kept_for_its_author_until_it_arrives(cast: Cast) -> None:
    """Script keeps it in the tab under this name, and drops it at the address a raised concern leads to."""
    page = as_(cast.member).get(ADDRESS).text
    assert f'data-keeps="{cast.member.public_id}"' in page
    arrives = "/rooms/disability/threads/"
    assert f'data-arrives="{arrives}*"' in page
    assert sent(as_(cast.member), ADDRESS, TYPED)["Location"].startswith(arrives)


def test_the_page_says_that_this_is_no_formal_complaint(cast: Cast) -> None:
    page = as_(cast.member).get(ADDRESS).text
    assert "This is not a formal complaint" in page
    assert 'href="tel:112"' in page


def test_the_office_is_offered_a_discussion_and_no_concern(cast: Cast) -> None:
    for address in ("/rooms/disability/", ADDRESS):
        assert "Raise a concern" not in as_(cast.moderator).get(address).text
        assert "Begin a discussion" in as_(cast.moderator).get(address).text
        assert "Begin a discussion" not in as_(cast.member).get(address).text
    assert "What goes wrong" not in as_(cast.moderator).get(ADDRESS).text
    assert "Be the first" not in as_(cast.moderator).get("/rooms/disability/").text


def test_the_shield_is_offered_where_it_hides(cast: Cast) -> None:
    page = as_(cast.member).get(ADDRESS).text
    assert "This room is too small to hide who wrote" in page
    assert 'value="shielded"' not in page
    crowd(cast.disability, 5)
    page = as_(cast.member).get(ADDRESS).text
    assert "This room is too small to hide who wrote" not in page
    assert 'value="shielded"' in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": "   "}, "Nothing is written here yet"),
        ({"title": "x" * 201}, "This is too long"),
        ({"body": ""}, "Nothing is written here yet"),
        ({"body": "nul \x00 inside"}, "characters we cannot keep"),
        ({"region": ""}, "Choose one."),
        ({"region": "KZ-99"}, "This is not in the list"),
        ({"theme": "no-such-theme"}, "This is not in the list"),
        ({"marking": "public"}, "This is not in the list"),
        ({"byline": "shielded"}, "This is not in the list"),
        ({"groups": ["women", "no-such-group"]}, "This is not in the list"),
    ],
)
def test_a_refusal_keeps_what_was_typed(cast: Cast, change: dict[str, Any], words: str) -> None:
    response = sent(as_(cast.member), ADDRESS, {**TYPED, **change})
    assert response.status_code == 422
    assert words in response.text
    assert 'role="alert"' in response.text
    for field in {"title", "body"} - set(change):
        assert TYPED[field] in response.text
    assert not Thread.objects.exists()


def test_the_same_key_twice_makes_one_thread(cast: Cast) -> None:
    client = as_(cast.member)
    fields = {**form_in(client.get(ADDRESS).text), **TYPED}
    first, second = client.post(ADDRESS, fields), client.post(ADDRESS, fields)
    assert first["Location"] == second["Location"]
    assert Thread.objects.count() == 1


def test_a_used_key_with_another_text_is_a_conflict_and_gets_a_new_key(cast: Cast) -> None:
    client = as_(cast.member)
    fields = {**form_in(client.get(ADDRESS).text), **TYPED}
    client.post(ADDRESS, fields)
    response = client.post(ADDRESS, {**fields, "body": "Something else."})
    assert response.status_code == 409
    assert "Something else." in response.text
    assert form_in(response.text)["key"] != fields["key"]


@pytest.mark.parametrize("key", ["", "no-key", "x" * 5000])
def test_a_damaged_key_is_told_and_replaced(cast: Cast, key: str) -> None:
    response = as_(cast.member).post(ADDRESS, {**TYPED, "key": key})
    assert response.status_code == 422
    assert "This form is damaged" in response.text
    assert uuid.UUID(form_in(response.text)["key"])


def test_an_unasked_field_changes_nothing(cast: Cast) -> None:
    response = sent(as_(cast.member), ADDRESS, {**TYPED, "raised_by": "2"})
    assert response.status_code == 400
    assert TYPED["body"] in response.text
    assert not Thread.objects.exists()


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_find_nothing_to_raise_in(cast: Cast, name: str) -> None:
    client = as_(getattr(cast, name))
    assert client.get(ADDRESS).status_code == 404
    assert client.post("/rooms/no-such-room/raise/", TYPED).status_code == 404


def test_an_invited_room_does_not_exist_for_others(cast: Cast) -> None:
    assert as_(cast.outsider).get("/rooms/torture/raise/").status_code == 404


def test_visitors_are_asked_to_sign_in(cast: Cast) -> None:
    assert Client().get(ADDRESS)["Location"].startswith("/accounts/login/")


def test_observers_read_and_do_not_raise(cast: Cast) -> None:
    client = as_(cast.observer)
    assert client.get(ADDRESS).status_code == 403
    response = client.post(ADDRESS, {**TYPED, "key": str(uuid.uuid4()), "kind": "discussion"})
    assert response.status_code == 403
    assert TYPED["body"] in response.text


def test_the_office_begins_discussions_only(cast: Cast) -> None:
    page = as_(cast.moderator).get(ADDRESS).text
    assert 'value="discussion"' in page
    assert 'value="concern"' not in page
