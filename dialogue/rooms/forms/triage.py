"""What each move of triage needs to be told."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dialogue.rooms.forms.strict import Choice, StrictForm, Words
from dialogue.rooms.states import Outcome


class QuestionForm(StrictForm):
    body = Words(label=_("Your question to the author"), rows=6)


class AnswerForm(StrictForm):
    body = Words(label=_("Your answer"), rows=10)


class SignpostForm(StrictForm):
    body = Words(label=_("Where to turn, and how"), rows=8)


class CloseForm(StrictForm):
    outcome = Choice(
        label=_("How it ends"),
        choices=[(outcome.value, outcome.label) for outcome in Outcome if outcome is not Outcome.WITHDRAWN],
    )
    note = Words(label=_("Note for those who raised it"), rows=5)


class NoteForm(StrictForm):
    note = Words(label=_("Why, in a few words"), rows=4)


class ReopenForm(StrictForm):
    note = Words(label=_("Why, in a few words"), rows=4, required=False)


class HoldForm(StrictForm):
    reason = Words(label=_("Reason, for the safety officer"), rows=4)


TRIAGE_FORMS: Mapping[str, type[StrictForm]] = {
    "acknowledge": StrictForm,
    "take": StrictForm,
    "ask": QuestionForm,
    "answer": AnswerForm,
    "signpost": SignpostForm,
    "close": CloseForm,
    "withdraw": NoteForm,
    "reopen": ReopenForm,
    "hold": HoldForm,
    "release": StrictForm,
}
