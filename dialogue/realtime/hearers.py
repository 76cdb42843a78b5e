"""Frames without a position: for who listens at this moment, kept nowhere, lost without harm."""

from collections.abc import Callable
from functools import cache
from typing import Final

from dialogue.realtime.hub import Hub
from dialogue.realtime.listener import Hearing
from dialogue.realtime.protocol import ServerFrame, encode
from dialogue.realtime.sockets import Socket

OFFICE: Final = ("office", "safety")


def tell_hearers(
    hub: Hub,
    stream: str,
    frame_for: Callable[[bool, str], ServerFrame],
    *,
    is_for: Callable[[Socket, Hearing], bool] = lambda _socket, _hearing: True,
) -> None:
    """``frame_for(is_office, language)`` is built and encoded once for each kind of reader."""

    @cache
    def encoded(is_office: bool, language: str) -> bytes:
        return encode(frame_for(is_office, language)).encode()

    for socket, hearing in hub.hearers(stream):
        if is_for(socket, hearing):
            socket.offer(encoded(hearing.audience in OFFICE, socket.listener.language))
