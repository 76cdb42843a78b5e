"""A text is not lost because what it was about went out of sight while it was written."""

import uuid

import pytest

from dialogue.rooms.actions.holds import hold
from tests.cast import Cast, a_thread
from tests.rooms.pages import as_, form_in

pytestmark = pytest.mark.django_db

OFFERED = 'id="kept-1"'
SUMMARY, KAZAKH = "Two hours of an officer's work.", "Екі сағаттық еңбек."


def test_what_the_office_wrote_about_a_concern_is_shown_once_more(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    address, client = f"/threads/{thread.public_id}/escalate/", as_(cast.moderator)
    hidden = form_in(client.get(address).text)
    hold(thread, by=cast.safety, key=uuid.uuid4(), reason="A threat.")
    typed = {"title": "Steps", "summary": SUMMARY, "summary_kk": KAZAKH, "priority": "high"}
    response = client.post(address, hidden | typed)
    assert response.status_code == 404
    page = response.text.replace("&#x27;", "'")
    assert all(words in page for words in ("Steps", SUMMARY, KAZAKH))
    assert OFFERED in page
    assert hidden["key"] not in page
    assert "high" not in page


def test_who_typed_nothing_learns_nothing(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    hold(thread, by=cast.safety, key=uuid.uuid4(), reason="A threat.")
    response = as_(cast.moderator).post(f"/threads/{thread.public_id}/escalate/", {"priority": "high"})
    assert response.status_code == 404
    assert OFFERED not in response.text
