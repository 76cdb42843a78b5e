"""Every frame a page may send, by everybody, in every room: one table, and nothing beside it (T3, T4)."""

from typing import Any

import pytest

from dialogue.realtime.parsing import _KINDS
from tests import cast as people
from tests.realtime.sockets.driver import Page, greeted, page_of
from tests.realtime.sockets.town import INVITED, OFFICE, ROOM, SAFETY, Town

HANDLERS = {"moderator", "officer", "approver", "safety"}
READERS = {
    ROOM: {"member", "lead", "second_member", "outsider", "observer"} | HANDLERS,
    INVITED: {"member", "second_member"} | HANDLERS,
    OFFICE: HANDLERS,
    SAFETY: {"safety"},
}
WRITERS = {"member", "lead", "second_member", "outsider"} | HANDLERS
AUTHOR = "second_member"
SILENT = ("read", "typing", "got", "beat")
# In this order: what is withdrawn cannot be tried further.
TRIED = ("subscribe", *SILENT, "post", "raise", "react", "edit", "withdraw", "unsubscribe")
STRANGER = {
    "subscribe": "not_found",
    **dict.fromkeys(("post", "raise", "read", "typing"), "not_subscribed"),
    **dict.fromkeys(("edit", "withdraw", "react"), "not_found"),
    **dict.fromkeys(("got", "beat"), ""),
    "unsubscribe": "left",
}


def expected(name: str, room: str) -> dict[str, str]:
    if name not in READERS[room]:
        return STRANGER
    own = "ack" if name == AUTHOR else "forbidden"
    writes = "ack" if name in WRITERS else "not_a_member"
    return {
        "subscribe": "live",
        **dict.fromkeys(SILENT, ""),
        **dict.fromkeys(("post", "raise", "react"), writes),
        "edit": own,
        "withdraw": own,
        "unsubscribe": "left",
    }


def fields_of(kind: str, room: str, town: Town) -> dict[str, Any]:
    thread, post = (town.thread, town.post) if room == ROOM else (town.closed_to_others, town.secret)
    words = {"title": "t", "body": "b", "lang": "en", "kind": "discussion"}
    fields: dict[str, dict[str, Any]] = {
        "subscribe": {"stream": room},
        "read": {"stream": room, "thread": thread.public_id, "position": 1},
        "typing": {"stream": room, "thread": thread.public_id},
        "got": {"positions": {room: 1}},
        "beat": {},
        "post": {"stream": room, "thread": thread.public_id, "body": "b"},
        "raise": {"stream": room, **words},
        "react": {"post": post.public_id, "reaction": "seen", "on": True},
        "edit": {"post": post.public_id, "version": 1, "body": "b"},
        "withdraw": {"post": post.public_id},
        "unsubscribe": {"stream": room},
    }
    return fields[kind]


def test_every_kind_and_everybody_is_tried() -> None:
    assert set(TRIED) == _KINDS == set(STRANGER)
    assert set().union(*READERS.values()) <= set(people.NAMES)


@pytest.mark.parametrize("room", [ROOM, INVITED])
@pytest.mark.parametrize("name", [name for name in people.NAMES if name != "visitor"])
async def test_what_a_frame_is_answered(name: str, room: str, town: Town) -> None:
    async with greeted(getattr(town.cast, name)) as page:
        answers = {kind: await tried(page, kind, fields_of(kind, room, town)) for kind in TRIED}
    assert answers == expected(name, room)


@pytest.mark.parametrize("name", [name for name in people.NAMES if name != "visitor"])
async def test_who_may_hear_which_stream(name: str, town: Town) -> None:
    streams = [*READERS, *(getattr(town.cast, other).stream_name for other in ("member", "safety", "nobody"))]
    async with greeted(getattr(town.cast, name)) as page:
        heard = {stream for stream in streams if await tried(page, "subscribe", {"stream": stream}) == "live"}
    own = {getattr(town.cast, name).stream_name} if name in ("member", "safety", "nobody") else set()
    assert heard == own | {stream for stream, readers in READERS.items() if name in readers}


async def test_a_visitor_says_nothing(town: Town) -> None:
    async with page_of() as page:
        for kind in TRIED:
            page.send(kind, **fields_of(kind, ROOM, town))
        assert await page.until_closed() == 4401
    assert [frame["t"] for frame in page.frames] == ["bye"]


async def tried(page: Page, kind: str, fields: dict[str, Any]) -> str:
    """The code of the error, else the kind of the answer, else nothing."""
    if kind == "subscribe":
        answer = await page.join(fields["stream"]) if await is_open(page, fields["stream"]) else None
        return answer["t"] if answer else "not_found"
    key = page.send(kind, **fields)
    if key or kind == "unsubscribe":
        answer = await page.hear("ack", "error", "left")
        return str(answer.get("code", answer["t"]))
    page.send("unsubscribe", stream="nowhere")
    answer = await page.hear("error", "left")
    if answer["t"] == "error":
        await page.hear("left")
        return str(answer["code"])
    return ""


async def is_open(page: Page, stream: str) -> bool:
    page.send("subscribe", stream=stream)
    answer = await page.hear("reset", "error")
    if answer["t"] == "reset":
        return True
    assert answer["code"] == "not_found"
    assert (await page.hear("left"))["reason"] == "no_access"
    return False
