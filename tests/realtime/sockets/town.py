"""A room in which something was said already."""

from dataclasses import dataclass, fields
from typing import Any

from django.apps import apps

from dialogue.rooms.models import Post, Thread
from tests.cast import Cast, a_post, a_thread, build_cast, fill_lists, found_cast
from tests.rows import Rows, are_empty, rows_of

ROOM = "room:disability"
OFFICE = "room:disability:office"
SAFETY = "room:disability:safety"
INVITED = "room:torture"


@dataclass(frozen=True)
class Town:
    """``thread`` is the member's; ``post`` the second member's in it; ``note`` the moderator's."""

    cast: Cast
    thread: Thread
    post: Post
    note: Post
    closed_to_others: Thread
    secret: Post


def build(cast: Cast) -> Town:
    thread = a_thread(cast.disability, cast.member)
    post = a_post(thread, cast.second_member)
    note = a_post(thread, cast.moderator, "Call them.", office_only=True)
    closed_to_others = a_thread(cast.torture, cast.member, title="Held in a cell", body="Three days.")
    secret = a_post(closed_to_others, cast.second_member, "Since Monday.")
    return Town(cast, thread, post, note, closed_to_others, secret)


# Name of each thing → its id; and all rows of the town, as the acts wrote them the first time.
_built: list[tuple[dict[str, str], Rows]] = []


def build_or_put_back() -> Town:
    """Once a run by the acts, which cost more than most tests on a socket; from then on as they left it."""
    fill_lists()
    if _built and are_empty(_built[0][1].kinds):
        names, rows = _built[0]
        rows.put_back()
        return _found(names)
    empty = [kind for kind in apps.get_models(include_auto_created=True) if are_empty([kind])]
    town = build(build_cast())
    rows = rows_of([kind for kind in empty if not are_empty([kind])])
    names = {field.name: getattr(town, field.name).public_id for field in fields(town)[1:]}
    _built[:] = [(names, rows)]
    return _found(names)


def _found(names: dict[str, str]) -> Town:
    ids = names.values()
    threads = Thread.objects.select_related("room").filter(public_id__in=ids)
    posts = Post.objects.select_related("thread__room", "current").filter(public_id__in=ids)
    things: dict[str, Any] = {thing.public_id: thing for thing in (*threads, *posts)}
    return Town(found_cast(), **{name: things[public_id] for name, public_id in names.items()})
