"""The list of rooms, the room and its list of concerns."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialogue.journal.entries import head_of, opening
from dialogue.rooms.actions.carriages import carry
from dialogue.rooms.actions.triage import move_to_escalated, take
from dialogue.rooms.models import Holder, Thread
from dialogue.rooms.states import Shown
from dialogue.text.languages import Language
from tests.cast import Cast, a_post, a_thread, crowd
from tests.rooms.pages import as_, room_address, thread_address

pytestmark = pytest.mark.django_db


def shown(page: str) -> str:
    """What the page shows, without the copies kept for script."""
    return page.split("<template")[0]


def test_everybody_finds_their_own_rooms(cast: Cast) -> None:
    rooms = {
        "member": {"disability", "torture"},
        "outsider": {"disability"},
        "moderator": {"disability", "torture"},
        "observer": {"disability"},
        "authority": set(),
        "nobody": set(),
    }
    for name, slugs in rooms.items():
        page = as_(getattr(cast, name)).get("/rooms/").text
        assert {slug for slug in ("disability", "torture") if f'href="/rooms/{slug}/"' in page} == slugs
    assert "No room is open to you" in as_(cast.nobody).get("/rooms/").text


def test_an_empty_room_says_how_to_begin(cast: Cast) -> None:
    page = as_(cast.member).get(room_address(cast.disability)).text
    assert "Nothing was raised here yet" in page
    assert 'href="/rooms/disability/raise/"' in page


def test_the_page_knows_its_place_in_every_stream_it_may_hear(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    here = head_of(cast.disability.stream_name)
    for name, streams in {"member": 1, "moderator": 2, "safety": 3}.items():
        page = as_(getattr(cast, name)).get(thread_address(thread)).text
        assert len(re.findall(r'data-(?:office-|safety-)?stream="', page)) == streams
        assert f'data-epoch="{here.epoch}"' in page
        assert f'data-position="{here.position}"' in page


def test_chips_narrow_the_list(cast: Cast) -> None:
    a_thread(cast.disability, cast.member, title="Still open")
    client, address = as_(cast.member), room_address(cast.disability)
    assert "Still open" in shown(client.get(address, {"show": "open"}).text)
    assert "Still open" not in shown(client.get(address, {"show": "closed"}).text)


@pytest.mark.parametrize(
    "query",
    [
        {"show": "password", "pane": "evil", "page": "abc"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"page": "²"},
        {"before": "x" * 5000, "reply_to": "\x00"},
        {"filter_connector": "OR"},
    ],
)
def test_an_odd_address_still_shows_the_room(cast: Cast, query: dict[str, str]) -> None:
    thread = a_thread(cast.disability, cast.member)
    for address in (room_address(cast.disability), thread_address(thread)):
        assert as_(cast.member).get(address, query).status_code == 200


def test_an_address_that_asks_twice_is_refused(cast: Cast) -> None:
    twice = {"show": ["open", "closed"], "filter[_connector]": "OR"}
    assert as_(cast.member).get(room_address(cast.disability), twice).status_code == 400


@pytest.mark.parametrize(
    "path", ["/rooms/no-such/", "/rooms/disability/threads/none/", "/rooms/%00/", "/rooms/a'b/"]
)
def test_what_is_not_there_is_not_found(cast: Cast, path: str) -> None:
    assert as_(cast.member).get(path).status_code == 404


def test_a_thread_is_found_in_its_own_room_only(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    assert as_(cast.member).get(f"/rooms/torture/threads/{thread.public_id}/").status_code == 404


def test_the_keyboard_comes_straight_to_the_text_field_where_there_is_one(cast: Cast) -> None:
    way = '<a class="skip" href="#body">'
    page = as_(cast.outsider).get(thread_address(a_thread(cast.disability, cast.member))).text
    assert way in page
    assert 'id="body"' in page
    assert way not in as_(cast.observer).get("/rooms/disability/").text


def test_a_shielded_author_is_nowhere_on_the_page(cast: Cast) -> None:
    crowd(cast.disability, 5)
    thread = a_thread(cast.disability, cast.member, byline="shielded")
    page = as_(cast.second_member).get(thread_address(thread)).text
    assert "A member organisation of this room" in shown(page)
    assert "quiet-coast" not in page
    assert not re.search(rf"\b{cast.member.name}\b", shown(page))
    assert re.search(
        r'data-slot="pseudonym"[^>]*>\s*[A-Z2-7]{5}', as_(cast.moderator).get(thread_address(thread)).text
    )


def test_a_long_thread_comes_in_parts(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, body="post number 0")
    for number in range(1, 65):
        a_post(thread, cast.member, f"post number {number}.")
    client = as_(cast.member)
    page = client.get(thread_address(thread)).text
    assert "post number 64." in page
    assert "post number 0<" not in page
    earlier = re.search(r'href="(\?before=\w+)"', page)
    assert earlier is not None
    first = client.get(thread_address(thread) + earlier[1]).text
    assert "post number 0<" in first
    assert "post number 64." not in first


def test_the_card_of_an_issue_stands_in_the_thread(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with opening([thread.stream_name]):
        move_to_escalated(thread, by=cast.moderator)
        due_on = timezone.now().date()
        carry(
            thread,
            reference="OMB-2026-00042",
            state=Shown.AWAITING_AUTHORITY,
            holder=Holder.AUTHORITY,
            due_on=due_on,
        )
    page = shown(as_(cast.second_member).get(thread_address(thread)).text)
    assert 'Taken up as <span class="nowrap">OMB-2026-00042</span>' in page
    assert 'aria-current="step"' in page


def test_whoever_sorted_a_thread_is_not_said_to_lead_its_issue(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    take(thread, by=cast.moderator, key=uuid.uuid4())
    client = as_(cast.member)
    assert "In charge" in client.get(thread_address(thread)).text
    with opening([thread.stream_name]):
        move_to_escalated(thread, by=cast.moderator)
        carry(thread, reference="OMB-2026-00042", state=Shown.TAKEN_UP, holder=Holder.OFFICE)
    assert facts_in(client.get(thread_address(thread)).text)["In charge"] == "The office"


def test_the_rail_names_who_leads_the_issue_and_who_has_the_next_step(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    card: dict[str, Any] = {"reference": "OMB-2026-00042", "lead": cast.officer}
    with opening([thread.stream_name]):
        move_to_escalated(thread, by=cast.moderator)
        carry(thread, **card, state=Shown.AWAITING_AUTHORITY, holder=Holder.AUTHORITY)
    client = as_(cast.second_member)
    facts = facts_in(client.get(thread_address(thread)).text)
    assert (facts["In charge"], facts["Next step"]) == (cast.officer.name, "with the authority")
    carry(thread, **card, state=Shown.CLOSED, holder=Holder.NOBODY)
    assert not {"In charge", "Next step"} & set(facts_in(client.get(thread_address(thread)).text))


def facts_in(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    return {name.strip(): value.strip() for name, value in found}


@pytest.mark.parametrize("language", list(Language))
def test_pages_speak_the_readers_language(cast: Cast, language: Language) -> None:
    cast.member.language = language
    cast.member.save()
    words = {Language.KK: "Мәселе көтеру", Language.RU: "Поднять проблему", Language.EN: "Raise a concern"}
    thread = a_thread(cast.disability, cast.member)
    for address in (thread_address(thread), room_address(cast.disability), "/rooms/disability/raise/"):
        page = as_(cast.member).get(address).text
        assert f'<html lang="{language}"' in page
        assert words[language] in page


def test_the_way_round_counts_the_unread(cast: Cast) -> None:
    thread: Thread = a_thread(cast.disability, cast.member)
    a_post(thread, cast.member, "One more.")
    page = as_(cast.second_member).get("/rooms/").text.split("<main")[0]
    assert re.search(r'Rooms\s*<span class="count">2<span', page)


def test_a_longer_thread_asks_the_database_no_more(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    first = a_post(thread, cast.second_member)
    a_post(thread, cast.second_member, reply_to=first.public_id)
    before = questions_asked(cast, thread)
    for _number in range(8):
        a_post(thread, cast.second_member, reply_to=first.public_id)
        a_thread(cast.disability, cast.member)
    assert questions_asked(cast, thread) == before


def questions_asked(cast: Cast, thread: Thread) -> int:
    client = as_(cast.moderator)
    with CaptureQueriesContext(connection) as asked:
        client.get(thread_address(thread))
    return len(asked)


def test_whoever_has_no_room_is_not_led_to_rooms(cast: Cast) -> None:
    assert 'href="/rooms/"' not in as_(cast.authority).get("/home/").text
