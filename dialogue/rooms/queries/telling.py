"""What frames are made of, without a viewer: only ``realtime.frames`` may ask here.

Frames are built once for all listeners; who may hear which part is decided by audience, there.
"""

from collections.abc import Collection, Mapping
from typing import Any
from zlib import crc32

from django.db.models import Count, QuerySet

from dialogue.questions.written_once import written_once
from dialogue.rooms.access.rooms import FACTS_THAT_LET_IN
from dialogue.rooms.models import Post, Reaction, Room, Thread

_OF_A_THREAD = ("room", "region", "theme", "raised_by", "for_organisation")


def threads_for_frames(public_ids: Collection[str]) -> dict[str, Thread]:
    """By public id, with their issues' cards."""
    return {thread.public_id: thread for thread in _threads(public_ids)}


def posts_for_frames(public_ids: Collection[str]) -> dict[str, Post]:
    """By public id, in the words they have now, with their threads but not all of what is around those."""
    return {post.public_id: post for post in _posts(public_ids)}


def signs_under(posts: Collection[Post]) -> dict[int, dict[str, int]]:
    """Post key → sign → how many people left it."""
    found: dict[int, dict[str, int]] = {}
    for post_id, sign, count in _signs([post.pk for post in posts]):
        found.setdefault(post_id, {})[sign] = count
    return found


def signs_left_by(people: Collection[int], posts: Collection[Post]) -> set[tuple[int, int, str]]:
    """(post key, person key, sign) of everything these people left under these posts."""
    rows = Reaction.objects.filter(post__in=posts, person__in=people)
    return set(rows.values_list("post_id", "person_id", "sign"))


def acl_versions(slugs: Collection[str]) -> Mapping[str, int]:
    """Slug → a number that is another one once the room lets in others than before.

    Derived, so that no act, migration or console can forget to raise it. What changes for one person
    alone, a seat or a role, raises that person's ``auth_version`` instead.
    """
    return {slug: crc32(repr(facts).encode()) for slug, *facts in _facts_that_let_in(slugs)}


@written_once
def _threads(public_ids: Collection[str]) -> QuerySet[Thread]:
    rows = Thread.objects.filter(public_id__in=public_ids).order_by()
    return rows.select_related(*_OF_A_THREAD).prefetch_related("carriages")


@written_once
def _posts(public_ids: Collection[str]) -> QuerySet[Post]:
    rows = Post.objects.filter(public_id__in=public_ids).order_by()
    return rows.select_related("thread__room", "author", "for_organisation", "current", "reply_to")


@written_once
def _signs(posts: Collection[int]) -> QuerySet[Reaction, tuple[int, str, int]]:
    rows = Reaction.objects.filter(post__in=posts).values_list("post_id", "sign")
    return rows.annotate(Count("pk")).order_by("sign")


@written_once
def _facts_that_let_in(slugs: Collection[str]) -> QuerySet[Room, tuple[Any, ...]]:
    # Not the manager that puts names in the reader's language: these are not names.
    return QuerySet(Room).filter(slug__in=slugs).values_list("slug", *FACTS_THAT_LET_IN)
