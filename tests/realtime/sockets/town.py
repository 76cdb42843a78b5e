"""A room in which something was said already."""

from dataclasses import dataclass

from dialogue.rooms.models import Post, Thread
from tests.cast import Cast, a_post, a_thread

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
