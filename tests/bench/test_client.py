"""The load client counts right, however the network cuts what it hears."""

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest

from bench.client import Connection, masked
from bench.dialects import Dialogue, Plain, SocketIo
from bench.rounds import Round
from dialogue.realtime.limits import FRAMES_BURST

OPENED = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"
SAID = b'\x81\x0f{"message":"#7#"}\x81\x10{"message":"#12#"}\x81\x11{"message":"#345#"}'
PLACE = {"room": 0, "stream": "room:hearing", "thread": "t", "epoch": "e", "position": 5}


def connection(dialect: Any = None) -> tuple[Connection, list[bytes]]:
    one, sent = Connection(dialect or Plain({"room": 0}), host="here", headers={}), list[bytes]()
    one.connection_made(SimpleNamespace(write=sent.append))
    one.data_received(OPENED)
    return one, sent


@pytest.mark.parametrize("size", range(1, 60))
async def test_numbers_cut_in_two_are_heard_once(size: int) -> None:
    one, _sent = connection()
    heard: list[int] = []
    one.on_heard = heard.extend
    for start in range(0, len(SAID), size):
        one.data_received(SAID[start : start + size])
    assert heard == [7, 12, 345]
    assert (one.heard, one.doubled) == (3, 0)


async def test_what_comes_twice_is_counted_as_doubled() -> None:
    one, _sent = connection()
    one.data_received(SAID + SAID)
    assert (one.heard, one.doubled) == (3, 3)


async def test_a_refused_handshake_is_an_error() -> None:
    one = Connection(Plain({"room": 0}), host="here", headers={})
    one.connection_made(SimpleNamespace(write=lambda _data: None))
    with pytest.raises(ConnectionRefusedError):
        one.data_received(b"HTTP/1.1 403 Forbidden\r\n\r\n")


async def test_what_was_not_heard_by_all_is_under_way() -> None:
    both = [connection()[0] for _ in range(2)]
    round_ = Round(both, speakers=both, first=0)
    round_.say()
    both[0].data_received(b"#0#")
    assert (round_.under_way, round_.deliveries) == (1, 1)
    both[1].data_received(b"#0#")
    assert (round_.under_way, round_.deliveries, len(round_.delays)) == (0, 2, 1)


async def test_who_is_heard_twice_in_a_row_of_measurements_is_counted_anew() -> None:
    one, _sent = connection()
    first = Round([one], speakers=[one], first=0)
    first.say()
    one.data_received(b"#0#")
    second = Round([one], speakers=[one], first=first.next_number)
    second.say()
    one.data_received(b"#1#")
    assert (second.next_number, second.deliveries, second.under_way) == (2, 1, 0)


async def test_what_comes_after_its_measurement_is_not_of_the_next() -> None:
    one, _sent = connection()
    Round([one], speakers=[one], first=0).say()
    second = Round([one], speakers=[one], first=1)
    second.say()
    one.data_received(b"#0#")
    assert (second.deliveries, second.under_way) == (0, 1)


@pytest.mark.parametrize("size", [1, 7, 40, 1000])
async def test_positions_that_do_not_rise_are_out_of_order(size: int) -> None:
    one, _sent = connection(Dialogue(PLACE))
    entry = '{{"t":"entry","position":{},"kind":"post.added","html":"<p>#{}#</p>"}}'
    heard = "".join(entry.format(position, position) for position in (6, 7, 9, 8, 10)).encode()
    acked = b'{"t":"ack","position":6}'
    for start in range(0, len(heard), size):
        one.data_received(heard[start : start + size])
    one.data_received(acked)
    assert (one.heard, one.disordered) == (5, 1)


async def test_nobody_says_more_than_a_socket_may() -> None:
    one, sent = connection(Dialogue(PLACE))
    round_ = Round([one], speakers=[one], first=0)
    before = len(sent)
    while round_.say():
        pass
    assert len(sent) - before == round_.said < FRAMES_BURST


async def test_dialogue_is_told_how_far_one_is_every_fifty_entries_from_somewhere_on() -> None:
    began = set()
    for _listener in range(20):
        one, sent = connection(Dialogue(PLACE))
        assert json.loads(sent[1][6:])["t"] == "subscribe"
        entry = '{{"t":"entry","position":{},"kind":"post.added","html":"<p>#{}#</p>"}}'
        for number in range(100):
            one.data_received(entry.format(number + 6, number).encode())
        gots = [json.loads(frame[6:]) for frame in sent[2:]]
        assert {got["t"] for got in gots} == {"got"}
        first, second = (got["positions"]["room:hearing"] for got in gots)
        assert (5 < first <= 55, second - first) == (True, 50)
        began.add(first)
    assert len(began) > 1


async def test_socketio_answers_when_it_is_asked_whether_it_lives() -> None:
    one, sent = connection(SocketIo({"room": 0}))
    one.data_received(b"\x81\x012")
    assert sent[-1] == masked(b"3")
    await asyncio.sleep(0)
