"""Who is writing in a thread: a moment's notice to the others there, in every process."""

import asyncio
import time
from typing import Final
from weakref import WeakKeyDictionary

from dialogue.realtime.acting import in_pool, server_fault
from dialogue.realtime.client_frames import Typing
from dialogue.realtime.connection import Connection
from dialogue.realtime.faces import face_writing
from dialogue.realtime.hearers import tell_hearers
from dialogue.realtime.hub import Hub
from dialogue.realtime.listener import Hearing
from dialogue.realtime.notices import Others, Writer
from dialogue.realtime.server_frames import TypingFrame
from dialogue.realtime.sockets import Socket

TYPING_EVERY_SECONDS: Final = 2.0
MAX_WAITING: Final = 64


class Writing:
    """On the event loop of the hub, but for ``hear``. One is looked up after the other."""

    def __init__(self, hub: Hub, others: Others | None) -> None:
        self._hub = hub
        self._others = others
        self._typed_at: WeakKeyDictionary[Connection, float] = WeakKeyDictionary()
        self._waiting: dict[Writer, bool] = {}
        self._looking: asyncio.Task[None] | None = None

    def said(self, connection: Connection, frame: Typing) -> None:
        """Nothing is answered: whether somebody may be seen writing is nobody's business either."""
        now = time.monotonic()
        if now - self._typed_at.get(connection, float("-inf")) >= TYPING_EVERY_SECONDS:
            self._typed_at[connection] = now
            self._take((frame.stream, frame.thread, connection.user.pk), is_ours=True)

    def hear(self, writer: Writer) -> None:
        """Somebody writes in another process. From any thread; never waits."""
        self._hub.soon(self._take, writer, False)

    def _take(self, writer: Writer, is_ours: bool) -> None:
        """What is too much is dropped: who still writes says so again."""
        stream, _thread, _person = writer
        if len(self._waiting) < MAX_WAITING and self._hub.hearers(stream):
            self._waiting[writer] = is_ours or self._waiting.get(writer, False)
            if self._looking is None or self._looking.done():
                self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while self._waiting:
            writer = next(iter(self._waiting))
            is_ours = self._waiting.pop(writer)
            try:
                await self._tell(writer, is_ours)
            except Exception as problem:
                server_fault("typing", problem)

    async def _tell(self, writer: Writer, is_ours: bool) -> None:
        found = await in_pool(face_writing, writer)
        if found is None:
            return
        if is_ours and self._others is not None:
            self._others.tell_writes(writer)
        stream, thread, person = writer
        faces, last_position = found

        def frame_for(is_office: bool, language: str) -> TypingFrame:
            who = faces.seen_by(is_office=is_office, language=language)
            return TypingFrame(stream=stream, thread=thread, who=who)

        def is_for(socket: Socket, hearing: Hearing) -> bool:
            """Not the person themselves, nor who joined too late to know of the thread."""
            is_known = not hearing.floor or hearing.floor < last_position
            return is_known and socket.listener.person_id != person

        tell_hearers(self._hub, stream, frame_for, is_for=is_for)
