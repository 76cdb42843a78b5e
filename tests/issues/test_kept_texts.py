"""What the office and authorities type stays in the tab until it has arrived."""

import pytest

from tests.cast import Cast, a_thread
from tests.issues.carried import a_draft, an_issue
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db


def test_an_escalation_is_kept_until_an_issue_exists(cast: Cast) -> None:
    thread = a_thread(cast.disability, cast.member)
    page = as_(cast.moderator).get(f"/threads/{thread.public_id}/escalate/").text
    assert f'data-keeps="{cast.moderator.public_id}"' in page
    assert 'data-arrives="/issues/*"' in page
    assert "maxlength" not in page


@pytest.mark.parametrize("verb", ["note", "reword"])
def test_what_is_said_about_an_issue_is_kept(cast: Cast, verb: str) -> None:
    issue = an_issue(cast)
    page = as_(cast.moderator).get(f"/issues/{issue.reference}/{verb}/").text
    assert f'data-keeps="{cast.moderator.public_id}"' in page
    assert f'data-arrives="/issues/{issue.reference}/"' in page


def test_a_note_is_the_same_form_on_the_issues_page(cast: Cast) -> None:
    issue = an_issue(cast)
    page = as_(cast.moderator).get(f"/issues/{issue.reference}/").text
    form = page.split(f'action="/issues/{issue.reference}/note/"')[1].split(">")[0]
    assert f'data-keeps="{cast.moderator.public_id}"' in form


def test_a_draft_is_kept_while_it_is_revised_or_returned(cast: Cast) -> None:
    draft = a_draft(cast)
    address = f"/recommendations/{draft.public_id}"
    revised = as_(cast.officer).get(f"{address}/revise/").text
    assert f'data-arrives="/issues/{draft.issue.reference}/"' in revised
    to_sign = as_(cast.approver).get("/to-sign/").text
    form = to_sign.split(f'action="{address}/return/"')[1].split(">")[0]
    assert f'data-keeps="{cast.approver.public_id}"' in form
    assert 'data-arrives="/to-sign/"' in form
