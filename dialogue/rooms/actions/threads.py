"""A thread is raised: a concern or a discussion, with its first post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal.acts import Done, already_done, parse_key, remember
from dialogue.journal.entries import Opened
from dialogue.rooms import access
from dialogue.rooms.actions import refused
from dialogue.rooms.actions.facets import Facets, facets_of, marking_of
from dialogue.rooms.actions.opening import after_in, opening, refuse_if_moved
from dialogue.rooms.actions.seats import sit_down
from dialogue.rooms.actions.writing import Words, after_ref, keep, words_of
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
    words: Words
    lang: Language
    facets: Facets
    urgency: Urgency
    byline: Byline
    marking: Marking


def raise_thread(
    room: Room,
    *,
    by: User,
    key: UUID | str,
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
    act_key, codes = parse_key(key), sorted(set(groups))
    room = access.visible_room(by, room.slug)
    draft = _Draft(
        kind=refused.choice(ThreadKind, kind, field="kind"),
        title=clean_title(title),
        words=words_of(body),
        lang=refused.language(lang),
        facets=facets_of(
            by=by, region=region, theme=theme, groups=codes, duty_bearer=duty_bearer, at=now or timezone.now()
        ),
        urgency=refused.choice(Urgency, urgency or Urgency.NORMAL, field="urgency"),
        byline=refused.choice(Byline, byline, field="byline"),
        marking=marking_of(room, marking),
    )
    content = _content(room, draft, codes=[region, theme, duty_bearer, *codes], marking=marking)
    return _raise(room, draft, by=by, key=act_key, content=content, now=now)


def _content(room: Room, draft: _Draft, *, codes: list[str | None], marking: str | None) -> dict[str, Any]:
    """As it was sent, not as it was understood: a default that changes later makes no other content."""
    return {
        "act": "raise",
        "room": room.slug,
        "kind": draft.kind.value,
        "title": draft.title,
        "body": draft.words.body,
        "lang": draft.lang.value,
        "codes": codes,
        "urgency": draft.urgency.value,
        "byline": draft.byline.value,
        "marking": marking,
    }


def _raise(
    room: Room, draft: _Draft, *, by: User, key: UUID, content: dict[str, Any], now: datetime | None
) -> Done:
    is_for_the_office = draft.marking is Marking.OFFICE
    names = [room.stream_name, *([room.office_stream_name] if is_for_the_office else [])]
    with opening(*names, by=by, key=key, now=now) as opened:
        reading = access.reading_of(by)
        room = access.visible_room(reading, room.slug)
        if (done := already_done(by, key, content)) is not None:
            return done
        refused.refuse_writing(reading, room)
        if draft.kind is ThreadKind.CONCERN and not access.can_raise_concern(reading, room):
            raise Forbidden("not_a_member", _("Concerns are raised by members. Begin a discussion instead."))
        refused.refuse_thin_shield(reading, room, byline=draft.byline, is_for_the_office=is_for_the_office)
        thread = _thread(opened, room, draft, by=by, organisation_id=reading.organisation_in(room.pk))
        return _write(opened, thread, draft, reading=reading, key=key, content=content)


def _thread(opened: Opened, room: Room, draft: _Draft, *, by: User, organisation_id: int | None) -> Thread:
    due = triage_due(draft.urgency, opened.at) if draft.kind is ThreadKind.CONCERN else None
    return Thread(
        room=room,
        kind=draft.kind,
        title=draft.title,
        lang=draft.lang,
        region=draft.facets.region,
        theme=draft.facets.theme,
        urgency=draft.urgency,
        duty_bearer=draft.facets.duty_bearer,
        marking=draft.marking,
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
    draft: _Draft,
    *,
    reading: access.Reading,
    key: UUID,
    content: dict[str, Any],
) -> Done:
    by, stream = thread.raised_by, thread.stream_name
    refuse_if_moved(opened, stream)
    sit_down(opened, thread, by=by, reading=reading, byline=draft.byline)
    after = after_in(opened, thread.room, stream)
    post = Post(
        author=by,
        for_organisation_id=thread.for_organisation_id,
        byline=draft.byline,
        lang=draft.lang,
        posted_at=opened.at,
        after=after,
    )
    refs = {"thread": thread.public_id, "post": post.public_id, "version": 1, **after_ref(after)}
    place = opened.record(THREAD_RAISED, stream=stream, actor=by, **refs)
    thread.first_position = thread.last_position = place.position
    thread.save()
    thread.groups.set(draft.facets.groups)
    post.thread = thread
    keep(post, draft.words, place=place)
    return remember(by, key, content, place=place, thing=thread.public_id)
