"""Many who ask at once are answered by one question, each with their own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from dialogue.realtime import gathering as gathering_module
from dialogue.realtime.gathering import Gathering


class Office:
    """Answers numbers with their doubles, when it is let."""

    def __init__(self) -> None:
        self.turns: list[list[int]] = []
        self.desks: list[str] = []
        self.has_begun = asyncio.Event()
        self.is_open = asyncio.Event()
        self.fault: Exception | None = None

    async def answer_all(self, desk: str, asked: Sequence[int]) -> list[int]:
        self.desks.append(desk)
        self.turns.append(list(asked))
        self.has_begun.set()
        await self.is_open.wait()
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        return [2 * one for one in asked]


async def asked(office: Office, numbers: Sequence[int], *, at_most: int = 100) -> list[asyncio.Task[int]]:
    """All of them are waiting when this returns; the first is being answered."""
    gathering = Gathering(office.answer_all, at_most=at_most)
    asking = [asyncio.create_task(gathering.ask("here", number)) for number in numbers]
    await office.has_begun.wait()
    return asking


async def test_what_is_asked_meanwhile_is_asked_together() -> None:
    office = Office()
    gathering = Gathering(office.answer_all, at_most=100)
    first = asyncio.create_task(gathering.ask("here", 1))
    await office.has_begun.wait()
    others = [asyncio.create_task(gathering.ask("here", number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    office.is_open.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert office.turns == [[1], [2, 3, 4]]
    assert await gathering.ask("here", 5) == 10


async def test_no_turn_is_larger_than_its_bound() -> None:
    office = Office()
    office.is_open.set()
    assert await asyncio.gather(*await asked(office, range(7), at_most=3)) == [0, 2, 4, 6, 8, 10, 12]
    assert [len(turn) for turn in office.turns] == [3, 3, 1]


async def test_a_fault_is_told_to_those_of_its_turn_and_the_next_is_answered() -> None:
    office = Office()
    office.fault = ConnectionError("gone")
    office.is_open.set()
    asking = await asked(office, range(4), at_most=2)
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [isinstance(one, ConnectionError) for one in answers] == [True, True, False, False]
    assert answers[2:] == [4, 6]


async def test_who_stops_waiting_stops_nobody() -> None:
    office = Office()
    asking = await asked(office, range(3))
    asking[1].cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking[1]
    office.is_open.set()
    assert [await asking[0], await asking[2]] == [0, 4]


async def test_each_key_has_turns_of_its_own() -> None:
    office = Office()
    gathering = Gathering(office.answer_all, at_most=100)
    asking = [asyncio.create_task(gathering.ask(desk, number)) for number, desk in enumerate(("a", "b", "a"))]
    await office.has_begun.wait()
    await asyncio.sleep(0)
    assert sorted(office.desks) == ["a", "b"], "neither waits for the other"
    office.is_open.set()
    assert await asyncio.gather(*asking) == [0, 2, 4]


async def test_who_answers_soon_comes_into_the_next_turn() -> None:
    turns: list[int] = []

    async def answer_all(_desk: str, asked: Sequence[int]) -> Sequence[int]:
        turns.append(len(asked))
        await asyncio.sleep(0.1)
        return asked

    async def converse(gathering: Gathering[str, int, int]) -> None:
        for number in range(3):
            await gathering.ask("here", number)
            await asyncio.sleep(0.01)

    async def meet(rest_seconds: float) -> list[int]:
        turns.clear()
        gathering = Gathering(answer_all, at_most=100, rest_seconds=rest_seconds)
        first = asyncio.create_task(converse(gathering))
        await asyncio.sleep(0.01)
        await asyncio.gather(first, *(converse(gathering) for _other in range(7)))
        return turns

    assert await meet(0.0) == [1, 7, 1, 7, 1, 7]
    assert (await meet(10.0))[:3] == [1, 8, 8]


@pytest.mark.parametrize(
    ("tick_seconds", "lately", "turns"),
    [(10.0, 60.0, [8, 8]), (0.0, 60.0, [8, 1, 7]), (10.0, 0.0, [8, 1, 7])],
)
async def test_who_comes_first_waits_for_as_many_as_came_lately(
    tick_seconds: float, lately: float, turns: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering_module, "LATELY_SECONDS", lately)
    office = Office()
    office.is_open.set()
    gathering = Gathering(office.answer_all, at_most=100, tick_seconds=tick_seconds)
    await asyncio.gather(*(gathering.ask("here", number) for number in range(8)))
    first = asyncio.create_task(gathering.ask("here", 8))
    await asyncio.sleep(0.05)
    async with asyncio.timeout(5):
        await asyncio.gather(first, *(gathering.ask("here", number) for number in range(9, 16)))
    assert [len(turn) for turn in office.turns] == turns


async def test_as_many_as_lately_are_not_waited_for_long() -> None:
    office = Office()
    office.is_open.set()
    gathering = Gathering(office.answer_all, at_most=100, tick_seconds=0.05)
    await asyncio.gather(*(gathering.ask("here", number) for number in range(8)))
    async with asyncio.timeout(5):
        assert await gathering.ask("here", 8) == 16


async def test_who_is_alone_waits_for_nobody() -> None:
    office = Office()
    office.is_open.set()
    gathering = Gathering(office.answer_all, at_most=100, rest_seconds=60.0, tick_seconds=60.0)
    async with asyncio.timeout(30):
        assert [await gathering.ask("here", number) for number in range(3)] == [0, 2, 4]


async def test_too_few_answers_leave_nobody_waiting() -> None:
    async def answer_one(_desk: str, asked: Sequence[int]) -> Sequence[int]:
        return asked[:1]

    gathering = Gathering(answer_one, at_most=100)
    async with asyncio.timeout(5):
        answers = await asyncio.gather(
            *(gathering.ask("here", one) for one in (1, 2)), return_exceptions=True
        )
    assert [type(one) for one in answers] == [RuntimeError, RuntimeError]


async def test_so_many_turns_at_a_time_as_there_are_lanes() -> None:
    office = Office()
    gathering = Gathering(office.answer_all, at_most=100, lanes=2)
    asking = []
    for number in range(5):
        asking.append(asyncio.create_task(gathering.ask("here", number)))
        await asyncio.sleep(0.01)
    assert office.turns == [[0], [1]]
    office.is_open.set()
    assert await asyncio.gather(*asking) == [0, 2, 4, 6, 8]
    assert office.turns == [[0], [1], [2, 3, 4]]
    assert await gathering.ask("here", 6) == 12
