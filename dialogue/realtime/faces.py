"""How somebody is shown to be here or to be writing: organisations to members, people to the office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import translation

from dialogue.accounts.models import User
from dialogue.accounts.queries import people_by_id
from dialogue.organisations.access import organisations_of
from dialogue.organisations.models import Organisation
from dialogue.realtime.acting import thread_in
from dialogue.realtime.notices import Writer
from dialogue.realtime.server_frames import Person
from dialogue.realtime.streams import room_of
from dialogue.rooms import access
from dialogue.rooms.access.presence import can_be_seen_here, has_shielded_authors, with_shielded_authors
from dialogue.rooms.models import Room
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal


@dataclass(frozen=True)
class Faces:
    """One person as members see them, and as the office does; organisations in the reader's language."""

    person_id: str
    person: str
    organisation_id: str
    organisations: Mapping[str, str]

    def seen_by(self, *, is_office: bool, language: str) -> Person:
        organisation = self.organisations[language]
        if is_office:
            return Person(id=self.person_id, name=self.person, organisation=organisation)
        return Person(id=self.organisation_id, name=organisation)


@dataclass(frozen=True)
class Known:
    """What was found for one person; it holds as long as their version does not move."""

    auth_version: int
    faces: Faces | None


def faces_here(stream: str, people: Collection[int], known: Mapping[int, Known]) -> dict[int, Known]:
    """Who of these people (ids) may be seen in the room; ``known`` spares looking at them again.

    Nobody at all is in the answer where somebody wrote shielded.
    """
    if not people or has_shielded_authors(room_of(stream)):
        return {}
    found = {}
    for person in people_by_id(people).values():
        before = known.get(person.pk)
        if before is None or before.auth_version != person.auth_version:
            before = Known(person.auth_version, _faces_here(person, stream))
        found[person.pk] = before
    return found


def shielded_among(streams: Collection[str]) -> set[str]:
    """Those of them in whose room somebody wrote shielded."""
    hidden = with_shielded_authors([room_of(stream) for stream in streams])
    return {stream for stream in streams if room_of(stream) in hidden}


def face_writing(writer: Writer) -> tuple[Faces, int] | None:
    """How this person is shown as writing, and how far the thread goes; None: not at all."""
    stream, thread_id, person_id = writer
    user = people_by_id([person_id]).get(person_id)
    if user is None or not user.is_active:
        return None
    try:
        thread = thread_in(user, stream, thread_id)
    except Refusal:
        return None
    if thread.stream_name != stream or not access.can_be_seen_typing(user, thread):
        return None
    faces = _faces(user, thread.room)
    return (faces, thread.last_position) if faces else None


def _faces_here(user: User, stream: str) -> Faces | None:
    if not user.is_active:
        return None
    try:
        room = access.visible_room(user, room_of(stream))
    except Refusal:
        return None
    return _faces(user, room) if can_be_seen_here(user, room) else None


def _faces(user: User, room: Room) -> Faces | None:
    key = access.reading_of(user).organisation_in(room.pk)
    organisation = next((one for one in organisations_of(user) if one.pk == key), None)
    if organisation is None:
        return None
    return Faces(
        person_id=user.public_id,
        person=user.name,
        organisation_id=organisation.public_id,
        organisations={language: _named(organisation, language) for language in Language.values},
    )


def _named(organisation: Organisation, language: str) -> str:
    with translation.override(language):
        return organisation.name
