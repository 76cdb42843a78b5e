"""security.md B1 to B30: a wrong frame gets the error it names and stores nothing; the socket stays open."""

import json
import uuid
from typing import Any

import pytest

from dialogue.journal.entries import heads_of
from dialogue.realtime.acting import in_pool
from dialogue.rooms.models import Room
from tests.cast import a_room
from tests.realtime.sockets.driver import Frame, Page, greeted
from tests.realtime.sockets.town import ROOM, Town

KEY = "0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d10"
BEAT = {"t": "beat"}
SUBSCRIBE = {"t": "subscribe", "stream": ROOM, "epoch": "e", "since": 5}

UNREADABLE: list[tuple[str, str | bytes, str, str | None]] = [
    ("B1", "beat", "bad_json", None),
    ("B2", "", "bad_json", None),
    ("B3", b'{"t":"beat"}', "binary_not_supported", None),
    *(("B4", text, "bad_frame", None) for text in ("[]", '"beat"', "1", "null")),
    *(("B5", f'{{"t":"beat","x":{word}}}', "bad_json", None) for word in ("NaN", "Infinity", "1e999")),
    ("B6", '{"t":"beat","t":"beat"}', "bad_json", None),
    ("B7", '{"t":"beat","x":' + "[" * 17 + "]" * 17 + "}", "bad_json", None),
    ("B7", "[" * 100_000, "bad_json", None),
    ("B8", '{"t":"beat","x":' + "9" * 5_000 + "}", "bad_json", None),
    ("B9", '{"t":"typing","stream":"\\ud800","thread":"x"}', "bad_text", "stream"),
    ("B10", '{"t":"typing","stream":"a\\u0000","thread":"x"}', "bad_text", "stream"),
    ("B13", '{"t":"shout"}', "unknown_type", "t"),
    ("B14", '{"t":"subscribe"}', "bad_frame", "stream"),
    ("B14", json.dumps(BEAT | {"more": 1}), "bad_frame", "more"),
    *(("B15", json.dumps(SUBSCRIBE | {"since": bad}), "bad_frame", "since") for bad in ("5", True, 1.5)),
    ("B15", json.dumps(SUBSCRIBE | {"stream": {}}), "bad_frame", "stream"),
    *(("B16", json.dumps(SUBSCRIBE | {"since": bad}), "bad_frame", "since") for bad in (-1, 2**63)),
    ("B22", json.dumps({"t": "withdraw", "post": "x"}), "bad_key", "key"),
    ("B22", json.dumps({"t": "withdraw", "post": "x", "key": "not one"}), "bad_key", "key"),
    ("B30", json.dumps(BEAT | {"type": "websocket.close"}), "bad_frame", "type"),
    ("B30", json.dumps(BEAT | {"__asgi_channel__": "x"}), "bad_frame", "__asgi_channel__"),
]


@pytest.mark.parametrize(("row", "text", "code", "field"), UNREADABLE)
async def test_what_cannot_be_read(
    row: str, text: str | bytes, code: str, field: str | None, town: Town
) -> None:
    async with greeted(town.cast.member) as page:
        page.send_raw(text)
        error = await page.hear("error")
        assert (error["code"], error["field"], error["ref"]) == (code, field, None)
        assert (await page.join(ROOM))["t"] == "live", "the socket stays open"


async def test_the_fifth_damaged_frame_in_a_minute_closes_with_4400(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        for _turn in range(5):
            page.send_raw("damaged")
        assert await page.until_closed() == 4400
    assert [frame["code"] for frame in page.frames if frame["t"] == "error"][-1] == "bad_json"


async def test_a_place_that_cannot_be_continued_from_is_reset(town: Town) -> None:
    """B16, B17."""
    async with greeted(town.cast.member) as page:
        place = await page.join(ROOM)
        ahead = await page.join(ROOM, epoch=place["epoch"], since=place["position"] + 1)
        other = await page.join(ROOM, epoch="other", since=0)
    assert (ahead["t"], ahead["reason"]) == ("reset", "ahead")
    assert (other["t"], other["reason"]) == ("reset", "other_epoch")


async def test_speaking_into_a_stream_that_is_not_read(town: Town) -> None:
    """B19."""
    async with greeted(town.cast.member) as page:
        error = await page.answer("post", stream=ROOM, thread=town.thread.public_id, body="x")
        assert (error["code"], error["field"], error["retry"]) == ("not_subscribed", "stream", True)
        page.send("typing", stream=ROOM, thread=town.thread.public_id)
        assert (await page.hear("error"))["code"] == "not_subscribed"


BODIES: list[tuple[str, str, str, str]] = [
    ("B20", "", "empty", ""),
    ("B20", " \n\t ", "empty", ""),
    ("B20", "\u200b\u200d\u2060", "empty", ""),
    ("B21", "a" * 10_001, "too_long", ""),
    ("B21", "a" + "\u0301" * 5_000, "bad_text", ""),
    ("B21", "😀" * 10_000, "", "accepted"),
]


@pytest.mark.parametrize(("row", "body", "code", "accepted"), BODIES)
async def test_bodies(row: str, body: str, code: str, accepted: str, town: Town) -> None:
    async with greeted(town.cast.member) as page:
        before = await page.join(ROOM)
        answer = await page.answer("post", stream=ROOM, thread=town.thread.public_id, body=body)
    if accepted:
        assert (answer["t"], answer["position"]) == ("ack", before["position"] + 1)
        return
    assert (answer["code"], answer["field"]) == (code, "body")
    assert await position() == before["position"], "nothing is stored"


async def test_a_key_belongs_to_its_author(town: Town) -> None:
    """B22: another person's key is another key."""
    said = {"stream": ROOM, "thread": town.thread.public_id, "body": "Same.", "key": str(uuid.uuid4())}
    async with greeted(town.cast.member) as here, greeted(town.cast.second_member) as there:
        await here.join(ROOM)
        await there.join(ROOM)
        first, second = await here.answer("post", **said), await there.answer("post", **said)
    assert first["t"] == second["t"] == "ack"
    assert first["id"] != second["id"]


async def test_one_key_with_another_text(town: Town) -> None:
    """B23."""
    said = {"stream": ROOM, "thread": town.thread.public_id, "key": KEY.upper()}
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        first = await page.answer("post", **said, body="First.")
        error = await page.answer("post", **said, body="Second.")
    assert (error["code"], error["ref"]) == ("key_reused", KEY)
    assert await position() == first["position"]


async def test_an_edit_of_an_old_version_shows_the_present_text(town: Town) -> None:
    """B24."""
    async with greeted(town.cast.second_member) as page:
        await page.answer("edit", post=town.post.public_id, version=1, body="Newer")
        error = await page.answer("edit", post=town.post.public_id, version=1, body="Mine")
    assert error["code"] == "conflict"
    assert (error["current"]["version"], error["current"]["body"]) == (2, "Newer")


async def test_what_belongs_to_somebody_else(town: Town) -> None:
    """B25: forbidden where it is seen, not found where it is not."""
    async with greeted(town.cast.member) as insider, greeted(town.cast.outsider) as outsider:
        seen = await both(insider, town.post.public_id)
        unseen = await both(outsider, town.secret.public_id)
        nowhere = await both(outsider, "aaaaaaaaaaaaaaaa")
    assert seen == ["forbidden", "forbidden"]
    assert unseen == nowhere == ["not_found", "not_found"]


async def test_an_archived_room_is_read_only(town: Town) -> None:
    """B26."""
    await in_pool(Room.objects.filter(slug="disability").update, archived_at=town.thread.raised_at)
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        post = await page.answer("post", stream=ROOM, thread=town.thread.public_id, body="x")
        raised = await page.answer("raise", stream=ROOM, kind="concern", title="t", body="b", lang="en")
    assert [post["code"], raised["code"]] == ["room_closed", "room_closed"]


async def test_a_burst_is_accepted_to_the_limit_and_the_rest_keeps_its_text(town: Town) -> None:
    """B28."""
    async with greeted(town.cast.member) as page:
        keys = [page.send("withdraw", post="aaaaaaaaaaaaaaaa") for _turn in range(100)]
        answers = {frame["ref"]: frame for frame in [await page.hear("error") for _key in keys]}
    codes = [answers[key]["code"] for key in keys]
    assert codes[:40] == ["not_found"] * 40
    refused = [answers[key] for key in keys if answers[key]["code"] == "rate_limited"]
    assert len(refused) >= 55
    assert all(error["retry"] and 0 < error["after_ms"] <= 1000 for error in refused)
    assert page.code is None, "one burst closes nothing"


async def test_mentions_are_plain_text(town: Town) -> None:
    """B29: nobody is called by them yet."""
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        body = " ".join(f"@person{number}" for number in range(500)) + " @all"
        ack = await page.answer("post", stream=ROOM, thread=town.thread.public_id, body=body)
        entry = await page.hear("entry")
    assert ack["t"] == "ack"
    assert "<a" not in entry["html"]


async def test_attachments_are_refused_and_the_text_with_them(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        said: dict[str, Any] = {"stream": ROOM, "thread": town.thread.public_id, "body": "x"}
        error = await page.answer("post", **said, attachments=["a1"])
    assert (error["code"], error["field"]) == ("bad_frame", "attachments")


async def test_an_error_speaks_the_readers_language(town: Town) -> None:
    texts = []
    for language in ("kk", "ru", "en"):
        town.cast.member.language = language
        await in_pool(town.cast.member.save, update_fields=["language"])
        async with greeted(town.cast.member) as page:
            page.send_raw("damaged")
            texts.append((await page.hear("error"))["text"])
            texts.append((await page.answer("withdraw", post="aaaaaaaaaaaaaaaa"))["text"])
    assert len(set(texts)) == 6


async def test_what_nobody_foresaw_is_told_without_content(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_args: Any, **_fields: Any) -> None:
        raise RuntimeError("the words were: Secret")

    monkeypatch.setattr("dialogue.rooms.actions.posts.post", breaks)
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        error = await page.answer("post", stream=ROOM, thread=town.thread.public_id, body="Secret")
        assert (error["code"], error["retry"]) == ("server_fault", True)
        assert "Secret" not in json.dumps(page.frames) + caplog.text
        assert "frame.failed" in caplog.text
        assert (await page.join(ROOM))["t"] == "live"


async def test_people_of_another_room_are_not_found_there(town: Town) -> None:
    await in_pool(a_room, "elsewhere", entrance="invited")
    async with greeted(town.cast.member) as page:
        error: Frame = await page.join("room:elsewhere", epoch="e", since=0)
    assert error["code"] == "not_found"


async def both(page: Page, post: str) -> list[str]:
    edit = await page.answer("edit", post=post, version=1, body="x")
    return [edit["code"], (await page.answer("withdraw", post=post))["code"]]


async def position() -> int:
    return (await in_pool(heads_of, [ROOM]))[ROOM].position
