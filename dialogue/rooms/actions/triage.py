"""What moderators and authors do with a thread: every move goes through the table of ``states``.

Two at once: one wins, the other is told ``already_moved`` and how the thread stands now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.journal import acts, entries
from dialogue.journal.acts import Done
from dialogue.rooms import kinds
from dialogue.rooms.access import reading_of
from dialogue.rooms.actions import moves
from dialogue.rooms.actions.opening import opening, streams_of_thread, tell
from dialogue.rooms.actions.refused import not_in_the_list, refuse_writing
from dialogue.rooms.actions.writing import Draft, ReadyText, add_post, ready_text
from dialogue.rooms.clocks import triage_due
from dialogue.rooms.models import Acknowledgement, Byline, Purpose, Thread, Urgency
from dialogue.rooms.states import Mover, Outcome
from dialogue.text.cleaning import clean_body
from dialogue.text.languages import Language
from dialogue.text.refusals import Conflict

MAX_NOTE: Final = 2_000
# An author's own word: nobody else withdraws.
CLOSING_OUTCOMES: Final = tuple(outcome for outcome in Outcome if outcome is not Outcome.WITHDRAWN)


@dataclass(frozen=True)
class _Wish:
    """A move that is asked for, cleaned. ``words`` become a post with ``purpose``."""

    verb: str
    note: str = ""
    outcome: str = ""
    words: ReadyText | None = None
    purpose: Purpose = Purpose.PLAIN

    @property
    def content(self) -> dict[str, str]:
        words = self.words.body if self.words else ""
        return {"act": f"triage.{self.verb}", "note": self.note, "outcome": self.outcome, "words": words}


def acknowledge(thread: Thread, *, by: User, key: acts.Key, now: datetime | None = None) -> Done:
    """Confirm that the office received it; no state changes. A second one is refused."""
    parsed, content = acts.parse_key(key), {"act": "triage.acknowledge", "thread": thread.public_id}
    with opening(*streams_of_thread(thread), by=by, key=parsed, now=now) as opened:
        if (done := acts.already_done(by, parsed, content)) is not None:
            return done
        movers = moves.movers_who_see(thread, by=by)
        if Mover.MODERATOR not in movers:
            raise moves.not_yours()
        moves.refuse_if_changed(thread, movers)
        if Acknowledgement.objects.filter(thread=thread).exists():
            raise Conflict("already_acknowledged", _("Somebody has confirmed this already."))
        Acknowledgement.objects.create(thread=thread, by=by, at=opened.at)
        place = tell(opened, thread, kinds.THREAD_ACKNOWLEDGED, by=by)
        return acts.remember(by, parsed, content, place=place, thing=thread.public_id)


def take(thread: Thread, *, by: User, key: acts.Key, now: datetime | None = None) -> Done:
    """Under review, by this moderator."""
    return _do(thread, _Wish("take"), by=by, key=key, now=now, taken_by=by)


def ask(thread: Thread, *, by: User, key: acts.Key, body: str, now: datetime | None = None) -> Done:
    """Put a question to the author; their next post brings the thread back under review."""
    wish = _Wish("ask", words=ready_text(body), purpose=Purpose.QUESTION)
    return _do(thread, wish, by=by, key=key, now=now)


def answer(thread: Thread, *, by: User, key: acts.Key, body: str, now: datetime | None = None) -> Done:
    """Answer in the thread and close it: the answer is the note."""
    wish = _Wish("close", outcome=Outcome.ANSWERED, words=ready_text(body), purpose=Purpose.ANSWER)
    return _do(thread, wish, by=by, key=key, now=now)


def signpost(thread: Thread, *, by: User, key: acts.Key, body: str, now: datetime | None = None) -> Done:
    """Say where to turn and close the thread."""
    wish = _Wish("close", outcome=Outcome.SIGNPOSTED, words=ready_text(body), purpose=Purpose.SIGNPOST)
    return _do(thread, wish, by=by, key=key, now=now)


def close(
    thread: Thread, *, by: User, key: acts.Key, outcome: str, note: str, now: datetime | None = None
) -> Done:
    if outcome not in CLOSING_OUTCOMES:
        raise not_in_the_list("outcome")
    wish = _Wish("close", outcome=str(outcome), note=_clean_note(note))
    return _do(thread, wish, by=by, key=key, now=now)


def withdraw(thread: Thread, *, by: User, key: acts.Key, note: str, now: datetime | None = None) -> Done:
    """The author takes the concern back; what was said stays."""
    wish = _Wish("withdraw", outcome=Outcome.WITHDRAWN, note=_clean_note(note))
    return _do(thread, wish, by=by, key=key, now=now)


def reopen(thread: Thread, *, by: User, key: acts.Key, note: str = "", now: datetime | None = None) -> Done:
    """Begin anew with a new clock and nobody in charge. An author: 30 days, and no note needed."""
    due = triage_due(Urgency(thread.urgency), now or timezone.now())
    also = {"taken_by": None, "due_at": due.at, "calendar_version": due.calendar_version}
    return _do(thread, _Wish("reopen", note=_clean_note(note)), by=by, key=key, now=now, **also)


def move_to_escalated(thread: Thread, *, by: User, now: datetime | None = None) -> entries.Place:
    """Inside the act of issues that makes the issue and has the thread's streams open."""
    with entries.opening(streams_of_thread(thread), now=now) as opened:
        mover = moves.mover_of(thread, "escalate", by=by, now=opened.at)
        return moves.move(opened, thread, "escalate", mover=mover, by=by)


def move_back_to_review(thread: Thread, *, by: User, note: str, now: datetime | None = None) -> entries.Place:
    """Inside the act of issues that gives the issue back, and has asked whether ``by`` may."""
    with entries.opening(streams_of_thread(thread), now=now) as opened:
        return moves.move(opened, thread, "return", mover=Mover.ISSUE, by=by, note=note)


def _do(thread: Thread, wish: _Wish, *, by: User, key: acts.Key, now: datetime | None, **also: Any) -> Done:
    parsed, content = acts.parse_key(key), {**wish.content, "thread": thread.public_id}
    with opening(*streams_of_thread(thread), by=by, key=parsed, now=now) as opened:
        if (done := acts.already_done(by, parsed, content)) is not None:
            return done
        note = wish.note or (wish.words.body if wish.words else "")
        mover = moves.mover_of(thread, wish.verb, by=by, note=note, now=opened.at)
        if wish.words:
            _say(opened, thread, wish, by=by)
        said = {"note": wish.note, "outcome": wish.outcome}
        place = moves.move(opened, thread, wish.verb, mover=mover, by=by, **said, **also)
        return acts.remember(by, parsed, content, place=place, thing=thread.public_id)


def _say(opened: entries.Opened, thread: Thread, wish: _Wish, *, by: User) -> None:
    """The office asks and answers by name, in the thread's language."""
    reading = reading_of(by)
    refuse_writing(reading, thread.room)
    if wish.words:
        draft = Draft(wish.words, Language(thread.lang), byline=Byline.NAMED, purpose=wish.purpose)
        add_post(opened, thread, draft, by=by, reading=reading)
        # The move reads the thread again, with this post counted.
        opened.write()


def _clean_note(raw: str) -> str:
    return clean_body(raw, field="note", max_characters=MAX_NOTE) if raw.strip() else ""
