"""What happened to a thread, as cards and quiet lines between its posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.rooms.access import Reading, can_see_holds
from dialogue.rooms.models import Acknowledgement, Carriage, Hold, Holder, Thread, TriageStep
from dialogue.rooms.queries.pages.days import short_day
from dialogue.rooms.states import Outcome, Shown, ThreadState


@dataclass(frozen=True)
class EventShown:
    at: datetime
    sentence: str
    icon: str = "check"
    note: str = ""
    note_lang: str = ""
    reference: str = ""
    address: str = ""
    tone: str = ""


def events_of(
    thread: Thread, reading: Reading, *, carriages: Sequence[Carriage], moves: Sequence[TriageStep]
) -> list[EventShown]:
    """By time. Taking up is told by the card of the issue, not by a line."""
    told = [event for move in moves if (event := _moved(thread, move, is_carried=bool(carriages)))]
    receipt = Acknowledgement.objects.filter(thread=thread).select_related("by").first()
    if receipt is not None:
        sentence = _("{name} confirmed that the office received this").format(name=receipt.by.name)
        told.append(EventShown(receipt.at, sentence, icon="check"))
    told += [_carried(card) for card in carriages]
    if can_see_holds(reading, thread):
        told += [_held(hold) for hold in Hold.objects.filter(thread=thread).select_related("by")]
    return sorted(told, key=lambda event: event.at)


def address_of_issue(reference: str) -> str:
    """Issues stand above rooms: their page is known by its name only."""
    return reverse("issues:issue", args=[reference])


def holder_words(holder: str) -> str:
    words = {
        Holder.OFFICE: _("with the office"),
        Holder.AUTHORITY: _("with the authority"),
        Holder.NGO: _("with those who raised it"),
        Holder.NOBODY: "",
    }
    return words[Holder(holder)]


def move_sentence(verb: str, target: str, *, name: str, outcome: str = "") -> str:
    """Impersonal where the author moved it: a shielded one must not be told apart."""
    if verb == "reopen":
        return _("Opened again")
    if verb == "return":
        return _("Back under review")
    if verb == "withdraw":
        return _("Withdrawn by those who raised it")
    if verb == "reply":
        return _("The author answered the question")
    sentences = {
        ThreadState.IN_REVIEW: _("Under review by {name}"),
        ThreadState.AWAITING_INFO: _("{name} asks for information"),
        ThreadState.ESCALATED: _("Taken up by {name}"),
        ThreadState.CLOSED: _("Closed by {name}: {outcome}"),
        ThreadState.OPEN: _("Opened again"),
    }
    label = str(Outcome(outcome).label).lower() if outcome else ""
    return sentences[ThreadState(target)].format(name=name, outcome=label)


def _moved(thread: Thread, move: TriageStep, *, is_carried: bool) -> EventShown | None:
    if move.verb == "escalate" and is_carried:
        return None
    sentence = move_sentence(move.verb, move.target, name=move.by.name, outcome=move.outcome)
    icon = "closed" if move.target == ThreadState.CLOSED else "arrow-right"
    return EventShown(move.at, sentence, icon=icon, note=move.note, note_lang=thread.lang)


def _carried(card: Carriage) -> EventShown:
    parts = [str(Shown(card.state).label), holder_words(card.holder)]
    if card.due_on is not None:
        parts.append(_("due {day}").format(day=short_day(card.due_on)))
    tone = "done" if card.state == Shown.CLOSED else ""
    return EventShown(
        card.since,
        " · ".join(filter(None, parts)),
        reference=card.reference,
        address=address_of_issue(card.reference),
        tone=tone,
    )


def _held(hold: Hold) -> EventShown:
    """The author sees who looks after it."""
    sentence = _("Out of sight of everybody else. {name} looks after it").format(name=hold.by.name)
    return EventShown(hold.at, sentence, icon="lock")
