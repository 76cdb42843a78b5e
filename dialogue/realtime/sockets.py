"""What the hub asks of a socket; the consumer's connection is one, a test's list is another."""

from typing import Protocol

from dialogue.realtime.listener import Listener
from dialogue.realtime.protocol import CloseCode


class Socket(Protocol):
    """Known by identity. All is called on the event loop and returns at once."""

    listener: Listener
    """Who is there. The hub puts a new one here after it looked again."""

    def offer(self, *frames: bytes) -> None:
        """Send these frames (JSON in UTF-8), in order, in one go.

        May not refuse: what entries may use is bounded by the cursor's window before it comes here.
        """

    def end(self, code: CloseCode, *frames: bytes) -> None:
        """Drop what still waits, send these frames, then close. Ends no other socket; twice is once."""
