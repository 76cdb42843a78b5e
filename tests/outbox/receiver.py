"""A mail server on a free loopback port that answers as a test tells it to."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Receiver:
    """``rcpt`` and ``data`` are its answers; with ``drops`` it takes a mail and hangs up instead."""

    def __init__(self) -> None:
        self.rcpt = self.data = "250 OK"
        self.drops = False
        self.taken: list[tuple[list[str], Message]] = []
        self._lock = threading.Lock()

    async def handle_RCPT(  # noqa: N802 — the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data.startswith("250"):
            with self._lock:
                self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        if self.drops:
            server.transport.abort()
        return self.data


@contextmanager
def receiving() -> Iterator[tuple[Receiver, str]]:
    receiver = Receiver()
    controller = Controller(receiver, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield receiver, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
