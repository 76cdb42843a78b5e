"""One web process: it answers, refuses sockets nobody serves, and ends when told to."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import websockets
from websockets.exceptions import InvalidStatus

from tests.servers.server import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    environment.pop("REDIS_URL", None)
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for_answer(port)
        yield process, port
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_for_answer(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the web process did not answer in 30 s")


def test_sigterm_ends_it_with_a_request_left_open(served: tuple[subprocess.Popen[bytes], int]) -> None:
    process, port = served
    asyncio.run(open_half_a_request(port))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) is not None


async def open_half_a_request(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /language/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nlang")
    await writer.drain()
    with pytest.raises(InvalidStatus) as refused:
        await websockets.connect(f"ws://127.0.0.1:{port}/ws/nowhere")
    assert refused.value.response.status_code == 403
