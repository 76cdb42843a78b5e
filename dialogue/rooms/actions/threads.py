"""A thread is raised: a concern or a discussion, with its first post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.acts import Done, Key, already_done, parse_key, remember
from dialogue.journal.entries import Opened, Place
from dialogue.rooms import access
from dialogue.rooms.actions import refused
from dialogue.rooms.actions.facets import Codes, Facets, facets_of, marking_of
from dialogue.rooms.actions.opening import after_in, opening, refuse_if_moved, tell
from dialogue.rooms.actions.seats import sit_down
from dialogue.rooms.actions.writing import ReadyText, keep, ready_text
from dialogue.rooms.clocks import triage_due
from dialogue.rooms.kinds import THREAD_RAISED
from dialogue.rooms.models import Byline, Marking, Post, Room, Thread, ThreadKind, Urgency
from dialogue.text.cleaning import clean_title
from dialogue.text.languages import Language
from dialogue.text.refusals import Forbidden


@dataclass(frozen=True)
class _Draft:
    """A thread as it was sent, checked as far as that goes without a lock."""

    kind: ThreadKind
    title: str
    words: ReadyText
    lang: Language
    codes: Codes
    urgency: Urgency
    byline: Byline
    marking: str | None


def raise_thread(
    room: Room,
    *,
    by: User,
    key: Key,
    kind: str,
    title: str,
    body: str,
    lang: str,
    region: str | None = None,
    theme: str | None = None,
    groups: Iterable[str] = (),
    urgency: str | None = None,
    duty_bearer: str | None = None,
    byline: str = Byline.ORGANISATION,
    marking: str | None = None,
    now: datetime | None = None,
) -> Done:
    """``Done.thing`` is the thread's public id. One entry, ``thread.raised``, tells thread and first post.

    Codes as in the lists; ``marking`` may be narrower than the room's, never wider.
    """
    act_key = parse_key(key)
    draft = _Draft(
        kind=refused.choice(ThreadKind, kind, field="kind"),
        title=clean_title(title),
        words=ready_text(body),
        lang=refused.language(lang),
        codes=Codes(region, theme, duty_bearer, frozenset(groups)),
        urgency=refused.choice(Urgency, urgency or Urgency.NORMAL, field="urgency"),
        byline=refused.choice(Byline, byline, field="byline"),
        marking=marking,
    )
    return _raise(room, draft, by=by, key=act_key, now=now)


def _raise(room: Room, draft: _Draft, *, by: User, key: UUID, now: datetime | None) -> Done:
    room = access.visible_room(by, room.slug)
    facets = facets_of(draft.codes, by=by, at=now or timezone.now())
    marking, content = marking_of(room, draft.marking), _content(room, draft)
    with opening(*_streams_for(room, marking), by=by, key=key, now=now) as opened:
        reading = access.reading_of(by)
        room = access.visible_room(reading, room.slug)
        if (done := already_done(by, key, content)) is not None:
            return done
        _refuse_raising(reading, room, draft, marking=marking)
        thread = _thread(opened, room, draft, by=by, organisation_id=reading.organisation_in(room.pk))
        place = _write(opened, thread, draft=draft, facets=facets, marking=marking, reading=reading)
        return remember(by, key, content, place=place, thing=thread.public_id)


def _content(room: Room, draft: _Draft) -> dict[str, Any]:
    """As it was sent, not as it was understood: a default that changes later makes no other content."""
    return {
        "act": "raise",
        "room": room.slug,
        "kind": draft.kind.value,
        "title": draft.title,
        "body": draft.words.body,
        "lang": draft.lang.value,
        "codes": [draft.codes.region, draft.codes.theme, draft.codes.duty_bearer],
        "groups": sorted(draft.codes.groups),
        "urgency": draft.urgency.value,
        "byline": draft.byline.value,
        "marking": draft.marking,
    }


def _streams_for(room: Room, marking: Marking) -> tuple[str, ...]:
    if marking is Marking.OFFICE:
        return (room.stream_name, room.office_stream_name)
    return (room.stream_name,)


def _refuse_raising(by: access.Reading, room: Room, draft: _Draft, *, marking: Marking) -> None:
    refused.refuse_writing(by, room)
    if draft.kind is ThreadKind.CONCERN and not access.can_raise_concern(by, room):
        raise Forbidden("not_a_member", _("Concerns are raised by members. Begin a discussion instead."))
    is_for_the_office = marking is Marking.OFFICE
    refused.refuse_thin_shield(by, room, byline=draft.byline, is_for_the_office=is_for_the_office)


def _thread(opened: Opened, room: Room, draft: _Draft, *, by: User, organisation_id: int | None) -> Thread:
    due = triage_due(draft.urgency, opened.at) if draft.kind is ThreadKind.CONCERN else None
    return Thread(
        room=room,
        kind=draft.kind,
        title=draft.title,
        lang=draft.lang,
        urgency=draft.urgency,
        byline=draft.byline,
        raised_by=by,
        for_organisation_id=organisation_id,
        raised_at=opened.at,
        state_since=opened.at,
        last_posted_at=opened.at,
        due_at=due.at if due else None,
        calendar_version=due.calendar_version if due else None,
        post_count=1,
    )


def _write(
    opened: Opened,
    thread: Thread,
    *,
    draft: _Draft,
    facets: Facets,
    marking: Marking,
    reading: access.Reading,
) -> Place:
    thread.marking = marking
    thread.region, thread.theme, thread.duty_bearer = facets.region, facets.theme, facets.duty_bearer
    by, stream = thread.raised_by, thread.stream_name
    refuse_if_moved(opened, stream)
    sit_down(opened, thread, by=by, reading=reading, byline=draft.byline)
    post = _first_post(thread, draft, after=after_in(opened, thread.room, stream))
    place = tell(opened, post, THREAD_RAISED, by=by, version=1)
    thread.first_position = thread.last_position = place.position
    thread.save()
    thread.groups.set(facets.groups)
    post.thread = thread
    keep(opened, post, draft.words, place=place)
    return place


def _first_post(thread: Thread, draft: _Draft, *, after: int | None) -> Post:
    return Post(
        thread=thread,
        author=thread.raised_by,
        for_organisation_id=thread.for_organisation_id,
        byline=draft.byline,
        lang=draft.lang,
        posted_at=thread.raised_at,
        after=after,
    )
