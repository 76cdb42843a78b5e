"""Streams of a room and who hears them: the office's and safety's reach nobody else."""

import pytest

from dialogue.rooms.access import Hearing, hearing_of
from tests.cast import NAMES, Cast

pytestmark = pytest.mark.django_db

MEMBERS = ("member", "lead", "second_member", "outsider")
HANDLERS = ("moderator", "officer", "approver", "safety")
HEARD = {
    "room:disability": {
        **dict.fromkeys(MEMBERS, Hearing("member")),
        **dict.fromkeys(HANDLERS, Hearing("office")),
        "observer": Hearing("observer"),
    },
    "room:torture": {
        **dict.fromkeys(("member", "second_member"), Hearing("member")),
        **dict.fromkeys(HANDLERS, Hearing("office")),
    },
    "room:disability:office": dict.fromkeys(HANDLERS, Hearing("office")),
    "room:torture:office": dict.fromkeys(HANDLERS, Hearing("office")),
    "room:disability:safety": {"safety": Hearing("safety")},
    "room:torture:safety": {"safety": Hearing("safety")},
}
NO_STREAMS = (
    *(
        "",
        "room",
        "room:",
        "room:none",
        "room:disability:",
        "room:disability:other",
        "room:disability:office:",
    ),
    *(
        "issue:disability",
        "me:disability",
        "Room:disability",
        "room:disability:safety:office",
        "room::office",
    ),
)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_hears_this(cast: Cast, name: str) -> None:
    for stream, heard in HEARD.items():
        assert hearing_of(cast.named(name), stream) == heard.get(name), stream


@pytest.mark.parametrize("stream", NO_STREAMS)
def test_what_is_no_stream_is_heard_by_nobody(cast: Cast, stream: str) -> None:
    assert hearing_of(cast.safety, stream) is None
