"""The server library as we run it: in a process of its own, because it installs its event loop."""

import subprocess
import sys

from tests.servers.web_server import ROOT

SAY_TO_ONE_WHO_CLOSED = """
from platform_site.serving import OurSocket

socket = OurSocket()
socket.maxMessagePayloadSize = 1
for socket.state in (OurSocket.STATE_CLOSING, OurSocket.STATE_CLOSED):
    socket.sendMessage(b"said too late")
print("went on")
"""


def test_what_is_said_to_a_page_that_closed_raises_nothing() -> None:
    """Its connection stays until it has read what was said before; what it said still has to be done."""
    done = subprocess.run(
        [sys.executable, "-c", SAY_TO_ONE_WHO_CLOSED], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "went on\n", done.stderr[-1000:]
