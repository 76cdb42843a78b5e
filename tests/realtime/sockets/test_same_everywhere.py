"""I8: for one reader and one state of things, live, catch-up and polling give the same frame."""

import json
import uuid
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date
from typing import Any, Self

import pytest
from django.test import Client
from django.urls import reverse

from dialogue.accounts.models import User
from dialogue.realtime.acting import in_pool
from dialogue.realtime.frames import rooms
from dialogue.rooms.actions import carriages, holds, marks, posts, reactions, seats, triage
from dialogue.rooms.models import Holder, Thread
from dialogue.rooms.states import Shown
from tests.cast import a_post, a_thread, crowd
from tests.realtime.sockets.driver import Frame, Page, greeted
from tests.realtime.sockets.town import OFFICE, ROOM, SAFETY, Town

Act = Callable[[Town], Any]


def again(thread: Thread) -> Thread:
    thread.refresh_from_db()
    return thread


def key() -> dict[str, Any]:
    return {"key": uuid.uuid4()}


def acted(**who: str) -> Callable[[Any], Act]:
    """``triage.take`` and the like on the town's thread, by one of the cast."""
    return lambda act: lambda town: act(again(town.thread), by=getattr(town.cast, who["by"]), **key())


STORY: dict[str, tuple[tuple[str, ...], Act]] = {
    "a discussion": ((ROOM,), lambda town: a_thread(town.cast.disability, town.cast.lead, kind="discussion")),
    "a shielded concern": (
        (ROOM,),
        lambda town: a_thread(town.cast.disability, town.cast.member, byline="shielded"),
    ),
    "for the office": (
        (OFFICE,),
        lambda town: a_thread(town.cast.disability, town.cast.member, marking="office"),
    ),
    "a post": ((ROOM,), lambda town: a_post(town.thread, town.cast.member, "Сәлем")),
    "a reply by name": (
        (ROOM,),
        lambda town: a_post(town.thread, town.cast.lead, byline="named", reply_to=town.post.public_id),
    ),
    "an answer of the office": ((ROOM,), lambda town: a_post(town.thread, town.cast.officer)),
    "an edit": (
        (ROOM,),
        lambda town: posts.edit(town.post, by=town.cast.second_member, version=1, body="Newer", **key()),
    ),
    "a sign": (
        (ROOM,),
        lambda town: reactions.react(town.post, by=town.cast.member, reaction="same_here", on=True, **key()),
    ),
    "no sign": (
        (ROOM,),
        lambda town: reactions.react(town.post, by=town.cast.member, reaction="same_here", on=False, **key()),
    ),
    "a note": ((OFFICE,), lambda town: a_post(town.thread, town.cast.moderator, "Call.", office_only=True)),
    "seen": ((ROOM,), lambda town: marks.mark_read(again(town.thread), by=town.cast.moderator, position=1)),
    "acknowledged": ((ROOM,), acted(by="moderator")(triage.acknowledge)),
    "taken": ((ROOM,), acted(by="moderator")(triage.take)),
    "a question": (
        (ROOM,),
        lambda town: triage.ask(again(town.thread), by=town.cast.moderator, body="Where?", **key()),
    ),
    "its answer": ((ROOM,), lambda town: a_post(again(town.thread), town.cast.member, "Here.")),
    "a card": (
        (ROOM,),
        lambda town: carriages.carry(
            again(town.thread),
            reference="OMB-2026-00042",
            state=Shown.AWAITING_AUTHORITY,
            holder=Holder.AUTHORITY,
            due_on=date(2026, 12, 14),
        ),
    ),
    "a seat": (
        (ROOM,),
        lambda town: seats.take_seat(
            town.cast.disability,
            person=town.cast.outsider,
            for_organisation=town.cast.organisations["far-lake"],
            by=None,
        ),
    ),
    "no seat": ((ROOM,), lambda town: seats.leave(town.cast.disability, person=town.cast.outsider, by=None)),
    "held": (
        (ROOM, SAFETY),
        lambda town: holds.hold(again(town.thread), by=town.cast.moderator, reason="danger", **key()),
    ),
    "said while held": ((SAFETY,), lambda town: a_post(again(town.thread), town.cast.member, "Still here.")),
    "released": ((ROOM, SAFETY), acted(by="safety")(holds.release)),
    "taken back": ((ROOM,), lambda town: posts.withdraw(town.post, by=town.cast.second_member, **key())),
    "closed": (
        (ROOM,),
        lambda town: triage.withdraw(again(town.thread), by=town.cast.member, note="Solved.", **key()),
    ),
}
WATCHING = (
    *((name, ROOM) for name in ("member", "lead", "second_member", "observer", "moderator")),
    *((name, OFFICE) for name in ("moderator", "officer")),
    ("safety", SAFETY),
)


@pytest.mark.timeout(240)
async def test_live_is_replay_is_polling(town: Town) -> None:
    await in_pool(crowd, town.cast.disability, 5)
    kinds = set()
    async with AsyncExitStack() as stack:
        watches = [await Watch.begin(stack, town, name, stream) for name, stream in WATCHING]
        for said, (streams, act) in STORY.items():
            await in_pool(act, town)
            for watch in watches:
                if watch.stream in streams:
                    live, caught, polled = await watch.hear_three_times()
                    assert live, (said, watch.name)
                    assert live == caught == polled, (said, watch.name)
                    kinds |= {frame["kind"] for frame in caught}
    assert kinds == set(rooms.BUILDERS), "the story tells every kind of rooms"


class Watch:
    """One person's page in one stream, and how far it has read."""

    def __init__(self, name: str, client: Client, page: Page, *, stream: str, place: Frame) -> None:
        self.name, self.client, self.page, self.stream, self.place = name, client, page, stream, place

    @classmethod
    async def begin(cls, stack: AsyncExitStack, town: Town, name: str, stream: str) -> Self:
        user = getattr(town.cast, name)
        page = await stack.enter_async_context(greeted(user))
        client = await in_pool(signed_in, user)
        return cls(name, client, page, stream=stream, place=await page.join(stream))

    async def hear_three_times(self) -> tuple[list[Frame], list[Frame], list[Frame]]:
        """Live, on catch-up, by polling: what came after the place; and go on from there."""
        self.page.send("beat")
        await self.page.hear("entry")
        begun, since = len(self.page.frames), {"epoch": self.place["epoch"], "since": self.place["position"]}
        reached = await self.page.join(self.stream, **since)
        live = [frame for frame in self.page.frames if self.is_new(frame)]
        pages = [frame for frame in self.page.frames[begun:] if frame["t"] == "entries"]
        polled = await in_pool(poll, self.client, self.stream, self.place)
        self.place = reached
        return live, [entry for page in pages for entry in page["entries"]], polled

    def is_new(self, frame: Frame) -> bool:
        return bool(frame["t"] == "entry" and frame["position"] > self.place["position"])


def poll(client: Client, stream: str, place: Frame) -> list[Frame]:
    where = reverse("realtime:entries", args=[stream])
    answer = client.get(where, {"epoch": place["epoch"], "after": place["position"]})
    frames: list[Frame] = json.loads(answer.content)["frames"]
    assert frames[-1]["t"] == "live"
    entries: list[Frame] = frames[0]["entries"]
    return entries


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
