"""What each move of triage needs to be told."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dialogue.rooms.actions.holds import MAX_REASON
from dialogue.rooms.actions.triage import MAX_NOTE
from dialogue.rooms.states import Outcome
from dialogue.text.cleaning import MAX_BODY
from dialogue.text.forms import Choice, KeyedForm, Words


class QuestionForm(KeyedForm):
    body = Words(label=_("Your question to the author"), rows=6, max_length=MAX_BODY)


class AnswerForm(KeyedForm):
    body = Words(label=_("Your answer"), rows=10, max_length=MAX_BODY)


class SignpostForm(KeyedForm):
    body = Words(label=_("Where to turn, and how"), rows=8, max_length=MAX_BODY)


class CloseForm(KeyedForm):
    outcome = Choice(
        label=_("How it ends"),
        choices=[(outcome.value, outcome.label) for outcome in Outcome if outcome is not Outcome.WITHDRAWN],
    )
    note = Words(label=_("Note for those who raised it"), rows=5, max_length=MAX_NOTE)


class ReasonForm(KeyedForm):
    note = Words(label=_("Why, in a few words"), rows=4, max_length=MAX_NOTE)


class ReopenForm(KeyedForm):
    note = Words(label=_("Why, in a few words"), rows=4, max_length=MAX_NOTE, required=False)


class HoldForm(KeyedForm):
    reason = Words(label=_("Reason, for the safety officer"), rows=4, max_length=MAX_REASON)


TRIAGE_FORMS: Mapping[str, type[KeyedForm]] = {
    "acknowledge": KeyedForm,
    "take": KeyedForm,
    "ask": QuestionForm,
    "answer": AnswerForm,
    "signpost": SignpostForm,
    "close": CloseForm,
    "withdraw": ReasonForm,
    "reopen": ReopenForm,
    "hold": HoldForm,
    "release": KeyedForm,
}
