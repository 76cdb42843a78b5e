"""Script has no words of its own: what it shows has to stand in the page it works on."""

import re

import pytest

from tests.cast import Cast
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db


def test_a_post_under_way_has_words_for_every_state(cast: Cast) -> None:
    """The states are those of ``frontend/src/rooms/sending.ts``."""
    page = as_(cast.member).get("/rooms/disability/").text
    template = re.search(r'<template id="sending-template">(.*?)</template>', page, re.DOTALL)
    assert template is not None
    words = dict(re.findall(r'<span data-when="(\w+)">([^<]+)</span>', template[1]))
    assert words == {"sending": "Sending…", "sent": "Sent", "failed": "Not sent."}
