"""What a process wires together by itself."""

from django.conf import settings

from dialogue.journal import bells
from dialogue.realtime import process
from dialogue.realtime.hub import Hub


def test_commits_ring_and_lost_access_kicks() -> None:
    assert process.ring in bells._listeners
    assert process.kick in bells._kick_listeners


def test_there_is_one_hub_and_no_doorbell_without_redis() -> None:
    assert isinstance(process.the_hub(), Hub)
    assert process.the_hub() is process.the_hub()
    assert (process._doorbell is not None) == bool(settings.REDIS_URL)


def test_ringing_with_nobody_here_is_nothing() -> None:
    process.ring({"room:steppe": 1})
    process.kick([1])
