"""What each move of triage needs to be told."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dialogue.rooms.states import Outcome
from dialogue.text.forms import Choice, KeyedForm, Words


class QuestionForm(KeyedForm):
    body = Words(label=_("Your question to the author"), rows=6)


class AnswerForm(KeyedForm):
    body = Words(label=_("Your answer"), rows=10)


class SignpostForm(KeyedForm):
    body = Words(label=_("Where to turn, and how"), rows=8)


class CloseForm(KeyedForm):
    outcome = Choice(
        label=_("How it ends"),
        choices=[(outcome.value, outcome.label) for outcome in Outcome if outcome is not Outcome.WITHDRAWN],
    )
    note = Words(label=_("Note for those who raised it"), rows=5)


class ReasonForm(KeyedForm):
    note = Words(label=_("Why, in a few words"), rows=4)


class ReopenForm(KeyedForm):
    note = Words(label=_("Why, in a few words"), rows=4, required=False)


class HoldForm(KeyedForm):
    reason = Words(label=_("Reason, for the safety officer"), rows=4)


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
