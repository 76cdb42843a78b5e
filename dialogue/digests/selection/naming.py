"""How a mail may call a thread, an issue or a room, and where its link leads."""

from typing import Final

from django.urls import reverse

from dialogue.digests.access import can_issue_be_named, can_room_be_named, can_thread_be_named
from dialogue.digests.selection.news import Thing
from dialogue.issues.models import Issue
from dialogue.rooms.models import Byline, Room, Thread

LONGEST_TITLE: Final = 120


def thread_as(thread: Thread) -> Thing:
    if not can_thread_be_named(thread):
        return Thing(path=path_of(thread.room))
    path = path_of(thread.room)
    if can_room_be_named(thread.room):
        path = reverse("rooms:thread", args=[thread.room.slug, thread.public_id])
    return Thing(path=path, title=_short(thread.title), lang=thread.lang)


def own_thread_as(thread: Thread) -> Thing:
    """As its author may call it: under the shield not by its title, or the mail would say who wrote it."""
    return Thing(path=reverse("rooms:list")) if thread.byline == Byline.SHIELDED else thread_as(thread)


def issue_as(issue: Issue) -> Thing:
    """Its number may always be said; it tells no topic."""
    title = _short(str(issue.title)) if can_issue_be_named(issue) else ""
    return Thing(reverse("issues:issue", args=[issue.reference]), issue.reference, title)


def own_issue_as(issue: Issue, *, is_shielded: bool) -> Thing:
    """Where only those who raised it are asked: under the shield its number would say who wrote it."""
    return Thing(path=reverse("rooms:list")) if is_shielded else issue_as(issue)


def path_of(room: Room) -> str:
    """A slug is a name too."""
    return reverse("rooms:room", args=[room.slug]) if can_room_be_named(room) else reverse("rooms:list")


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
