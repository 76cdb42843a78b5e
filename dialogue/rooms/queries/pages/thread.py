"""One thread as the middle pane draws it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.rooms.access import Reading, can_post, can_write_office_note, posts_visible_to
from dialogue.rooms.models import Carriage, Post, Room, Thread, TriageStep
from dialogue.rooms.queries.pages.bylines import author_shown
from dialogue.rooms.queries.pages.cards import PillShown, is_urgent, pills_of
from dialogue.rooms.queries.pages.days import day_and_hour, short_day
from dialogue.rooms.queries.pages.events import events_of
from dialogue.rooms.queries.pages.log import LogItem, log_of, stretch_of
from dialogue.rooms.queries.pages.posts import Quoted, posts_shown, quoted
from dialogue.rooms.queries.pages.rail import RailShown, rail_of
from dialogue.rooms.queries.pages.steps import StepShown, steps_of
from dialogue.rooms.queries.unread import read_up_to
from dialogue.rooms.states import ThreadState


@dataclass(frozen=True)
class ThreadShown:
    id: str
    title: str
    lang: str
    theme: str
    marking: str
    raised: str
    pills: tuple[PillShown, ...]
    steps: tuple[StepShown, ...]
    log: tuple[LogItem, ...]
    rail: RailShown
    earlier: str = ""
    is_newest: bool = True
    seen_by_office: str = ""
    read: int = 0
    last_position: int = 0
    unread: bool = False
    is_urgent: bool = False
    is_held: bool = False
    is_for_the_office: bool = False
    is_closed: bool = False
    may_post: bool = False
    may_write_notes: bool = False

    @property
    def may_write(self) -> bool:
        return self.may_post or self.may_write_notes


def thread_shown(thread: Thread, reading: Reading, *, before: str, now: datetime) -> ThreadShown:
    carriages = list(Carriage.objects.filter(thread=thread).select_related("lead").order_by("since", "pk"))
    moves = list(TriageStep.objects.filter(thread=thread).select_related("by"))
    read = read_up_to(reading, thread)
    stretch = stretch_of(thread, reading, before=before)
    posts = posts_shown(stretch.posts, thread, reading)
    events = events_of(thread, reading, carriages=carriages, moves=moves)
    return ThreadShown(
        id=thread.public_id,
        title=thread.title,
        lang=thread.lang,
        theme=thread.theme.name if thread.theme else "",
        marking=str(thread.get_marking_display()),
        raised=_raised_words(thread, reading),
        pills=pills_of(thread, carriages),
        steps=tuple(steps_of(thread, carriages, moves)),
        log=tuple(log_of(stretch, posts, events, read=read)),
        rail=rail_of(thread, carriages, reading, now=now),
        earlier=stretch.earlier,
        is_newest=stretch.is_newest,
        seen_by_office=_seen_words(thread),
        read=read or 0,
        last_position=thread.last_position,
        unread=thread.last_position > (read or 0),
        may_post=can_post(reading, thread),
        may_write_notes=can_write_office_note(reading, thread),
        **_flags(thread),
    )


def _flags(thread: Thread) -> dict[str, bool]:
    return {
        "is_urgent": is_urgent(thread),
        "is_held": thread.is_held,
        "is_for_the_office": thread.is_for_the_office_only,
        "is_closed": thread.state == ThreadState.CLOSED,
    }


def quoted_in(thread: Thread, reading: Reading, post_id: str) -> Quoted | None:
    """What a reply begins with; None for a post that is not here."""
    rows = posts_visible_to(reading).filter(thread=thread, public_id=post_id)
    post: Post | None = rows.select_related("author", "for_organisation", "current", "thread__room").first()
    return quoted(post, reading)


def with_facets(room: Room, thread: Thread) -> Thread:
    """The thread with what its page shows of it, in one query."""
    related = ("room", "region", "theme", "duty_bearer", "for_organisation", "raised_by", "taken_by")
    return Thread.objects.select_related(*related).get(pk=thread.pk, room=room)


def _raised_words(thread: Thread, reading: Reading) -> str:
    by = author_shown(thread, reading)
    name = by.pseudonym or by.name
    return _("raised {day} by {name}").format(day=short_day(thread.raised_at), name=name)


def _seen_words(thread: Thread) -> str:
    if thread.seen_by_office_at is None:
        return ""
    moment = day_and_hour(thread.seen_by_office_at)
    return _("The office has read up to {moment}").format(moment=moment)
