"""People, sockets and rooms for the hub: a real database, and everything else told by the test."""

import asyncio
import json
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from dialogue.accounts.actions import raise_auth_version
from dialogue.accounts.models import User
from dialogue.journal import entries
from dialogue.journal.models import Entry
from dialogue.realtime.hub import Hub
from dialogue.realtime.listener import Hearing, Listener, listener_of
from dialogue.realtime.protocol import CloseCode
from dialogue.realtime.server_frames import EntryFrame
from dialogue.realtime.told import Told

ROOM = "room:steppe"
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Heard:
    """How the test's rooms are heard."""

    audience: str = "member"
    floor: int = 0


class Page:
    """A socket with the page behind it: applies entries by the rule and confirms when told to."""

    def __init__(self, hub: Hub, listener: Listener, *, confirms: bool = True) -> None:
        self.hub = hub
        self.listener = listener
        self.confirms = confirms
        self.frames: list[dict[str, Any]] = []
        self.since = 0
        self.applied: list[int] = []
        self.facts: list[Any] = []
        self.raw: list[bytes] = []
        self.code: CloseCode | None = None
        self.is_broken = False

    async def join(self, stream: str = ROOM, *, since: int | None = None) -> None:
        """From ``since``, or from the head as a page that was just drawn."""
        self.hub.enter(self)
        head = await to_thread(entries.head_of, stream)
        since = self.since = head.position if since is None else since
        assert await self.hub.join(self, stream, epoch=head.epoch, since=since) is not None

    def offer(self, *frames: bytes) -> None:
        for data in frames:
            self.take(data)

    def take(self, data: bytes) -> None:
        assert self.code is None, "nothing is said after the end"
        if self.is_broken:
            raise BrokenPipeError
        frame = json.loads(data)
        self.frames.append(frame)
        self.raw.append(data)
        told = frame["entries"] if frame["t"] == "entries" else [frame] if frame["t"] == "entry" else []
        for one in told:
            self.applied.append(one["position"])
            self.facts.append(one["facts"])
        if told and self.confirms:
            asyncio.get_running_loop().call_soon(self.confirm, told[-1]["stream"])

    def end(self, code: CloseCode, *frames: bytes) -> None:
        for data in frames:
            self.frames.append(json.loads(data))
        self.code = code

    def confirm(self, stream: str = ROOM) -> None:
        self.hub.got(self, {stream: self.applied[-1]})

    def kinds(self) -> list[str]:
        return [frame["t"] for frame in self.frames]

    def said(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["t"] == kind]

    def has_all(self, until: int) -> bool:
        """Everything after the place it joined at, in order, each once."""
        return self.applied == list(range(self.since + 1, until + 1))

    @property
    def is_live(self) -> bool:
        return bool(self.said("live"))


@dataclass
class World:
    """Who hears what, changed by tests between two reads of the hub; ``during_tell`` runs inside one."""

    hearings: dict[tuple[int, str], Heard] = field(default_factory=dict)
    acl: dict[str, int] = field(default_factory=dict)
    during_tell: Callable[[], None] | None = None
    tells: list[int] = field(default_factory=list)
    text: str = ""

    def tell(self, rows: Sequence[Entry]) -> list[Told]:
        self.tells.append(len(rows))
        told = [self._told(row) for row in rows]
        if self.during_tell is not None:
            work, self.during_tell = self.during_tell, None
            work()
        return told

    def hearing_of(self, user: User, stream: str) -> Hearing | None:
        return self.hearings.get((user.pk, stream))

    def acl_versions(self, streams: Collection[str]) -> dict[str, int]:
        return {one: self.acl[one] for one in streams if one in self.acl}

    def _told(self, row: Entry) -> Told:
        name, position, kind, at = row.stream.name, row.position, row.kind, row.happened_at
        epoch = row.stream.epoch

        def frame_for(variant: str) -> EntryFrame:
            facts = {"variant": variant, "n": row.refs.get("n")}
            return EntryFrame(
                stream=name,
                epoch=epoch,
                position=position,
                kind=kind,
                at=at,
                facts=facts,
                text=self.text or None,
            )

        return Told(name, epoch, position, kind, frame_for, author_id=row.actor_id)

    def invite(self, name: str, *streams: str, heard: Heard = Heard()) -> Listener:
        """A person with a living session, who may hear these streams (the room)."""
        user = User.objects.create_user(f"{name}@example.org", None, name=name)
        for stream in streams or (ROOM,):
            self.hearings[user.pk, stream] = heard
        key = f"session-of-{name}"
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=1)
        )
        return listener_of(user, key)

    def revoke(self, who: Listener, stream: str = ROOM) -> None:
        self.hearings.pop((who.person_id, stream), None)
        raise_auth_version([who.person_id])


def say(count: int = 1, *, stream: str = ROOM, by: int | None = None, n: int | None = None) -> entries.Place:
    """Commit so many entries, each an act of its own."""
    actor = User.objects.get(pk=by) if by else None
    place = None
    for _ in range(count):
        with entries.opening([stream]) as opened:
            place = opened.record("test.said", stream=stream, actor=actor, n=n)
    assert place is not None
    return place


def say_many(count: int, *, stream: str = ROOM) -> entries.Place:
    """The same in one transaction."""
    with entries.opening([stream]) as opened:
        return [opened.record("test.said", stream=stream) for _ in range(count)][-1]


async def to_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Use the database as somebody else would, and give its connection back."""

    def elsewhere() -> T:
        try:
            return work(*args, **kwargs)
        finally:
            connection.close()

    return await asyncio.to_thread(elsewhere)


async def until(true: Callable[[], bool], *, within: float = 8.0) -> float:
    """Wait for it; return how long it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "did not happen in time"
        await asyncio.sleep(0.005)
    return time.monotonic() - began
