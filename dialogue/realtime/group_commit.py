"""Posts that arrive together commit together; who comes alone does not wait for others.

While one transaction of a stream is under way, what else is said there gathers for the next. While
some streams have transactions under way, those of other streams gather for a common one. Each post
keeps an access check, a key and an answer of its own, so a bad one fails nobody else.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
from django.db import DatabaseError
from django.utils import translation

from dialogue.accounts.models import User
from dialogue.journal import acts, entries
from dialogue.organisations.standing import look_anew, shared_look
from dialogue.realtime import acting
from dialogue.realtime.client_frames import Post
from dialogue.realtime.gathering import Gathering
from dialogue.realtime.listener import Listener
from dialogue.realtime.protocol import encode, error_frame
from dialogue.realtime.revocation import Sessions, SignedOut, hold_sessions
from dialogue.rooms.access.reading import read_together
from dialogue.rooms.access.threads import find_threads_together
from dialogue.rooms.actions.writing import ReadyText, ready_text
from dialogue.text.refusals import Refusal

MAX_TOGETHER: Final = 64
REST_SECONDS: Final = 0.03
TICK_SECONDS: Final = 0.004
LOCK_NOT_AVAILABLE: Final = "55P03"  # of PostgreSQL; SQLite has its lock before it begins

# Transactions at a time: while one waits for the disk, another works.
LANES: Final = 4
MAX_STREAMS_TOGETHER: Final = 64

Answer = str | SignedOut | None
Answers = dict["Asked", Answer]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, eq=False)
class Asked:
    user: User
    listener: Listener
    frame: Post


@dataclass(frozen=True)
class Load:
    """What is said in one stream, to be committed together."""

    stream: str
    asked: Sequence[Asked]


class GroupCommit:
    """On one event loop; the transactions run in the pool of acts, one at a time for each stream."""

    def __init__(self) -> None:
        self._lanes = Gathering(_carry, at_most=MAX_STREAMS_TOGETHER, lanes=LANES)
        self._streams = Gathering(
            self._answer_stream, at_most=MAX_TOGETHER, rest_seconds=REST_SECONDS, tick_seconds=TICK_SECONDS
        )

    async def answer(self, asked: Asked) -> str | None:
        """Like ``acting.answer``. Who stops waiting is still heard."""
        answer = await self._streams.ask(asked.frame.stream, asked)
        if isinstance(answer, SignedOut):
            raise answer
        return answer

    async def _answer_stream(self, stream: str, asked: Sequence[Asked]) -> Sequence[Answer]:
        try:
            answers = await self._lanes.ask(None, Load(stream, asked))
            if left := [one for one in asked if one not in answers]:
                # Not in the lane: what somebody holds would keep the other streams waiting.
                answers |= zip(left, await acting.in_pool(answer_all, stream, left), strict=True)
        except Exception as problem:
            fault = acting.server_fault("post", problem)
            return [_said_to(one, fault) for one in asked]
        return [answers[one] for one in asked]


async def _carry(_all: None, loads: Sequence[Load]) -> Sequence[Answers]:
    if len(loads) == 1:
        (load,) = loads
        return [dict(zip(load.asked, await acting.in_pool(answer_all, load.stream, load.asked), strict=True))]
    return await acting.in_pool(answer_loads, loads)


def answer_loads(loads: Sequence[Load]) -> list[Answers]:
    """By one transaction. Missing is what has to go with its own stream alone, or by itself."""
    texts = _texts_of([one for load in loads for one in load.asked])
    try:
        with entries.together_where_free({load.stream: len(load.asked) for load in loads}) as opened:
            free = {load.stream for load in loads if opened.holds([load.stream])}
            answers = _answer_together(opened, {one: texts[one] for one in texts if one.frame.stream in free})
    except DatabaseError as fault:
        log.warning("streams.undone", kind=type(fault).__name__, count=len(texts))
        answers = {}
    return [{one: answers[one] for one in load.asked if one in answers} for load in loads]


def _said_to(one: Asked, refusal: Refusal) -> str:
    with translation.override(one.user.language):
        return encode(error_frame(refusal, one.frame.key))


def answer_all(stream: str, asked: Sequence[Asked]) -> list[Answer]:
    """One answer for each, in order. What cannot go with the others goes alone after them.

    Raises what kept the transaction from beginning, or what somebody else holds: then nobody need
    try again by themself.
    """
    texts, has_begun = _texts_of(asked), False
    try:
        with entries.together([stream], expected=len(texts)) as opened:
            has_begun = True
            answers = _answer_together(opened, texts)
    except DatabaseError as fault:
        # Each alone would wait as long again for what somebody else holds, one after the other.
        if not has_begun or getattr(fault.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise
        # Nothing of it was kept. One of them is to blame, and each finds out by itself.
        log.warning("group.undone", kind=type(fault).__name__, count=len(texts))
        answers = {}
    return [answers[one] if one in answers else _answer_alone(one) for one in asked]


def _texts_of(asked: Sequence[Asked]) -> dict[Asked, ReadyText]:
    """Rendered before the lock. What cannot be is answered on its own."""
    texts: dict[Asked, ReadyText] = {}
    for one in asked:
        with suppress(Exception):
            texts[one] = ready_text(one.frame.body)
    return texts


def _answer_together(opened: entries.Opened, texts: Mapping[Asked, ReadyText]) -> Answers:
    answers: Answers = {}
    with shared_look():
        sessions = _look_ahead(opened, list(texts))
        for one, text in texts.items():
            with suppress(entries.NotTogether):
                answers[one] = _answer_beside(one, text, sessions)
            if opened.take_moved():
                look_anew()
    return answers


def _look_ahead(opened: entries.Opened, asked: Sequence[Asked]) -> Sessions:
    """A handful of queries for what each of them would ask, under the lock of all."""
    acts.look_up([(one.user.pk, one.frame.key) for one in asked], opened=opened)
    read_together({one.user.pk for one in asked})
    find_threads_together({one.frame.thread for one in asked})
    return hold_sessions([one.listener for one in asked])


def _answer_beside(one: Asked, text: ReadyText, sessions: Sessions) -> Answer:
    refuse_signed_out = partial(sessions.refuse_signed_out, one.listener)
    try:
        return acting.attempt(
            one.user,
            one.frame,
            text=text,
            still_here=refuse_signed_out,
            recheck=refuse_signed_out,
            passing=(SignedOut, entries.NotTogether, DatabaseError),
        )
    except SignedOut as signed_out:
        return signed_out


def _answer_alone(one: Asked) -> Answer:
    try:
        return acting.answer(one.user, one.listener, one.frame)
    except SignedOut as signed_out:
        return signed_out
