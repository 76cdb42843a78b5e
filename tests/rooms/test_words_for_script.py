"""Script has no words of its own: what it shows has to stand in the page it works on."""

import re
import uuid

import pytest

from tests.cast import Cast, a_thread
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db


def test_a_post_under_way_has_words_for_every_state(cast: Cast) -> None:
    """The states are those of ``frontend/src/rooms/sending.ts``."""
    page = as_(cast.member).get("/rooms/disability/").text
    template = re.search(r'<template id="sending-template">(.*?)</template>', page, re.DOTALL)
    assert template is not None
    words = dict(re.findall(r'<span data-when="(\w+)">([^<]+)</span>', template[1]))
    assert words == {"sending": "Sending…", "sent": "Sent", "failed": "Not sent."}


def test_a_refusal_says_why_where_script_looks_for_it(cast: Cast) -> None:
    """What ``frontend/src/rooms/form_sending.ts`` gives back with a text where sockets are blocked."""
    thread = a_thread(cast.disability, cast.member)
    typed = {"key": str(uuid.uuid4()), "byline": "organisation", "lang": "en", "body": "Two words"}
    address = f"/threads/{thread.public_id}/posts/"
    too_long = as_(cast.member).post(address, typed | {"body": "word " * 4_000})
    assert too_long.status_code == 422
    assert re.search(r'<form class="composer".*?role="alert".*?</form>', too_long.text, re.DOTALL)
    strange = as_(cast.nobody).post(address, typed)
    assert strange.status_code == 404
    assert re.search(r'<div class="refused">.*?<p class="lead">[^<]+</p>', strange.text, re.DOTALL)
