"""A room in which very much was said, written in bulk. Runs under Django: see ``staging``.

Half of the posts are in one thread, the others in fifty more. The journal is whole: an entry and a
kept answer for each post, positions without a gap, the heads behind the last.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from bench.people import a_crowd, session_of
from dialogue.accounts.models import User
from dialogue.journal.acts import content_mac
from dialogue.journal.models import Act, Entry, Stream
from dialogue.rooms.actions.seats import take_seat
from dialogue.rooms.actions.writing import ReadyText, ready_text
from dialogue.rooms.kinds import POST_ADDED
from dialogue.rooms.models import Byline, Post, PostRevision, Room, Thread, sha256_of
from dialogue.rooms.public_ids import new_row_id
from dialogue.text.markdown import RENDERER_VERSION
from tests.cast import a_room, a_thread

PEOPLE = 50
OTHER_THREADS = 50
AT_ONCE = 2_000
EVERY = timedelta(seconds=60)


def fill(posts: int) -> dict[str, Any]:
    """Where its stream stands, its longest thread, and the sessions of its people."""
    crowd = a_crowd(PEOPLE)
    began = timezone.now() - (posts + 1) * EVERY
    room = a_room("long")
    for person in crowd:
        home = person.delegations.get().organisation
        take_seat(room, person=person, for_organisation=home, by=None, now=began)
    threads = [
        a_thread(room, crowd[number % PEOPLE], kind="discussion", now=began)
        for number in range(min(OTHER_THREADS, posts // 10) + 1)
    ]
    stream = Stream.objects.get(name=room.stream_name)
    first = stream.position + 1
    written = _posts(threads, crowd, first=first, count=posts - len(threads), began=began)
    while some := list(islice(written, AT_ONCE)):
        _write(some, stream)
    stream.position = first + posts - len(threads) - 1
    stream.save(update_fields=["position"])
    _count(room)
    return {
        "room": room.slug,
        "stream": stream.name,
        "epoch": stream.epoch,
        "position": stream.position,
        "thread": threads[0].public_id,
        "sessions": [session_of(person) for person in crowd],
    }


def _posts(
    threads: list[Thread], crowd: list[User], *, first: int, count: int, began: datetime
) -> Iterator[Post]:
    """Every second one in the first thread."""
    homes = {person.pk: person.delegations.get().organisation_id for person in crowd}
    for number in range(count):
        author = crowd[number % len(crowd)]
        thread = threads[0] if number % 2 else threads[1 + number // 2 % (len(threads) - 1)]
        yield Post(
            thread=thread,
            author=author,
            for_organisation_id=homes[author.pk],
            byline=Byline.ORGANISATION,
            lang="en",
            position=first + number,
            posted_at=began + (number + 1) * EVERY,
            current_id=new_row_id(),
        )


@transaction.atomic
def _write(posts: Sequence[Post], stream: Stream) -> None:
    """The posts with all that the act of posting leaves; their texts carry numbers for who listens."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Planned while the tables were empty, the checks of keys read all of them for every row.
            cursor.execute("SET LOCAL session_replication_role = replica")
    kept = Post.objects.bulk_create(posts)
    PostRevision.objects.bulk_create(map(_revision, kept))
    Entry.objects.bulk_create(_entry(post, stream) for post in kept)
    Act.objects.bulk_create(_act(post, stream) for post in kept)


@cache
def ready_words() -> ReadyText:
    """Rendered once: all say the same, but for a number."""
    return ready_text("#0# Nine steps and no ramp, as every week since spring.")


def _revision(post: Post) -> PostRevision:
    words, number = ready_words(), f"#{post.position}#"
    body = words.body.replace("#0#", number)
    return PostRevision(
        id=post.current_id,
        post=post,
        version=1,
        body=body,
        html=words.html.replace("#0#", number),
        renderer_version=RENDERER_VERSION,
        sha256=sha256_of(body),
        written_at=post.posted_at,
    )


def _entry(post: Post, stream: Stream) -> Entry:
    refs = {"thread": post.thread.public_id, "post": post.public_id, "version": 1}
    return Entry(
        stream=stream,
        position=post.position,
        kind=POST_ADDED,
        actor=post.author,
        refs=refs,
        happened_at=post.posted_at,
    )


def _act(post: Post, stream: Stream) -> Act:
    return Act(
        author=post.author,
        key=uuid.uuid4(),
        content_mac=content_mac({"post": post.public_id}),
        stream=stream,
        position=post.position,
        thing=post.public_id,
    )


def _count(room: Room) -> None:
    """What the threads say of their posts."""
    told = room.threads.annotate(
        written=Count("posts"), last=Max("posts__position"), last_at=Max("posts__posted_at")
    )
    for thread in told:
        Thread.objects.filter(pk=thread.pk).update(
            post_count=thread.written, last_position=thread.last, last_posted_at=thread.last_at
        )
