"""One hub a process: streams with local sockets, and who reads each of them how far."""

from collections.abc import Callable, Collection, Iterable, Mapping

from dialogue.accounts.models import User
from dialogue.realtime.listener import Hearing
from dialogue.realtime.sockets import Socket
from dialogue.realtime.told import Tell

HearingOf = Callable[[User, str], Hearing | None]
AclVersions = Callable[[Collection[str]], dict[str, int]]


class Hub:
    """Everything but ``ring`` and ``kick`` is called on the event loop the hub was started on.

    ``tell(entries, epoch)``, ``hearing_of(user, stream)`` and ``acl_versions(streams)`` ask the
    database, in threads of the hub's own. ``acl_versions`` gives for each stream the version that
    rises when who may read it changes; a stream it leaves out has version 0 for ever.
    """

    def __init__(self, *, tell: Tell, hearing_of: HearingOf, acl_versions: AclVersions) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Work on the running loop. The second time changes nothing; ``join`` starts it too."""

    async def stop(self) -> None:
        """Forget every socket (without closing it) and end all tasks."""

    async def join(
        self, socket: Socket, stream: str, *, epoch: str | None = None, since: int | None = None
    ) -> Hearing | None:
        """Let this socket read the stream, from ``since``; None: no such stream for this person.

        Access is read here, so do not ask ``hearing_of`` before. Frames follow by ``socket.offer``,
        perhaps before this returns: ``entries``… ``live`` and then ``entry``…, or ``reset`` (the
        socket is then no longer in the stream). Joining again starts anew from the new place.
        """
        raise NotImplementedError

    def leave(self, socket: Socket, stream: str) -> bool:
        """Whether it was there. No frame is offered for it; the consumer answers ``left``."""
        raise NotImplementedError

    def forget(self, socket: Socket) -> None:
        """The socket is closed: leave all its streams."""

    def got(self, socket: Socket, positions: Mapping[str, int]) -> None:
        """The page has applied each stream up to this position; unknown streams are ignored."""

    def heads(self, socket: Socket) -> dict[str, int]:
        """For ``beat``: the newest known position of each stream this socket reads live."""
        raise NotImplementedError

    def streams(self, socket: Socket) -> dict[str, Hearing]:
        """What this socket is subscribed to, and how it hears it."""
        raise NotImplementedError

    def sockets_in(self, stream: str) -> list[Socket]:
        """Local sockets in the stream, for typing and presence."""
        raise NotImplementedError

    def ring(self, stream: str, position: int) -> None:
        """The stream may have come this far. From any thread; never waits, never fails."""

    def kick(self, people: Iterable[int]) -> None:
        """Look now at what these people (ids) may still hear. From any thread; never waits."""
