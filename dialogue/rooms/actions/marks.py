"""How far somebody has read. Nobody is told whose mark it is; of the office's, only that it read."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dialogue.accounts.models import User
from dialogue.journal import entries, guards
from dialogue.journal.locks import one_writer_a_process
from dialogue.rooms import access
from dialogue.rooms.actions.opening import streams_of_thread, tell
from dialogue.rooms.kinds import THREAD_SEEN_BY_OFFICE
from dialogue.rooms.models import ReadMark, Thread

_ONE_ENTRY_IN: Final = timedelta(seconds=10)


def mark_read(thread: Thread, *, by: User, position: int, now: datetime | None = None) -> None:
    """It never goes back, and never past the newest post: what is not written yet is not read."""
    reading, at = access.reading_of(by), now or timezone.now()
    thread = access.visible_thread(reading, thread.public_id)
    has_moved = _put(thread, by, min(position, thread.last_position), at=at)
    if has_moved and access.audience_of(reading) == "office":
        _tell_that_the_office_read(thread, at=at)


def _put(thread: Thread, person: User, position: int, *, at: datetime) -> bool:
    """Two tabs at once: the update by condition keeps the further mark."""
    with one_writer_a_process(), transaction.atomic():
        guards.ask()
        mark, is_new = ReadMark.objects.get_or_create(
            thread=thread, person=person, defaults={"position": position, "read_at": at}
        )
        if is_new:
            return True
        further = ReadMark.objects.filter(pk=mark.pk, position__lt=position)
        return further.update(position=position, read_at=at) > 0


def _tell_that_the_office_read(thread: Thread, *, at: datetime) -> None:
    """At most one entry a thread and ten seconds, however many of the office read it."""
    due = Q(seen_by_office_at=None) | Q(seen_by_office_at__lte=at - _ONE_ENTRY_IN)
    if not Thread.objects.filter(due, pk=thread.pk).exists():
        return
    with entries.opening(streams_of_thread(thread), now=at) as opened:
        if not Thread.objects.filter(due, pk=thread.pk, held_at=thread.held_at).update(seen_by_office_at=at):
            return
        tell(opened, thread, THREAD_SEEN_BY_OFFICE, by=None)
