"""What the office and authorities type stays in the tab until it has arrived."""

import re
from pathlib import Path
from typing import Final

import pytest

from dialogue.rooms.models import Byline
from tests.cast import Cast, a_thread, crowd
from tests.issues.carried import a_draft, an_issue
from tests.rooms.pages import as_

pytestmark = pytest.mark.django_db
KEPT_FORMS: Final = Path(__file__).parents[2] / "frontend" / "src" / "dom" / "kept_forms.ts"


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


def test_the_script_asks_for_the_choices_that_the_forms_offer(cast: Cast) -> None:
    """Two places say what leaves no trace: the server by an attribute, the script by a name and a value."""
    said = re.findall(r'isSaid\("(\w+)", "(\w*)"\)', KEPT_FORMS.read_text(encoding="utf-8"))
    assert said == [("byline", Byline.SHIELDED.value), ("for_everyone", "")]
    crowd(cast.disability, 6)
    raising = as_(cast.member).get(f"/rooms/{cast.disability.slug}/raise/").text
    byline = raising.split('<select name="byline"')[1].split("</select>")[0]
    assert f'value="{Byline.SHIELDED.value}"' in byline
    page = as_(cast.moderator).get(f"/issues/{an_issue(cast).reference}/note/").text
    tick = page.split('name="for_everyone"')[1].split(">")[0]
    assert "checked" not in tick
    assert "data-leaves-no-trace" not in page
