"""Which forms may keep what is typed in the tab, and what happens to a text whose author is signed out."""

import uuid

import pytest
from django.test import Client

from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.triage import answer
from dialogue.rooms.models import Thread
from tests.cast import Cast, a_post, a_thread, crowd
from tests.rooms.pages import as_, bodies, thread_address

pytestmark = pytest.mark.django_db

TEXT = "Something long that nobody wants to type twice."


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member)


@pytest.fixture
def shielded(cast: Cast) -> Thread:
    crowd(cast.disability, 6)
    return a_thread(cast.disability, cast.member, byline="shielded")


def move_address(thread: Thread, verb: str) -> str:
    return f"/threads/{thread.public_id}/triage/{verb}/"


@pytest.mark.parametrize("verb", ["ask", "answer", "signpost", "close"])
def test_moves_of_triage_are_kept_until_they_arrive(cast: Cast, thread: Thread, verb: str) -> None:
    page = as_(cast.moderator).get(move_address(thread, verb)).text
    assert f'data-keeps="{cast.moderator.public_id}"' in page
    assert f'data-arrives="{thread_address(thread)}?pane=thread"' in page
    from_the_board = as_(cast.moderator).get(f"{move_address(thread, verb)}?next=/triage/").text
    assert 'data-arrives="/triage/"' in from_the_board


def test_nothing_about_somebody_in_danger_stays_in_the_tab(cast: Cast, thread: Thread) -> None:
    page = as_(cast.moderator).get(move_address(thread, "hold")).text
    assert "data-keeps" not in page
    assert "data-leaves-no-trace" in page
    hold(thread, by=cast.safety, key=uuid.uuid4(), reason="Somebody was threatened.")
    page = as_(cast.safety).get(move_address(thread, "answer")).text
    assert 'name="body"' in page
    assert "data-keeps" not in page


def test_an_authors_reason_stays_in_the_tab_unless_they_are_shielded(
    cast: Cast, thread: Thread, shielded: Thread
) -> None:
    assert "data-keeps" in as_(cast.member).get(move_address(thread, "withdraw")).text
    assert "data-keeps" not in as_(cast.member).get(move_address(shielded, "withdraw")).text
    answer(shielded, by=cast.moderator, key=uuid.uuid4(), body="It was repaired.")
    assert "data-keeps" not in as_(cast.member).get(move_address(shielded, "reopen")).text


def test_an_edit_stays_in_the_tab_unless_it_is_shielded_or_a_note(cast: Cast, shielded: Thread) -> None:
    post = a_post(shielded, cast.second_member)
    page = as_(cast.second_member).get(f"/posts/{post.public_id}/edit/").text
    assert f'data-keeps="{cast.second_member.public_id}"' in page
    assert f'data-arrives="{thread_address(shielded)}' in page
    note = a_post(shielded, cast.moderator, office_only=True)
    assert "data-keeps" not in as_(cast.moderator).get(f"/posts/{note.public_id}/edit/").text
    hidden = a_post(shielded, cast.member, byline="shielded")
    assert "data-keeps" not in as_(cast.member).get(f"/posts/{hidden.public_id}/edit/").text


def test_an_edit_in_a_held_thread_leaves_no_trace(cast: Cast, thread: Thread) -> None:
    post = a_post(thread, cast.member)
    hold(thread, by=cast.safety, key=uuid.uuid4(), reason="Somebody was threatened.")
    page = as_(cast.member).get(f"/posts/{post.public_id}/edit/").text
    assert 'name="body"' in page
    assert "data-keeps" not in page
    assert "data-leaves-no-trace" in page


def test_what_is_begun_in_a_held_thread_leaves_no_trace(cast: Cast, thread: Thread) -> None:
    address = thread_address(thread)
    assert "data-keeps-nothing" not in as_(cast.member).get(address).text
    hold(thread, by=cast.safety, key=uuid.uuid4(), reason="Somebody was threatened.")
    page = as_(cast.member).get(address).text
    assert 'id="composer"' in page
    assert "data-keeps-nothing" in page


def test_a_text_whose_author_is_signed_out_is_shown_once_more(thread: Thread) -> None:
    """Without script, too, and also where nothing may stay in the tab."""
    here = f"http://testserver{thread_address(thread)}"
    for address in (f"/threads/{thread.public_id}/posts/", move_address(thread, "hold")):
        typed = {"key": str(uuid.uuid4()), "body": TEXT}
        page = Client().post(address, typed, headers={"Referer": here})
        assert page.status_code == 401
        assert TEXT in page.text
        assert f"/accounts/login/?next=http%3A//testserver{thread_address(thread)}" in page.text
    assert bodies(thread) == ["Nine steps."]


def test_a_button_of_somebody_signed_out_leads_to_the_sign_in_page(thread: Thread) -> None:
    address = move_address(thread, "acknowledge")
    answered = Client().post(address, {"key": str(uuid.uuid4())})
    assert answered["Location"] == f"/accounts/login/?next={address}"


def test_no_field_cuts_what_is_pasted(cast: Cast) -> None:
    page = as_(cast.member).get("/rooms/disability/raise/").text
    assert "maxlength" not in page
    assert 'data-most="200"' in page


def test_a_room_without_a_thread_can_say_that_one_is_signed_out_too(cast: Cast) -> None:
    page = as_(cast.member).get("/rooms/disability/").text
    assert 'data-signed-out="You are signed out.' in page
    assert 'href="/accounts/login/?next=/rooms/disability/"' in page
