"""What the server may say."""

from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from dialogue.realtime.fields import (
    Byline,
    Code,
    Epoch,
    Id,
    Key,
    Language,
    Milliseconds,
    Position,
    Sparse,
    StreamName,
    Strict,
    Version,
)
from dialogue.realtime.limits import MAX_PAGE_ENTRIES


class Person(Sparse):
    id: Id
    name: str
    organisation: str | None = None


class Me(Strict):
    id: Id
    name: str
    language: Language


class By(Sparse):
    byline: Byline
    name: str | None = None
    organisation: str | None = None
    pseudonym: str | None = None
    mine: bool


class HelloFrame(Strict):
    t: Literal["hello"] = "hello"
    protocol: Literal["dialogue.v1"] = "dialogue.v1"
    connection: Id
    heartbeat_seconds: int
    server_time: AwareDatetime
    limits: dict[Code, int]
    me: Me


class EntryFrame(Sparse):
    """Codes, never sentences. ``facts`` holds what only this kind carries: codes, ids, counts."""

    t: Literal["entry"] = "entry"
    stream: StreamName
    epoch: Epoch
    position: Position
    kind: Code
    at: AwareDatetime
    by: By | None = None
    thread: Id | None = None
    post: Id | None = None
    version: Version | None = None
    stub: Literal[True] | None = None
    title: str | None = None
    html: str | None = None
    text: str | None = None
    lang: Language | None = None
    facts: dict[Code, JsonValue] | None = None

    @model_validator(mode="after")
    def stub_is_empty(self) -> Self:
        told = (self.by, self.title, self.html, self.text, self.facts)
        if self.stub and any(part is not None for part in told):
            raise PydanticCustomError("full_stub", "a stub has no text and no author")
        return self


class EntriesFrame(Strict):
    t: Literal["entries"] = "entries"
    stream: StreamName
    epoch: Epoch
    entries: Annotated[list[EntryFrame], Field(max_length=MAX_PAGE_ENTRIES)]
    more: bool


class LiveFrame(Strict):
    t: Literal["live"] = "live"
    stream: StreamName
    epoch: Epoch
    position: Position


class ResetFrame(Strict):
    t: Literal["reset"] = "reset"
    stream: StreamName
    epoch: Epoch
    position: Position
    reason: Literal["no_place", "below_floor", "ahead", "other_epoch", "too_far_behind", "too_slow"]


class AckFrame(Strict):
    t: Literal["ack"] = "ack"
    key: Key
    stream: StreamName
    epoch: Epoch
    position: Position
    id: Id


class ErrorFrame(Sparse):
    t: Literal["error"] = "error"
    ref: Id | None
    code: Code
    retry: bool
    after_ms: Milliseconds | None
    field: str | None
    text: str
    current: dict[str, JsonValue] | None = None


class TypingFrame(Strict):
    t: Literal["typing"] = "typing"
    stream: StreamName
    thread: Id
    who: Person


class PresenceFrame(Strict):
    t: Literal["presence"] = "presence"
    stream: StreamName
    here: list[Person]


class BeatFrame(Strict):
    t: Literal["beat"] = "beat"
    heads: dict[StreamName, Position]


class LeftFrame(Strict):
    t: Literal["left"] = "left"
    stream: StreamName
    reason: Literal["unsubscribed", "no_access"]


class ByeFrame(Strict):
    t: Literal["bye"] = "bye"
    retry_in_ms: Milliseconds
    reason: Code


ServerFrame = Annotated[
    HelloFrame
    | EntriesFrame
    | LiveFrame
    | EntryFrame
    | ResetFrame
    | AckFrame
    | ErrorFrame
    | TypingFrame
    | PresenceFrame
    | BeatFrame
    | LeftFrame
    | ByeFrame,
    Field(discriminator="t"),
]
