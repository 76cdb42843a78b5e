"""What the journal says in an edition's windows, gathered by the thing it is about."""

from collections import defaultdict
from dataclasses import dataclass, field

from dialogue.accounts.models import User
from dialogue.digests.access import streams_told_to
from dialogue.digests.models import Edition
from dialogue.issues import kinds as issue_kinds
from dialogue.journal import entries
from dialogue.journal.models import Entry
from dialogue.rooms import kinds


@dataclass
class Moves:
    """From the first state to the newest one; ``is_news`` when others than the reader moved it."""

    source: str = ""
    target: str = ""
    outcome: str = ""
    is_news: bool = False

    def add(self, entry: Entry, *, reader: User) -> None:
        self.source = self.source or str(entry.refs.get("source", ""))
        self.target = str(entry.refs.get("target", ""))
        self.outcome = str(entry.refs.get("outcome", ""))
        self.is_news = self.is_news or entry.actor_id != reader.pk


@dataclass
class OfAThread:
    is_new: bool = False
    is_acknowledged: bool = False
    posts: list[str] = field(default_factory=list)
    moves: Moves = field(default_factory=Moves)


@dataclass
class OfAnIssue:
    steps: list[str] = field(default_factory=list)
    moves: Moves = field(default_factory=Moves)


@dataclass
class Heard:
    """By public id and by reference. Nothing here has been checked for access yet but the streams."""

    threads: dict[str, OfAThread] = field(default_factory=lambda: defaultdict(OfAThread))
    issues: dict[str, OfAnIssue] = field(default_factory=lambda: defaultdict(OfAnIssue))


def hear(person: User, edition: Edition) -> Heard:
    """What the reader did themselves is no news to them."""
    heard = Heard()
    for entry in entries.entries_between(_open_windows(person, edition)):
        if edition.is_first and entry.happened_at < edition.looks_back_to:
            continue
        if entry.stream.name.startswith("issue:"):
            _of_an_issue(heard, entry, person)
        elif "thread" in entry.refs:
            _of_a_thread(heard.threads[entry.refs["thread"]], entry, person)
    return heard


def _open_windows(person: User, edition: Edition) -> dict[str, tuple[int, int]]:
    """Only what may be read now; and positions mean nothing in another epoch."""
    open_now = streams_told_to(person)
    heads = entries.heads_of(open_now)
    found: dict[str, tuple[int, int]] = {}
    for name in open_now:
        window = edition.window_of(name)
        if window and name in heads and heads[name].epoch == window[0] and window[1] < window[2]:
            found[name] = window[1], window[2]
    return found


def _of_a_thread(thread: OfAThread, entry: Entry, reader: User) -> None:
    is_by_others = entry.actor_id != reader.pk
    if entry.kind == kinds.THREAD_MOVED:
        thread.moves.add(entry, reader=reader)
    elif entry.kind == kinds.THREAD_RAISED and is_by_others:
        thread.is_new = True
    elif entry.kind == kinds.POST_ADDED and is_by_others:
        thread.posts.append(entry.refs["post"])
    elif entry.kind == kinds.THREAD_ACKNOWLEDGED and is_by_others:
        thread.is_acknowledged = True


def _of_an_issue(heard: Heard, entry: Entry, reader: User) -> None:
    issue = heard.issues[entry.stream.name.partition(":")[2]]
    if entry.kind == issue_kinds.ISSUE_MOVED:
        issue.moves.add(entry, reader=reader)
    elif entry.actor_id != reader.pk and entry.kind not in issue.steps:
        issue.steps.append(entry.kind)
