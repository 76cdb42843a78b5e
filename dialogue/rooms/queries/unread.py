"""What somebody has not read yet: posts beyond their mark, other people's and still told."""

from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from dialogue.rooms.access import posts_visible_to
from dialogue.rooms.access.reading import Somebody, reading_of
from dialogue.rooms.models import Post, ReadMark, Room, Thread

MOST_MARKED: Final = 99


def unread_by_room(user: Somebody) -> dict[int, int]:
    """Room id → how many posts; rooms where everything is read are left out."""
    rows = _unread(user).values_list("thread__room").annotate(Count("pk")).order_by()
    return dict(rows)


def unread_by_slug(user: Somebody) -> dict[str, int]:
    """The same under the rooms' names in addresses."""
    counts = unread_by_room(user)
    slugs = Room.objects.filter(pk__in=counts).values_list("pk", "slug")
    return {slug: counts[key] for key, slug in slugs}


def mark_of(number: int) -> str:
    """What stands beside a word: nothing for none, and no more digits than fit."""
    if number > MOST_MARKED:
        return f"{MOST_MARKED}+"
    return str(number) if number else ""


def unread_by_thread(user: Somebody, room: Room) -> dict[int, int]:
    """Thread id → how many posts; threads that are read are left out."""
    rows = _unread(user).filter(thread__room=room).values_list("thread").annotate(Count("pk")).order_by()
    return dict(rows)


def read_up_to(user: Somebody, thread: Thread) -> int | None:
    """The position of the reader's mark, for the line "new since you left"; None for a first visit."""
    marks = ReadMark.objects.filter(thread=thread, person=reading_of(user).person_id)
    return marks.values_list("position", flat=True).first()


def _unread(user: Somebody) -> QuerySet[Post]:
    """Office notes stand in another stream, and a mark counts positions of the thread's own."""
    reading = reading_of(user)
    mark = ReadMark.objects.filter(
        thread=OuterRef("thread"), person=reading.person_id, position__gte=OuterRef("position")
    )
    told = posts_visible_to(reading).for_everyone_here()
    return told.filter(~Exists(mark)).exclude(author=reading.person_id)
