"""The form of an assessment."""

import pytest

from dialogue.issues.actions.replies import record_response
from tests.cast import Cast
from tests.issues.carried import a_received, key, today
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db


def test_it_begins_from_what_the_authority_said(cast: Cast) -> None:
    received = a_received(cast)
    address = f"/recommendations/{received.public_id}/assess/"
    record_response(
        received,
        by=cast.authority,
        key=key(),
        on=today(),
        channel="workspace",
        position="accepted_in_part",
        text="We will build half of it.",
        lang="en",
    )
    assert '<option value="accepted_in_part" selected>' in as_(cast.officer).get(address).text
