"""Who a text seems to come from, for each audience (product.md, section 4).

| byline | members, observers | the author's own lead | the office |
|---|---|---|---|
| organisation | organisation | organisation, name | organisation, name |
| named | organisation, name | organisation, name | organisation, name |
| shielded | nothing | nothing | pseudonym of that room |
"""

from dataclasses import dataclass

from dialogue.accounts.models import User
from dialogue.rooms.access.hearing import Audience
from dialogue.rooms.models import Byline, Post, Room, Thread
from dialogue.rooms.pseudonyms import pseudonym_of

_INSIDE = ("office", "safety")


@dataclass(frozen=True)
class ShownBy:
    """What is None is not shown. Nothing but ``mine`` of a shielded one means: a member organisation."""

    byline: Byline
    organisation: str | None = None
    name: str | None = None
    pseudonym: str | None = None
    mine: bool = False


def shown_by(
    thing: Post | Thread,
    *,
    audience: Audience,
    is_mine: bool = False,
    leads: frozenset[int] = frozenset(),
) -> ShownBy:
    """``leads`` are ids of organisations the reader leads. A text no longer told has no author either."""
    byline = Byline(thing.byline)
    if isinstance(thing, Post) and not thing.is_told:
        return ShownBy(byline, mine=is_mine)
    if byline is Byline.SHIELDED:
        pseudonym = pseudonym_of(_room_of(thing), _author_of(thing)) if audience in _INSIDE else None
        return ShownBy(byline, pseudonym=pseudonym, mine=is_mine)
    with_name = byline is Byline.NAMED or audience in _INSIDE or thing.for_organisation_id in leads
    name = _author_of(thing).name if with_name else None
    return ShownBy(byline, organisation=_organisation_of(thing), name=name, mine=is_mine)


def shown_outside_the_room(thing: Post | Thread) -> ShownBy:
    """In what derives from it elsewhere: never a person, and nobody at all from a Chatham House room."""
    byline = Byline(thing.byline)
    is_dropped = byline is Byline.SHIELDED or _room_of(thing).is_chatham_house
    if is_dropped or (isinstance(thing, Post) and not thing.is_told):
        return ShownBy(Byline.SHIELDED)
    return ShownBy(Byline.ORGANISATION, organisation=_organisation_of(thing))


def _organisation_of(thing: Post | Thread) -> str | None:
    return thing.for_organisation.name if thing.for_organisation else None


def _room_of(thing: Post | Thread) -> Room:
    return thing.room if isinstance(thing, Thread) else thing.thread.room


def _author_of(thing: Post | Thread) -> User:
    return thing.raised_by if isinstance(thing, Thread) else thing.author
