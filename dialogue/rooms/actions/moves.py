"""One move of the table, for the acts of triage, of posting and of issues.

Whoever calls this holds the thread's stream.
"""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.rooms import kinds
from dialogue.rooms.access.reading import reading_of
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.access.threads import threads_visible_to
from dialogue.rooms.access.triage import knows_verb, mover_for, movers_of
from dialogue.rooms.actions.opening import tell
from dialogue.rooms.models import Thread, TriageStep
from dialogue.rooms.states import Guard, Mover, ThreadState, transition, verbs_from
from dialogue.text.refusals import Conflict, Forbidden, Invalid, Refusal

_MAY_DIFFER = (
    *("state", "state_since", "outcome", "taken_by", "due_at", "calendar_version", "held_at", "version"),
    *("post_count", "first_position", "last_position", "last_posted_at"),
)


def mover_of(thread: Thread, verb: str, *, by: User, now: datetime, note: str = "") -> Mover:
    """As what ``by`` may do this now. Refuses strangers, steps of others, and what came too late."""
    movers = movers_who_see(thread, by=by)
    if not knows_verb(movers, verb):
        raise not_yours()
    refuse_if_changed(thread, movers)
    mover = mover_for(movers, thread, verb, now=now)
    step = transition(verb, ThreadState(thread.state), mover) if mover else None
    if mover is None or step is None:
        raise not_from_here(thread, movers)
    if step.guard is Guard.NOTE and not note:
        raise Invalid("empty", _("Say in a few words why: those who raised it will read this."), "note")
    return mover


def movers_who_see(thread: Thread, *, by: User) -> frozenset[Mover]:
    """Asks the table and not ``thread``, which may be older than the lock."""
    reading = reading_of(by)
    if not threads_visible_to(reading).filter(pk=thread.pk).exists():
        raise not_found()
    return movers_of(reading, thread)


def move(
    opened: entries.Opened,
    thread: Thread,
    verb: str,
    *,
    mover: Mover,
    by: User,
    note: str = "",
    outcome: str = "",
    **also: Any,
) -> entries.Place:
    """Change the state if the thread is still as the caller saw it; otherwise ``already_moved``."""
    step = transition(verb, ThreadState(thread.state), mover)
    if step is None:
        raise not_from_here(thread, frozenset({mover}))
    as_seen = Thread.objects.filter(pk=thread.pk, state=step.source, version=thread.version)
    changes = {"state": step.target, "state_since": opened.at, "outcome": outcome, **also}
    if not as_seen.update(version=F("version") + 1, **changes):
        raise already_moved(thread, frozenset({mover}))
    facts = {"verb": step.verb, "source": step.source.value, "target": step.target.value}
    if outcome:
        facts["outcome"] = str(outcome)
    TriageStep.objects.create(thread=thread, note=note, by=by, at=opened.at, **facts)
    place = tell(opened, thread, kinds.THREAD_MOVED, by=by, **facts)
    read_again(thread)
    return place


def receive_reply(opened: entries.Opened, thread: Thread, *, by: User) -> entries.Place | None:
    """The author answered what was asked: back under review. Nothing, if nothing was asked."""
    if thread.state != ThreadState.AWAITING_INFO or thread.raised_by_id != by.pk:
        return None
    return move(opened, thread, "reply", mover=Mover.AUTHOR, by=by)


def refuse_if_changed(thread: Thread, movers: frozenset[Mover]) -> None:
    """What somebody decided upon must still be so; under the stream's lock it then stays so."""
    if not Thread.objects.filter(pk=thread.pk, version=thread.version).exists():
        raise already_moved(thread, movers)


def not_yours() -> Refusal:
    return Forbidden("not_yours", _("This step belongs to somebody else."))


def already_moved(thread: Thread, movers: frozenset[Mover] = frozenset()) -> Refusal:
    """Says how it stands now, so that the page can show it beside what was typed."""
    return _as_it_stands("already_moved", thread, movers)


def not_from_here(thread: Thread, movers: frozenset[Mover]) -> Refusal:
    """The table has no such step from the present state; the answer names those it has."""
    return _as_it_stands("transition_not_allowed", thread, movers)


def _as_it_stands(code: str, thread: Thread, movers: frozenset[Mover]) -> Refusal:
    read_again(thread)
    state = ThreadState(thread.state)
    verbs = dict.fromkeys(verb for mover in sorted(movers) for verb in verbs_from(state, mover))
    current = {"state": state.value, "version": thread.version, "held": thread.is_held, "verbs": [*verbs]}
    sentence = _("This thread has moved on meanwhile. See how it stands now, then decide again.")
    return Conflict(code, sentence, current=current)


def read_again(thread: Thread) -> None:
    thread.refresh_from_db(fields=_MAY_DIFFER)
