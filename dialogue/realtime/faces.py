"""How somebody is shown to be here or to be writing: organisations to members, people to the office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import translation

from dialogue.accounts.models import User
from dialogue.accounts.queries import auth_versions, people_by_id
from dialogue.organisations.models import Organisation
from dialogue.organisations.queries import organisations_by_id
from dialogue.realtime.acting import thread_in
from dialogue.realtime.notices import Writer
from dialogue.realtime.server_frames import Person
from dialogue.realtime.streams import room_of
from dialogue.rooms import access
from dialogue.rooms.access.presence import hiding_everybody, seen_here
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

    Nobody at all is in the answer where the room hides everybody.
    """
    if not people or hiding_everybody([room_of(stream)]):
        return {}
    versions = auth_versions(people)
    found = {one: known[one] for one in people if one in known and _is_unmoved(known[one], versions.get(one))}
    found |= _looked_at(stream, [one for one in people if one not in found])
    return {one: found[one] for one in people if one in found}


def hiding_among(streams: Collection[str]) -> set[str]:
    """Those of them whose room hides everybody."""
    hidden = hiding_everybody([room_of(stream) for stream in streams])
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
    home = access.reading_of(user).organisation_in(thread.room_id)
    organisation = organisations_by_id([home]).get(home) if home is not None else None
    return (_faces(user, organisation), thread.last_position) if organisation is not None else None


def _is_unmoved(known: Known, version: int | None) -> bool:
    return version is not None and known.auth_version == version


def _looked_at(stream: str, people: Collection[int]) -> dict[int, Known]:
    """A handful of queries, however many came."""
    if not people:
        return {}
    # The versions come with the people, so they are never newer than what is found out about them.
    active = {key: user for key, user in people_by_id(people).items() if user.is_active}
    homes = seen_here(active.keys(), room_of(stream))
    organisations = organisations_by_id(set(homes.values()))
    faces = {key: _faces(active[key], organisations[home]) for key, home in homes.items()}
    return {key: Known(user.auth_version, faces.get(key)) for key, user in active.items()}


def _faces(user: User, organisation: Organisation) -> Faces:
    return Faces(
        person_id=user.public_id,
        person=user.name,
        organisation_id=organisation.public_id,
        organisations={language: _named(organisation, language) for language in Language.values},
    )


def _named(organisation: Organisation, language: str) -> str:
    with translation.override(language):
        return organisation.name
