"""Signing out everywhere, while what several tabs of that person said commits together."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models.signals import post_delete
from django.utils import timezone

from dialogue.accounts.actions import end_sessions
from dialogue.accounts.models import User
from dialogue.realtime import group_commit
from dialogue.realtime.client_frames import Post
from dialogue.realtime.group_commit import Asked, answer_all
from dialogue.realtime.listener import listener_of
from dialogue.realtime.revocation import SignedOut
from tests.realtime.sockets.town import ROOM, Town


def tab(person: User, town: Town, *, key: str) -> Asked:
    """A session with this key, and what is said from it."""
    data, until = SessionStore().encode({SESSION_KEY: str(person.pk)}), timezone.now() + timedelta(days=1)
    Session.objects.create(session_key=key, session_data=data, expire_date=until)
    words = {"key": str(uuid.uuid4()), "stream": ROOM, "thread": town.thread.public_id, "body": "unsaid"}
    frame = Post.model_validate({"t": "post", **words})
    return Asked(person, listener_of(person, key), frame)


def sign_out(person: User) -> None:
    try:
        end_sessions(person)
    finally:
        connection.close()


@pytest.mark.postgres_only
def test_neither_waits_for_what_the_other_holds(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found in the other order, the first of them would be ended, and then the batch holds the others."""
    member, one_ended, undone = town.cast.member, threading.Event(), list[Any]()
    asked = [tab(member, town, key=letter * 32) for letter in "zma"]

    def dawdle(**_: object) -> None:
        if not one_ended.is_set():
            one_ended.set()
            time.sleep(0.5)

    monkeypatch.setattr(group_commit.log, "warning", lambda *_, **facts: undone.append(facts))
    post_delete.connect(dawdle, sender=Session)
    try:
        with ThreadPoolExecutor(1) as elsewhere:
            signing_out = elsewhere.submit(sign_out, member)
            assert one_ended.wait(10)
            answers = answer_all(ROOM, asked)
            signing_out.result()
    finally:
        post_delete.disconnect(dawdle, sender=Session)
    assert all(isinstance(answer, SignedOut) for answer in answers)
    assert undone == []
