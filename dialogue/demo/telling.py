"""The story is told in the order of its moments, by the acts that real people use."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dialogue.accounts.models import User
from dialogue.accounts.queries import person_by_email
from dialogue.demo.roles import demo_address
from dialogue.rooms.access import visible_thread
from dialogue.rooms.models import Post, Thread

_KEYS: Final = uuid.UUID("6f1d2f4e-0c53-5b7e-9f0a-3d6c1b8e7a52")


@dataclass(frozen=True)
class Deed:
    """What somebody does at a moment."""

    at: datetime
    do: Callable[[], None]


@dataclass
class StoryTold:
    """What the story calls things → what they are called here. A thread that is there already is not told."""

    threads: dict[str, Thread] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    issues: dict[str, str] = field(default_factory=dict)
    recommendations: dict[str, str] = field(default_factory=dict)
    _people: dict[str, User] = field(default_factory=dict)

    def person(self, key: str) -> User:
        if key not in self._people:
            found = person_by_email(demo_address(key))
            if found is None:
                raise LookupError(f"nobody of the story is called {key}")
            self._people[key] = found
        return self._people[key]

    def keep_thread(self, key: str, public_id: str, by: User) -> None:
        self.threads[key] = visible_thread(by, public_id)

    def keep_post(self, key: str, thread: str, public_id: str) -> None:
        self.posts[key] = self.threads[thread].posts.get(public_id=public_id)

    def thread_now(self, key: str, by: User) -> Thread:
        """As it stands, for acts that depend on what somebody saw."""
        return visible_thread(by, self.threads[key].public_id)


def act_key(*names: str) -> uuid.UUID:
    """The same for the same act of the story, so that it is done once, whenever it is loaded."""
    return uuid.uuid5(_KEYS, "/".join(names))


def tell(deeds: Iterable[Deed]) -> None:
    """Two at the same moment keep the order in which the story has them."""
    for deed in sorted(deeds, key=lambda deed: deed.at):
        deed.do()
