"""The fictional story is data: who speaks, where, and what they say must fit together."""

from collections import Counter
from re import fullmatch

import pytest

from tests.demo import story
from tests.demo.story import OFFICE, ORGANISATIONS, PEOPLE, ROOMS, THREADS, Table, posts, seated, told

FROM = {
    "take": "open",
    "ask": "in_review",
    "signpost": "in_review",
    "close": "in_review",
    "escalate": "in_review",
}
LEADS_TO = {"take": "in_review", "ask": "awaiting_info", "close": "closed", "escalate": "escalated"}
STATES = {
    "open": "remote-shelter youth-councils festival-comments interpretation follow-up-tables easy-read",
    "in_review": "complaint-boxes care-leavers ten-days assembly-replies",
    "awaiting_info": "screen-readers",
    "closed": "birth-certificates",
    "held": "fear-in-custody phone-pressure",
    "escalated": "lawyer-access court-ramp sign-language protective-orders bullying-referral mother-tongue",
}
every_thread = pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)


def state_of(thread: Table) -> str:
    """Walks the steps, refusing one that its state does not allow."""
    state, held = "open", False
    for _, entry in told(thread):
        do = entry["do"]
        assert state != "closed", entry
        assert not held or entry.get("office_note"), entry
        assert state == FROM.get(do, state), entry
        if entry.get("answers_ask"):
            assert state == "awaiting_info"
            assert entry["author"] == thread["raised_by"]
            state = "in_review"
        held = held or do == "hold"
        state = LEADS_TO.get(do, state)
    return "held" if held else state


def test_organisations_are_marked_as_fictional_in_every_language() -> None:
    kinds = Counter(one["kind"] for one in ORGANISATIONS.values())
    assert kinds == {"ngo": 11, "authority": 5, "office": 1, "observer": 1}
    for one in ORGANISATIONS.values():
        assert one["name"]["en"].endswith("(demo)")
        assert one["name"]["kk"].endswith("(демо)")
        assert one["name"]["ru"].endswith("(демо)")
        assert ("duty_bearer" in one) == (one["kind"] == "authority")
        assert one.get("duty_bearer", "police") in story.DUTY_BEARERS


def test_people_stand_for_known_organisations_in_roles_that_fit() -> None:
    kinds = dict.fromkeys(story.OFFICE_ROLES, "office") | {"authority": "authority", "observer": "observer"}
    for key, person in PEOPLE.items():
        assert fullmatch(r"[a-z]+", key), "the key is the local part of the address"
        assert person["language"] in story.LANGUAGES
        assert person["role"] in story.ROLES
        assert ORGANISATIONS[person["organisation"]]["kind"] == kinds.get(person["role"], "ngo"), key
    led = {one["organisation"] for one in PEOPLE.values() if one["role"] == "lead"}
    assert led == {key for key, one in ORGANISATIONS.items() if one["kind"] == "ngo"}


def test_every_demo_role_has_its_person() -> None:
    for role in story.ROLES:
        assert PEOPLE[role]["role"] == role
    assert PEOPLE["member"]["organisation"] == PEOPLE["lead"]["organisation"] == "step-free-steppe"
    assert PEOPLE["outsider"]["organisation"] != "step-free-steppe"


def test_rooms_seat_the_member_everywhere_and_the_outsider_in_no_invited_one() -> None:
    assert len(ROOMS) == 8
    for room in ROOMS.values():
        assert room["access"] in {"members", "invited"}
        assert room["default_marking"] in story.MARKINGS
        assert (room["access"] == "invited") == (room["default_marking"] == "room")
        assert all(PEOPLE[key]["role"] in {"member", "lead"} for key in room["seats"])
        assert "member" in room["seats"]
        assert room["access"] == "members" or "outsider" not in room["seats"]
        assert all(3 <= len(rules) <= 4 for rules in room["rules"].values())


def test_observers_read_only_where_the_room_says_so() -> None:
    open_to_them = {slug for slug, room in ROOMS.items() if room["observers_may_read"]}
    assert open_to_them == {"learning", "disability", "justice", "torture-prevention"}


def test_twenty_threads_speak_three_languages() -> None:
    assert Counter(thread["lang"] for thread in THREADS.values()) == {"ru": 8, "kk": 7, "en": 5}
    assert {THREADS[key]["lang"] for key in STATES["escalated"].split()} == story.LANGUAGES
    assert {thread["room"] for thread in THREADS.values()} == set(ROOMS)


def test_no_two_posts_share_a_key() -> None:
    keys = Counter(post["key"] for thread in THREADS.values() for post in posts(thread))
    assert max(keys.values()) == 1


@every_thread
def test_a_thread_uses_known_words_only(thread: Table) -> None:
    assert thread["kind"] in {"concern", "discussion"}
    assert thread["urgency"] in story.URGENCIES
    assert thread["theme"] in story.THEMES
    assert set(thread["groups"]) <= story.GROUPS
    assert thread.get("duty_bearer", "police") in story.DUTY_BEARERS
    assert thread.get("marking", "room") in story.MARKINGS
    assert 4 <= len(posts(thread)) <= 14
    assert ("days_ago" in thread) != ("working_days_ago" in thread)


@every_thread
def test_only_those_with_a_seat_speak_and_react(thread: Table) -> None:
    invited = ROOMS[thread["room"]]["access"] == "invited"
    assert thread["raised_by"] in ROOMS[thread["room"]]["seats"]
    for post in posts(thread):
        assert post["author"] in seated(thread), post
        assert post["byline"] in story.BYLINES, post
        assert post["byline"] != "shielded" or (invited and post["author"] not in OFFICE), post
        assert not post.get("office_note") or post["author"] in OFFICE, post
        assert set(post.get("reactions", {})) <= story.REACTIONS, post
        for keys in post.get("reactions", {}).values():
            assert set(keys) <= seated(thread) - {post["author"]}, post


@every_thread
def test_replies_answer_an_earlier_post(thread: Table) -> None:
    earlier: set[str] = set()
    for post in posts(thread):
        assert "reply_to" not in post or post["reply_to"] in earlier
        earlier.add(post["key"])


@every_thread
def test_a_thread_speaks_one_language(thread: Table) -> None:
    said = [thread["title"], *(entry["text"] for _, entry in told(thread) if "text" in entry)]
    for post in posts(thread):
        if post.get("office_note"):
            assert post.get("lang", thread["lang"]) in {"kk", "ru"}
        else:
            said += [post["body"], post.get("edited", post["body"])]
    for text in said:
        assert bool(story.CYRILLIC.search(text)) == (thread["lang"] != "en"), text
        assert bool(story.KAZAKH.search(text)) == (thread["lang"] == "kk"), text


@every_thread
def test_nothing_lies_in_the_future_and_the_office_keeps_its_hours(thread: Table) -> None:
    for moment, entry in told(thread):
        later = str(entry.get("edited_after") or entry.get("withdrawn_after") or "0m")
        assert moment + story.offset(later) < story.TODAY, entry
        if entry.get("by", entry.get("author")) in OFFICE:
            assert 9 <= moment.hour < 18, (moment, entry)
            assert moment.weekday() < 5 or "working_days_ago" in thread, (moment, entry)


@every_thread
def test_triage_steps_lead_to_the_state_the_story_wants(thread: Table) -> None:
    assert thread["key"] in STATES[state_of(thread)].split()
    for _, entry in told(thread):
        assert entry["do"] == "post" or PEOPLE[entry["by"]]["role"] == "moderator", entry
        says = {"ask": "text", "signpost": "text", "hold": "reason", "close": "note", "escalate": "issue"}
        assert entry["do"] not in says or entry[says[entry["do"]]], entry


def test_the_triage_board_has_running_clocks() -> None:
    waiting = [THREADS[key] for key in STATES["open"].split() if THREADS[key]["kind"] == "concern"]
    clocks = {(thread["urgency"], thread["working_days_ago"]) for thread in waiting}
    assert clocks == {("high", 2), ("high", 1), ("normal", 2), ("normal", 1)}


def test_the_story_shows_edits_withdrawals_notes_and_shields() -> None:
    said = [post for thread in THREADS.values() for post in posts(thread)]
    assert sum("edited" in post for post in said) == 2
    assert sum("withdrawn" in post for post in said) == 1
    assert {post.get("lang", "ru") for post in said if post.get("office_note")} == {"kk", "ru"}
    assert sum(post["byline"] == "shielded" for post in said) >= 8
