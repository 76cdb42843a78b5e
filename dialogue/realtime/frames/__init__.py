"""From entries to frames. Live, catch-up and polling all come through ``tell``, so they are the same."""

from collections.abc import Mapping, Sequence
from typing import Final

from dialogue.journal.models import Entry
from dialogue.realtime.frames import issues, rooms
from dialogue.realtime.frames.rooms import Builder
from dialogue.realtime.frames.scene import Scene, scene_of
from dialogue.realtime.frames.telling import Telling, told_of
from dialogue.realtime.told import Told

BUILDERS: Final[Mapping[str, Builder]] = {**rooms.BUILDERS, **issues.BUILDERS}


def tell(entries: Sequence[Entry]) -> list[Told]:
    """One ``Told`` an entry, in the same order. Asks the database a few times a batch, then never."""
    scene = scene_of(entries)
    return [told_of(entry, _telling(entry, scene)) for entry in entries]


def _telling(entry: Entry, scene: Scene) -> Telling:
    """A kind nobody builds keeps its place in the sequence and says nothing."""
    build = BUILDERS.get(entry.kind)
    return build(entry, scene) if build else Telling()
