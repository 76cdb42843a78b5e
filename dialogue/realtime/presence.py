"""Who is here and who is writing: told to whoever listens now, kept nowhere, lost without harm.

Members hear of organisations, the office of people, as with bylines. Only sockets of this process
hear of each other: names are kept out of Redis.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from django.utils import translation

from dialogue.accounts.models import User
from dialogue.organisations.access import organisations_of
from dialogue.organisations.models import Organisation
from dialogue.realtime.acting import in_pool, server_fault, thread_in
from dialogue.realtime.client_frames import Typing
from dialogue.realtime.connection import Connection
from dialogue.realtime.hub import Hub
from dialogue.realtime.listener import Hearing
from dialogue.realtime.protocol import encode
from dialogue.realtime.server_frames import Person, PresenceFrame, TypingFrame
from dialogue.realtime.sockets import Socket
from dialogue.realtime.streams import room_of
from dialogue.rooms import access
from dialogue.rooms.access.presence import can_be_seen_here, has_shielded_authors
from dialogue.rooms.models import Room
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal

TYPING_EVERY_SECONDS: Final = 2.0
LOOK_AFTER_SECONDS: Final = 1.0
MAX_SHOWN: Final = 50
OFFICE: Final = ("office", "safety")


@dataclass(frozen=True)
class Faces:
    """One person as members see them, and as the office does; organisations in the reader's language."""

    person_id: str
    person: str
    organisation_id: str
    organisations: Mapping[str, str]

    def seen_by(self, audience: str, language: str) -> Person:
        organisation = self.organisations[language]
        if audience in OFFICE:
            return Person(id=self.person_id, name=self.person, organisation=organisation)
        return Person(id=self.organisation_id, name=organisation)


class Presence:
    """On the event loop of the hub; asks the database in the pool of acts."""

    def __init__(self) -> None:
        self._here: defaultdict[str, dict[Connection, Faces]] = defaultdict(dict)
        self._typed_at: defaultdict[Connection, dict[str, float]] = defaultdict(dict)
        self._arrivals: set[asyncio.Task[None]] = set()
        self._looks: dict[str, asyncio.Task[None]] = {}

    def came(self, connection: Connection, stream: str) -> None:
        """The connection joined this stream; nothing it says waits for this to be looked up."""
        if stream == f"room:{room_of(stream)}":
            task = asyncio.get_running_loop().create_task(self._arrive(connection, stream))
            self._arrivals.add(task)
            task.add_done_callback(self._arrived)

    async def _arrive(self, connection: Connection, stream: str) -> None:
        faces = await in_pool(faces_here, connection.user, stream)
        if faces is not None and not connection.is_over:
            self._here[stream][connection] = faces
        self.changed(connection.hub, stream)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._arrivals.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            server_fault("presence", problem)

    def gone(self, connection: Connection, stream: str) -> None:
        if self._here[stream].pop(connection, None) is not None:
            self.changed(connection.hub, stream)
        if not self._here[stream]:
            del self._here[stream]

    def left(self, connection: Connection) -> None:
        """The socket is closed."""
        self._typed_at.pop(connection, None)
        for stream in [name for name, people in self._here.items() if connection in people]:
            self.gone(connection, stream)

    def changed(self, hub: Hub, stream: str) -> None:
        """Tell a little later, once for all who come and go meanwhile."""
        if stream in self._here and stream not in self._looks:
            task = asyncio.get_running_loop().create_task(self._tell(hub, stream))
            self._looks[stream] = task
            task.add_done_callback(lambda _done: self._looks.pop(stream, None))

    async def typing(self, connection: Connection, frame: Typing) -> None:
        """Nothing is answered: whether somebody may be seen writing is nobody's business either."""
        now, typed = time.monotonic(), self._typed_at[connection]
        if now - typed.get(frame.thread, float("-inf")) < TYPING_EVERY_SECONDS:
            return
        typed.clear()
        typed[frame.thread] = now
        found = await in_pool(faces_writing, connection.user, frame)
        if found is None:
            return
        faces, last_position = found
        for socket, hearing in _hearers(connection.hub, frame.stream):
            is_own = socket.listener.person_id == connection.user.pk
            if not is_own and (not hearing.floor or hearing.floor < last_position):
                who = faces.seen_by(hearing.audience, socket.listener.language)
                told = TypingFrame(stream=frame.stream, thread=frame.thread, who=who)
                socket.offer(encode(told).encode())

    async def _tell(self, hub: Hub, stream: str) -> None:
        await asyncio.sleep(LOOK_AFTER_SECONDS)
        is_hidden = await in_pool(has_shielded_authors, room_of(stream))
        still_in = set(map(id, hub.sockets_in(stream)))
        here = [
            faces
            for connection, faces in self._here.get(stream, {}).items()
            if id(connection) in still_in and not is_hidden
        ]
        told = cache(partial(_presence, stream, tuple(here)))
        for socket, hearing in _hearers(hub, stream):
            socket.offer(told("office" if hearing.audience in OFFICE else "member", socket.listener.language))


@cache
def the_presence() -> Presence:
    return Presence()


def faces_here(user: User, stream: str) -> Faces | None:
    """How this person is shown among those who are in the room; None: not at all."""
    try:
        room = access.visible_room(user, room_of(stream))
    except Refusal:
        return None
    return _faces(user, room) if can_be_seen_here(user, room) else None


def faces_writing(user: User, frame: Typing) -> tuple[Faces, int] | None:
    """How this person is shown as writing, and how far the thread goes; None: not at all."""
    try:
        thread = thread_in(user, frame.stream, frame.thread)
    except Refusal:
        return None
    if thread.stream_name != frame.stream or not access.can_be_seen_typing(user, thread):
        return None
    faces = _faces(user, thread.room)
    return (faces, thread.last_position) if faces else None


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


def _hearers(hub: Hub, stream: str) -> list[tuple[Socket, Hearing]]:
    found = []
    for socket in hub.sockets_in(stream):
        hearing = hub.streams(socket).get(stream)
        if hearing is not None:
            found.append((socket, hearing))
    return found


def _presence(stream: str, here: Sequence[Faces], audience: str, language: str) -> bytes:
    """Whoever is here with several pages, or for one organisation, is named once."""
    people = {person.id: person for person in (faces.seen_by(audience, language) for faces in here)}
    return encode(PresenceFrame(stream=stream, here=list(people.values())[:MAX_SHOWN])).encode()
