"""What this reader may do with a thread, as buttons and links."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.rooms.access import Reading
from dialogue.rooms.access.triage import (
    can_acknowledge,
    can_answer,
    can_escalate,
    can_hold,
    can_move,
    can_release,
    can_signpost,
)
from dialogue.rooms.models import Thread, ThreadKind
from dialogue.rooms.states import UNDECIDED

WORDLESS = ("acknowledge", "take", "release")


@dataclass(frozen=True)
class ActionShown:
    verb: str
    label: str
    address: str
    needs_words: bool = True
    tone: str = ""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


# In the order in which triage usually goes.
VERBS = (
    *("acknowledge", "take", "escalate", "ask", "answer", "signpost", "close"),
    *("release", "withdraw", "reopen", "hold"),
)


_BY_OTHER_RULES: Mapping[str, Callable[[Reading, Thread], bool]] = {
    "escalate": can_escalate,
    "answer": can_answer,
    "signpost": can_signpost,
    "hold": can_hold,
    "release": can_release,
}


def actions_of(thread: Thread, reading: Reading) -> list[ActionShown]:
    return [_action(thread, verb) for verb in VERBS if may(reading, thread, verb)]


def may(reading: Reading, thread: Thread, verb: str) -> bool:
    """Whether to offer it; the act decides again."""
    if verb == "acknowledge":
        waits = thread.kind == ThreadKind.CONCERN and thread.state in UNDECIDED
        return waits and can_acknowledge(reading, thread)
    if verb in _BY_OTHER_RULES:
        return _BY_OTHER_RULES[verb](reading, thread)
    return can_move(reading, thread, verb)


def _action(thread: Thread, verb: str) -> ActionShown:
    tones = {"escalate": "primary", "hold": "danger", "withdraw": "quiet"}
    if verb == "escalate":
        address = reverse("issues:escalate", args=[thread.public_id])
    else:
        address = reverse("rooms:triage", args=[thread.public_id, verb])
    needs_words = verb not in WORDLESS
    return ActionShown(verb, verb_label(verb), address, needs_words, tones.get(verb, ""))


def verb_label(verb: str) -> str:
    return {
        "acknowledge": _("Confirm receipt"),
        "take": _("Take it under review"),
        "escalate": _("Take up as an issue"),
        "ask": _("Ask for information"),
        "answer": _("Answer and close"),
        "signpost": _("Show where to turn"),
        "close": _("Close with a note"),
        "hold": _("Hold: somebody is in danger"),
        "release": _("Release the hold"),
        "withdraw": _("Withdraw this concern"),
        "reopen": _("Open again"),
    }[verb]
