"""Who is here: told to whoever listens now, kept nowhere, lost without harm.

Processes tell each other ids (docs/decisions/0016); who may be seen, and how, is decided where it
is shown. What is held is said again and again: whoever is killed says nothing more and vanishes.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue.realtime.acting import in_pool, server_fault
from dialogue.realtime.connection import Connection
from dialogue.realtime.elsewhere import MAX_PEOPLE, Elsewhere
from dialogue.realtime.faces import Faces, Known, faces_here, hiding_among
from dialogue.realtime.hearers import tell_hearers
from dialogue.realtime.hub import Hub
from dialogue.realtime.notices import Others
from dialogue.realtime.server_frames import PresenceFrame
from dialogue.realtime.streams import room_of

LOOK_AFTER_SECONDS: Final = 1.0
SAID_AGAIN_SECONDS: Final = 8.0
SILENT_SECONDS: Final = 20.0
MAX_SHOWN: Final = 50


@dataclass
class Company:
    """One room's stream with sockets of this process; ``told_others`` are people of ours alone."""

    sockets: set[Connection] = field(default_factory=set)
    looked_for: set[int] = field(default_factory=set)
    known: dict[int, Known] = field(default_factory=dict)
    told_others: list[int] = field(default_factory=list)
    is_shown: bool = False
    is_due: bool = False
    look: asyncio.Task[None] | None = None


class Presence:
    """On the event loop of the hub, but for ``hear``; asks the database in the pool of acts."""

    def __init__(self, hub: Hub, others: Others | None) -> None:
        self._hub = hub
        self._others = others
        self._companies: dict[str, Company] = {}
        self._elsewhere = Elsewhere()
        self._repeating: asyncio.Task[None] | None = None

    def came(self, connection: Connection, stream: str) -> None:
        """The connection joined this stream; nothing it says waits for this to be looked up."""
        if stream == f"room:{room_of(stream)}":
            self._companies.setdefault(stream, Company()).sockets.add(connection)
            self._changed(stream)
            if self._repeating is None:
                self._repeating = asyncio.create_task(self._repeat())

    def gone(self, connection: Connection, stream: str) -> None:
        company = self._companies.get(stream)
        if company is not None and connection in company.sockets:
            company.sockets.remove(connection)
            self._changed(stream)

    def left(self, connection: Connection) -> None:
        """The socket is closed."""
        for stream in list(self._companies):
            self.gone(connection, stream)

    def hear(self, process: str, streams: Mapping[str, Sequence[int]]) -> None:
        """Another process says whom it holds. From any thread; never waits."""
        self._hub.soon(self._heard, process, streams)

    def close(self) -> None:
        for task in (self._repeating, *(one.look for one in self._companies.values())):
            if task is not None:
                task.cancel()

    def _heard(self, process: str, streams: Mapping[str, Sequence[int]]) -> None:
        for stream in self._elsewhere.hear(process, streams, now=time.monotonic()):
            self._changed(stream)

    def _changed(self, stream: str) -> None:
        company = self._companies.get(stream)
        if company is not None:
            company.is_due = True
            if company.look is None:
                company.look = asyncio.create_task(self._look(stream, company))

    async def _look(self, stream: str, company: Company) -> None:
        """A little later, once for all who come and go meanwhile; again for those who came too late."""
        try:
            while company.is_due:
                await asyncio.sleep(LOOK_AFTER_SECONDS)
                company.is_due = False
                await self._tell(stream, company)
        except Exception as problem:
            server_fault("presence", problem)
        finally:
            company.look = None
            if not company.sockets:
                self._companies.pop(stream, None)

    async def _tell(self, stream: str, company: Company) -> None:
        here = company.looked_for = self._people_here(stream, company)
        everybody = sorted(here | self._elsewhere.people_in(stream))[:MAX_PEOPLE]
        company.known = await in_pool(faces_here, stream, everybody, company.known)
        faces = {person: one.faces for person, one in company.known.items() if one.faces is not None}
        self._tell_others(stream, company, sorted(here & faces.keys()))
        if faces or company.is_shown:
            self._tell_hearers(stream, list(faces.values()))
        company.is_shown = bool(faces)

    def _people_here(self, stream: str, company: Company) -> set[int]:
        """Whoever lost access is out of the stream already, whether or not their socket is closed."""
        still_in = {id(socket) for socket, _hearing in self._hub.hearers(stream)}
        return {one.user.pk for one in company.sockets if id(one) in still_in}

    def _tell_hearers(self, stream: str, here: Sequence[Faces]) -> None:
        def frame_for(is_office: bool, language: str) -> PresenceFrame:
            """Whoever is here with several pages, or for one organisation, is named once."""
            seen = [faces.seen_by(is_office=is_office, language=language) for faces in here]
            people = {person.id: person for person in seen}
            return PresenceFrame(stream=stream, here=list(people.values())[:MAX_SHOWN])

        tell_hearers(self._hub, stream, frame_for)

    def _tell_others(self, stream: str, company: Company, people: list[int]) -> None:
        if self._others is not None and people != company.told_others:
            self._others.tell_here({stream: people})
        company.told_others = people

    async def _repeat(self) -> None:
        """Say again what is so, and find out what nobody said."""
        while True:
            await asyncio.sleep(SAID_AGAIN_SECONDS)
            told = {stream: one.told_others for stream, one in self._companies.items() if one.told_others}
            if self._others is not None and told:
                self._others.tell_here(told)
            changed = self._elsewhere.forget_silent(since=time.monotonic() - SILENT_SECONDS)
            changed |= {
                stream
                for stream, one in self._companies.items()
                if self._people_here(stream, one) != one.looked_for
            }
            for stream in changed | await self._hidden_meanwhile():
                self._changed(stream)

    async def _hidden_meanwhile(self) -> set[str]:
        """Rooms that still show who is here, though they hide everybody since."""
        shown = [stream for stream, one in self._companies.items() if one.is_shown]
        try:
            return await in_pool(hiding_among, shown) if shown else set()
        except Exception as problem:
            server_fault("presence", problem)
            return set()
