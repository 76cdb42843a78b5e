"""The whole story, once: rooms, threads, issues, in the order of time and by the acts themselves."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from dialogue.calendar.working_days import today_in_almaty
from dialogue.demo.issues import deeds_of_issues
from dialogue.demo.roles import DEMO_ROLES
from dialogue.demo.rooms import load_rooms
from dialogue.demo.telling import StoryTold, tell
from dialogue.demo.threads import deeds_of_threads, read_threads
from dialogue.demo.times import Times
from dialogue.rooms.access import threads_visible_to
from dialogue.rooms.actions.marks import mark_read

# What is younger is still unread, so that a visitor finds something new.
READ_UNTIL: Final = timedelta(days=4)


@transaction.atomic
def load_story(*, now: datetime) -> int:
    """Load what is missing and return how many threads that were. All of it, or nothing.

    What is there already keeps its words, its dates and its seats.
    """
    told, times, rows = StoryTold(), Times(today_in_almaty(now)), read_threads()
    rooms = load_rooms(told, now=now)
    tell([*deeds_of_threads(rows, rooms, told, times=times), *deeds_of_issues(rows, told, times=times)])
    _read_what_is_old(told, now=now)
    return len(told.threads)


def _read_what_is_old(told: StoryTold, *, now: datetime) -> None:
    for key in DEMO_ROLES:
        person = told.person(key)
        threads = threads_visible_to(person).filter(pk__in=[thread.pk for thread in told.threads.values()])
        for thread in threads.filter(last_posted_at__lt=now - READ_UNTIL):
            mark_read(thread, by=person, position=thread.last_position, now=now)
