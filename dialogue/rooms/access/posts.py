"""Posts: who sees one, who may change it or leave a sign under it."""

from django.db.models import Q
from django.db.models.functions import Coalesce
from rules.predicates import Predicate

from dialogue.rooms.access.reading import Reading, Somebody, reading_of, through
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.access.threads import is_open, sees, threads_visible_to, writes
from dialogue.rooms.models import Post
from dialogue.rooms.models.post import PostQuerySet


def posts_visible_to(user: Somebody) -> PostQuerySet:
    """Withdrawn and hidden ones are among them, to be shown as stubs: ask ``post.is_told``."""
    reading = reading_of(user)
    posts = Post.objects.filter(thread__in=threads_visible_to(reading))
    if not reading.is_handler:
        posts = posts.filter(office_only=False)
    for room_id in reading.seats:
        if floor := reading.floor_in(room_id):
            posts = posts.alias(place=Coalesce("after", "position")).exclude(
                Q(thread__room_id=room_id, place__lte=floor) & ~Q(author=reading.person_id)
            )
    return posts


def visible_post(user: Somebody, public_id: str) -> Post:
    rows = Post.objects.select_related("thread__room", "current")
    post = rows.filter(public_id=public_id).first()
    if post is None or not sees_post(reading_of(user), post):
        raise not_found()
    return post


def sees_post(reading: Reading, post: Post) -> bool:
    """The same as ``posts_visible_to``, for a post at hand; a test holds the two together."""
    if not sees(reading, post.thread) or (post.office_only and not reading.is_handler):
        return False
    floor = reading.floor_in(post.thread.room_id)
    return not floor or post.position_in_room > floor or post.author_id == reading.person_id


def _is_author(reading: Reading, post: Post) -> bool:
    return reading.person_id is not None and post.author_id == reading.person_id


def _is_told(_reading: Reading, post: Post) -> bool:
    return post.is_told


is_author = Predicate(_is_author)
_told = Predicate(sees_post) & Predicate(_is_told)
_may_edit = _told & is_author & through("thread", writes & is_open)
_may_withdraw = _told & is_author
_may_react = _told & through("thread", writes)


def can_edit(user: Somebody, post: Post) -> bool:
    """The author alone, while the thread takes posts."""
    return _may_edit.test(reading_of(user), post)


def can_withdraw(user: Somebody, post: Post) -> bool:
    """The author alone, and in closed threads and archived rooms too: a danger may show late."""
    return _may_withdraw.test(reading_of(user), post)


def can_react(user: Somebody, post: Post) -> bool:
    """Whoever may write in the room; an answer that closed a thread may still be thanked for."""
    return _may_react.test(reading_of(user), post)
