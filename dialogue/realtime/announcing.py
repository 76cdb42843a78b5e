"""Frames of the hub's own, ready to be offered."""

import json
from collections.abc import Sequence
from typing import Literal

from dialogue.journal.entries import Place
from dialogue.realtime.protocol import encode
from dialogue.realtime.server_frames import ByeFrame, LeftFrame, LiveFrame, ResetFrame

Reason = Literal["no_place", "below_floor", "ahead", "other_epoch", "too_far_behind", "too_slow"]


def entries(stream: str, epoch: str, *, frames: Sequence[bytes], more: bool) -> bytes:
    """An ``entries`` frame around frames that are encoded already."""
    names = f'{{"t":"entries","stream":{json.dumps(stream)},"epoch":{json.dumps(epoch)},"entries":['
    return b"".join((names.encode(), b",".join(frames), b'],"more":true}' if more else b'],"more":false}'))


def live(place: Place) -> bytes:
    return encode(LiveFrame(stream=place.stream, epoch=place.epoch, position=place.position)).encode()


def reset(place: Place, reason: Reason) -> bytes:
    """Start anew from ``place``, with what the page shows by then."""
    frame = ResetFrame(stream=place.stream, epoch=place.epoch, position=place.position, reason=reason)
    return encode(frame).encode()


def left(stream: str) -> bytes:
    return encode(LeftFrame(stream=stream, reason="no_access")).encode()


def bye(reason: str, *, retry_in_ms: int = 0) -> bytes:
    return encode(ByeFrame(retry_in_ms=retry_in_ms, reason=reason)).encode()
