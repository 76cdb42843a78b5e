"""What a builder of a kind says about one entry, and how that becomes a frame for each variant."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from dialogue.journal.models import Entry
from dialogue.realtime import fields
from dialogue.realtime.server_frames import By, EntryFrame
from dialogue.realtime.told import LEAD, MINE, NOT_YET, Told
from dialogue.rooms.access import Audience, ShownBy

ROOM_WIDE: Final[frozenset[Audience]] = frozenset(("member", "observer", "office", "safety"))
OFFICE_WIDE: Final[frozenset[Audience]] = frozenset(("office", "safety"))
SAFETY_ALONE: Final[frozenset[Audience]] = frozenset(("safety",))
NOBODY: Final[frozenset[Audience]] = frozenset()


@dataclass(frozen=True)
class Reader:
    """For whom one variant is written."""

    audience: Audience
    is_mine: bool = False
    is_lead: bool = False


@dataclass(frozen=True)
class Telling:
    """One entry before it is put into words for somebody.

    ``open_to`` hear what ``content`` gives, all others a stub with the ids alone. Who acted
    (``author_id``) is among the first only where ``is_open_to_author``.
    """

    ids: dict[str, Any] = field(default_factory=dict)
    open_to: frozenset[Audience] = ROOM_WIDE
    is_open_to_author: bool = True
    content: Callable[[Reader], dict[str, Any]] = lambda _reader: {}
    author_id: int | None = None
    organisation_id: int | None = None
    place: int | None = None
    author_audience: Audience = "member"


def told_of(entry: Entry, telling: Telling) -> Told:
    """Encodes nothing and asks nothing yet."""
    usual = _usual_audience(entry.stream.name)
    telling = replace(telling, author_audience=telling.author_audience if usual == "member" else usual)

    def frame_for(variant: str) -> EntryFrame:
        head: dict[str, Any] = {
            "stream": entry.stream.name,
            "epoch": entry.stream.epoch,
            "position": entry.position,
            "kind": entry.kind,
            "at": entry.happened_at,
        }
        return EntryFrame(**head, **_body(telling, variant))

    return Told(
        stream=entry.stream.name,
        epoch=entry.stream.epoch,
        position=entry.position,
        kind=entry.kind,
        frame_for=frame_for,
        author_id=telling.author_id,
        # Behind the room all are the office, and nobody hears as a lead.
        organisation_id=telling.organisation_id if usual == "member" else None,
        place=telling.place,
    )


def by_of(shown: ShownBy) -> By:
    return By(
        byline=cast(fields.Byline, shown.byline.value),
        name=shown.name,
        organisation=shown.organisation,
        pseudonym=shown.pseudonym,
        mine=shown.mine,
    )


def without_absent(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _body(telling: Telling, variant: str) -> dict[str, Any]:
    if variant == NOT_YET:
        return {"stub": True}
    reader = _reader(telling, variant)
    is_open = reader.audience in telling.open_to or (reader.is_mine and telling.is_open_to_author)
    return telling.ids | (telling.content(reader) if is_open else {"stub": True})


def _reader(telling: Telling, variant: str) -> Reader:
    if variant == MINE:
        return Reader(telling.author_audience, is_mine=True)
    if variant == LEAD:
        return Reader("member", is_lead=True)
    audiences: dict[str, Audience] = {name: name for name in ROOM_WIDE}
    return Reader(audiences[variant])


def _usual_audience(stream: str) -> Audience:
    part = stream.split(":")[2:]
    if part == ["safety"]:
        return "safety"
    return "office" if part == ["office"] else "member"
