"""What is written on the way of a recommendation: the draft, the signature, what came back."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.issues.actions import recommendations, replies
from dialogue.issues.forms.fields import ActForm, DayField, TextsForm, VersionField, choices_of
from dialogue.issues.models import Channel, Grade, Implementation, Position
from dialogue.organisations.queries import authorities
from dialogue.text.forms import Choice, Words
from dialogue.text.languages import Language

_WORDS = (
    ("text", _("Recommendation"), 5, recommendations.MAX_TEXT),
    ("legal_basis", _("Legal basis"), 2, recommendations.MAX_LEGAL_BASIS),
)


class DraftForm(TextsForm):
    texts = _WORDS
    names = {"text": "texts"}
    addressee = Choice(label=_("To which authority"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = ((each.slug, each.name) for each in authorities())
        self.fields["addressee"].choices = choices_of(rows, nothing="—")  # type: ignore[attr-defined]
        self.fields["text_kk"].help_text = _("It is signed in Kazakh and in Russian; English may follow.")


class ReviseForm(TextsForm):
    texts = _WORDS
    names = {"text": "texts"}
    version = VersionField()


class SendBackForm(ActForm):
    reason = Words(label=_("What should be changed"), rows=4, max_length=recommendations.MAX_REASON)


class ReceiptForm(ActForm):
    on = DayField(label=_("Received on"))
    channel = Choice(label=_("How it got there"), choices=Channel.choices, initial=Channel.LETTER)
    number = Words(label=_("Number of the letter"), required=False)


class ResponseForm(ActForm):
    position = Choice(
        label=_("What the authority says"),
        choices=choices_of(
            [(position.value, position.label) for position in Position if position is not Position.NO_REPLY],
            nothing="—",
        ),
    )
    text = Words(label=_("Its words"), rows=8, max_length=replies.MAX_ANSWER)
    lang = Choice(label=_("Language of the answer"), choices=Language.choices)
    on = DayField(label=_("Answered on"))
    channel = Choice(label=_("How it came"), choices=Channel.choices, initial=Channel.LETTER)
    number = Words(label=_("Number of the letter"), required=False)


class AssessForm(TextsForm):
    texts = (("reason", pgettext_lazy("assessment", "Reasons"), 3, replies.MAX_REASON),)
    names = {"reason": "reasons"}
    position = Choice(label=_("What the authority says"), choices=Position.choices)
    implementation = Choice(
        label=_("What was done"),
        choices=Implementation.choices,
        help_text=_("A promise is never “implemented”."),
    )
    grade = Choice(
        label=_("Grade of the reply, for the office alone"),
        choices=choices_of(Grade.choices, nothing=_("Not graded")),
        required=False,
    )


STEP_FORMS: Mapping[str, type[ActForm]] = {
    "revise": ReviseForm,
    "issue": ActForm,
    "return": SendBackForm,
    "receive": ReceiptForm,
    "answer": ResponseForm,
    "lapse": ActForm,
    "assess": AssessForm,
}
