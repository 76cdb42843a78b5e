"""Writing in a thread, changing it, taking it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogue.rooms.models import Byline
from dialogue.text.cleaning import MAX_BODY
from dialogue.text.forms import DAMAGED, Choice, KeyedForm, Words
from dialogue.text.languages import Language
from dialogue.text.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class WritingChoices:
    """What the writer may choose here."""

    organisation: str = ""
    name: str = ""
    may_be_shielded: bool = False
    may_post: bool = True
    may_write_notes: bool = False


class ComposerForm(KeyedForm):
    body = Words(label=_("Your text"), rows=2, max_length=MAX_BODY)
    byline = Choice(label=_("Signed as"), choices=Byline.choices)
    lang = Choice(label=_("Language of your text"), choices=Language.choices)
    office_only = forms.BooleanField(label=_("Office note"), required=False)
    reply_to = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, writing: WritingChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["byline"].choices = bylines(writing)  # type: ignore[attr-defined]
        self.fields["reply_to"].validators = []
        self.fields["body"].widget.attrs |= {
            "id": "body",
            "rows": 2,
            "aria-describedby": "composer-hint",
            "placeholder": _("Write your text"),
        }
        if not writing.may_write_notes:
            del self.fields["office_only"]
        elif not writing.may_post:
            self.fields["office_only"].initial = True

    def words(self) -> dict[str, Any]:
        """As ``post`` takes them."""
        return self.cleaned_data | {"reply_to": self.cleaned_data["reply_to"] or None}

    def clean_reply_to(self) -> str:
        """PostgreSQL takes no NUL even in a question: what cannot be an id is none that exists."""
        asked = str(self.cleaned_data["reply_to"])
        return asked if asked.isalnum() or not asked else "-"


def bylines(writing: WritingChoices) -> list[tuple[str, str]]:
    """The names themselves: nobody should guess how they will be shown."""
    offered = [
        (Byline.ORGANISATION.value, writing.organisation or str(Byline.ORGANISATION.label)),
        (Byline.NAMED.value, f"{writing.name}, {writing.organisation}".strip(", ")),
    ]
    if writing.may_be_shielded:
        offered.append((Byline.SHIELDED.value, str(Byline.SHIELDED.label)))
    return offered


class EditForm(KeyedForm):
    newer: dict[str, Any] | None = None
    body = Words(label=_("Your text"), rows=8, max_length=MAX_BODY)
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            DAMAGED,
        ),
    )

    def refuse(self, refusal: Refusal) -> None:
        """An older version: both texts are shown, and the next sending is about the newer one."""
        super().refuse(refusal)
        self.newer = refusal.current
        if refusal.current is not None:
            self.renew_key()
            self.put("version", str(refusal.current["version"]))


class WithdrawForm(KeyedForm):
    """Nothing but the key: the page asks, the button answers."""

    label = pgettext_lazy("button", "Withdraw the post")
