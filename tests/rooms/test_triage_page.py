"""The moves of triage by forms."""

import uuid

import pytest

from dialogue.rooms.models import Acknowledgement, Hold, Thread
from dialogue.rooms.states import ThreadState
from tests.cast import Cast, a_thread
from tests.rooms.pages import as_, form_in, room_address, sent, thread_address

pytestmark = pytest.mark.django_db

WORDS = {
    "ask": {"body": "Since when does this happen?"},
    "answer": {"body": "It was repaired."},
    "signpost": {"body": "Turn to the prosecutor."},
    "close": {"outcome": "resolved", "note": "The ramp is there."},
    "hold": {"reason": "Somebody was threatened."},
}
STATES = {
    "take": ThreadState.IN_REVIEW,
    "ask": ThreadState.AWAITING_INFO,
    "answer": ThreadState.CLOSED,
    "signpost": ThreadState.CLOSED,
    "close": ThreadState.CLOSED,
}


@pytest.fixture
def thread(cast: Cast) -> Thread:
    return a_thread(cast.disability, cast.member)


def address_for(thread: Thread, verb: str) -> str:
    return f"/threads/{thread.public_id}/triage/{verb}/"


def test_the_rail_offers_the_office_what_it_may_do(cast: Cast, thread: Thread) -> None:
    page = as_(cast.moderator).get(thread_address(thread)).text
    for verb in ("acknowledge", "take", "ask", "answer", "signpost", "close", "hold"):
        assert address_for(thread, verb) in page
    for name in ("second_member", "observer", "officer"):
        page = as_(getattr(cast, name)).get(thread_address(thread)).text
        assert f"/threads/{thread.public_id}/triage/" not in page


@pytest.mark.parametrize("verb", ["take", "ask", "answer", "signpost", "close"])
def test_a_move_is_made_and_told_in_the_thread(cast: Cast, thread: Thread, verb: str) -> None:
    typed = WORDS.get(verb, {})
    response = sent(as_(cast.moderator), address_for(thread, verb), typed, via=address_for(thread, verb))
    assert response["Location"] == f"{thread_address(thread)}?pane=thread"
    thread.refresh_from_db()
    assert thread.state == STATES[verb]
    page = as_(cast.member).get(thread_address(thread)).text
    for words in typed.values():
        assert words in page or words == "resolved"


def test_a_button_of_the_rail_confirms_the_receipt(cast: Cast, thread: Thread) -> None:
    client, address = as_(cast.moderator), address_for(thread, "acknowledge")
    fields = form_in(client.get(thread_address(thread)).text, address)
    assert [client.post(address, fields).status_code for _ in range(2)] == [302, 302]
    assert Acknowledgement.objects.count() == 1
    assert "Moderator confirmed that the office received this" in client.get(thread_address(thread)).text
    assert address not in client.get(thread_address(thread)).text


def test_a_held_thread_leaves_a_stub_without_a_word(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    address = address_for(thread, "hold")
    sent(client, address, WORDS["hold"], via=address)
    assert Hold.objects.count() == 1
    assert as_(cast.second_member).get(thread_address(thread)).status_code == 404
    page = as_(cast.second_member).get(room_address(cast.disability)).text.split("<template")[0]
    assert "This thread is being looked after" in page
    assert thread.title not in page
    assert thread.public_id not in page
    for name in ("member", "moderator", "safety"):
        assert as_(getattr(cast, name)).get(thread_address(thread)).status_code == 200
    assert "Moderator looks after it" in as_(cast.member).get(thread_address(thread)).text
    release = address_for(thread, "release")
    fields = form_in(client.get(thread_address(thread)).text, release)
    assert client.post(release, fields).status_code == 302
    assert as_(cast.second_member).get(thread_address(thread)).status_code == 200


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("ask", {"body": ""}),
        ("answer", {"body": "x" * 10_001}),
        ("close", {"outcome": "withdrawn", "note": "Kept note"}),
        ("close", {"outcome": "resolved", "note": " "}),
        ("hold", {"reason": "nul \x00"}),
    ],
)
def test_a_refusal_stays_on_the_page_with_the_words(
    cast: Cast, thread: Thread, verb: str, typed: dict[str, str]
) -> None:
    address = address_for(thread, verb)
    response = sent(as_(cast.moderator), address, typed, via=address)
    written = [words for field, words in typed.items() if field != "outcome"]
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert all(words.strip("\0 ") in response.text for words in written)
    thread.refresh_from_db()
    assert (thread.state, thread.held_at) == (ThreadState.OPEN, None)


def test_who_comes_second_is_told_and_keeps_the_words(cast: Cast, thread: Thread) -> None:
    client, address = as_(cast.moderator), address_for(thread, "close")
    fields = form_in(client.get(address).text, address)
    sent(as_(cast.moderator), address, WORDS["close"], via=address)
    response = client.post(address, {**fields, "outcome": "answered", "note": "My own note"})
    assert response.status_code == 409
    assert "My own note" in response.text


@pytest.mark.parametrize("name", ["member", "second_member", "observer", "officer"])
def test_steps_of_others_are_not_offered(cast: Cast, thread: Thread, name: str) -> None:
    client, address = as_(getattr(cast, name)), address_for(thread, "close")
    assert client.get(address).status_code == 403
    response = client.post(address, {**WORDS["close"], "key": str(uuid.uuid4())})
    assert response.status_code == 403
    assert "The ramp is there." in response.text


@pytest.mark.parametrize("name", ["authority", "data_officer", "nobody"])
@pytest.mark.parametrize("verb", ["take", "close", "no-such-verb"])
def test_strangers_find_nothing(cast: Cast, thread: Thread, name: str, verb: str) -> None:
    client = as_(getattr(cast, name))
    assert client.get(address_for(thread, verb)).status_code == 404
    assert client.post(address_for(thread, verb), {"key": str(uuid.uuid4())}).status_code == 404


def test_an_unknown_verb_is_no_page(cast: Cast, thread: Thread) -> None:
    assert as_(cast.moderator).get(address_for(thread, "explode")).status_code == 404


def test_a_prepared_text_comes_in_the_language_of_the_thread(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, lang="ru")
    page = as_(cast.moderator).get(address_for(thread, "ask"), {"prepared": "tried"}).text
    assert "Что уже пробовали" not in page
    assert "Поднималось ли это раньше" in page
    assert as_(cast.moderator).get(address_for(thread, "ask"), {"prepared": "zz"}).status_code == 200


def test_the_author_withdraws_with_a_note_and_opens_again(cast: Cast, thread: Thread) -> None:
    client = as_(cast.member)
    for verb, state in (("withdraw", ThreadState.CLOSED), ("reopen", ThreadState.OPEN)):
        address = address_for(thread, verb)
        assert address in client.get(thread_address(thread)).text
        sent(client, address, {"note": "Solved without you."}, via=address)
        thread.refresh_from_db()
        assert thread.state == state


def test_a_hold_looks_as_grave_as_it_is(cast: Cast, thread: Thread) -> None:
    client = as_(cast.moderator)
    assert 'class="button button--danger">Hold' in client.get(address_for(thread, "hold")).text
    assert 'class="button button--primary">Ask' in client.get(address_for(thread, "ask")).text
