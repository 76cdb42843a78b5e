"""Who leads an issue."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dialogue.accounts.models import User
from dialogue.issues.access import can_assign_ever, can_lead
from dialogue.issues.actions.course import update_cards
from dialogue.issues.actions.running import ActAsked, refuse_closed_issue, refuse_stale, run_on_issue, tell
from dialogue.issues.kinds import ISSUE_ASSIGNED
from dialogue.issues.models import Assignment, Issue
from dialogue.journal.acts import Done, Key
from dialogue.journal.entries import Opened, Place
from dialogue.text.refusals import Invalid


def assign(
    issue: Issue,
    *,
    by: User,
    key: Key,
    assignee: User,
    version: int | None = None,
    now: datetime | None = None,
) -> Done:
    """Give the issue to a case officer; whoever led it stays in its history."""
    content = {"act": "issues.assign", "issue": issue.reference, "assignee": assignee.public_id}

    def give(opened: Opened, fresh: Issue) -> Place:
        refuse_closed_issue(fresh)
        refuse_stale(fresh, version)
        if not can_lead(assignee):
            raise Invalid("not_an_officer", _("An issue is led by a case officer."), "assignee")
        Assignment.objects.create(issue=fresh, assignee=assignee, by=by, at=opened.at)
        fresh.assignee, fresh.version = assignee, fresh.version + 1
        fresh.save(update_fields=["assignee", "version"])
        update_cards(opened, fresh, by=by)
        return tell(opened, fresh, ISSUE_ASSIGNED, by=by, assignee=assignee.public_id)

    return run_on_issue(issue, ActAsked(by, key, content, now), may=can_assign_ever, do=give)
