"""What may be done with a ticket: the next step as a button, everything else in a menu."""

from dataclasses import dataclass
from typing import Final

from dialogue.rooms.access import Reading
from dialogue.rooms.models import Thread
from dialogue.rooms.queries.pages.verbs import ActionShown, actions_of
from dialogue.rooms.states import ThreadState

# What usually comes next: the first of these that is offered.
_IN_SIGHT: Final = {
    ThreadState.OPEN: ("acknowledge", "take"),
    ThreadState.IN_REVIEW: ("escalate",),
}


@dataclass(frozen=True)
class TicketVerbs:
    in_sight: ActionShown | None = None
    more: tuple[ActionShown, ...] = ()


def verbs_of_ticket(thread: Thread, reading: Reading) -> TicketVerbs:
    """The same as beside the thread."""
    offered = actions_of(thread, reading)
    usual = _IN_SIGHT.get(ThreadState(thread.state), ())
    in_sight = next((each for each in offered if each.verb in usual), None)
    return TicketVerbs(in_sight, tuple(each for each in offered if each is not in_sight))
