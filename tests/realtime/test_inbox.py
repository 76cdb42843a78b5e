"""Frames of one page are answered in order, and nothing runs while it is silent."""

import asyncio

from dialogue.realtime.client_frames import Beat, ClientFrame
from dialogue.realtime.inbox import Inbox


class Desk:
    """Answers when it is let; remembers whom it began with."""

    def __init__(self) -> None:
        self.begun: list[ClientFrame] = []
        self.answered: list[ClientFrame] = []
        self.is_open = asyncio.Event()
        self.inbox = Inbox(self._answer)

    async def _answer(self, frame: ClientFrame) -> None:
        self.begun.append(frame)
        await self.is_open.wait()
        self.answered.append(frame)


def frames(count: int) -> list[ClientFrame]:
    return [Beat(t="beat") for _number in range(count)]


def others() -> set[asyncio.Task[object]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


async def test_one_after_the_other_and_then_nothing_runs() -> None:
    desk, said = Desk(), frames(3)
    for frame in said:
        desk.inbox.put(frame)
    await asyncio.sleep(0)
    assert (len(desk.begun), len(desk.inbox)) == (1, 2)
    desk.is_open.set()
    await desk.inbox.finish(within_seconds=5)
    assert [id(one) for one in desk.answered] == [id(one) for one in said]
    assert others() == set()
    desk.inbox.put(said[0])
    await desk.inbox.finish(within_seconds=5)
    assert len(desk.answered) == 4


async def test_closed_it_answers_what_it_began_and_no_more() -> None:
    desk = Desk()
    for frame in frames(3):
        desk.inbox.put(frame)
    await asyncio.sleep(0)
    desk.inbox.close()
    desk.inbox.put(frames(1)[0])
    await desk.inbox.finish(within_seconds=0.01)
    assert desk.answered == []
    desk.is_open.set()
    await desk.inbox.finish(within_seconds=5)
    assert len(desk.answered) == 1


async def test_stopped_it_ends_what_it_began() -> None:
    desk = Desk()
    desk.inbox.put(frames(1)[0])
    await asyncio.sleep(0)
    desk.inbox.stop()
    await desk.inbox.finish(within_seconds=5)
    desk.is_open.set()
    await asyncio.sleep(0)
    assert (len(desk.begun), desk.answered) == (1, [])
