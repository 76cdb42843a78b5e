"""Words of the office on an issue's timeline."""

from datetime import datetime
from typing import Final

from dialogue.accounts.models import User
from dialogue.issues.access import can_note_ever
from dialogue.issues.actions.running import ActAsked, run_on_issue, tell, tell_the_office
from dialogue.issues.actions.words import Texts, clean_texts, columns
from dialogue.issues.kinds import ISSUE_NOTED
from dialogue.issues.models import Issue, Note
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place

MAX_NOTE: Final = 4_000


def note(
    issue: Issue,
    *,
    by: User,
    key: Key,
    texts: Texts,
    office_only: bool = True,
    now: datetime | None = None,
) -> Done:
    """For the office alone, unless it says otherwise. ``texts`` is by language code."""
    words = clean_texts(texts, field="body", max_characters=MAX_NOTE)
    content = {"act": "issues.note", "issue": issue.reference, "texts": words, "office_only": office_only}

    def write(opened: Opened, fresh: Issue) -> Place:
        row = Note.objects.create(
            issue=fresh, office_only=office_only, by=by, at=opened.at, **columns("body", words)
        )
        tell_it = tell_the_office if office_only else tell
        return tell_it(opened, fresh, ISSUE_NOTED, by=by, note=row.pk)

    return run_on_issue(issue, ActAsked(by, key, content, now), may=can_note_ever, do=write)
