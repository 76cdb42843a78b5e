"""Signs under posts, and having read: the buttons of the log."""

import re
import uuid

import pytest

from dialogue.rooms.models import Post, Reaction, ReadMark, Thread
from dialogue.rooms.queries.unread import unread_by_room
from tests.cast import Cast, a_post, a_thread
from tests.rooms.pages import as_, form_in, thread_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member)


@pytest.fixture
def post(thread: Thread) -> Post:
    return Post.objects.get(thread=thread)


def address_for(post: Post) -> str:
    return f"/posts/{post.public_id}/react/"


def pressed(page: str, sign: str) -> str:
    """What the button of that sign says: its state and its value."""
    button = re.search(rf'<button class="reaction"[^>]*value="({sign}:\w+)"[^>]*aria-pressed="(\w+)"', page)
    assert button is not None
    return f"{button[1]} {button[2]}"


def test_a_button_sets_the_sign_and_then_takes_it_away(cast: Cast, thread: Thread, post: Post) -> None:
    client = as_(cast.second_member)
    for value, before, after in (("on", "on false", "off true"), ("off", "off true", "on false")):
        page = client.get(thread_address(thread)).text
        assert pressed(page, "same_here") == f"same_here:{before}"
        fields = form_in(page, thread_address(thread))
        response = client.post(address_for(post), {**fields, "reaction": f"same_here:{value}"})
        assert response["Location"] == f"{thread_address(thread)}?pane=thread"
        assert pressed(client.get(thread_address(thread)).text, "same_here") == f"same_here:{after}"


def test_one_form_serves_all_buttons(cast: Cast, thread: Thread, post: Post) -> None:
    client = as_(cast.second_member)
    fields = form_in(client.get(thread_address(thread)).text, thread_address(thread))
    for sign in ("same_here", "thanks", "thanks"):
        assert client.post(address_for(post), {**fields, "reaction": f"{sign}:on"}).status_code == 302
    assert Reaction.objects.count() == 2


@pytest.mark.parametrize("value", ["", "love:on", "same_here", "same_here:maybe", "x" * 5000])
def test_an_odd_sign_changes_nothing(cast: Cast, post: Post, value: str) -> None:
    typed = {"key": str(uuid.uuid4()), "reaction": value}
    assert as_(cast.member).post(address_for(post), typed).status_code == 422
    assert not Reaction.objects.exists()


def test_a_damaged_key_changes_nothing(cast: Cast, post: Post) -> None:
    response = as_(cast.member).post(address_for(post), {"key": "zz", "reaction": "seen:on"})
    assert response.status_code == 422
    assert not Reaction.objects.exists()


def test_afterwards_one_stays_on_this_site(cast: Cast, post: Post) -> None:
    for target in ("https://evil.example/", "//evil.example", r"\\evil.example", "javascript:alert(1)"):
        typed = {"key": str(uuid.uuid4()), "reaction": "seen:on", "next": target}
        assert as_(cast.member).post(address_for(post), typed)["Location"] == "/"


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
def test_strangers_leave_no_sign(cast: Cast, post: Post, thread: Thread, name: str) -> None:
    client = as_(getattr(cast, name))
    typed = {"key": str(uuid.uuid4()), "reaction": "seen:on"}
    assert client.post(address_for(post), typed).status_code == 404
    assert client.post(f"/threads/{thread.public_id}/read/", {"position": "1"}).status_code == 404


def test_observers_see_signs_and_leave_none(cast: Cast, post: Post, thread: Thread) -> None:
    client = as_(cast.observer)
    typed = {"key": str(uuid.uuid4()), "reaction": "seen:on"}
    assert client.post(address_for(post), typed).status_code == 403
    assert '<button class="reaction"' not in client.get(thread_address(thread)).text


def test_a_button_marks_all_as_read_and_goes_away(cast: Cast, thread: Thread) -> None:
    a_post(thread, cast.member, "One more.")
    client = as_(cast.second_member)
    address = f"/threads/{thread.public_id}/read/"
    page = client.get(thread_address(thread)).text
    assert unread_by_room(cast.second_member)
    assert client.post(address, form_in(page, address)).status_code == 302
    assert not unread_by_room(cast.second_member)
    assert address not in client.get(thread_address(thread)).text


def test_looking_at_a_page_changes_nothing(cast: Cast, thread: Thread) -> None:
    as_(cast.second_member).get(thread_address(thread))
    assert not ReadMark.objects.filter(person=cast.second_member).exists()


@pytest.mark.parametrize("position", ["", "-1", "abc", "9" * 40, "1.5"])
def test_an_odd_position_marks_nothing(cast: Cast, thread: Thread, position: str) -> None:
    response = as_(cast.second_member).post(f"/threads/{thread.public_id}/read/", {"position": position})
    assert response.status_code == 422
    assert not ReadMark.objects.filter(person=cast.second_member).exists()
