"""What may be done with a ticket: the next step as a button, everything else in a menu."""

import uuid
from dataclasses import dataclass, field
from typing import Final

from django.urls import reverse

from dialogue.issues.access import can_escalate
from dialogue.rooms.access import Reading
from dialogue.rooms.access.triage import can_acknowledge, can_hold, can_move, can_release
from dialogue.rooms.models import Thread
from dialogue.rooms.queries.pages.verbs import WORDLESS, verb_label
from dialogue.rooms.states import ThreadState

_ORDER: Final = (
    *("acknowledge", "take", "escalate", "ask", "answer", "signpost", "close", "release", "reopen", "hold"),
)
# What usually comes next: the first of these that is offered.
_IN_SIGHT: Final = {
    ThreadState.OPEN: ("acknowledge", "take"),
    ThreadState.IN_REVIEW: ("escalate",),
}


@dataclass(frozen=True)
class VerbShown:
    verb: str
    label: str
    address: str
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def needs_words(self) -> bool:
        return self.verb not in WORDLESS


@dataclass(frozen=True)
class TicketVerbs:
    in_sight: VerbShown | None = None
    more: tuple[VerbShown, ...] = ()


def verbs_of_ticket(thread: Thread, reading: Reading) -> TicketVerbs:
    offered = [_verb(thread, verb) for verb in _ORDER if _may(verb, thread, reading)]
    usual = _IN_SIGHT.get(ThreadState(thread.state), ())
    in_sight = next((each for each in offered if each.verb in usual), None)
    return TicketVerbs(in_sight, tuple(each for each in offered if each is not in_sight))


def _may(verb: str, thread: Thread, reading: Reading) -> bool:
    """Whether to offer it; the act decides again."""
    if verb == "escalate":
        return can_escalate(reading, thread)
    if verb == "acknowledge":
        is_undecided = thread.state not in (ThreadState.ESCALATED, ThreadState.CLOSED)
        return is_undecided and can_acknowledge(reading, thread)
    if verb in ("hold", "release"):
        return can_hold(reading, thread) if verb == "hold" else can_release(reading, thread)
    return can_move(reading, thread, "close" if verb in ("answer", "signpost") else verb)


def _verb(thread: Thread, verb: str) -> VerbShown:
    if verb == "escalate":
        address = reverse("issues:escalate", args=[thread.public_id])
    else:
        address = reverse("rooms:triage", args=[thread.public_id, verb])
    return VerbShown(verb, verb_label(verb), address)
