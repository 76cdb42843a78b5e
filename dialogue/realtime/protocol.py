"""The door to the wire, ``dialogue.v1``: read what a page says, write what the server says.

frontend/src/realtime/wire.ts is the twin of the two dictionaries of frames;
tests/wire/examples.json holds both to the same examples.
"""

from enum import IntEnum
from typing import Final
from uuid import UUID

from dialogue.realtime.client_frames import ClientFrame
from dialogue.realtime.parsing import Unreadable, parse
from dialogue.realtime.server_frames import ErrorFrame, ServerFrame
from dialogue.text.refusals import Refusal

__all__ = [
    "PROTOCOL",
    "ClientFrame",
    "CloseCode",
    "ServerFrame",
    "Unreadable",
    "encode",
    "error_frame",
    "parse",
]

PROTOCOL: Final = "dialogue.v1"


class CloseCode(IntEnum):
    """daphne drops the reason text, so an ``error`` or ``bye`` frame goes first."""

    RESTART = 1012
    PROTOCOL = 4400
    SIGNED_OUT = 4401
    NO_ACCESS = 4403
    TOO_SLOW_OR_SILENT = 4408
    TOO_MANY_CONNECTIONS = 4409
    LIMIT = 4429
    SERVER_FAULT = 4500


def encode(frame: ServerFrame) -> str:
    """Compact JSON; encode once, send the same text to everybody it is for."""
    return frame.model_dump_json()


def error_frame(refusal: Refusal, ref: UUID | None) -> ErrorFrame:
    """The refusal in the language that is active now."""
    return ErrorFrame(
        ref=str(ref) if ref else None,
        code=refusal.code,
        retry=refusal.retry,
        after_ms=refusal.after_ms,
        field=refusal.field,
        text=str(refusal.sentence),
        current=refusal.current,
    )
