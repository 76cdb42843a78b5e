"""The socket's door: a plain ASGI callable that knows the frames and no rules.

Not Channels' consumers: those choose a method by a string that may come from a client, and run
every frame through one thread.
"""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.realtime import acting, announcing, handshake, limits
from dialogue.realtime import client_frames as said
from dialogue.realtime.acting import in_pool, server_fault
from dialogue.realtime.connection import Connection, Receive
from dialogue.realtime.group_commit import Asked
from dialogue.realtime.handshake import Arrival, Scope
from dialogue.realtime.inbox import WHOLE_TEXTS, Listen
from dialogue.realtime.listener import Listener
from dialogue.realtime.outgoing import READY_FRAMES, Outgoing, Send
from dialogue.realtime.process import the_arrivals, the_group, the_hub, the_presence, the_writing
from dialogue.realtime.protocol import PROTOCOL, ClientFrame, CloseCode, encode, error_frame
from dialogue.realtime.revocation import SignedOut
from dialogue.realtime.server_frames import LeftFrame
from dialogue.rooms.access.refused import not_found
from dialogue.text.refusals import Conflict, Refusal

_by_person: defaultdict[int, list[Connection]] = defaultdict(list)


async def socket(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse before accepting (HTTP 403), or accept and serve until the socket ends."""
    await receive()
    with handshake.place_for(handshake.address_of(scope)) as has_place:
        if not (has_place and handshake.is_admissible(scope)):
            await send({"type": "websocket.close"})
            return
        person, fault = await _who(scope)
        await send({"type": "websocket.accept", "subprotocol": PROTOCOL})
    if person is not None:
        ways = scope.get("extensions", {})
        out = Outgoing(send, ways.get(READY_FRAMES))
        await _serve(*person, receive=receive, listen=ways.get(WHOLE_TEXTS), out=out)
    elif fault is not None:
        await _turn_away(send, encode(error_frame(fault, None)), CloseCode.SERVER_FAULT)
    else:
        await _turn_away(send, announcing.bye("signed_out").decode(), CloseCode.SIGNED_OUT)


async def _who(scope: Scope) -> tuple[Arrival, Refusal | None]:
    key = handshake.session_key_of(scope)
    try:
        return (await the_arrivals().ask(None, key) if key else None), None
    except Exception as problem:
        return None, server_fault("handshake", problem)


async def _turn_away(send: Send, frame: str, code: CloseCode) -> None:
    await send({"type": "websocket.send", "text": frame})
    await send({"type": "websocket.close", "code": int(code)})


async def _serve(
    user: User, listener: Listener, *, receive: Receive, listen: Listen | None, out: Outgoing
) -> None:
    connection = Connection(user, listener, hub=the_hub(), out=out, handle=handle)
    mine = _by_person[user.pk]
    mine.append(connection)
    if len(mine) > limits.MAX_SOCKETS_PER_PERSON:
        mine.pop(0).end_with(CloseCode.TOO_MANY_CONNECTIONS, _too_many())
    try:
        await connection.run(receive, listen)
    finally:
        if connection in mine:
            mine.remove(connection)
        if not mine:
            _by_person.pop(user.pk, None)
        the_presence().left(connection)


async def handle(connection: Connection, frame: ClientFrame) -> None:
    """One frame after the other for one socket. Raises Refusal."""
    match frame:
        case said.Subscribe():
            await _subscribe(connection, frame)
        case said.Unsubscribe():
            connection.hub.leave(connection, frame.stream)
            the_presence().gone(connection, frame.stream)
            connection.say(LeftFrame(stream=frame.stream, reason="unsubscribed"))
        case said.Typing():
            _refuse_outside(connection, frame.stream)
            the_writing().said(connection, frame)
        case said.Raise() | said.Post() | said.Read():
            _refuse_outside(connection, frame.stream)
            await _act(connection, frame)
        case said.Edit() | said.Withdraw() | said.React():
            await _act(connection, frame)


async def _act(connection: Connection, frame: acting.ActFrame) -> None:
    try:
        answer = await _answer(connection, frame)
    except SignedOut:
        connection.hub.end(connection, CloseCode.SIGNED_OUT, announcing.bye("signed_out"))
        return
    if answer is not None:
        connection.offer(answer.encode())


async def _answer(connection: Connection, frame: acting.ActFrame) -> str | None:
    if isinstance(frame, said.Post):
        return await the_group().answer(Asked(connection.user, connection.listener, frame))
    return await in_pool(acting.answer, connection.user, connection.listener, frame)


async def _subscribe(connection: Connection, frame: said.Subscribe) -> None:
    """Missing and not yours look alike, and end alike."""
    await connection.turn_to_subscribe()
    streams = connection.hub.streams(connection)
    if frame.stream not in streams and len(streams) >= limits.MAX_STREAMS_PER_SOCKET:
        raise Refusal("limit", _("Too many rooms are open in this page. Close one of them."), "stream")
    hearing = await connection.hub.join(connection, frame.stream, epoch=frame.epoch, since=frame.since)
    if hearing is not None:
        the_presence().came(connection, frame.stream)
        return
    connection.refuse(not_found())
    connection.say(LeftFrame(stream=frame.stream, reason="no_access"))


def _refuse_outside(connection: Connection, stream: str) -> None:
    """What is said about a stream is said by who reads it; while it is read anew, a moment later."""
    if stream not in connection.hub.streams(connection):
        sentence = _("This page is not connected to the room yet. Your text is kept; it will be sent again.")
        raise Conflict("not_subscribed", sentence, "stream", retry=True, after_ms=1000)


def _too_many() -> Refusal:
    return Refusal(
        "too_many_connections",
        _("Dialogue is open in too many places. This page stopped; reload it to go on here."),
    )
