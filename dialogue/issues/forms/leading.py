"""What the office says about an issue: who leads it, what comes next, its words, its moves."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.accounts.models import User
from dialogue.issues.actions import moving, notes
from dialogue.issues.actions.escalation import MAX_REASON, MAX_SUMMARY
from dialogue.issues.actions.wording import MAX_NEXT_STEP
from dialogue.issues.forms.fields import ActForm, DayField, TextsForm, VersionField, choices_of
from dialogue.issues.forms.recommending import DraftForm
from dialogue.issues.states import IssueOutcome
from dialogue.organisations.models import Role
from dialogue.organisations.queries import valid_delegations_in
from dialogue.text.cleaning import MAX_TITLE
from dialogue.text.forms import Choice, StrictForm, Words
from dialogue.text.languages import Language
from dialogue.text.refusals import Invalid

OUTCOMES = [(outcome.value, outcome.label) for outcome in IssueOutcome]
DECLINING = [
    (outcome.value, outcome.label)
    for outcome in (
        IssueOutcome.DECLINED,
        IssueOutcome.OUTSIDE_MANDATE,
        IssueOutcome.REFERRED,
        IssueOutcome.WITHDRAWN_FOR_SAFETY,
        IssueOutcome.OVERTAKEN,
    )
]


class FollowForm(StrictForm):
    on = Choice(choices=[("true", ""), ("false", "")])


class AssignForm(ActForm):
    version = VersionField()
    assignee = Choice(label=_("Case officer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers: dict[str, User] = {
            row.person.public_id: row.person for row in valid_delegations_in(Role.OFFICER)
        }
        rows = ((code, person.name) for code, person in self.officers.items())
        self.fields["assignee"].choices = choices_of(rows, nothing="—")  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        typed = super().said()
        person = self.officers.get(typed["assignee"])
        if person is None:
            raise Invalid("not_an_officer", _("An issue is led by a case officer."), "assignee")
        return typed | {"assignee": person}


class PlanForm(TextsForm):
    texts = (("next_step", _("What the office does next"), 3, MAX_NEXT_STEP),)
    names = {"next_step": "texts"}
    on = DayField(label=_("By which day"))


class RewordForm(ActForm):
    version = VersionField()
    lang = Choice(label=_("Language"), choices=Language.choices)
    title = Words(label=_("Title of the issue"), max_length=MAX_TITLE)
    summary = Words(label=_("What it is about"), rows=6, max_length=MAX_SUMMARY)


class NoteForm(ActForm):
    body = Words(label=pgettext_lazy("issue", "Note"), rows=4, max_length=notes.MAX_NOTE)
    lang = Choice(label=_("Language"), choices=Language.choices)
    for_everyone = forms.BooleanField(
        label=_("Show it to everyone who sees this issue"),
        required=False,
        help_text=_("Without this the office alone reads it."),
    )

    def said(self) -> dict[str, Any]:
        typed = super().said()
        return {
            "key": typed["key"],
            "texts": {typed["lang"]: typed["body"]},
            "office_only": not typed["for_everyone"],
        }


class MoveForm(ActForm):
    version = VersionField()
    note = Words(
        label=_("Note for the timeline, read by everyone who sees this issue"),
        rows=4,
        max_length=moving.MAX_NOTE,
        required=False,
    )


class ReasonedMoveForm(ActForm):
    version = VersionField()
    note = Words(label=_("Why: those who raised it will read this"), rows=4, max_length=moving.MAX_NOTE)


class EndForm(ReasonedMoveForm):
    outcome = Choice(label=_("How it ends"))
    field_order = ("key", "version", "outcome", "note")

    def __init__(self, *args: Any, endings: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = choices_of(endings, nothing="—")  # type: ignore[attr-defined]


class GiveBackForm(ActForm):
    reason = Words(label=_("Why it goes back to triage"), rows=4, max_length=MAX_REASON)


LEADING_FORMS: Mapping[str, Any] = {
    "assign": AssignForm,
    "plan": PlanForm,
    "reword": RewordForm,
    "note": NoteForm,
    "inquire": MoveForm,
    "check": MoveForm,
    "start_closing": ReasonedMoveForm,
    "resume": ReasonedMoveForm,
    "close": partial(EndForm, endings=OUTCOMES),
    "decline": partial(EndForm, endings=DECLINING),
    "return": GiveBackForm,
    "draft": DraftForm,
}
