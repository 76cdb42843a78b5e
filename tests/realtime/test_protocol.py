"""The wire (security.md B1-B10, B13-B16, B22, B30), and the examples its TypeScript twin reads too."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dialogue.realtime.parsing import _KINDS
from dialogue.realtime.protocol import ClientFrame, ServerFrame, Unreadable, encode, error_frame, parse
from dialogue.text.refusals import Invalid

EXAMPLES = json.loads((Path(__file__).parents[1] / "wire" / "examples.json").read_text(encoding="utf-8"))
SERVER: TypeAdapter[ServerFrame] = TypeAdapter(ServerFrame)
KEY = "0b9f5a52-6f0e-4c0e-9d55-3c1a7e2b4d10"
POST: dict[str, Any] = {"t": "post", "key": KEY, "stream": "room:a", "thread": "7", "body": "x"}
SUBSCRIBE: dict[str, Any] = {"t": "subscribe", "stream": "room:a", "epoch": "e", "since": 5}
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = sorted({name for frame in EXAMPLES["client"] for name in frame})


def refused(text: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("frame", EXAMPLES["client"])
def test_a_page_may_say(frame: dict[str, Any]) -> None:
    said = parse(json.dumps(frame)).model_dump(mode="json", exclude_unset=True)
    assert said == frame


@pytest.mark.parametrize("frame", EXAMPLES["server"])
def test_the_server_may_say(frame: dict[str, Any]) -> None:
    text = encode(SERVER.validate_json(json.dumps(frame)))
    assert json.loads(text) == frame
    assert text == json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def test_every_kind_has_an_example() -> None:
    assert {frame["t"] for frame in EXAMPLES["client"]} == _KINDS
    assert set(TypeAdapter(ClientFrame).json_schema()["discriminator"]["mapping"]) == _KINDS
    assert {frame["t"] for frame in EXAMPLES["server"]} == set(
        SERVER.json_schema()["discriminator"]["mapping"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "beat",
        "{",
        '{"t":"beat"} x',
        '\ufeff{"t":"beat"}',
        *(f'{{"t":"beat","x":{constant}}}' for constant in ("NaN", "Infinity", "-Infinity", "1e999")),
        '{"t":"beat","t":"beat"}',
        '{"t":"beat","x":{"a":1,"a":1}}',
        '{"t":"beat","x":' + "[" * 16 + "]" * 16 + "}",
        '{"t":"beat","x":' + "9" * 5_000 + "}",
        '"\\',
    ],
)
def test_not_json(text: str) -> None:
    assert refused(text).code == "bad_json"


def test_nesting_is_counted_outside_strings() -> None:
    assert refused('{"t":"beat","x":' + "[" * 15 + "]" * 15 + "}").code == "bad_frame"
    parse(json.dumps(POST | {"body": '\\"' + "[" * 200}))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '"' + "\\" * 100_001, '"' * 100_001])
def test_hostile_nesting_is_refused_quickly(text: str) -> None:
    began = time.process_time()
    assert refused(text).code == "bad_json"
    assert time.process_time() - began < 2.0


def test_bytes_are_not_read() -> None:
    assert refused(b'{"t":"beat"}').code == "binary_not_supported"


@pytest.mark.parametrize("text", ["[]", '"beat"', "1", "null", "true"])
def test_not_an_object(text: str) -> None:
    assert (refused(text).code, refused(text).field) == ("bad_frame", None)


@pytest.mark.parametrize(
    ("frame", "code", "field"),
    [
        ({"t": "shout"}, "unknown_type", "t"),
        ({}, "bad_frame", "t"),
        ({"t": ["beat"]}, "bad_frame", "t"),
        ({"t": "subscribe"}, "bad_frame", "stream"),
        ({"t": "beat", "type": "websocket.close"}, "bad_frame", "type"),
        ({"t": "beat", "__asgi_channel__": "x"}, "bad_frame", "__asgi_channel__"),
        ({"t": "beat", "<b>mine</b>": 1}, "bad_frame", None),
        ({"t": "beat", "a" * 50_000: 1}, "bad_frame", None),
        ({"t": "beat", "key": KEY}, "bad_frame", "key"),
        (SUBSCRIBE | {"stream": {}}, "bad_frame", "stream"),
        *((SUBSCRIBE | {"since": bad}, "bad_frame", "since") for bad in ("5", True, 1.5, 5.0, -1, 2**63)),
        ({"t": "subscribe", "stream": "room:a", "since": 5}, "bad_frame", "epoch"),
        ({"t": "subscribe", "stream": "room:a", "epoch": "e"}, "bad_frame", "since"),
        ({"t": "got", "positions": {"room:a": True}}, "bad_frame", "positions"),
        ({"t": "react", "key": KEY, "post": "1", "reaction": "seen", "on": 1}, "bad_frame", "on"),
        (POST | {"body": "a\x00b"}, "bad_text", "body"),
        (POST | {"body": "\ud800"}, "bad_text", "body"),
        ({"t": "got", "positions": {"\udfff": 1}}, "bad_text", "positions"),
        ({"t": "beat", "\x00": 1}, "bad_text", None),
        *((POST | {"key": bad}, "bad_key", "key") for bad in ("", "x", 5, None, f"{{{KEY}}}", f"{KEY}\n")),
        ({"t": "withdraw", "post": "1"}, "bad_key", "key"),
    ],
)
def test_a_frame_that_is_not_in_the_dictionary(frame: dict[str, Any], code: str, field: str | None) -> None:
    refusal = refused(json.dumps(frame))
    assert (refusal.code, refusal.field) == (code, field)


def test_the_largest_position_is_one() -> None:
    assert parse(json.dumps(SUBSCRIBE | {"since": 2**63 - 1})).model_dump()["since"] == 2**63 - 1


def test_a_key_is_the_same_in_capitals() -> None:
    assert parse(json.dumps(POST | {"key": KEY.upper()})) == parse(json.dumps(POST))


def test_a_refusal_names_the_key_it_could_read() -> None:
    refusal = refused(json.dumps(POST | {"body": 5}))
    assert error_frame(refusal, refusal.ref).ref == KEY


def test_an_error_speaks_the_language_of_its_reader() -> None:
    texts = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            texts.add(error_frame(Invalid("x", gettext_lazy("Monday"), after_ms=5), None).text)
    assert len(texts) == 3


def test_a_stub_tells_nothing() -> None:
    stub = next(frame for frame in EXAMPLES["server"] if frame.get("stub"))
    with pytest.raises(ValidationError):
        SERVER.validate_json(json.dumps(stub | {"html": "<p>secret</p>"}))


@given(JSON_VALUES | st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(sorted(_KINDS)) | JSON_VALUES))
def test_any_json_is_a_frame_or_a_refusal(value: Any) -> None:
    try:
        parse(json.dumps(value))
    except Unreadable as refusal:
        encode(error_frame(refusal, refusal.ref))


@given(st.text(st.characters()) | st.binary())
def test_any_text_is_a_frame_or_a_refusal(text: str | bytes) -> None:
    refused(text)
