"""What those who serve one stream ask of the hub."""

from collections.abc import Sequence
from typing import Protocol

from dialogue.realtime.cursor import Cursor
from dialogue.realtime.looking import Found, Sources, Wish
from dialogue.realtime.pools import Pool


class Keeper(Protocol):
    sources: Sources
    read: Pool

    async def look(self, wish: Wish) -> Found:
        """What a stream holds, read together with others that rang. Raises what went wrong."""

    async def look_again(self, cursors: Sequence[Cursor]) -> None:
        """Renew the access of these cursors; those who lost it are gone afterwards."""

    def drop(self, cursor: Cursor) -> None:
        """The cursor is over; no frame is offered for it."""

    def fail(self, cursor: Cursor) -> None:
        """Something of ours broke while this one was served: close its socket."""
