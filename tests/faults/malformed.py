"""Frames that no page sends: each is wrong in one way, and ``Zebra`` in it must not be told on."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.realtime.wires import CLOSE, CONTINUED, PING, TEXT, frame_of

GOOD = json.loads((Path(__file__).parents[1] / "wire" / "examples.json").read_text())["client"]
OPTIONAL = set("epoch since region theme groups urgency duty_bearer byline marking".split()) | set(
    "reply_to office_only attachments".split()
)
CODES = set("bad_json bad_frame bad_text bad_key unknown_type binary_not_supported".split())
LIMIT = 64 * 1024


@dataclass
class Malformed:
    data: bytes
    closes_with: int | None = None  # what no library would send is not answered but closed
    said: str = ""


def make(chance: random.Random, number: int) -> Malformed:
    """Three of four are messages whose content is wrong; the others are not even messages."""
    if number % 4:
        return chance.choice(CONTENTS)(chance, dict(chance.choice(GOOD)))
    first, closes_with = chance.choice(FRAMES)(chance)
    return Malformed(first, closes_with)


def _text(text: str) -> Malformed:
    return Malformed(frame_of(text.encode()), said=text)


def _broken_off(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    whole = json.dumps(frame | {"more": "Zebra"}, ensure_ascii=chance.random() < 0.5)
    return _text(whole[: chance.randrange(len(whole))])


def _noise(chance: random.Random, _frame: dict[str, Any]) -> Malformed:
    return _text("Zebra" + "".join(chance.choices('{}[]":,\\ tbeat1eЖұ\U0001f9d3', k=chance.randrange(400))))


def _no_object(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    return _text(json.dumps(chance.choice([[frame], "Zebra", 7, None, True, [], [[]], 1.5])))


def _of_another_type(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    name = chance.choice(list(frame))
    return _text(json.dumps(frame | {name: chance.choice([1.5, {"Zebra": {"y": []}}, [["Zebra"]]])}))


def _lacking(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    optional = OPTIONAL if frame["t"] == "raise" else {*OPTIONAL, "lang"}
    del frame[chance.choice([name for name in frame if name not in optional])]
    return _text(json.dumps(frame))


def _with_more(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    name = chance.choice(["Zebra7", "type", "__class__", "id", "ref", "", "т"])
    return _text(json.dumps(frame | {name: chance.choice(["Zebra", None, 1, []])}))


def _of_no_kind(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    return _text(json.dumps(frame | {"t": chance.choice(["Zebra", "", "entry", "ack", "BEAT", "beat "])}))


def _unkeepable(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    bad = chance.choice(["\x00", "\ud800", "\udfff", "Zebra\u0000"])
    return _text(json.dumps(frame | {chance.choice(["stream", "body", "x"]): f"Zebra{bad}"}))


def _twice(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    whole = json.dumps(frame)
    return _text(f'{whole[:-1]}, "t": {json.dumps(chance.choice([frame["t"], "Zebra"]))}}}')


def _deep(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    levels = chance.randint(17, 20_000)
    opening, closing = chance.choice([("[", "]"), ('{"Zebra":', "}")])
    nested = (opening * levels)[: LIMIT // 3] + "1" + closing * levels
    return _text((json.dumps(frame)[:-1] + f', "x": {nested}}}')[: LIMIT - 1])


def _no_number(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    wrong = chance.choice(["NaN", "-Infinity", "1e999", "9" * 5_000, "-1", str(2**63), "01", "+1", "0x1"])
    return _text(json.dumps(frame)[:-1] + f', "since": {wrong}}}')


def _binary(chance: random.Random, frame: dict[str, Any]) -> Malformed:
    return Malformed(frame_of(chance.choice([json.dumps(frame).encode(), chance.randbytes(99)]), 2))


CONTENTS: list[Callable[[random.Random, dict[str, Any]], Malformed]] = [
    *(_broken_off, _noise, _no_object, _of_another_type, _lacking, _with_more, _of_no_kind),
    *(_unkeepable, _twice, _deep, _no_number, _binary),
]
FRAMES: list[Callable[[random.Random], tuple[bytes, int]]] = [
    lambda chance: (frame_of(b"Zebra" + chance.choice([b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80"])), 1007),
    lambda chance: (frame_of(b"Zebra", first=0x80 | chance.choice([0x10, 0x20, 0x40, 0x70])), 1002),
    lambda chance: (frame_of(b"Zebra" * chance.randint(1, 99), masked=False), 1002),
    lambda chance: (frame_of(b"Zebra", chance.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15])), 1002),
    lambda chance: (frame_of(b"Zebra" * chance.randint(26, 99), PING), 1002),
    lambda chance: (frame_of(b"Zebra", PING, first=0), 1002),
    lambda chance: (frame_of(b"Zebra", CONTINUED), 1002),
    lambda chance: (frame_of(b"Zebra", TEXT, first=0) + frame_of(b"Zebra"), 1002),
    lambda chance: (frame_of(b"Z" * (LIMIT + chance.randint(1, 99))), 1009),
    lambda chance: (frame_of(b"Z" * LIMIT, TEXT, first=0) + frame_of(b"Z", CONTINUED), 1009),
    # A length of which no more than the head comes.
    lambda chance: (b"\x81\xff" + chance.randrange(2**20, 2**63).to_bytes(8, "big") + b"Zebra", 1009),
    lambda chance: (b"\x81\xff" + chance.randrange(2**63, 2**64).to_bytes(8, "big") + b"Zebra", 1002),
    # Not the shortest way to say how long it is.
    lambda chance: (b"\x81\xfe\x00\x05" + bytes(4) + b"Zebra", 1002),
    # These came with a close, so the library only hangs up.
    lambda chance: (frame_of(chance.choice([0, 999, 1005, 1006, 2999]).to_bytes(2, "big"), CLOSE), 1006),
    lambda chance: (frame_of(b"Z", CLOSE), 1006),
    lambda chance: (frame_of((1000).to_bytes(2, "big") + b"Zebra\xff", CLOSE), 1006),
]
