"""A room that was written in bulk is as its acts would have left it."""

import pytest
from django.test import Client

from bench.long_room import PEOPLE, fill
from dialogue.journal.models import Act, Entry, Stream
from dialogue.rooms.kinds import POST_ADDED, SEAT_TAKEN
from dialogue.rooms.models import Post, Thread

POSTS = 300


@pytest.mark.django_db
def test_the_journal_has_no_gap_and_every_post_its_place() -> None:
    told = fill(POSTS)
    stream = Stream.objects.get(name=told["stream"])
    entries = Entry.objects.filter(stream=stream)
    positions = list(entries.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, told["position"] + 1))
    assert stream.position == told["position"] == POSTS + PEOPLE
    assert entries.filter(kind=SEAT_TAKEN).count() == PEOPLE
    written = entries.filter(kind=POST_ADDED)
    assert {(entry.position, entry.refs["post"]) for entry in written} == set(
        Post.objects.filter(position__gte=written.earliest("position").position).values_list(
            "position", "public_id"
        )
    )
    assert Act.objects.filter(stream=stream).count() == Post.objects.count() == POSTS
    assert not Post.objects.filter(current=None).exists()


@pytest.mark.django_db
def test_threads_know_their_posts_and_half_are_in_the_longest() -> None:
    told = fill(POSTS)
    for thread in Thread.objects.all():
        assert thread.post_count == thread.posts.count()
        newest = thread.posts.latest("position")
        assert (thread.last_position, thread.last_posted_at) == (newest.position, newest.posted_at)
    assert Thread.objects.get(public_id=told["thread"]).post_count > POSTS * 0.4


@pytest.mark.django_db
def test_its_people_may_open_its_pages(client: Client) -> None:
    told = fill(POSTS)
    client.cookies["sessionid"] = told["sessions"][0]
    assert client.get(f"/rooms/{told['room']}/threads/{told['thread']}/").status_code == 200
