"""One entry as it is told: built once a process, encoded once for each kind of reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils import translation

from dialogue.journal.models import Entry
from dialogue.realtime.listener import Listener
from dialogue.realtime.protocol import encode
from dialogue.realtime.server_frames import EntryFrame

MINE = "mine"
LEAD = "lead"
NOT_YET = "not_yet"


@dataclass(eq=False, slots=True)
class Told:
    """A snapshot of one entry. ``frame_for`` knows everything already: it asks no database.

    ``author_id`` and ``organisation_id`` say to whom the ``mine`` and ``lead`` variants are
    for; None where the kind has no such variant, for example a stub. ``place`` is where the
    thing stands that the entry is about: whoever may read only from later on hears a stub.
    """

    stream: str
    epoch: str
    position: int
    kind: str
    frame_for: Callable[[str], EntryFrame]
    author_id: int | None = None
    organisation_id: int | None = None
    place: int | None = None
    _encoded: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def bytes_for(self, variant: str, language: str) -> bytes:
        """The ``entry`` frame as JSON in UTF-8; always the same object for the same readers.

        The language is that of names the house itself keeps in three languages.
        """
        data = self._encoded.get((variant, language))
        if data is None:
            with translation.override(language):
                data = encode(self.frame_for(variant)).encode()
            self._encoded[variant, language] = data
        return data


# Build frames of entries, of whichever streams: as many Told, in the same order.
Tell = Callable[[Sequence[Entry]], list[Told]]


def variant_of(told: Told, listener: Listener, audience: str, *, floor: int = 0) -> str:
    """``mine`` beats ``not_yet`` beats ``lead`` beats the audience (member, observer, office, safety)."""
    if told.author_id is not None and told.author_id == listener.person_id:
        return MINE
    if floor and told.place is not None and told.place <= floor:
        return NOT_YET
    if told.organisation_id is not None and told.organisation_id in listener.leads:
        return LEAD
    return audience
