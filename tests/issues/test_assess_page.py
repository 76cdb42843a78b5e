"""The form of an assessment."""

import re
from typing import Any

import pytest

from dialogue.issues.actions.replies import assess, record_response
from tests.cast import Cast
from tests.issues.carried import a_received, an_answered, an_issue, an_issued, key, today
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


def test_what_was_assessed_has_a_line_of_its_own_below_the_recommendation(cast: Cast) -> None:
    issue = an_issue(cast)
    answered, waiting = an_answered(cast, issue), an_issued(cast, issue)
    judged: dict[str, Any] = {"position": "accepted", "implementation": "in_progress"}
    assess(answered, by=cast.officer, key=key(), reasons={"en": "Begun at one door."}, **judged)
    page = as_(cast.member).get(f"/issues/{issue.reference}/").text
    [line] = re.findall(r'<tr class="ledger__said">.*?</tr>', page, re.DOTALL)
    for words in ("Assessed", "In progress", "Begun at one door.", "no view given yet"):
        assert words in line
    assert f'headers="addressee-{answered.public_id}"' in line
    heads = re.findall(r'id="addressee-(\w+)"\s+(rowspan="2")?', page)
    assert dict(heads) == {answered.public_id: 'rowspan="2"', waiting.public_id: ""}
