"""Threads: who sees one, who may write in it."""

from collections.abc import Collection
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet
from rules.predicates import Predicate

from dialogue.organisations.standing import let_see, seen_together
from dialogue.questions.written_once import written_once
from dialogue.rooms.access.reading import Reading, Somebody, reading_of, through
from dialogue.rooms.access.refused import not_found
from dialogue.rooms.access.rooms import enters, is_handler, is_in_use, rooms_visible_to, writes_here
from dialogue.rooms.models import Byline, Entrance, Hold, Marking, Post, Thread
from dialogue.rooms.states import ThreadState


def threads_visible_to(user: Somebody) -> QuerySet[Thread]:
    """Those of visible rooms, but for held ones, office ones, and what lies before a seat."""
    reading = reading_of(user)
    threads = Thread.objects.filter(room__in=rooms_visible_to(reading)).select_related("room")
    is_author = Q(raised_by=reading.person_id) if reading.person_id else Q(pk__in=())
    if not reading.is_safety_officer:
        threads = threads.filter(Q(held_at=None) | is_author | _held_by(reading))
    if not reading.is_handler:
        threads = threads.filter(~Q(marking=Marking.OFFICE) | is_author)
    for room_id in reading.seats:
        if floor := reading.floor_in(room_id):
            threads = threads.exclude(Q(room_id=room_id, last_position__lte=floor) & ~is_author)
    return threads


def visible_thread(user: Somebody, public_id: str) -> Thread:
    """Found by its id and then judged: every act asks this twice, and the query for many costs thrice."""
    thread = seen_together(("thread", public_id), partial(_with_id, public_id))
    if thread is None or not sees(reading_of(user), thread):
        raise not_found()
    return thread


def find_threads_together(public_ids: Collection[str]) -> None:
    """For acts that commit together: one query, where each would ask; under their lock."""
    found = {thread.public_id: thread for thread in _threads_with(public_ids)}
    let_see({("thread", public_id): found.get(public_id) for public_id in public_ids})


def _with_id(public_id: str) -> Thread | None:
    return next(iter(_threads_with([public_id])), None)


@written_once
def _threads_with(public_ids: Collection[str]) -> QuerySet[Thread]:
    return Thread.objects.filter(public_id__in=public_ids).select_related("room").order_by()


def _held_by(reading: Reading) -> Q:
    if not reading.is_handler:
        return Q(pk__in=())
    # Not a join: a thread held twice before would come out twice.
    return Q(Exists(Hold.objects.filter(thread=OuterRef("pk"), by=reading.person_id, released_at=None)))


def sees(reading: Reading, thread: Thread) -> bool:
    """The same as ``threads_visible_to``, for a thread at hand; a test holds the two together."""
    if not enters(reading, thread.room):
        return False
    if reading.person_id is not None and thread.raised_by_id == reading.person_id:
        return True
    if thread.is_held and not reading.is_safety_officer:
        held = reading.is_handler and thread.holds.filter(by=reading.person_id, released_at=None).exists()
        if not held:
            return False
    if reading.is_handler:
        return True
    return not thread.is_for_the_office_only and _is_after_floor(reading, thread)


def _is_after_floor(reading: Reading, thread: Thread) -> bool:
    floor = reading.floor_in(thread.room_id)
    return not floor or thread.last_position > floor


def _is_open(_reading: Reading, thread: Thread) -> bool:
    return thread.state != ThreadState.CLOSED


def _tells_of_typing(_reading: Reading, thread: Thread) -> bool:
    in_the_open = not thread.is_held and not thread.is_for_the_office_only
    return in_the_open and thread.room.entrance == Entrance.MEMBERS


def _hides_somebody(_reading: Reading, thread: Thread) -> bool:
    """All are silent alike: were it the shielded alone, who never types and yet writes would be known."""
    is_shielded = thread.byline == Byline.SHIELDED
    return is_shielded or Post.objects.filter(thread=thread, byline=Byline.SHIELDED).exists()


sees_thread = Predicate(sees)
is_open = Predicate(_is_open)
writes = sees_thread & through("room", writes_here & is_in_use)
_may_post = writes & is_open
_may_note = sees_thread & through("room", is_handler & is_in_use)
_may_type = _may_post & Predicate(_tells_of_typing) & ~Predicate(_hides_somebody)


def can_post(user: Somebody, thread: Thread) -> bool:
    """Not when it is closed; in a held one only its author and its handlers."""
    return _may_post.test(reading_of(user), thread)


def can_write_office_note(user: Somebody, thread: Thread) -> bool:
    """Handlers, closed threads too."""
    return _may_note.test(reading_of(user), thread)


def can_be_seen_typing(user: Somebody, thread: Thread) -> bool:
    """Never in invited rooms, nor where somebody wrote shielded: the moment of typing would tell."""
    return _may_type.test(reading_of(user), thread)
