"""Everything a batch of entries speaks about, fetched together: few queries, whatever the number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogue.issues.models import Issue
from dialogue.issues.queries.telling import issues_for_frames
from dialogue.journal.models import Entry
from dialogue.rooms import kinds
from dialogue.rooms.models import Post, Thread
from dialogue.rooms.queries import telling

# Their threads come with them.
OF_POSTS: Final = frozenset((kinds.POST_ADDED, kinds.POST_EDITED, kinds.POST_WITHDRAWN, kinds.POST_REACTED))


@dataclass(frozen=True)
class Scene:
    """Things as they are now, not as they were when it happened."""

    threads: Mapping[str, Thread] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    signs: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    signs_by_person: frozenset[tuple[int, int, str]] = frozenset()
    issues: Mapping[str, Issue] = field(default_factory=dict)

    def thread_of(self, entry: Entry) -> Thread | None:
        return self.threads.get(str(entry.refs.get("thread", "")))

    def post_of(self, entry: Entry) -> Post | None:
        return self.posts.get(str(entry.refs.get("post", "")))


def scene_of(entries: Sequence[Entry]) -> Scene:
    named = _named([entry for entry in entries if entry.kind not in OF_POSTS], "thread")
    threads = telling.threads_for_frames(named) if named else {}
    posts = telling.posts_for_frames(_named(entries, "post"))
    for post in posts.values():
        # The richer thread, where it was fetched.
        post.thread = threads.get(post.thread.public_id, post.thread)
    references = _named(entries, "issue")
    signed = {entry.actor_id for entry in entries if "sign" in entry.refs and entry.actor_id is not None}
    return Scene(
        threads=threads,
        posts=posts,
        signs=telling.signs_under(posts.values()) if posts else {},
        signs_by_person=frozenset(telling.signs_left_by(signed, posts.values())) if signed else frozenset(),
        issues=issues_for_frames(references) if references else {},
    )


def _named(entries: Sequence[Entry], ref: str) -> set[str]:
    return {str(entry.refs[ref]) for entry in entries if ref in entry.refs}
