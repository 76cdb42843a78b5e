"""Who may read, write and hear what in rooms. Fetching through these is the permission to see.

Every function takes a person, or the ``Reading`` made of one: read it once for a page of many things.
"""

from dialogue.rooms.access.bylines import ShownBy, shown_by, shown_outside_the_room
from dialogue.rooms.access.hearing import Audience, Hearing, audience_of, hearing_of
from dialogue.rooms.access.posts import (
    can_edit,
    can_react,
    can_withdraw,
    posts_visible_to,
    visible_post,
)
from dialogue.rooms.access.reading import Reading, reading_of
from dialogue.rooms.access.rooms import (
    SHIELD_NEEDS_ORGANISATIONS,
    can_be_shielded,
    can_fill_seats,
    can_raise,
    can_raise_concern,
    can_take_seat,
    can_write_in,
    rooms_visible_to,
    visible_room,
)
from dialogue.rooms.access.threads import (
    can_be_seen_typing,
    can_post,
    can_write_office_note,
    threads_visible_to,
    visible_thread,
)
from dialogue.rooms.access.triage import (
    can_acknowledge,
    can_answer,
    can_ask,
    can_close,
    can_escalate,
    can_hold,
    can_move,
    can_release,
    can_reopen,
    can_see_board,
    can_signpost,
    can_take,
    can_withdraw_thread,
    keeps_people_safe,
)

__all__ = [
    "SHIELD_NEEDS_ORGANISATIONS",
    "Audience",
    "Hearing",
    "Reading",
    "ShownBy",
    "audience_of",
    "can_acknowledge",
    "can_answer",
    "can_ask",
    "can_be_seen_typing",
    "can_be_shielded",
    "can_close",
    "can_edit",
    "can_escalate",
    "can_fill_seats",
    "can_hold",
    "can_move",
    "can_post",
    "can_raise",
    "can_raise_concern",
    "can_react",
    "can_release",
    "can_reopen",
    "can_see_board",
    "can_signpost",
    "can_take",
    "can_take_seat",
    "can_withdraw",
    "can_withdraw_thread",
    "can_write_in",
    "can_write_office_note",
    "hearing_of",
    "keeps_people_safe",
    "posts_visible_to",
    "reading_of",
    "rooms_visible_to",
    "shown_by",
    "shown_outside_the_room",
    "threads_visible_to",
    "visible_post",
    "visible_room",
    "visible_thread",
]
