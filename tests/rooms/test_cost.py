"""How often the database is asked: what is under the lock, and what a page of many posts costs."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialogue.rooms import access
from dialogue.rooms.actions.posts import post
from dialogue.rooms.queries.unread import unread_by_room
from tests.cast import Cast, a_post, a_thread

pytestmark = pytest.mark.django_db


def test_a_post_holds_the_lock_for_few_questions(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        post(thread, by=cast.second_member, key=uuid.uuid4(), body="We see this too.")
    statements = [query["sql"] for query in asked.captured_queries]
    locked = next(i for i, sql in enumerate(statements) if sql.startswith("UPDATE journal_stream"))
    assert len(statements) - locked <= 15


def test_a_reading_answers_for_a_whole_page(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    for _turn in range(5):
        a_post(thread, cast.second_member)
    reading = access.reading_of(cast.second_member)
    posts = list(access.posts_visible_to(reading).select_related("thread__room"))
    with CaptureQueriesContext(connection) as asked:
        verdicts = [(access.can_edit(reading, each), access.can_react(reading, each)) for each in posts]
    assert verdicts == [(False, True), *[(True, True)] * 5]
    assert len(asked) == 0


def test_unread_of_all_rooms_is_one_question(cast: Cast) -> None:
    for room in (cast.disability, cast.torture):
        a_post(a_thread(room, cast.member), cast.member)
    reading = access.reading_of(cast.second_member)
    with CaptureQueriesContext(connection) as asked:
        assert sum(unread_by_room(reading).values()) == 4
    assert len(asked) == 1
