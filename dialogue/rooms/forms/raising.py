"""A concern needs three things; the rest has defaults."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.rooms.forms.composing import WritingChoices, bylines
from dialogue.rooms.models import Byline, Room, ThreadKind, Urgency
from dialogue.taxonomy.models import AffectedGroup, Term
from dialogue.taxonomy.queries import duty_bearers, regions, themes
from dialogue.text.cleaning import MAX_BODY, MAX_TITLE
from dialogue.text.forms import Choice, Choices, KeyedForm, Words
from dialogue.text.languages import Language

WHOLE_COUNTRY = "country"
_NO_SHIELD = _(
    "It cannot be changed once sent. This room is too small to hide who wrote: "
    "to be read by the office alone, choose “Office only”."
)


class RaiseForm(KeyedForm):
    title = Words(label=_("Title"), max_length=MAX_TITLE, help_text=_("What goes wrong, in one line."))
    body = Words(
        label=_("What happens"),
        rows=7,
        max_length=MAX_BODY,
        help_text=_("What you saw, since when, how often. No names of people who could be harmed."),
    )
    region = Choice(label=_("Region"))
    lang = Choice(label=_("Language of your text"), choices=Language.choices)
    kind = Choice(label=_("What this is"), widget=forms.RadioSelect)
    urgency = Choice(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    theme = Choice(label=_("Theme"), required=False)
    groups = Choices(label=_("Whom it affects"), required=False, widget=forms.CheckboxSelectMultiple)
    duty_bearer = Choice(label=_("Who must act"), required=False)
    byline = Choice(
        label=_("Signed as"), initial=Byline.ORGANISATION, help_text=_("It cannot be changed once sent.")
    )
    marking = Choice(label=_("Who may read it"))

    def __init__(
        self,
        *args: Any,
        room: Room,
        writing: WritingChoices,
        groups: Iterable[AffectedGroup],
        may_raise_concern: bool,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in ThreadKind if may_raise_concern or kind is ThreadKind.DISCUSSION]
        offered: dict[str, list[tuple[str, Any]]] = {
            "region": [("", _("Choose a region")), (WHOLE_COUNTRY, _("Whole country")), *_terms(regions(on))],
            "theme": [("", _("The office will choose")), *_terms(themes())],
            "duty_bearer": [("", _("Not known")), *_terms(duty_bearers())],
            "groups": _terms(groups),
            "byline": bylines(writing),
            "marking": [(marking.value, marking.label) for marking in room.markings],
            "kind": [(kind.value, _kind_words(kind)) for kind in kinds],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].initial = kinds[0].value
        self.fields["marking"].initial = room.default_marking
        if not may_raise_concern:
            self._ask_for_a_discussion()
        if not writing.may_be_shielded and may_raise_concern:
            self.fields["byline"].help_text = _NO_SHIELD

    def _ask_for_a_discussion(self) -> None:
        self.fields["title"].help_text = self.fields["body"].help_text = ""
        self.fields["body"].label = _("Your text")

    @property
    def has_faults_behind(self) -> bool:
        """Whether one of the folded fields needs correcting."""
        return bool(set(self.errors) - {"title", "body", "region", "__all__"})

    def facts(self) -> dict[str, Any]:
        """As ``raise_thread`` takes them."""
        facts = dict(self.cleaned_data)
        facts["region"] = None if facts["region"] == WHOLE_COUNTRY else facts["region"]
        for name in ("theme", "duty_bearer"):
            facts[name] = facts[name] or None
        return facts


def _terms(terms: Iterable[Term]) -> list[tuple[str, Any]]:
    return [(term.code, term.name) for term in terms]


def _kind_words(kind: ThreadKind) -> Any:
    if kind is ThreadKind.CONCERN:
        return _("A concern: the office looks at it and says what happens next")
    return _("A discussion: a question to colleagues, without a deadline")
