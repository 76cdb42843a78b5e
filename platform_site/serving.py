"""daphne as we run it. Importing this installs its reactor, so only ``manage.py serve`` does."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet.defer import Deferred

from dialogue.realtime.inbox import WHOLE_TEXTS
from dialogue.realtime.outgoing import READY_FRAMES
from platform_site.garbage import leave_out_what_is_there
from platform_site.lean_sockets import Events, let_go_of_request, say_less_of_connections
from platform_site.ready_frames import ReadyFrames
from platform_site.serving_stop import drain, stop_failed
from platform_site.whole_texts import HeardSocket

MAX_FRAME_BYTES = 64 * 1024
RESTART = 1012
# daphne would hang up a day after a socket opened, by the wall clock: whoever sets it by a day ends all.
NEVER = -1


class OurSocket(HeardSocket):
    maxMessagePayloadSize: int  # noqa: N815 — the library's name

    def onOpen(self) -> None:  # noqa: N802 — the library's name
        super().onOpen()
        let_go_of_request(self.transport)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802 — daphne's name
        """The library lets an application close with 1000 and from 3000 on; a restart has a lower number."""
        if code == RESTART:
            self.sendCloseFrame(code=code, isReply=False)
        else:
            super().serverClose(code)

    def sendMessage(self, *args: Any, **kwargs: Any) -> None:  # noqa: N802 — the library's name
        """It holds what we say to the bound for what is said to us: a page of entries may be larger.

        What is said after the page closed is lost, as it is once the connection is gone: raising here would
        also end what that page said before, and has still to be done.
        """
        if self.state != self.STATE_OPEN:
            return
        bound, self.maxMessagePayloadSize = self.maxMessagePayloadSize, 0
        try:
            super().sendMessage(*args, **kwargs)
        finally:
            self.maxMessagePayloadSize = bound


class WebProcess(Server):  # type: ignore[misc]
    """One process of the web; ``run`` returns after SIGTERM or Ctrl-C, when all have been told."""

    def __init__(self, application: Any, *, host: str, port: int) -> None:
        self.ports: list[Any] = []
        self.is_ending = False
        super().__init__(
            application=application,
            endpoints=self.endpoints_of(host, port),
            websocket_max_message_size=MAX_FRAME_BYTES,
            websocket_max_frame_size=MAX_FRAME_BYTES,
            websocket_timeout=NEVER,
            verbosity=0,
            server_name="dialogue",
            ready_callable=self.prepare_sockets,
        )

    @staticmethod
    def endpoints_of(host: str, port: int) -> Sequence[str]:
        endpoints: Sequence[str] = build_endpoint_description_strings(host=host, port=port)
        return endpoints

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if not isinstance(protocol, OurSocket):
            return super().create_application(protocol, scope)
        scope["asgi"] = {"version": "3.0"}
        scope["extensions"] = {READY_FRAMES: ReadyFrames(protocol), WHOLE_TEXTS: protocol.listen}
        events = Events()
        application = self.application(
            scope=scope, receive=events.get, send=partial(self.handle_reply, protocol)
        )
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(application)
        return events

    def prepare_sockets(self) -> None:
        """Say what was wrong before hanging up; daphne has no setting for either. It listens from now on."""
        say_less_of_connections()
        leave_out_what_is_there()
        self.ws_factory.protocol = OurSocket
        self.ws_factory.setProtocolOptions(failByDrop=False)

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        self.ports.append(port)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """A connection that would be kept for the next request is not, once this process ends."""
        if self.is_ending and message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await super().handle_reply(protocol, message)

    def kill_all_applications(self) -> Any:
        """What daphne does before it ends."""
        self.is_ending = True
        return Deferred.fromFuture(asyncio.ensure_future(drain(self))).addErrback(stop_failed)
