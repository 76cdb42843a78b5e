"""The triage board: who sees it, what stands where, and its buttons."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from dialogue.calendar.working_days import ALMATY
from dialogue.issues.queries.tickets import board_shown, monday_of
from dialogue.rooms.actions.holds import hold
from dialogue.rooms.actions.triage import acknowledge, ask, close, take
from dialogue.rooms.models import Marking, Thread
from tests.cast import Cast, a_thread
from tests.issues.carried import an_issue
from tests.rooms.pages import as_, form_in

pytestmark = pytest.mark.django_db

BOARD = "/triage/"


def key() -> uuid.UUID:
    return uuid.uuid4()


def columns(cast: Cast, **wanted: object) -> dict[str, list[str]]:
    shown = board_shown(cast.moderator, now=timezone.now(), **wanted)  # type: ignore[arg-type]
    return {
        column.code: [ticket.thread.title if ticket.thread else "stub" for ticket in column.tickets]
        for column in shown.columns
    }


@pytest.mark.parametrize("name", ["moderator", "officer", "approver", "safety"])
def test_the_board_is_for_the_office(cast: Cast, name: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    page = as_(getattr(cast, name)).get(BOARD).text
    assert thread.title in page
    assert 'href="/triage/" aria-current="page"' in " ".join(page.split())


@pytest.mark.parametrize(
    "name", ["member", "lead", "outsider", "authority", "observer", "data_officer", "nobody"]
)
def test_nobody_else_learns_that_it_exists(cast: Cast, name: str) -> None:
    a_thread(cast.disability, cast.member)
    assert as_(getattr(cast, name)).get(BOARD).status_code == 404
    assert BOARD not in as_(getattr(cast, name)).get("/rooms/").text


def test_a_visitor_is_asked_to_sign_in(client: object, cast: Cast) -> None:
    response = client.get(BOARD)  # type: ignore[attr-defined]
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_every_concern_stands_in_the_column_of_its_state(cast: Cast) -> None:
    titles = ("New one", "Taken one", "Asked one", "Closed one", "Issue one")
    new, taken, asked, closed, carried = (
        a_thread(cast.disability, cast.member, title=title) for title in titles
    )
    a_thread(cast.disability, cast.member, title="A talk", kind="discussion")
    take(taken, by=cast.moderator, key=key())
    ask(asked, by=cast.moderator, key=key(), body="Since when?")
    close(closed, by=cast.moderator, key=key(), outcome="resolved", note="Built.")
    issue = an_issue(cast, carried)
    assert columns(cast) == {
        "new": [new.title],
        "review": [taken.title],
        "waiting": [asked.title],
        "decided": [carried.title, closed.title],
    }
    page = as_(cast.moderator).get(BOARD).text
    assert issue.reference in page
    assert "clock paused" in page
    assert "A talk" not in page


def test_one_figure_of_new_ones_and_beside_it_what_is_held(cast: Cast) -> None:
    held, _new = (a_thread(cast.disability, cast.member, title=title) for title in ("Held one", "New one"))
    hold(held, by=cast.safety, key=key(), reason="Danger.")
    for person, count, beside in ((cast.moderator, "1", True), (cast.safety, "2", False)):
        page = " ".join(as_(person).get(BOARD).text.split())
        assert f'Triage <span class="count">{count}<span' in page
        assert f'New <span class="count count--quiet">{count}</span>' in page
        assert ("and 1 held" in page) is beside
    assert "1 new concern waits" in as_(cast.moderator).get("/home/").text


def test_decisions_of_last_week_are_gone(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    close(thread, by=cast.moderator, key=key(), outcome="resolved", note="Built.")
    Thread.objects.update(state_since=monday_of(timezone.now()) - timedelta(minutes=1))
    assert columns(cast)["decided"] == []


def test_a_week_begins_on_monday_where_the_office_is() -> None:
    # Sunday evening in UTC is Monday in Almaty.
    now = datetime(2026, 11, 22, 20, 0, tzinfo=timezone.get_default_timezone())
    assert monday_of(now).isoweekday() == 1
    assert monday_of(now).astimezone(ALMATY).hour == 0


def test_the_clock_says_what_is_left_and_what_is_late(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    client = as_(cast.moderator)
    for left, words in (
        (timedelta(hours=-3, minutes=-5), "Overdue by 3 h"),
        (timedelta(minutes=-5), "Overdue"),
        (timedelta(days=-30), "days"),
    ):
        Thread.objects.filter(pk=thread.pk).update(due_at=timezone.now() + left)
        page = client.get(BOARD).text
        assert words in page
        assert "ticket is-late" in page
        assert "1 overdue" in page
    Thread.objects.update(due_at=timezone.now() + timedelta(days=30))
    page = client.get(BOARD).text
    assert "days left" in page
    assert "is-late" not in page


def test_an_urgent_one_is_counted_in_minutes(cast: Cast) -> None:
    a_thread(cast.disability, cast.member, urgency="urgent")
    Thread.objects.update(due_at=timezone.now() + timedelta(minutes=38, seconds=30))
    assert "Urgent · 38 min left" in as_(cast.moderator).get(BOARD).text


def test_what_is_due_soonest_comes_first(cast: Cast) -> None:
    for hours, title in ((50, "Later"), (-2, "Late"), (10, "Sooner")):
        thread = a_thread(cast.disability, cast.member, title=title)
        Thread.objects.filter(pk=thread.pk).update(due_at=timezone.now() + timedelta(hours=hours))
    assert columns(cast)["new"] == ["Late", "Sooner", "Later"]


def test_filters_keep_what_they_name(cast: Cast) -> None:
    mine = a_thread(cast.disability, cast.member, title="Mine")
    late = a_thread(cast.torture, cast.member, title="Late")
    take(mine, by=cast.moderator, key=key())
    Thread.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=2))
    assert columns(cast, show="mine") == {"new": [], "review": ["Mine"], "waiting": [], "decided": []}
    assert columns(cast, show="overdue")["new"] == ["Late"]
    assert columns(cast, room=cast.disability) == columns(cast, show="mine")
    client = as_(cast.moderator)
    assert "Late" not in client.get(f"{BOARD}?room=disability").text.split("data-part")[-1]
    assert client.get(f"{BOARD}?room=unknown").status_code == 404
    assert client.get(f"{BOARD}?show=%00&x=1").status_code == 200


def test_acknowledging_is_mine_too(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    acknowledge(thread, by=cast.moderator, key=key())
    assert columns(cast, show="mine")["new"] == [thread.title]
    assert "Receipt confirmed by Moderator" in as_(cast.officer).get(BOARD).text


@pytest.mark.parametrize("verb", ["acknowledge", "take"])
def test_a_button_does_it_and_comes_back(cast: Cast, verb: str) -> None:
    thread = a_thread(cast.disability, cast.member)
    client, here = as_(cast.moderator), f"{BOARD}?room=disability"
    address = f"/threads/{thread.public_id}/triage/{verb}/"
    response = client.post(address, form_in(client.get(here).text, address))
    assert (response.status_code, response["Location"]) == (302, here)
    assert columns(cast, show="mine") == columns(cast)


def test_a_step_with_words_leads_back_to_the_board(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    client = as_(cast.moderator)
    address = f"/threads/{thread.public_id}/triage/ask/"
    link = f"{address}?next=%2Ftriage%2F"
    assert link in client.get(BOARD).text
    hidden = form_in(client.get(link).text, address)
    response = client.post(address, {**hidden, "body": "Since when?"})
    assert response["Location"] == BOARD


def test_only_moderators_have_buttons(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    assert f"/threads/{thread.public_id}/escalate/" in as_(cast.moderator).get(BOARD).text
    for name in ("officer", "approver"):
        page = as_(getattr(cast, name)).get(BOARD).text
        assert f"/threads/{thread.public_id}/" not in page.replace(
            f"rooms/disability/threads/{thread.public_id}/", ""
        )


def test_what_is_held_is_a_stub_for_others(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member, title="A name in danger")
    hold(thread, by=cast.safety, key=key(), reason="Threats.")
    assert columns(cast)["new"] == ["stub"]
    page = as_(cast.moderator).get(BOARD).text
    assert thread.title not in page
    assert thread.public_id not in page
    assert thread.title in as_(cast.safety).get(BOARD).text


def test_a_shielded_author_is_not_named(cast: Cast) -> None:
    a_thread(cast.torture, cast.member, byline="shielded", marking=Marking.OFFICE)
    page = as_(cast.moderator).get(BOARD).text
    assert "author shielded" in page
    assert "quiet-coast" not in page
    assert cast.member.name not in page.split("<main", 1)[1]


def test_an_empty_board_says_so(cast: Cast) -> None:
    page = as_(cast.moderator).get(BOARD).text
    assert page.count("Nothing") == 4


def test_more_tickets_ask_the_database_no_more(cast: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(3):
        take(a_thread(cast.disability, cast.member, title=f"T {number}"), by=cast.moderator, key=key())
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        board_shown(cast.moderator, now=timezone.now())


def test_the_places_are_those_of_every_room(cast: Cast) -> None:
    page = as_(cast.moderator).get(BOARD).text
    for name in ("room:disability", "room:disability:office", "room:torture", "room:torture:office"):
        assert f'data-stream="{name}"' in page


def test_the_clock_stops_when_somebody_takes_it(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    Thread.objects.filter(pk=thread.pk).update(due_at=timezone.now() - timedelta(hours=3))
    take(thread, by=cast.moderator, key=key())
    page = as_(cast.officer).get(BOARD).text
    assert "None overdue" in page
    assert "is-late" not in page
    assert '<span class="pill">Moderator</span>' in page


def test_the_navigation_counts_what_is_new(cast: Cast) -> None:
    a_thread(cast.disability, cast.member)
    page = " ".join(as_(cast.moderator).get("/rooms/").text.split())
    assert 'Triage <span class="count">1<span' in page
