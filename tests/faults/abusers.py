"""Links that break the rules of the wire on purpose, and what they cost the process that bears them."""

import json
import os
import select
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.realtime.wires import CLOSE, TEXT, frame_of, handshake_of
from tests.servers.server import HOST
from tests.servers.web_server import WebServer

HUNG_UP = 1006
GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL | select.POLLRDHUP
SMALL_BYTES = 4096  # the network keeps as little as possible for it, so that the process has to


class Link:
    """Reads no more than it is asked to."""

    def __init__(self, web: WebServer, session: str) -> None:
        self.tcp = socket.socket()
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BYTES)
        self.tcp.settimeout(15)
        self.tcp.connect((HOST, web.port))
        self._data = b""
        head = "\r\n".join(["GET /ws/ HTTP/1.1", *handshake_of(web, session), "", ""])
        self.tcp.sendall(head.encode())
        while b"\r\n\r\n" not in self._data:
            self._read()
        answer, self._data = self._data.split(b"\r\n\r\n", 1)
        assert answer.split()[1] == b"101", answer
        self._gone = select.poll()
        self._gone.register(self.tcp, select.POLLRDHUP)

    def join(self, stage: dict[str, Any]) -> None:
        place = {"stream": stage["stream"], "epoch": stage["epoch"], "since": stage["position"]}
        self.say({"t": "subscribe", **place})
        while self.hear()["t"] != "live":
            pass

    def say(self, frame: dict[str, Any]) -> None:
        self.tcp.sendall(frame_of(json.dumps(frame).encode()))

    def hear(self) -> dict[str, Any]:
        """The next message; the code of a close as ``{"t": "close"}``."""
        opcode, payload = self._take(2)
        if opcode == CLOSE:
            return {"t": "close", "code": int.from_bytes(payload[:2], "big")}
        return json.loads(payload) if opcode == TEXT else {"t": "control"}

    def hear_or_end(self) -> dict[str, Any]:
        """The same; when it only hangs up, or says nothing more, that is the end too."""
        try:
            return self.hear()
        except TimeoutError:
            return {"t": "nothing"}
        except OSError:
            return {"t": "close", "code": HUNG_UP}

    def is_dropped(self) -> bool:
        """Seen without reading."""
        return any(events & GONE for _link, events in self._gone.poll(0))

    def close(self) -> None:
        with suppress(OSError):
            self.tcp.close()

    def _take(self, size: int) -> tuple[int, bytes]:
        head = self._exactly(size)
        length = head[1] & 0x7F
        if length >= 126:
            length = int.from_bytes(self._exactly(2 if length == 126 else 8), "big")
        return head[0] & 0x0F, self._exactly(length)

    def _exactly(self, size: int) -> bytes:
        while len(self._data) < size:
            self._read()
        taken, self._data = self._data[:size], self._data[size:]
        return taken

    def _read(self) -> None:
        data = self.tcp.recv(65_536)
        if not data:
            raise ConnectionResetError("closed")
        self._data += data


def resident_bytes(web: WebServer) -> int:
    assert web.child is not None
    pages = int(Path(f"/proc/{web.child.pid}/statm").read_text().split()[1])
    return pages * 4096


def open_sockets(web: WebServer) -> int:
    assert web.child is not None
    found = 0
    for one in Path(f"/proc/{web.child.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found += os.readlink(one).startswith("socket:")
    return found
