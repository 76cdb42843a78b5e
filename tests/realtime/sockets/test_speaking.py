"""What one page says, every page that may hear it hears: once, in order, acknowledged to who said it."""

import uuid

from dialogue.realtime import process
from tests.realtime.sockets.driver import greeted
from tests.realtime.sockets.town import INVITED, OFFICE, ROOM, Town


async def test_hello_says_who_and_how(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        hello = page.frames[0]
    assert page.accepted == "dialogue.v1"
    assert hello["me"] == {"id": town.cast.member.public_id, "name": "Member", "language": "en"}
    assert hello["heartbeat_seconds"] == 20
    assert hello["limits"]["frame_bytes"] == 65536


async def test_a_post_is_acknowledged_and_heard(town: Town) -> None:
    async with greeted(town.cast.member) as here, greeted(town.cast.second_member) as there:
        place = await here.join(ROOM)
        await there.join(ROOM)
        ack = await here.answer("post", stream=ROOM, thread=town.thread.public_id, body="**Сәлем**")
        heard = [await page.hear("entry") for page in (here, there)]
    assert ack["t"] == "ack"
    assert (ack["stream"], ack["epoch"], ack["position"]) == (ROOM, place["epoch"], place["position"] + 1)
    assert [entry["post"] for entry in heard] == [ack["id"]] * 2
    assert [entry["position"] for entry in heard] == [ack["position"]] * 2
    assert [entry["html"] for entry in heard] == ["<p><strong>Сәлем</strong></p>"] * 2
    assert heard[0]["by"] == {
        "byline": "organisation",
        "organisation": "quiet-coast en",
        "name": "Member",
        "mine": True,
    }
    assert heard[1]["by"] == {"byline": "organisation", "organisation": "quiet-coast en", "mine": False}


async def test_every_act_reaches_the_other_page(town: Town) -> None:
    thread, kinds = town.thread.public_id, []
    async with greeted(town.cast.member) as here, greeted(town.cast.second_member) as there:
        await here.join(ROOM)
        await there.join(ROOM)
        raised = await here.answer(
            "raise", stream=ROOM, kind="discussion", title="Тақырып", body="Мәтін", lang="kk"
        )
        added = await here.answer(
            "post", stream=ROOM, thread=thread, body="one", reply_to=town.post.public_id
        )
        await here.answer("edit", post=added["id"], version=1, body="two")
        await here.answer("react", post=town.post.public_id, reaction="same_here", on=True)
        await here.answer("withdraw", post=added["id"])
        while "post.withdrawn" not in kinds:
            kinds.append((await there.hear("entry"))["kind"])
    assert kinds == ["thread.raised", "post.added", "post.edited", "post.reacted", "post.withdrawn"]
    assert raised["t"] == added["t"] == "ack"


async def test_the_same_key_again_gives_the_same_answer_and_one_post(town: Town) -> None:
    fields = {"stream": ROOM, "thread": town.thread.public_id, "body": "Once.", "key": str(uuid.uuid4())}
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        first = await page.answer("post", **fields)
        second = await page.answer("post", **fields | {"key": fields["key"].upper()})
        other = await page.answer("post", **fields | {"body": "Twice."})
    assert second == first
    assert (other["code"], other["ref"]) == ("key_reused", fields["key"])


async def test_an_office_note_stays_in_the_office(town: Town) -> None:
    async with greeted(town.cast.moderator) as office, greeted(town.cast.member) as member:
        await office.join(ROOM)
        await office.join(OFFICE)
        await member.join(ROOM)
        ack = await office.answer(
            "post", stream=ROOM, thread=town.thread.public_id, body="Note", office_only=True
        )
        note = await office.hear("entry")
        await office.answer("post", stream=ROOM, thread=town.thread.public_id, body="For all")
        said = await member.hear("entry")
    assert (ack["stream"], note["stream"]) == (OFFICE, OFFICE)
    assert note["facts"]["office_note"] is True
    assert note["facts"]["after"] == said["position"] - 1
    assert [frame for frame in member.frames if frame.get("post") == ack["id"]] == []


async def test_who_was_away_reads_on_from_their_place(town: Town) -> None:
    async with greeted(town.cast.second_member) as page:
        place = await page.join(ROOM)
    async with greeted(town.cast.member) as other:
        await other.join(ROOM)
        for word in ("one", "two", "three"):
            await other.answer("post", stream=ROOM, thread=town.thread.public_id, body=word)
    async with greeted(town.cast.second_member) as page:
        live = await page.join(ROOM, epoch=place["epoch"], since=place["position"])
        page_of_entries = next(frame for frame in page.frames if frame["t"] == "entries")
    told = page_of_entries["entries"]
    assert [entry["position"] for entry in told] == [place["position"] + n for n in (1, 2, 3)]
    assert [entry["html"] for entry in told] == ["<p>one</p>", "<p>two</p>", "<p>three</p>"]
    assert live["position"] == told[-1]["position"]


async def test_a_read_mark_asks_for_no_answer(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        place = await page.join(ROOM)
        page.send("read", stream=ROOM, thread=town.thread.public_id, position=place["position"])
        page.send("unsubscribe", stream=ROOM)
        left = await page.hear("left", "error")
    assert left == {"t": "left", "stream": ROOM, "reason": "unsubscribed"}


async def test_a_thread_is_reached_through_its_own_room(town: Town) -> None:
    async with greeted(town.cast.member) as page:
        await page.join(ROOM)
        await page.join(INVITED)
        error = await page.answer(
            "post", stream=ROOM, thread=town.closed_to_others.public_id, body="Wrong room"
        )
    assert error["code"] == "not_found"


async def test_who_said_three_things_and_closed_the_page_is_still_heard(town: Town) -> None:
    async with greeted(town.cast.member) as here, greeted(town.cast.second_member) as there:
        await here.join(ROOM)
        await there.join(ROOM)
        said = {"stream": ROOM, "thread": town.thread.public_id}
        for body in ("one", "two", "three"):
            here.send("post", body=body, **said)
        await here.leave()
        heard = [(await there.hear("entry"))["html"] for _ in range(3)]
    assert heard == ["<p>one</p>", "<p>two</p>", "<p>three</p>"]
    assert not process.the_hub().locals
