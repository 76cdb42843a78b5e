"""Names for shielded people: stable inside a room, unlinkable across rooms, not reversible by guessing."""

import base64
import hashlib
import hmac
from typing import Final

from dialogue.accounts.models import User
from dialogue.rooms.models import Room

# 20 bits are read aloud easily; 25 keep two people of one room apart.
_LETTERS: Final = 5


def pseudonym_of(room: Room, person: User) -> str:
    """Five characters of A–Z and 2–7, by the room's own secret key."""
    digest = hmac.new(bytes(room.pseudonym_key), person.public_id.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_LETTERS]
