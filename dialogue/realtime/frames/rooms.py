"""What rooms tell, one builder a kind of ``rooms.kinds``. Codes and ids; prose only as HTML and title."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from dialogue.journal.models import Entry
from dialogue.realtime.frames import posts
from dialogue.realtime.frames.audiences import (
    audience_of_author,
    by_whom,
    ids_of,
    open_to,
    organisation_of,
    words_of,
)
from dialogue.realtime.frames.scene import Scene
from dialogue.realtime.frames.telling import (
    NOBODY,
    OFFICE_WIDE,
    SAFETY_ALONE,
    Reader,
    Telling,
    without_absent,
)
from dialogue.realtime.server_frames import By
from dialogue.rooms import kinds
from dialogue.rooms.models import Carriage, Thread
from dialogue.rooms.queries.pages.steps import step_of

Builder = Callable[[Entry, Scene], Telling]


def thread_raised(entry: Entry, scene: Scene) -> Telling:
    thread, post = scene.thread_of(entry), scene.post_of(entry)
    if thread is None:
        return Telling()

    def content(reader: Reader) -> dict[str, Any]:
        words = words_of(post) if post is not None and post.is_told else {"lang": thread.lang}
        return words | _snapshot(thread, reader)

    ids = ids_of(thread=thread, post=post)
    return _about_thread(thread, ids, content, author_id=thread.raised_by_id)


def thread_released(entry: Entry, scene: Scene) -> Telling:
    """As when it was raised, without words: the page fetches the thread anew."""
    thread = scene.thread_of(entry)
    if thread is None:
        return Telling()
    return _about_thread(
        thread, ids_of(thread=thread), lambda reader: _snapshot(thread, reader), author_id=thread.raised_by_id
    )


def thread_held(entry: Entry, scene: Scene) -> Telling:
    """Where the room listens, for ever a stub; whoever looks after it hears what it is about."""
    thread = scene.thread_of(entry)
    if thread is None:
        return Telling(open_to=NOBODY, is_open_to_author=False)
    return Telling(
        ids=ids_of(thread=thread),
        open_to=SAFETY_ALONE,
        is_open_to_author=False,
        content=lambda reader: _snapshot(thread, reader),
    )


def thread_moved(entry: Entry, scene: Scene) -> Telling:
    thread = scene.thread_of(entry)
    if thread is None:
        return Telling()
    facts = without_absent(
        verb=entry.refs.get("verb"),
        state=thread.state,
        shown=_shown(thread),
        outcome=thread.outcome,
    )
    return _by_somebody(entry, thread, facts)


def thread_acknowledged(entry: Entry, scene: Scene) -> Telling:
    thread = scene.thread_of(entry)
    return _by_somebody(entry, thread, {}) if thread is not None else Telling()


def thread_seen_by_office(entry: Entry, scene: Scene) -> Telling:
    """That the office read it, not who of it."""
    thread = scene.thread_of(entry)
    return (
        _about_thread(thread, ids_of(thread=thread), lambda _reader: {}) if thread is not None else Telling()
    )


def carriage_updated(entry: Entry, scene: Scene) -> Telling:
    thread = scene.thread_of(entry)
    if thread is None:
        return Telling()
    reference = entry.refs.get("reference")
    card = next((card for card in thread.carriages.all() if card.reference == reference), None)
    facts = _card(card) if card is not None else {"reference": reference}
    return _about_thread(thread, ids_of(thread=thread), lambda _reader: {"facts": facts})


def seat_changed(_entry: Entry, _scene: Scene) -> Telling:
    """Somebody came or went; who it was is nobody's business."""
    return Telling()


BUILDERS: Final[Mapping[str, Builder]] = {
    kinds.THREAD_RAISED: thread_raised,
    kinds.THREAD_RELEASED: thread_released,
    kinds.THREAD_HELD: thread_held,
    kinds.THREAD_MOVED: thread_moved,
    kinds.THREAD_ACKNOWLEDGED: thread_acknowledged,
    kinds.THREAD_SEEN_BY_OFFICE: thread_seen_by_office,
    kinds.CARRIAGE_UPDATED: carriage_updated,
    kinds.POST_ADDED: posts.post_told,
    kinds.POST_EDITED: posts.post_told,
    kinds.POST_WITHDRAWN: posts.post_withdrawn,
    kinds.POST_REACTED: posts.post_reacted,
    kinds.SEAT_TAKEN: seat_changed,
    kinds.SEAT_LEFT: seat_changed,
}


def _about_thread(
    thread: Thread,
    ids: dict[str, Any],
    content: Callable[[Reader], dict[str, Any]],
    *,
    author_id: int | None = None,
) -> Telling:
    return Telling(
        ids=ids,
        open_to=open_to(thread),
        is_open_to_author=author_id == thread.raised_by_id,
        content=content,
        author_id=author_id,
        organisation_id=organisation_of(thread) if author_id == thread.raised_by_id else None,
        place=thread.last_position or None,
        author_audience=audience_of_author(thread),
    )


def _by_somebody(entry: Entry, thread: Thread, facts: dict[str, Any]) -> Telling:
    """The office hears who of it did something; the room hears that it was done."""
    is_by_author = entry.actor_id == thread.raised_by_id

    def content(reader: Reader) -> dict[str, Any]:
        told: dict[str, Any] = {"facts": facts} if facts else {}
        if is_by_author:
            return told | {"by": by_whom(thread, reader)}
        name = entry.actor.name if entry.actor and reader.audience in OFFICE_WIDE else None
        return told | {"by": By(byline="organisation", name=name, mine=reader.is_mine)}

    telling = _about_thread(thread, ids_of(thread=thread), content, author_id=entry.actor_id)
    return telling


def _snapshot(thread: Thread, reader: Reader) -> dict[str, Any]:
    facts = without_absent(
        kind=thread.kind,
        urgency=thread.urgency,
        state=thread.state,
        shown=_shown(thread),
        outcome=thread.outcome,
        marking=thread.marking,
        theme=thread.theme.code if thread.theme else None,
        region=thread.region.code if thread.region else None,
        posts=thread.post_count,
    )
    return {"title": thread.title, "by": by_whom(thread, reader), "facts": facts}


def _shown(thread: Thread) -> str:
    return step_of(thread, list(thread.carriages.all())).value


def _card(card: Carriage) -> dict[str, Any]:
    return without_absent(
        reference=card.reference,
        state=card.state,
        holder=card.holder,
        due_on=card.due_on.isoformat() if card.due_on else None,
    )
