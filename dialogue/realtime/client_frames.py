"""What a page may say."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dialogue.realtime.fields import (
    Byline,
    Code,
    Epoch,
    Id,
    Key,
    Language,
    Marking,
    Position,
    StreamName,
    Strict,
    TermCode,
    Version,
)
from dialogue.realtime.limits import MAX_STREAMS_PER_SOCKET


class Subscribe(Strict):
    """(epoch, since) is one value: a page resumes with both, or starts with neither."""

    t: Literal["subscribe"]
    stream: StreamName
    epoch: Epoch | None = None
    since: Position | None = None

    @model_validator(mode="after")
    def whole_place(self) -> Self:
        if (self.epoch is None) != (self.since is None):
            lacking = "epoch" if self.epoch is None else "since"
            raise PydanticCustomError("half_a_place", "epoch and since go together", {"field": lacking})
        return self


class Unsubscribe(Strict):
    t: Literal["unsubscribe"]
    stream: StreamName


class Raise(Strict):
    t: Literal["raise"]
    key: Key
    stream: StreamName
    kind: Literal["concern", "discussion"]
    title: str
    body: str
    lang: Language
    region: TermCode | None = None
    theme: TermCode | None = None
    groups: Annotated[list[TermCode], Field(max_length=50)] = []
    urgency: Literal["low", "normal", "high", "urgent"] | None = None
    duty_bearer: TermCode | None = None
    byline: Byline = "organisation"
    marking: Marking | None = None


class Post(Strict):
    t: Literal["post"]
    key: Key
    stream: StreamName
    thread: Id
    body: str
    reply_to: Id | None = None
    lang: Language | None = None
    byline: Byline = "organisation"
    office_only: bool = False
    attachments: Annotated[list[Id], Field(max_length=50)] = []


class Edit(Strict):
    t: Literal["edit"]
    key: Key
    post: Id
    version: Version
    body: str


class Withdraw(Strict):
    t: Literal["withdraw"]
    key: Key
    post: Id


class React(Strict):
    t: Literal["react"]
    key: Key
    post: Id
    reaction: Code
    on: bool


class Read(Strict):
    t: Literal["read"]
    stream: StreamName
    thread: Id
    position: Position


class Typing(Strict):
    t: Literal["typing"]
    stream: StreamName
    thread: Id


class Got(Strict):
    t: Literal["got"]
    positions: Annotated[dict[StreamName, Position], Field(max_length=MAX_STREAMS_PER_SOCKET)]


class Beat(Strict):
    t: Literal["beat"]


ClientFrame = Annotated[
    Subscribe | Unsubscribe | Raise | Post | Edit | Withdraw | React | Read | Typing | Got | Beat,
    Field(discriminator="t"),
]
