"""Who may move, hold or acknowledge a thread today. What a move leads to is said by ``states``."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from rules.predicates import Predicate

from dialogue.rooms.access.reading import Reading, Somebody, reading_of
from dialogue.rooms.access.threads import sees, sees_thread
from dialogue.rooms.models import Thread
from dialogue.rooms.states import TRANSITIONS, Guard, Mover, ThreadState, transition

REOPENING_FOR: Final = timedelta(days=30)


def can_see_board(user: Somebody) -> bool:
    return reading_of(user).is_handler


def movers_of(user: Somebody, thread: Thread) -> frozenset[Mover]:
    """What this person is to the thread; nothing for whoever cannot see it."""
    reading = reading_of(user)
    if not sees(reading, thread):
        return frozenset()
    found = {Mover.MODERATOR: handles.test(reading, thread), Mover.AUTHOR: is_author.test(reading, thread)}
    return frozenset(mover for mover, is_one in found.items() if is_one)


def knows_verb(movers: frozenset[Mover], verb: str) -> bool:
    """Whether the verb is ever theirs, from any state."""
    return any(t.verb == verb and t.who & movers for t in TRANSITIONS)


def mover_for(movers: frozenset[Mover], thread: Thread, verb: str, *, now: datetime) -> Mover | None:
    """As which of these the verb may be done now; as the moderator rather than as the author."""
    for mover in sorted(movers, reverse=True):
        step = transition(verb, ThreadState(thread.state), mover)
        if step and (step.guard is not Guard.WITHIN_30_DAYS or now <= thread.state_since + REOPENING_FOR):
            return mover
    return None


def can_move(user: Somebody, thread: Thread, verb: str) -> bool:
    return mover_for(movers_of(user, thread), thread, verb, now=timezone.now()) is not None


def can_take(user: Somebody, thread: Thread) -> bool:
    return can_move(user, thread, "take")


def can_ask(user: Somebody, thread: Thread) -> bool:
    return can_move(user, thread, "ask")


def can_close(user: Somebody, thread: Thread) -> bool:
    return can_move(user, thread, "close")


def can_escalate(user: Somebody, thread: Thread) -> bool:
    """Never a held thread, whose people may be in danger."""
    return not thread.is_held and can_move(user, thread, "escalate")


def can_answer(user: Somebody, thread: Thread) -> bool:
    """An answer closes the thread, so it needs what closing needs."""
    return can_close(user, thread)


def can_signpost(user: Somebody, thread: Thread) -> bool:
    return can_close(user, thread)


def can_reopen(user: Somebody, thread: Thread) -> bool:
    return can_move(user, thread, "reopen")


def can_withdraw_thread(user: Somebody, thread: Thread) -> bool:
    return can_move(user, thread, "withdraw")


def can_acknowledge(user: Somebody, thread: Thread) -> bool:
    """Once; the act itself settles who was first."""
    return Mover.MODERATOR in movers_of(user, thread) and not hasattr(thread, "acknowledgement")


def keeps_people_safe(user: Somebody) -> bool:
    """Whether holding and releasing are ever theirs."""
    reading = reading_of(user)
    return reading.is_moderator or reading.is_safety_officer


def can_hold(user: Somebody, thread: Thread) -> bool:
    """In any state: a danger may show late."""
    return _may_hold.test(reading_of(user), thread)


def can_release(user: Somebody, thread: Thread) -> bool:
    return _may_release.test(reading_of(user), thread)


def can_see_holds(user: Somebody, thread: Thread) -> bool:
    """Who looks after it while it is held, and when: the office and its author."""
    return _may_see_holds.test(reading_of(user), thread)


def _is_of_the_office(reading: Reading, _thread: Thread) -> bool:
    return reading.is_handler


def _handles(reading: Reading, thread: Thread) -> bool:
    """Moderators; whoever sees a held one in the office holds it or is a safety officer."""
    return reading.is_moderator or (thread.is_held and reading.is_safety_officer)


def _is_author(reading: Reading, thread: Thread) -> bool:
    return reading.person_id is not None and thread.raised_by_id == reading.person_id


def _keeps_people_safe(reading: Reading, _thread: Thread) -> bool:
    return keeps_people_safe(reading)


def _is_held(_reading: Reading, thread: Thread) -> bool:
    return thread.is_held


handles = Predicate(_handles)
is_author = Predicate(_is_author)
_held = Predicate(_is_held)
_safe_hands = Predicate(_keeps_people_safe)
_may_hold = sees_thread & _safe_hands & ~_held
_may_release = sees_thread & handles & _held
_may_see_holds = sees_thread & (Predicate(_is_of_the_office) | is_author)
