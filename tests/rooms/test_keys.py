"""One key, one act (I4): another content, thread or kind of act with it is refused."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from dialogue.journal.acts import Done
from dialogue.rooms.actions.posts import edit, post, withdraw
from dialogue.rooms.actions.reactions import react
from dialogue.rooms.actions.threads import raise_thread
from dialogue.text.refusals import Conflict
from tests.cast import Cast, a_post, a_thread
from tests.rooms.refusals import refused

pytestmark = pytest.mark.django_db

KEY = uuid.UUID("5f0c3e0a-0d3b-4f57-9d0e-0a6a5d7f0001")
USUAL: dict[str, Any] = {"kind": "concern", "title": "No ramp", "body": "Nine steps.", "lang": "en"}


def every_other_act(cast: Cast) -> list[Callable[[], Done]]:
    """Each with the key of a post "One" in ``thread``, none of them that post."""
    by, key = cast.member, KEY
    here, there = a_thread(cast.disability, by), a_thread(cast.torture, by)
    mine, next_of_mine = a_post(here, by), a_post(here, by)
    post(here, by=by, key=key, body="One")
    return [
        lambda: post(here, by=by, key=key, body="Two"),
        lambda: post(there, by=by, key=key, body="One"),
        lambda: post(here, by=by, key=key, body="One", lang="kk"),
        lambda: post(here, by=by, key=key, body="One", byline="named"),
        lambda: post(here, by=by, key=key, body="One", reply_to=mine.public_id),
        lambda: edit(mine, by=by, key=key, version=1, body="One"),
        lambda: withdraw(next_of_mine, by=by, key=key),
        lambda: react(mine, by=by, key=key, reaction="seen", on=True),
        lambda: raise_thread(cast.disability, by=by, key=key, **USUAL),
    ]


def test_a_key_means_one_act(cast: Cast) -> None:
    for act in every_other_act(cast):
        with refused(Conflict, "key_reused", field="key"):
            act()


def test_of_each_kind_the_content_counts(cast: Cast) -> None:
    by, thread = cast.member, a_thread(cast.disability, cast.member)
    first, second = a_post(thread, by), a_post(thread, by)
    edit(first, by=by, key=(key := uuid.uuid4()), version=1, body="A")
    for other in ({"version": 2, "body": "A"}, {"version": 1, "body": "B"}):
        with refused(Conflict, "key_reused", field="key"):
            edit(first, by=by, key=key, **other)  # type: ignore[arg-type]
    with refused(Conflict, "key_reused", field="key"):
        edit(second, by=by, key=key, version=1, body="A")
    react(first, by=by, key=(key := uuid.uuid4()), reaction="seen", on=True)
    with refused(Conflict, "key_reused", field="key"):
        react(first, by=by, key=key, reaction="seen", on=False)
    with refused(Conflict, "key_reused", field="key"):
        react(second, by=by, key=key, reaction="seen", on=True)
    withdraw(first, by=by, key=(key := uuid.uuid4()))
    with refused(Conflict, "key_reused", field="key"):
        withdraw(second, by=by, key=key)


def test_a_refused_act_leaves_its_key_free(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    with refused(Conflict, "conflict", field="body"):
        edit(thread.posts.get(), by=cast.member, key=KEY, version=5, body="Better")
    assert not edit(thread.posts.get(), by=cast.member, key=KEY, version=1, body="Better").is_repeat


def test_another_persons_key_is_their_own(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    first = post(thread, by=cast.member, key=KEY, body="One")
    assert post(thread, by=cast.second_member, key=KEY, body="One").thing != first.thing
